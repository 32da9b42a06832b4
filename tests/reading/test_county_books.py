"""Tables as county departments send them, typed as a person sees them.

`<` is a cell merged with the one to its left, `^` with the one above; a number in a cell is a number.
"""

import re

import pytest

from jixiao import checking, reading
from jixiao.model import Area, Book, Grid
from jixiao.reading import plans

HEAD = """
    | 项目支出绩效目标表 | < | < | < | < |
    | （2025年度） | < | < | < | < |
    | 项目名称 | 村道养护 | < | < | < |
    | 主管部门及代码 | 东乡县交通局（213） | 实施单位 | 东乡县公路段 | < |
    """
FUNDS = """
    | 项目资金（万元） | 年度资金总额： | 86 | < | < |
    | ^ | 其中：当年财政拨款 | 60.5 | < | < |
    | ^ | 上年结转资金 | 25.5 | < | < |
    | ^ | 其他资金 | 0 | < | < |
    """
GOALS = "| 总体目标 | 目标1：道路畅通 | < | < | < |"
HEADING = "| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 |"
ROWS = """
    | ^ | 成本指标 | 经济成本指标 | 养护成本 | ≤86万元 |
    | ^ | 产出指标 | 数量指标 | 养护里程 | ≥42公里 |
    | ^ | ^ | 质量指标 | 路面完好率 | ≥95% |
    | ^ | 效益指标 | 社会效益指标 | 受益群众 | ≥1200人 |
    | ^ | 满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90% |
    """


@pytest.fixture(autouse=True)
def forgotten():
    plans.forget()


def grid(*blocks):
    """The sheet that these blocks show, one below the other."""
    rows, areas = [], {}
    for line in "\n".join(blocks).split("\n"):
        if not line.strip():
            continue
        shown = [cell.strip(" ") for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]
        at, cells = len(rows), []
        for column, cell in enumerate(shown):
            owner = (at, column)
            if cell in {"<", "^"}:
                above = (at, column - 1) if cell == "<" else (at - 1, column)
                owner = next((top for top, inside in areas.items() if above in inside), above)
            areas.setdefault(owner, []).append((at, column))
            cells.append(None if cell in {"", "<", "^"} else _value(cell))
        rows.append(cells)
    merges = tuple(
        Area(*owner, max(r for r, _ in inside), max(c for _, c in inside))
        for owner, inside in areas.items()
        if len(inside) > 1
    )
    return Grid("表", rows, merges)


def _value(cell):
    return float(cell) if re.fullmatch(r"-?\d+(\.\d+)?", cell) else cell.replace("\\n", "\n")


def table(*, head=HEAD, funds=FUNDS, goals=GOALS, heading=HEADING, rows=ROWS):
    """The one table of a sheet of these blocks."""
    ((document,), _) = reading.read(Book((grid(head, funds, goals, heading, rows),)))
    return document


def money(document):
    names = ("total_funds", "fiscal_funds", "carryover_funds", "other_funds")
    return [document.values[name] for name in names]


def indicators(document):
    return [
        tuple(one[name] for name in ("level2", "name", "target")) for one in document.values["indicators"]
    ]


def found(document, rule):
    return [one for one in checking.check(document).findings if one.rule == rule]


PLAIN = [
    ("经济成本指标", "养护成本", "≤86万元"),
    ("数量指标", "养护里程", "≥42公里"),
    ("质量指标", "路面完好率", "≥95%"),
    ("社会效益指标", "受益群众", "≥1200人"),
    ("服务对象满意度指标", "群众满意度", "≥90%"),
]


@pytest.mark.parametrize(
    "unit", ["（ 万 元 ）", "（金 额 单 位 ： 万 元）", "\u3000（万\u3000元）", "（单位:人民币 万元）"]
)
def test_the_unit_of_money_may_be_spaced(unit):
    document = table(funds=FUNDS.replace("项目资金（万元）", f"项 目 资 金{unit}"))
    assert document.money == "万元"
    assert table(head="| 单 位 ： 万 元 |" + HEAD, funds=FUNDS.replace("（万元）", "")).money == "万元"


@pytest.mark.parametrize("row", [1, 2, 3])
@pytest.mark.parametrize("unit", ["元", "万元"])
def test_the_unit_of_money_may_stand_in_a_cell_below_the_block_s_label(row, unit):
    lines = FUNDS.replace("（万元）", "").replace("| ^ |", "| |").strip().split("\n")
    lines[row] = lines[row].replace("| |", f"| （{unit}） |")
    document = table(funds="\n".join(lines))
    assert document.money == unit
    assert money(document) == (
        ["86", "60.5", "25.5", "0"] if unit == "万元" else ["0.0086", "0.00605", "0.00255", "0"]
    )


@pytest.mark.parametrize(
    "goal",
    [
        "目标2：印制项目支出绩效目标表",
        "2.印制绩效目标表",
        "目标2：完成项目支出绩效自评表",
        "目标2：编印绩效评价报告表",
        "绩效运行监控表",
        "项目支出绩效目标表",
    ],
)
@pytest.mark.parametrize("title", ["项目支出绩效目标表", "2025年预算项目表"])
def test_a_goal_about_tables_begins_no_table(goal, title):
    document = table(
        head=HEAD.replace("项目支出绩效目标表", title),
        goals=f"| 总体目标 | 目标1：道路畅通 | < | < | < |\n| ^ | {goal} | < | < | < |",
    )
    assert document.values["project_name"] == "村道养护"
    assert money(document) == ["86", "60.5", "25.5", "0"]
    assert [one[2:] for one in document.values["goals"] if one][-1] in goal
    assert indicators(document) == PLAIN


PARTS = """
    | ^ | 成本指标 | 经济成本指标 | 养护成本 | ≤ | 86 | 万元 |
    | ^ | 产出指标 | 数量指标 | 养护里程 | ≥ | 42 | 公里 |
    | ^ | ^ | 质量指标 | 路面完好率 | ≥ | 95 | % |
    | ^ | 效益指标 | 社会效益指标 | 受益群众 | | 1200 | 人 |
    | ^ | ^ | 生态效益指标 | 路域环境 | 定性 | 良好 | |
    | ^ | 满意度指标 | 服务对象满意度指标 | 群众满意度 | 不低于 | 90% | |
    | ^ | ^ | ^ | 司机满意度 | ≥ | | % |
    """
WHOLE = [
    ("经济成本指标", "养护成本", "≤86万元"),
    ("数量指标", "养护里程", "≥42公里"),
    ("质量指标", "路面完好率", "≥95%"),
    ("社会效益指标", "受益群众", "1200人"),
    ("生态效益指标", "路域环境", "良好"),
    ("服务对象满意度指标", "群众满意度", "不低于90%"),
    ("服务对象满意度指标", "司机满意度", None),
]


@pytest.mark.parametrize(
    "heading",
    [
        "| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | < | < |",
        "| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | < | < |\n| ^ | ^ | ^ | ^ | 符号 | 数值 | 单位 |",
        "| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | < | < |\n| ^ | ^ | ^ | ^ | 比较符 | 目标值 | 度量单位 |",
        "| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | < | < |\n| ^ | ^ | ^ | ^ | 计算符号 | 值 | 计量单位 |",
    ],
)
def test_operator_value_and_measure_may_stand_in_cells_under_one_heading(heading):
    document = table(heading=heading, rows=PARTS)
    assert indicators(document) == WHOLE
    first = 11 + heading.count("\n")
    assert document.cells["/indicators/1/target"] == f"F{first + 1}"
    assert document.cells["/indicators/6/target"] == f"F{first + 6}"
    assert [one["operator"] for one in document.values["indicators"]][:3] == ["≤", "≥", "≥"]
    assert not found(document, "ST09")


@pytest.mark.parametrize(
    "year",
    [
        "（2025-2027年度）",
        "（2025年度—2027年度）",
        "2025年至2027年度",
        "（2025～2027年度）",
        "（2025年、2026年度）",
    ],
)
def test_several_years_are_not_taken_for_one(year):
    document = table(head=HEAD.replace("（2025年度）", year))
    assert (document.values["year"], document.cells["/year"]) == (None, "A2")
    (told,) = [one for one in checking.check(document).findings if one.pointer == "/year"]
    assert (told.rule, told.severity, told.cell) == ("ST01", "error", "A2")
    assert year in told.message


@pytest.mark.parametrize(
    "line",
    [
        "| | | | 东乡县公路段 | 2025年1月10日 |",
        "| | | 东乡县公路段 | | 2025年1月 |",
        "| | 填报单位（公章）：东乡县公路段 | | | |",
        "| | 编制单位：东乡县公路段 | | | |",
        "| | | | （盖章） | 2025年1月10日 |",
        "| | | | 东乡县交通局 | 二〇二五年一月十日 |",
        "| | 东乡县公路段（盖章） | | | 2025年1月10日 |",
    ],
)
def test_who_signs_and_when_is_no_indicator(line):
    for rows in (ROWS, ROWS.replace("^", " ")):
        document = table(rows=rows + line)
        assert [one["name"] for one in document.values["indicators"]] == [name for _, name, _ in PLAIN]
        assert not found(document, "ST09")


def test_a_goal_printed_and_left_blank_belongs_in_its_own_cell():
    document = table(goals="| 总体目标 | | 目标1：畅通 | | |\n| | | 目标2： | | |")
    assert document.values["goals"] == ["畅通", None]
    assert document.cells["/goals/1"] == "C10"


def test_a_form_that_does_not_split_funds_by_year_has_no_carried_over_row():
    funds = """
        | 项目资金（万元） | 年度资金总额： | 86 | < | < |
        | ^ | 其中：财政拨款 | 80 | < | < |
        | ^ | 其他资金 | 6 | < | < |
        """
    document = table(funds=funds)
    (told,) = found(document, "ST09")
    assert (told.pointer, told.severity) == ("/carryover_funds", "warning")


def test_the_printed_number_of_an_indicator_may_stand_in_a_cell_of_its_own():
    heading = "| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | < | 指标值 |"
    rows = """
        | ^ | 产出指标 | 数量指标 | 指标1： | 养护里程 | ≥42公里 |
        | ^ | ^ | ^ | 指标2： | 巡查次数 | ≥12次 |
        | ^ | ^ | ^ | …… | | |
        | ^ | ^ | 质量指标 | 指标1 | 路面完好率 | ≥95% |
        """
    document = table(heading=heading, rows=rows)
    assert indicators(document) == [
        ("数量指标", "养护里程", "≥42公里"),
        ("数量指标", "巡查次数", "≥12次"),
        ("质量指标", "路面完好率", "≥95%"),
    ]
    assert document.cells["/indicators/2/name"] == "E14"


@pytest.mark.parametrize("name", ["三级指标及具体内容", "绩效指标", "三级指标（具体）及说明"])
def test_the_heading_of_the_names_may_be_longer(name):
    assert indicators(table(heading=HEADING.replace("三级指标", name))) == PLAIN


@pytest.mark.parametrize("row", [ROWS, ROWS.replace("^", " ")])
@pytest.mark.parametrize(
    ("level", "heading"), [("一级指标", "指标类别"), ("一级指标", ""), ("二级指标", "类型"), ("二级指标", "")]
)
def test_a_level_whose_heading_was_retyped_is_known_by_its_words(row, level, heading):
    document = table(heading=HEADING.replace(level, heading), rows=row)
    assert indicators(document) == PLAIN
    assert [one["level1"] for one in document.values["indicators"]][1:3] == ["产出指标", "产出指标"]
    (told,) = found(document, "ST09")
    assert told.severity == "warning"
    assert level in told.message


def test_names_may_stand_below_their_labels():
    head = """
        | 项目支出绩效目标表 | < | < | < |
        | （2025年度） | < | < | < |
        | 项目名称 | 主管部门及代码 | 实施单位 | |
        | 除雪保畅 | 某县交通局（213） | 某县公路段 | |
        """
    document = table(head=head)
    assert [document.values[name] for name in ("project_name", "department", "agency")] == [
        "除雪保畅",
        "某县交通局",
        "某县公路段",
    ]


def test_of_a_heading_filled_into_all_cells_of_its_merge_the_first_counts():
    heading = "| 绩效指标 | 一级指标 | 二级指标 | 二级指标 | 三级指标 | 指标值 |"
    rows = "| | 产出指标 | 数量指标 | 数量指标 | 养护里程 | ≥42公里 |"
    document = table(goals="| 总体目标 | 目标1： | 目标1： | 目标1： | 目标1： |", heading=heading, rows=rows)
    assert indicators(document) == [("数量指标", "养护里程", "≥42公里")]
    assert document.cells["/indicators/0/level2"] == "C11"
    assert document.cells["/goals/0"] == "B9"
