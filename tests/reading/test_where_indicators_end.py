"""Money, other tables and opinions below the indicators are no indicators, and no indicator is lost to them."""

import pytest
from blocks import FUNDS, GOAL, HEADING, ROWS, found, money, names_and_targets, table

from jixiao.model import Area

N = None
PLAIN = [(row[3], row[4]) for row in ROWS]
SENTENCE = "财政拨款10万元，其他资金5万元，共15万元"
MORE = [N, "产出指标", "数量指标", "补种面积", "≥10亩"]


def shown(text):
    """The rows that a person sees, `|` between the cells; a number in a cell is a number."""
    lines = [line.strip().strip("|").split("|") for line in text.strip().splitlines()]
    return [[_value(cell.strip()) for cell in line] for line in lines]


def _value(cell):
    return float(cell) if cell.replace(".", "", 1).isdigit() else cell or None


def below(*rows, **more):
    """One table with these rows below its indicators."""
    return table(rows=[*ROWS, *map(list, rows)], **more)


def without_label(rows):
    """The same rows of a form that has no column left of 一级指标."""
    return [row[1:] for row in rows]


def told(document):
    """What was said of rows that are not read: severity and text."""
    return [(one.severity, one.text) for one in document.notes if "没有作为指标读取" in one.text]


# (22) the money


@pytest.mark.parametrize("label", ["资金情况", "项目资金（万元）", "年度资金总额", "经费来源"])
@pytest.mark.parametrize("column", [0, 1])
def test_money_told_in_a_sentence_below_is_the_money_and_no_indicator(label, column):
    document = below([*[N] * column, label, SENTENCE], funds=[])
    assert money(document) == ["15", "10", N, "5"]
    assert document.cells["/total_funds"] == ("B12", "C12")[column]
    assert names_and_targets(document) == PLAIN


@pytest.mark.parametrize("row", [[SENTENCE], [f"资金情况：{SENTENCE}"], ["资金情况", N, N, SENTENCE]])
def test_such_a_sentence_may_stand_alone_or_further_right(row):
    document = below(row, funds=[])
    assert money(document) == ["15", "10", N, "5"]
    assert names_and_targets(document) == PLAIN


def test_money_and_goals_below_a_sentence():
    document = below(["资金情况", SENTENCE], *GOAL, ["填报人：张三"], funds=[], goal=[])
    assert money(document)[0] == "15"
    assert document.values["goals"] == ["绿化养护一百亩"]
    assert names_and_targets(document) == PLAIN


@pytest.mark.parametrize("column", [0, 1])
@pytest.mark.parametrize("label", ["资金情况", "项目资金（万元）"])
def test_a_sentence_below_amounts_in_cells_changes_nothing(column, label):
    document = below([*[N] * column, label, SENTENCE])
    assert money(document) == ["110", "100", "4", "6"]
    assert names_and_targets(document) == PLAIN


@pytest.mark.parametrize("text", ["财政拨款10万元左右", "详见预算批复", "财政拨款10万元，购置设备5台"])
def test_money_in_words_that_are_not_understood_is_no_indicator(text):
    document = below(["资金情况", text], funds=[])
    assert names_and_targets(document) == PLAIN


def test_a_target_that_tells_money_is_a_target():
    row = [N, "成本指标", "经济成本指标", "绿化总成本", SENTENCE]
    document = below(row, funds=[])
    assert names_and_targets(document) == [*PLAIN, ("绿化总成本", SENTENCE)]
    assert money(document) == [N, N, N, N]


@pytest.mark.parametrize("funds", [[["资金情况", SENTENCE]], FUNDS])
def test_indicators_below_the_money_are_read(funds):
    document = below(*funds, MORE, funds=[])
    assert money(document)[0] in {"15", "110"}
    assert names_and_targets(document) == [*PLAIN, ("补种面积", "≥10亩")]


# (23) other tables

TITLE = "| 经费测算明细 |"
COSTS = """
    | 序号 | 名称 | 数量 | 单价 | 金额 |
    | 1    | 树苗 | 100  | 0.5  | 50   |
    | 2    | 草皮 | 100  | 0.6  | 60   |
    | 合计 |      |      |      | 110  |
    """
TABLES = [
    COSTS,
    """
    | 支出内容 | 规格型号 | 单位 | 单价 | 金额 | 备注 |
    | 树苗     | 5cm      | 株   | 0.5  | 50   |      |
    | 草皮     | 30cm     | 平   | 0.6  | 60   | 暂估 |
    """,
    """
    | 年度 | 金额 |
    | 2026 | 50   |
    | 2027 | 60   |
    """,
    """
    | 序号 | 树种 | 胸径 | 数量 | 单价（元） | 金额（万元） |
    | 1    | 国槐 | 5cm  | 100  | 5000       | 50           |
    """,
    """
    | 序号 | 树种 | 数量 | 单价（元） | 金额（万元） |
    | 1    | 国槐 | 100  | 5000       | 50           |
    """,
    """
    | 项目 | 测算依据 | 测算金额（万元） |
    | 树苗 | 100株    | 50               |
    """,
    """
    | 一季度 | 二季度 | 三季度 | 四季度 |
    | 20     | 30     | 30     | 30     |
    """,
    """
    | 阶段 | 工作内容 | 完成时间 | 责任人 |
    | 准备 | 采购树苗 | 3月底前  | 张三   |
    """,
    """
    | 资产名称 | 规格 | 数量 | 预算金额 |
    | 水车     | 5吨  | 1    | 50       |
    """,
    """
    | 资金来源 | 2026年 | 预算数 | 金额 |
    | 县级     | 50     | 50     | 50   |
    """,
]


@pytest.mark.parametrize("column", [0, 1, 2])
@pytest.mark.parametrize("title", [[], [[TITLE.strip("| ")]], [["一、经费测算明细"], ["单位：万元"], []]])
@pytest.mark.parametrize("text", TABLES, ids=lambda text: text.split()[1])
def test_another_table_is_no_indicators_and_is_said_once(text, title, column):
    rows = [[*[N] * column, *row] if row else row for row in [*title, *shown(text)]]
    document = below(*rows)
    assert names_and_targets(document) == PLAIN
    first = title[0][0] if title else shown(text)[0][0]
    assert told(document) == [("hint", f"第 16 行起（“{first}”）是另一张表，没有作为指标读取。")]
    (note,) = [one for one in document.notes if "另一张表" in one.text]
    assert note.rule == "ST09"
    assert note.advice


@pytest.mark.parametrize("text", TABLES, ids=lambda text: text.split()[1])
def test_nor_on_a_form_without_a_column_left_of_the_levels(text):
    document = table(heading=HEADING[1:], rows=[*without_label(ROWS), *shown(text)])
    assert names_and_targets(document) == PLAIN
    assert len(told(document)) == 1


def test_nor_below_a_signature_or_a_blank_row():
    document = below(["填报人：张三", N, N, "联系电话：123"], [], [TITLE.strip("| ")], *shown(COSTS))
    assert names_and_targets(document) == PLAIN
    assert told(document) == [("hint", "第 18 行起（“经费测算明细”）是另一张表，没有作为指标读取。")]


@pytest.mark.parametrize("label", ["测算依据", "支出明细", "其中", "子项目一", "树苗"])
def test_a_text_where_the_blocks_label_stands_begins_another_block(label):
    document = below([label, "树苗100株", "0.5万元/株", "合计", "50"])
    assert names_and_targets(document) == PLAIN
    assert told(document) == [("hint", f"第 16 行起（“{label}”）是另一张表，没有作为指标读取。")]
    document = below([label, "树苗100株", "0.5万元/株"], merges=[Area(0, 0, 5, 0)])
    assert names_and_targets(document) == PLAIN


@pytest.mark.parametrize(
    "more", [MORE, [N, "产出", "数量", "补种面积", "≥10亩"], [N, "其他指标", "补种", "补种面积", "≥10亩"]]
)
@pytest.mark.parametrize(
    "between", [shown(COSTS), [["经费测算明细"], *shown(COSTS)], [["测算依据", "树苗", "0.5", "合计", "50"]]]
)
def test_an_indicator_below_another_table_is_read(between, more):
    document = below(*between, more)
    assert names_and_targets(document) == [*PLAIN, ("补种面积", "≥10亩")]


def test_an_indicator_without_its_level_below_another_table_is_said():
    document = below(*shown(COSTS), [N, "绿色发展", "补种", "补种面积", "≥10亩"])
    assert names_and_targets(document) == PLAIN
    assert [severity for severity, _ in told(document)] == ["hint", "warning"]


# (23) opinions

WHO = ["审核意见", "主管部门意见", "财政部门意见", "专家意见", "领导意见", "分管领导", "单位意见", "绩效办意见", "备注", "审核意见：",
       "主管部门审核意见（盖章）", "绩效股审核", "分管领导签字", "专家组评审意见", "其他需要说明的问题", "审\n核\n意\n见"]  # fmt: skip


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("column", [0, 1])
@pytest.mark.parametrize("blanks", [0, 1, 2])
def test_an_opinion_is_no_indicator(who, column, blanks):
    document = below([*[N] * column, who, *[N] * blanks, "同意申报"])
    assert names_and_targets(document) == PLAIN
    assert not told(document)


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("blanks", [0, 1, 2])
def test_an_opinion_in_the_column_of_the_levels_of_a_form_without_a_label(who, blanks):
    row = [who, *[N] * blanks, "同意申报"]
    document = table(heading=HEADING[1:], rows=[*without_label(ROWS), row])
    assert names_and_targets(document) == PLAIN
    assert not told(document)


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("column", [0, 1])
def test_an_opinion_in_merged_cells_over_several_rows(who, column):
    rows = [[*[N] * column, who, "同意申报"], [N, N, N, "（盖章）"], [N, N, N, N, "2026年1月10日"]]
    merges = [Area(0, 0, 5, 0), Area(6, column, 8, column), Area(6, column + 1, 6, 4)]
    document = below(*rows, merges=merges)
    assert names_and_targets(document) == PLAIN
    assert not told(document)


@pytest.mark.parametrize("who", WHO)
def test_an_indicator_below_an_opinion_is_read(who):
    document = below([who, "同意申报"], MORE)
    assert names_and_targets(document) == [*PLAIN, ("补种面积", "≥10亩")]


@pytest.mark.parametrize("column", [0, 1])
@pytest.mark.parametrize(
    "row",
    [["局长：张三", N, "分管领导：李四", "2026年1月10日"], ["局长", "张三", "分管领导", "李四"], ["立项依据", "国发5号"]],
)  # fmt: skip
def test_who_signs_and_on_what_ground_is_no_indicator_and_no_table(row, column):
    document = below([*[N] * column, *row])
    assert names_and_targets(document) == PLAIN
    assert not told(document)


# Indicators that look a little like these


OWN = """
    |   | 其他指标         | 其他             | 补种面积     | ≥10亩    |
    |   | 可持续发展指标   | 长效             | 管护年限     | 3年      |
    |   | 绿色发展         | 生态             | 采购数量     | ≥10株    |
    |   | 意见征集         | 群众             | 采纳意见     | ≥3条     |
    |   | 产出指标         | 数量指标         | 采购单价     | ≤5元     |
    |   |                  | 其他             | 补助金额     | 50万元   |
    |   |                  |                  | 数量合计     | 100株    |
    |   |                  |                  | 单价         | ≤5元     |
    |   |                  | 数量指标         | 金额         | 50万元   |
    |   |                  | 质量             | 规格         | 5cm      |
    |   |                  |                  | 项目验收意见 | 通过     |
    |   |                  | 数量             | 采购数量     |          |
    |   |                  |                  | 备注说明     | 完整     |
    """


@pytest.mark.parametrize("number", range(13))
def test_an_indicator_in_a_places_own_words_is_read(number):
    row = shown(OWN)[number]
    wanted = (row[3], row[4])
    for rows in ([*ROWS, row], [row, *ROWS], [*ROWS[:3], row, *ROWS[3:]]):
        document = table(rows=rows)
        assert wanted in names_and_targets(document)
        assert len(names_and_targets(document)) == 6
        assert not told(document)
        document = table(heading=HEADING[1:], rows=without_label(rows))
        assert wanted in names_and_targets(document)
        assert not told(document)


@pytest.mark.parametrize(
    "label",
    ["绩效指标", "绩", "效", "指", "标", "绩效", "指标", "年度绩效指标", "中期绩效指标", "总体绩效指标", "年度", 1.0, "1", "一", "12"],
)  # fmt: skip
@pytest.mark.parametrize("row", [MORE, [N, N, N, "补种面积", "≥10亩"], [N, N, "其他", "补种面积", "≥10亩"]])
def test_a_piece_of_the_blocks_label_or_a_number_begins_nothing(label, row):
    document = below([label, *row[1:]])
    assert names_and_targets(document) == [*PLAIN, ("补种面积", "≥10亩")]
    assert document.values["indicators"][-1]["level1"] == (row[1] or "满意度指标")


@pytest.mark.parametrize("label", ["绩效指标", "序号"])
def test_rows_numbered_in_the_column_of_the_label(label):
    rows = [[float(number), *row[1:]] for number, row in enumerate(ROWS, 1)]
    document = table(heading=[label, *HEADING[1:]], rows=rows)
    assert names_and_targets(document) == PLAIN
    assert [one["level1"] for one in document.values["indicators"]][2] == "产出指标"


@pytest.mark.parametrize("target", ["≥10亩", "100%", "6月底前", "良好"])
def test_a_row_shifted_left_is_read(target):
    document = below(["产出指标", "数量指标", "补种面积", target])
    assert names_and_targets(document) == [*PLAIN, ("补种面积", target)]
    document = below(["绿色发展", "生态", "补种面积", target])
    assert len(names_and_targets(document)) == 6


def test_a_row_that_holds_a_name_alone_is_read():
    document = table(rows=[*ROWS, [N, N, N, "补种面积"], [7.0, N, N, "补种株数"]])
    assert [name for name, _ in names_and_targets(document)][5:] == ["补种面积", "补种株数"]


@pytest.mark.parametrize("word", ["如：", "例如：", "比如："])
def test_an_example_below_what_explains_the_form_is_no_indicator(word):
    """An explanation goes on row by row, and shows in the columns of the indicators how one is written."""
    foot = [
        ["填表说明：", "1.年度资金总额等于各项资金之和。"],
        [None, "2.产出指标", "数量指标", f"{word}培训人次", "≥100人次"],
    ]
    assert names_and_targets(table(rows=[*ROWS, *foot])) == [(row[3], row[4]) for row in ROWS]


@pytest.mark.parametrize(
    "signer", ["初审：王五", "复审人：王五", "审批人：王五", "经手人：王五", "会计：王五", "分管领导：王五"]
)
@pytest.mark.parametrize("beside", ["2025年10月8日", "终审：李四"])
def test_who_signs_below_is_no_indicator(signer, beside):
    assert names_and_targets(below([], [], [signer, N, beside])) == PLAIN


@pytest.mark.parametrize("name", ["会计：培训人数", "负责人：到会人数", "备注：完成件数", "单位：培训次数"])
@pytest.mark.parametrize("target", ["≥50人次", "50人次"])
def test_an_indicator_may_be_named_as_a_signature_begins(name, target):
    rows = [*ROWS[:2], [N, N, N, name, target], *ROWS[2:]]
    assert names_and_targets(table(rows=rows)) == [(row[3], row[4]) for row in rows]
    assert names_and_targets(below([N, N, N, name, target])) == [*PLAIN, (name, target)]


@pytest.mark.parametrize("beside", ["13900001111", "2025年10月8日", "李四", "1390000", "共2页"])
def test_a_signature_under_the_names_is_none(beside):
    assert names_and_targets(below([], [N, N, N, "填报人：张三", beside])) == PLAIN


def test_dots_in_every_column_of_a_spare_row_are_no_indicator():
    rows = [*ROWS, [None, None, None, "……", "……"]]
    document = table(rows=rows)
    assert len(document.values["indicators"]) == len(ROWS)
    assert not found(document, "ST10")


def test_dots_in_the_place_of_a_target_are_told():
    rows = [*ROWS, [None, None, None, "补种面积", "……"]]
    assert len(table(rows=rows).values["indicators"]) == len(ROWS) + 1
    assert found(table(rows=rows), "ST10")


def test_a_level_may_stand_in_the_middle_of_its_rows_also_below_another_one():
    """The first block has one row, and its word beside it."""
    levels = ["成本指标", N, "产出指标", N, "效益指标", "满意度指标"]
    rows = [
        [N, N, "经济成本指标", "绿化成本", "≤105万元"],
        [N, N, "数量指标", "绿化面积", "≥100亩"],
        [N, N, N, "补种面积", "≥10亩"],
        [N, N, "质量指标", "苗木成活率", "≥95%"],
        [N, N, "社会效益指标", "绿地覆盖率", "≥40%"],
        [N, N, "服务对象满意度指标", "居民满意度", "≥90%"],
    ]
    document = table(rows=[[N, level, *row[2:]] for level, row in zip(levels, rows, strict=True)])
    told = [(one["level1"], one["level2"]) for one in document.values["indicators"]]
    assert told == [
        ("成本指标", "经济成本指标"),
        ("产出指标", "数量指标"),
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
        ("效益指标", "社会效益指标"),
        ("满意度指标", "服务对象满意度指标"),
    ]
