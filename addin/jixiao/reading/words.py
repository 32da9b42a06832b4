"""The words of labels, as texts: how they are compared, which are known, whose money they tell, what `label：value` says."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from jixiao import forms, schemas
from jixiao.patterns import late
from jixiao.values import key

_REMARK = re.compile(
    r"[(（\[【]\s*+(?:金额|资金)?(?:单位)?[:：]?\s*+(?:人民币)?(?:[百十]?万元|[千百亿]?元|盖章|公章|签章|章|必填)\s*[)）\]】]"
    r"|[/／:：]\s*(?:万元|元)$"
)
LEAD = re.compile(
    r"^\s*(?:[(（][一二三四五六七八九十0-9]{1,2}[)）]\s*[、.．]?|[一二三四五六七八九十0-9]{1,2}[、.．](?!\d)|[①-⑳]|[*★●])\s*"
)
_AMONG = re.compile(
    r"^\s*(?:其\s*中\s*+(?:[:：]\s*+)?(?=\S)|资金(?:来源|结构|构成)\s*[:：]\s*(?=[(（]?[一二三四\d]|[①-⑳]))"
)
_LATIN = re.compile(  # beside the Chinese of a label: 项目名称 Project Name
    r"(?<=[\u4e00-\u9fff）)])[\s/]*[A-Za-z][A-Za-z0-9 .,'&/-]*(?=[:：]?$)|^[A-Za-z](?:[A-Za-z.'&/-]|\s)*+(?<=[\s/])(?=[\u4e00-\u9fff])"
)
IN_BRACKETS = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_NUMBERED_GOAL = re.compile(r"(?<=\w目标)(?:\d{1,2}|[一二三四五六七八九十])$")
# What the names of agencies end in.
AGENCY = late(
    r"[^,，。;；:：、]{2,30}(?:局|厅|委|委员会|办|办公室|中心|站|所|院|校|学|队|会|处|科|室|馆|部|政府|公司|园|场|社|团|台|库|庭|厂|机关|镇|乡|街道)"
    r"(?:[(（][^()（）]*[)）])?"
)
_LAST_BRACKET = re.compile(
    r"(?<=\S)\s*[（(\[【](?!一般公共预算|政府性基金|国有资本经营|社会保险基金|项目名称)[^（(\[【)）\]】]*[)）\]】]\s*(?=[:：]?\s*$)"
)
_ANOTHER = re.compile(
    r"(?:(?<!\s)(?:\s{2,}+|[\u3000\n])|[;；]\s*+)"
    r"(?=(?:其\s*+中\s*+[:：]?\s*+)?(?P<label>[^\s:：]{2,20})\s*+[:：])"
)  # possessive, and begun once for a run of white space: a cell may hold 32,767 of them
_LONGEST_BEFORE_COLON = 20
_WITH_AMOUNT = re.compile(
    r"(?P<label>[^\d:：,，;；。¥￥.-]{2,20}+)\s*+(?P<amount>[¥￥]?-?\d[\d,]*(?:[亿万]零?\d[\d,]*){0,2}(?:\.\d+)?\s*(?:[百十]万元|[万千百亿]?元|万)?)"
)
_CODE = re.compile(  # beside a name: 主管部门名称及编码, 预算单位编码及名称
    r"(?:以?及|[和与、/／_])(?:代码|编码|编号|代号)(?=[:：]?$)|(?:代码|编码|编号|代号)(?:以?及|[和与、/／_])(?=名称[:：]?$)"
)
_MORE = re.compile(rf"[)）\]】]\w|{_CODE.pattern}")
# In the brackets of a name, not of a label: a year, a batch, a level of government.
_ONE_OF_SEVERAL = re.compile("\\d|[期批段]|[一二三四五六七八九十](?!级)|[本省市州县区]级")
_ENDS_OF_AMOUNTS = tuple("0123456789元万")
LONGEST_LABEL = 60
_GENERAL = (
    *(
        "主管部门代码",
        "主管部门编码",
        "部门代码",
        "项目编码",
        "项目代码",
        "项目属性",
        "项目性质",
        "项目类别",
        "项目类型",
    ),
    *(
        "项目期",
        "项目期限",
        "起止时间",
        "项目负责人",
        "负责人",
        "联系电话",
        "联系人",
        "电话",
        "填报人",
        "填报日期",
        "填报时间",
    ),
    *(
        "资金来源",
        "中期资金总额",
        "中期目标",
        "长期目标",
        "立项依据",
        "项目概况",
        "预算执行率",
        "分值",
        "权重",
        "备注",
    ),
)

_BUDGETS = ("一般公共预算", "政府性基金", "国有资本经营", "社会保险基金")
NO_BUDGET = "非财政拨款"
_TREASURY = (
    "经费拨款",
    "纳入预算管理的非税收入",
    "纳入一般公共预算管理的非税收入",
    "财政补助",
)  # and its own ways to say it
_BONDS = ("专项债券", "一般债券", "政府债券", "地方政府债券", "地方政府专项债券", "地方政府一般债券", "债券")
GOVERNMENTS = {  # the levels of government, each with the words for it
    "中央": ("中央",),
    "省级": ("省级", "自治区级"),
    "市级": ("市级", "州级"),
    "县级": ("县级", "区级", "县区级", "本级"),
    "市县": ("市县级", "市县"),
    "上级": ("上级",),
    "地方": ("地方",),
}


def without_lead(text: str) -> str:
    """Return a label's text without numbering in front, and without `其中`."""
    return LEAD.sub("", _AMONG.sub("", LEAD.sub("", text)))


def without_brackets(text: str) -> str:
    """Return a text without what stands in brackets."""
    closed = _closed(text)
    return IN_BRACKETS.sub("", closed) + text[len(closed) :]


def _closed(text: str) -> str:
    """Return a text up to its last closing bracket: behind it nobody looks for the end of an open one again and again."""
    return text[: max(text.rfind(mark) for mark in ")）]】") + 1]


@lru_cache(maxsize=1024)
def label_key(text: str) -> str:
    """Return a label for comparison: as it is printed, or in the known words that it is but for more in it.

    More is what stands in brackets, 项目（政策）名称, and the code that a name is asked for with, 主管部门名称及编码.
    Brackets that tell one of several, 上年（2025）结转资金 or 单位（本级）名称, are part of a name.
    """
    word = printed_key(text)
    return word if not _MORE.search(text) or word in known_labels() else _without_more(text, word)


def _without_more(text: str, word: str) -> str:
    """Return the known label that a text is without brackets or a code, its own key where it is none."""
    brackets = "".join(IN_BRACKETS.findall(_closed(without_lead(text))))
    plain = text if _ONE_OF_SEVERAL.search(brackets) else without_brackets(text)
    shorter = (printed_key(one) for one in (plain, _CODE.sub("", text), _CODE.sub("", plain)))
    return next((one for one in shorter if one in known_labels()), word)


def printed_key(text: str) -> str:
    """Return a text as labels are compared: without remarks in brackets, numbering, `其中`, white space and punctuation."""
    bare = key(_LAST_BRACKET.sub("", without_lead(_LATIN.sub("", _REMARK.sub("", text))))).strip("*")
    return _NUMBERED_GOAL.sub("", bare) if bare[-1:].isalnum() and len(bare) > len("目标1") else bare


@cache
def appropriations() -> dict[str, str]:
    """Return the labels of 财政拨款 out of one budget each (政府性基金预算拨款), by key, with that budget's name."""
    whose, whats = (
        ("", "本年", "本年度", "当年", "年度"),
        (
            "",
            "资金",
            "收入",
            "拨款",
            "财政拨款",
            "财政资金",
            "拨款收入",
            "财政拨款收入",
            "财政拨款资金",
            "拨款资金",
        ),
    )
    of_budgets = {  # all but those in brackets are their own keys, as a test holds: to find that out anew takes long
        f"{own}{budget}{word}{what}": budget
        for budget in _BUDGETS
        for word in ("", "预算")
        for own in whose
        for what in whats
    }
    of_bonds = {
        f"{bond}{what}": bond
        for bond in (*_BONDS, *_TREASURY)
        for what in ("", "资金", "收入", "安排", "拨款")
    }
    in_brackets = {
        label_key(f"{what}（{budget}{word}）"): budget
        for what in ("财政拨款", "财政资金", "财政拨款资金")
        for budget in _BUDGETS
        for word in ("", "预算", "预算拨款", "拨款")
    }
    return of_budgets | of_bonds | in_brackets


@cache
def carried_over() -> dict[str, str]:
    """Return the labels of what one budget carries over (政府性基金结转), or none of them, by key, with that budget's name."""
    ends = ("", "资金", "结余", "结余资金", "和结余", "收入")
    firsts = (
        f"{budget}{word}"
        for budget in _BUDGETS
        for word in ("", "预算", "拨款", "预算拨款", "财政拨款", "资金")
    )
    pairs = [(first, next(one for one in _BUDGETS if first.startswith(one))) for first in firsts]
    pairs += [(first, NO_BUDGET) for first in (NO_BUDGET, f"{NO_BUDGET}资金", "非财政", "非财政资金")]
    return {  # each is its own key, as a test holds
        text: budget
        for first, budget in pairs
        for own in ("", "上年", "上年度")
        for end in ends
        for text in (f"{own}{first}结转{end}", f"{first}{own}结转{end}", f"{own}结转{end}{first}")
    }


@cache
def other_sources() -> frozenset[str]:
    """Return the labels of money that is none of the budgets', by key: 事业收入, 单位资金, 财政专户管理资金."""
    kinds = (
        *("财政专户管理", "财政专户", "财政专户核拨", "专户", "专户管理", "事业", "事业单位经营", "事业单位经营性", "经营", "经营性"),
        *("附属单位上缴", "单位", "单位自有", "单位其他", "自有", "自筹", "单位自筹", "非财政拨款", "捐赠", "医疗", "债务"),
        *("教育收费", "其他各类", "社会投入", "社会"),
    )  # fmt: skip
    words = (
        *("上级补助收入", "上级补助收入资金", "其他收入", "其他收入资金", "财政专户", "财政专户拨款", "财政专户管理的资金"),
        *("自筹", "单位自筹", "教育收费", "非财政拨款", "银行贷款", "贷款", "非财政性资金"),
        *("用事业基金弥补收支差额", "事业基金弥补收支差额", "使用非财政拨款结余", "非财政拨款结余", "上年非财政拨款结余"),
        *("纳入专户管理的非税收入", "纳入专户管理的非税收入拨款", "纳入财政专户管理的非税收入"),
    )  # fmt: skip
    made = (f"{kind}{what}" for kind in kinds for what in ("资金", "收入", "资金收入", "收入资金"))
    return frozenset((*words, *made))  # each is its own key, as a test holds


@cache
def by_government() -> dict[str, str]:
    """Return the labels of what one level of government gives (中央补助, 县级资金), by key, with that level's name."""
    whats = (
        "补助",
        "资金",
        "财政",
        "拨款",
        "财政补助",
        "财政资金",
        "财政拨款",
        "补助资金",
        "配套",
        "配套资金",
        "专项资金",
        "预算资金",
        "财政安排",
        "财政预算",
        "安排资金",
        "安排",
        "支出",
    )
    return {  # each is its own key, as a test holds
        text: level
        for level, words in GOVERNMENTS.items()
        for word in words
        for what in whats
        for text in (f"{word}{what}", f"{word.removesuffix('级')}{what}" if what.startswith("财政") else "")
        if text
    }


@cache
def known_labels(form: str = "") -> frozenset[str]:
    """Return the keys of all labels of a form's editions, of every form where none is named."""
    words: set[str] = {printed_key(text) for text in _GENERAL} | other_sources() | OF_BOTH
    words |= appropriations().keys() | carried_over().keys()
    for one in forms.catalogue():
        if form in ("", one.form):
            words.update(printed_key(text) for cell in one.labels() for text in (cell.label, *cell.aliases))
    return frozenset(words)


@lru_cache(maxsize=1024)
def sayings(text: str) -> tuple[tuple[str, str], ...]:
    """Return what a cell of `label：value` says, by label key; several stand apart by white space or in lines.

    A label of money may be followed by its amount without a colon: `其中：财政拨款90万元`.
    """
    cuts = [m for m in _ANOTHER.finditer(text) if label_key(m["label"]) in known_labels()]
    starts, ends = [0, *(m.end() for m in cuts)], [*(m.start() for m in cuts), len(text)]
    pairs = []
    for start, end in zip(starts, ends, strict=True):
        before, _, after = without_lead(text[start:end]).replace("：", ":").partition(":")
        if len(before) <= _LONGEST_BEFORE_COLON and after.strip():
            pairs.append((label_key(before), after.strip()))
    match = None if pairs else _WITH_AMOUNT.fullmatch(without_lead(text).strip())
    if match and (word := label_key(match["label"])) in _of_money():
        pairs.append((word, match["amount"]))
    return tuple(pairs)


def may_say(text: str) -> bool:
    """Tell, as a quick look, whether `sayings` may find anything."""
    return ":" in text or "：" in text or text[-1:] in _ENDS_OF_AMOUNTS


@cache
def _of_money() -> frozenset[str]:
    """Return the keys of all labels of money."""
    words = {
        label_key(text)
        for one in forms.catalogue()
        for name, cell, _ in one.fields()
        if schemas.is_money(one.form, name)
        for text in (cell.label, *cell.aliases)
    }
    return frozenset(words | appropriations().keys() | carried_over().keys() | other_sources())


OF_BOTH = frozenset(  # over the names of agencies and, below each, those of its projects
    map(
        printed_key,
        (
            *("单位名称、项目名称", "单位、项目名称", "单位项目名称", "单位及项目名称", "单位名称项目名称"),
            *("单位（专项）名称", "单位（项目）名称", "专项（单位）名称", "部门（单位）项目名称"),
            *(
                "项目单位（项目名称）",
                "单位名称（项目名称）",
                "预算单位（项目名称）",
                "部门名称（项目名称）",
                "单位（项目名称）",
            ),
        ),
    )
)
