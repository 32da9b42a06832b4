"""The headings of a list of projects: columns of several years, of several sources, in one row or two."""

import pytest
from blocks import found
from written import sheet

from jixiao import checking, reading
from jixiao.model import Book

TITLE = "项目支出绩效目标表（2025年度）"
UNIT = "|单位：万元"
LEVELS = "一级指标|二级指标|三级指标|指标值"
ROW = "产出指标|数量指标|河道长度|≥10公里"
MONEY = ("total_funds", "fiscal_funds", "carryover_funds", "other_funds")


def read(*lines, merged=True):
    (document,), remarks = reading.read(Book((sheet(*lines, merged=merged),)))
    assert not remarks
    return document


def of_money(headings, below, amounts, *, merged=True, title=TITLE):
    """A list with these columns of money between the names and the indicators."""
    lines = [title, UNIT, f"单位名称|项目名称|{headings}|{LEVELS}"]
    lines += [f"^|^|{below}|^|^|^|^"] if below else []
    return read(*lines, f"某县水务局|治理河道|{amounts}|{ROW}", merged=merged)


def money(document):
    return tuple(document.values[name] for name in MONEY)


@pytest.mark.parametrize(
    ("headings", "below", "amounts", "expected"),
    [
        ("2024年预算|<|2025年预算|<", "合计|财政拨款|合计|财政拨款", "100|90|150|140", ("150", "140")),
        ("2025年预算|<|2026年预算|<", "合计|财政拨款|合计|财政拨款", "150|140|100|90", ("150", "140")),
        ("2024年执行数|<|2025年预算数|<", "合计|财政拨款|合计|财政拨款", "100|90|150|140", ("150", "140")),
        (
            "项目总投资|<|其中：2025年预算|<",
            "合计|财政拨款|合计|财政拨款",
            "1000|900|150|140",
            ("150", "140"),
        ),
        ("资金总额|<", "2024年|2025年", "100|150", ("150", None)),
        ("资金总额|<", "实施期|年度", "1000|150", ("150", None)),
        ("预算情况|<", "2024年预算|2025年预算", "100|150", ("150", None)),
        ("资金总额|年度资金总额", "", "1000|150", ("150", None)),
        ("项目总投资|<", "合计|财政拨款", "150|140", ("150", "140")),
    ],
)
@pytest.mark.parametrize("merged", [True, False])
def test_of_several_columns_of_money_the_year_s_is_read(headings, below, amounts, expected, merged):
    document = of_money(headings, below, amounts, merged=merged)
    assert money(document)[:2] == expected
    assert not [
        one for one in checking.check(document).findings if (one.rule, one.severity) == ("ST09", "error")
    ]


@pytest.mark.parametrize(
    ("headings", "title"),
    [("申报数|<|审定数|<", TITLE), ("2024年预算|<|2025年预算|<", "项目支出绩效目标表")],
)
def test_columns_of_money_that_nothing_settles_are_told(headings, title):
    document = of_money(headings, "合计|财政拨款|合计|财政拨款", "100|90|150|140", title=title)
    errors = [one for one in found(document, "ST09") if one.severity == "error"]
    assert [one.cell for one in errors] == ["C5", "D5"]
    assert all("看不出哪一列是本年度的" in one.message for one in errors)


@pytest.mark.parametrize(
    "headings", ["申报金额|核定金额", "申报数|审定数", "预算金额|批复金额", "合计|批复数"]
)
def test_two_plain_totals_in_a_row_are_told_where_they_differ(headings):
    document = of_money(headings, "", "120|110")
    assert money(document)[0] == "120"
    (told,) = [one for one in found(document, "ST09") if one.severity == "error"]
    assert (told.pointer, told.cell) == ("/total_funds", "C4")
    assert all(f"“{one}”" in told.message for one in headings.split("|"))
    assert not [one for one in found(of_money(headings, "", "110|110"), "ST09") if one.severity == "error"]


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize(
    ("headings", "below", "amounts", "expected"),
    [
        ("项目资金|<|<|<", "合计|财政拨款|上年结转|其他", "150|100|20|30", ("150", "100", "20", "30")),
        ("资金总额|财政拨款|<", "^|一般公共预算|政府性基金", "150|100|10", ("150", "110", None, None)),
        (
            "资金总额|财政拨款|<|<",
            "^|一般公共预算|政府性基金|小计",
            "150|100|10|110",
            ("150", "110", None, None),
        ),
        ("预算数|<|<|<", "小计|财政拨款|事业收入|经营收入", "150|100|20|30", ("150", "100", None, "50")),
    ],
)
def test_money_in_two_rows_of_headings(headings, below, amounts, expected, merged):
    assert money(of_money(headings, below, amounts, merged=merged)) == expected


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "2025年预算",
            "2025年预算数",
            "本年预算",
            "当年预算",
            "年初预算",
            "支出预算",
            "预算安排数",
            "申报金额",
        ),
        *("总金额", "总额", "年度预算资金", "资金额度", "金额", "预算数（万元）"),
    ],
)
def test_the_total_has_many_headings(heading):
    assert money(of_money(heading, "", "150"))[0] == "150"


def test_another_year_s_amount_is_not_read():
    assert money(of_money("2024年预算", "", "150"))[0] is None


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize(
    ("below", "targets", "expected"),
    [
        ("2025年|2026年|2027年", "≥1公里|≥2公里|≥3公里", "≥1公里"),
        ("中期|年度", "≥30公里|≥10公里", "≥10公里"),
        ("年度|实施期", "≥10公里|≥30公里", "≥10公里"),
        ("符号|数值|单位", "≥|10|公里", "≥10公里"),
    ],
)
def test_targets_of_several_times(below, targets, expected, merged):
    wide = "|<" * below.count("|")
    document = read(
        TITLE,
        UNIT,
        f"单位名称|项目名称|资金总额|{LEVELS}{wide}",
        f"^|^|^|^|^|^|{below}",
        f"某县水务局|治理河道|150|产出指标|数量指标|长度|{targets}",
        merged=merged,
    )
    assert [one["target"] for one in document.values["indicators"]] == [expected]
    assert document.values["year"] == 2025


@pytest.mark.parametrize(
    ("names", "agency"),
    [("单位|项目", "某县水务局"), ("一级项目|二级项目", None), ("单位名称|二级项目", "某县水务局")],
)
def test_short_headings_of_names(names, agency):
    document = read(
        TITLE, UNIT, f"{names}|金额|目标|{LEVELS}|单位", f"某县水务局|治理河道|150|河道通畅|{ROW[:-2]}|公里"
    )
    values = document.values
    assert (values["agency"], values["project_name"], values["total_funds"]) == (agency, "治理河道", "150")
    assert (values["goals"], values["indicators"][0]["target"]) == (["河道通畅"], "≥10公里")


@pytest.mark.parametrize("merged", [True, False])
def test_the_levels_may_stand_in_the_second_row_of_headings(merged):
    document = read(
        TITLE,
        UNIT,
        "单位名称|项目名称|资金总额|绩效目标|<|绩效指标|<|<|<",
        f"^|^|^|中期|年度|{LEVELS}",
        f"某县水务局|治理河道|150|三年治理|今年治理|{ROW}",
        merged=merged,
    )
    values = document.values
    assert (values["agency"], values["project_name"], values["year"]) == ("某县水务局", "治理河道", 2025)
    assert (values["total_funds"], values["goals"]) == ("150", ["今年治理"])
    assert [one["target"] for one in values["indicators"]] == ["≥10公里"]


@pytest.mark.parametrize("beside", ["权重", "分值", "备注", "指标解释", "指标内容"])
def test_what_stands_right_of_a_blank_target_is_not_the_target(beside):
    lines = [
        TITLE,
        UNIT,
        f"单位名称|项目名称|资金总额|{LEVELS}|{beside}",
        f"某县水务局|治理河道|150|{ROW[:-6]}||20",
    ]
    document = read(*lines)
    (indicator,) = document.values["indicators"]
    assert (indicator["name"], indicator["target"]) == ("河道长度", None)
    (told,) = found(document, "ST08")
    assert told.cell == "G4"


def test_a_list_without_money_is_not_asked_for_its_unit():
    document = read(TITLE, f"单位名称|项目名称|绩效目标|{LEVELS}", f"某县水务局|治理河道|河道通畅|{ROW}")
    assert not found(document, "FI03")


@pytest.mark.parametrize("merged", [True, False])
def test_a_blank_row_between_two_rows_of_headings_parts_nothing(merged):
    upper = "单位名称|项目名称|资金情况|<|绩效指标|<|<|<"
    lower = f"||年度资金总额|财政拨款|{LEVELS}"
    document = read(TITLE, UNIT, upper, "", lower, f"某县水务局|治理河道|150|140|{ROW}", merged=merged)
    assert (document.values["project_name"], document.cell("/project_name")) == ("治理河道", "B6")
    assert money(document)[:2] == ("150", "140")
    assert [one["name"] for one in document.values["indicators"]] == ["河道长度"]
