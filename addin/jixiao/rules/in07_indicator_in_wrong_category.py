"""指标放错了类别。

检查什么
按名称和指标值看，指标是不是放错了二级指标：满意度不在满意度指标里，“……率”“及时”放在数量指标里，费用和成本放在成本指标以外，验收合格率、支付及时率和完成日期放在效益指标里，培训人次、养护里程放在经济效益指标里，就业人数放在生态效益指标里，培训人次放在质量指标里，数量、合格率、覆盖率放在时效指标里，及时、时限和完成日期放在质量指标里，人次、次数放在成本指标里。
重现期（50年一遇）是标准，至少多久（养护≥28天）是质量，患者等别人负担的费用是效益，损害写成 0 次是成本，都不算放错。
为什么
放错类别，计分时会算到另一类，该有的那一类反而是空的。
怎么改
把这一行移到合适的二级指标下面，或换成这一类该有的指标。
例
数量指标“资金使用率”；质量指标“及时年检、维修”≤30分钟；经济成本指标“各单位后勤服务满意度”。
依据
各类指标的含义（2024 年县级公开表有放错的实例，已见）；归类细则待核实
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope
from jixiao.rules.examples import under
from jixiao.rules.names import good_direction, harms, is_growth, is_rate
from jixiao.rules.rows import Row

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("CO04",)
ROW_SUPERSEDES = ("CO02", "CO03", "SA02")
ON = True
_TIMELY = re.compile(r"及时(?!雨)|按时|准时|按期|时限|时效")
_COST = re.compile(r"(?:成本|费用|经费|费|支出(?:总额)?|造价|投资额|金额)$")
_BROUGHT = ("金额", "投资额")  # with a lower limit it is what work brings in, or deals with
_MAY_BE_QUANTITY = re.compile(
    r"(?:覆盖|完成|占|接种|达到|普及|参保|入学|开工|建成|实施|落实|巡查|检查|监测|抽检|抽查|签约|纳入|配备|配置|改造|执行|管理|参与|保障|投放|供给|供应|兑现|开展|任务|资助|救助).{0,4}(?:率|比例|面|比重)$"
)
_PRICE = re.compile(
    r"(?:成本|费用|单价|造价|支出(?:总额)?|(?:成本|费用)控制[数额]?"
    r"|(?:购置|采购|维修|维护|建设|安装|工程|设计|监理|培训|会议|差旅|印刷|租赁|办公|劳务|材料)费)$"
)
_BORNE_BY_OTHERS = re.compile(
    r"患者|群众|居民|村民|农[户民]|企业|商户|用户|家庭|学生|家长|[旅乘]客|门诊|住院|就医|医[疗药](?:收入|费)|次均|例均|床日|百元"
    r"|个人|自付|物流|交易|生产|种植|养殖|用[电水气能工]"
)
_QUALITY = re.compile(r"(?:合格|验收通过)率$")
_BUILT_WELL = re.compile(r"(?:验收|工程(?:质量)?|施工(?:质量)?|设备(?:质量)?)(?:合格|通过)率$")
_SERVED_SOON = re.compile(r"(?:及时|按时|准时|按期完成)率$")
_DONE_SOON = re.compile(
    r"(?:支付|拨付|付款|缴纳|发放|采购|完成|完工|交付|验收|开工)(?:及时|按时|按期)率$|按[时期]完[成工]率$"
)
_EFFECT = re.compile(
    r"(?:增长|增收|下降|降低|提升|提高|减少|入园|巩固|升学|就业|失业|发病|死亡|返贫).{0,2}率$|[增降]幅$|增速$"
)
_COUNT = re.compile(
    r"(?:数量|个数|件数|台数|套数|面积|里程|场次|次数|期数|人次|人数|户数|[座株页头份册栋条处个眼盏辆]数)$"
)
_EACH_TIME = re.compile(
    r"[每日周月季]|频|年均|年度|年检|逾期|超期|超时|延[期误迟]|滞后|提前|中断|故障|公示|公开|更新"
)
_TRAINED = re.compile(
    r"培训(?:人[次数]|[班场期]次|次数|期数)$|(?:举办|开展|组织)(?:活动|培训班?)(?:[场班]次|次数|期数)$"
)
_BUILT = re.compile(r"(?:养护|新建|改建|硬化|维修|修复|改造|铺设)(?:公路|道路|渠道|管网|管道)?(?:里程|长度)$")
_EMPLOYED = re.compile(r"(?:就业|务工|从业)(?:人数|人次|岗位数量?)$")
_DATED = re.compile(
    r"(?:完成|完工|竣工|开工|采购|支付|拨付|发放|验收|交付|建成|投用|投产|招标|下达|启动).{0,4}(?:时间|时限|日期|期限|节点)$"
)
_LASTING = re.compile(
    r"利用率|年限|寿命|时长|周期|质保|保质期|保修|一遇|防洪|重现期|耐久|住院|[护任效]期|无故障|连续|持续|工龄|教龄"
)
_MONEY = frozenset("元万亿")  # a quick look: every measure of money has one of these
_OUTPUTS = ("数量指标", "质量指标", "时效指标")
_PEOPLE_OR_TIMES = ("people", "times")


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag rows whose name or value belongs to another category; one flag for each row."""
    for row in given.rows:
        right, why = _right(row) if _is_placed(row, given) else ("", "")
        if right:
            shown = under(document, given, row.level2, row.number)
            instead = f"{row.level2}可写：{shown}。" if shown else ""
            yield Flag(
                row.at("name"),
                f"{row.place}（{wording.quoted(row.target)}）{why}，现在放在{wording.quoted(row.level2)}里。",
                f"请移到{right}下面；{row.level2}里请换成这一类该有的指标，确实没有的写“不涉及”。{instead}",
            )


def _is_placed(row: Row, given: Given) -> bool:
    """Tell whether a row has a category at all: not where its level 2 is blank, or of another level 1, which ST06 tells."""
    under_level1 = given.words.level2.get(row.level1)
    return bool(row.level2) and (under_level1 is None or row.level2 in under_level1)


def _right(row: Row) -> tuple[str, str]:
    """Return where a row belongs and why, `("", "")` where it may stand as it is."""
    if "满意度" in row.name or "满意率" in row.name:
        return ("", "") if row.is_satisfaction else ("满意度指标", "问的是满意度")
    if row.is_cost:
        return _right_of_cost(row)
    if not _MONEY.isdisjoint(row.target) and _dimension(row) == "money" and _is_spent(row):
        return "成本指标", "说的是花多少钱"
    if row.parsed.kind == "deadline" and row.level2 != "时效指标" and _DATED.search(row.name):
        return "时效指标", "说的是什么时候做完"
    if row.level1 == "效益指标":
        return _right_of_benefit(row)
    return _right_of_output(row)


def _right_of_cost(row: Row) -> tuple[str, str]:
    counted = _dimension(row) in _PEOPLE_OR_TIMES and _is_plain(row)
    timely = not counted and bool(_TIMELY.search(row.name)) and not row.name.endswith("费")
    if not (counted or timely) or harms(row.name) or row.parsed.value == "0":
        return "", ""
    return ("数量指标", "说的是人数或次数") if counted else ("时效指标", "说的是快慢")


def _right_of_benefit(row: Row) -> tuple[str, str]:
    """Return where a benefit belongs that is an output: what society sees of it, such as food that is tested, is none."""
    economic = row.level2 == "经济效益指标"
    rate = row.name[-1] == "率"
    if rate and (_QUALITY if economic else _BUILT_WELL).search(row.name):
        return "质量指标", "说的是合格不合格"
    if rate and (_SERVED_SOON if economic else _DONE_SOON).search(row.name):
        return "时效指标", "说的是快慢"
    if economic and (_TRAINED.search(row.name) or _BUILT.search(row.name)):
        return "数量指标", "说的是做了多少"
    if row.level2 == "生态效益指标" and _EMPLOYED.search(row.name):
        return "社会效益指标", "说的是就业"
    return "", ""


def _right_of_output(row: Row) -> tuple[str, str]:
    if row.level2 not in _OUTPUTS:
        return "", ""
    timely = bool(_TIMELY.search(row.name) or _TIMELY.search(row.target))
    if row.level2 == "数量指标":
        if timely:
            return "时效指标", "说的是快慢"
        if is_rate(row.name) and not _MAY_BE_QUANTITY.search(row.name):
            effect = _EFFECT.search(row.name)
            return ("效益指标", "是一个比率，说的是效果") if effect else ("质量指标", "是一个比率")
    elif row.level2 == "质量指标":
        return _right_of_quality(row, timely=timely)
    elif not timely:
        return _right_of_timeliness(row)
    return "", ""


def _right_of_quality(row: Row, *, timely: bool) -> tuple[str, str]:
    """Return where a row among the qualities belongs: with the time limits what is fast, with the quantities who was trained."""
    at_least = row.parsed.operator in {"≥", ">"}  # how long it lasts, no limit
    lasting = at_least or _LASTING.search(row.name) or _LASTING.search(row.target)
    if timely or (_dimension(row) == "time" and not lasting and row.name[-1] != "率"):
        return "时效指标", "说的是快慢"
    if _dimension(row) in _PEOPLE_OR_TIMES and _TRAINED.search(row.name):
        return "数量指标", "说的是做了多少"
    return "", ""


def _right_of_timeliness(row: Row) -> tuple[str, str]:
    """Return where a row among the time limits belongs; how often something is done, or done late, may stay."""
    rate = row.name[-1] == "率"
    if rate and _QUALITY.search(row.name):
        return "质量指标", "说的是合格不合格"
    if row.name.endswith(("覆盖率", "覆盖面")):
        return "数量指标", "说的是覆盖多少"
    if rate and row.name.endswith(("知晓率", "普及率", "参与率", "就业率")):
        return "效益指标", "是一个比率，说的是效果"
    counted = (
        _COUNT.search(row.name) and row.parsed.kind == "number" and row.parsed.operator not in {"≤", "<"}
    )
    if counted and _dimension(row) != "time" and _is_plain(row) and not _EACH_TIME.search(row.name):
        return "数量指标", "说的是多少"
    return "", ""


def _is_spent(row: Row) -> bool:
    """Tell whether a row outside the costs says what is spent; what a benefit saves, or others pay, is none."""
    if row.level2 in _OUTPUTS:
        reached = row.parsed.operator in {"≥", ">"} and row.name.endswith(_BROUGHT)
        return bool(_COST.search(row.name)) and not reached and good_direction(row.name) != "≤"
    if row.level1 != "效益指标" or row.parsed.operator not in {"≤", "<"}:
        return False
    return bool(_PRICE.search(row.name)) and not (is_growth(row.name) or _BORNE_BY_OTHERS.search(row.name))


def _dimension(row: Row) -> str:
    known = row.parsed.quantities[0].known if len(row.parsed.quantities) == 1 else None
    return known.dimension if known else ""


def _is_plain(row: Row) -> bool:
    """Tell whether a row counts something as such, not so often for each month."""
    known = row.parsed.quantities[0].known
    return known is not None and (not known.per or row.is_cost)
