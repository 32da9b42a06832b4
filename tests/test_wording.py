"""Every schema keyword has a Chinese sentence that names the value and what to do, and never the keyword."""

import re

import pytest

from jixiao import checking, schemas, wording

KEYWORDS = {
    "type", "pattern", "enum", "minItems", "minLength", "maxLength", "minimum", "maximum", "required",
}  # fmt: skip


def keywords_in(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key in KEYWORDS | {"maxItems", "const", "additionalProperties", "multipleOf", "format", "not"}:
                yield key
            yield from keywords_in(value if key not in {"if", "properties"} else list(value.values()))
    elif isinstance(node, list):
        for value in node:
            yield from keywords_in(value)


def test_every_keyword_of_our_schemas_has_an_id_of_its_own():
    names = [*schemas.DOCUMENTS, "common", *(f"vocabulary/{name}" for name in schemas.vocabularies())]
    used = {word for name in names for word in keywords_in(schemas.schema(name))} - {"const"}
    assert used <= set(wording.KEYWORDS)
    ids = [keyword.rule for keyword in wording.KEYWORDS.values()]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("shown", "rule", "severity", "message", "suggestion"),
    [
        ("| 上年结转资金 | |", "SC01", "warning", "上年结转资金没有填。", "没有这项资金请填 0。"),
        ("| 年度资金总额 | |", "SC01", "error", "年度资金总额没有填。", "只填数字"),
        ("| 年度 | |", "SC01", "error", "年度没有填。", "（2024年度）"),
        ("| 项目名称 | |", "SC01", "error", "项目名称没有填。", "填写项目名称"),
        ("| 其他资金 | 约100 |", "SC02", "error", "其他资金填的是“约100”，不是数字。", "请填 0"),
        ("| 其他资金 | 12345678901 |", "SC02", "error", "“12345678901”，超出了", "元当成了万元"),
        ("| 主管部门及代码 | 管理局（12） |", "SC02", "error", "“12”，不是代码", "3 到 20 位数字"),
        ("| 项目名称 | 水\x01费 |", "SC02", "error", "看不见的控制字符", "重新输入"),
        ("| 年度 | 1999 |", "SC07", "error", "“1999”，不在 2000 到 2099 之间", "预算年度"),
        ("| 年度 | 2100 |", "SC08", "error", "“2100”", "预算年度"),
    ],
)
def test_a_complaint_names_field_value_and_remedy(  # noqa: PLR0917 - a case is its arguments
    table, shown, rule, severity, message, suggestion
):
    found = [one for one in checking.check(table(shown)).findings if one.rule.startswith("SC")]
    assert [(one.rule, one.severity) for one in found] == [(rule, severity)]
    assert message in found[0].message
    assert suggestion in found[0].suggestion
    assert "已见" in found[0].basis


def test_a_wrong_level_word_names_the_allowed_ones_and_the_nearest(table):
    found = checking.check(table("| 产出指际 | 数量指标 | 供电楼数 | =2栋 |")).findings
    first = next(one for one in found if one.rule == "SC03")
    assert (
        first.message
        == "第 1 行指标的一级指标写的是“产出指际”，这里只能是：成本指标、产出指标、效益指标、满意度指标。"
    )
    assert first.suggestion == "是不是“产出指标”？请从下拉列表中选择。"


def test_a_blank_level_is_told_once_as_blank(table):
    found = checking.check(table("| 产出指标 | | 供电楼数 | =2栋 |")).findings
    at = [one for one in found if one.pointer == "/indicators/0/level2"]
    assert [(one.rule, one.message) for one in at] == [
        ("SC01", f"{at[0].cell} 第 1 行指标的二级指标没有填。")
    ]


def test_no_goal_at_all(table):
    document = table()
    document.values["goals"] = []
    found = checking.check(document).findings
    assert [(one.rule, one.pointer) for one in found] == [("SC04", "/goals")]


@pytest.mark.parametrize("keyword", [*wording.KEYWORDS, "unheardOf"])
@pytest.mark.parametrize("value", [None, "约" * 99, 7])
@pytest.mark.parametrize("money", [True, False])
def test_no_sentence_shows_a_keyword_or_a_pattern(keyword, value, money):
    complaint = wording.Complaint("其他资金", "C8", value, {"pattern": "^[0-9]{3,20}$"}, ("甲",), money=money)
    message, suggestion = wording.say(keyword, complaint)
    assert not re.search(r"[A-Za-z]{3,}|[\^$\\\[\]{}]|None", message + suggestion)
    assert message.endswith("。")
    assert suggestion.endswith("。")


def test_a_long_value_is_shortened_to_one_line():
    assert wording.quoted("一\n二") == "“一 二”"
    assert len(wording.quoted("字" * 500)) == 42


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("产出指际", "产出指标"),
        ("笑益指标", "效益指标"),
        ("满意渡指标", "满意度指标"),
        ("晓宜纸镖", "效益指标"),  # nothing but the sound is right
        ("预算执行进度", None),
        ("", None),
    ],
)
def test_the_word_that_was_meant_is_found_by_letters_and_by_sound(word, meant):
    allowed = ("成本指标", "产出指标", "效益指标", "满意度指标")
    assert wording.closest(word, allowed) == meant


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("里", "理", True), ("行", "航", True), ("一", "二", False), ("东", "西", False)],
)
def test_letters_that_a_pinyin_keyboard_mixes_up(one, other, alike):
    assert bool(wording.readings(one) & wording.readings(other)) is alike
