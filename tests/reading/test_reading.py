"""Whatever shape a table arrives in, the same document is read, and every field has its cell."""

import json
import random
import re

import pytest

from jixiao import forms, reading, resources
from jixiao.model import Area, Book, Grid, Spot

EXAMPLES = [json.loads(resources.text(name)) for name in resources.names("templates/examples/*.json")]
PROJECTS = [one["values"] for one in EXAMPLES if one["form"] == "project_target"]
AGENCY = next(one["values"] for one in EXAMPLES if one["form"] == "agency_overall")
COLUMNS = ("level1", "level2", "name", "target")


def read(*grids):
    documents, _ = reading.read(Book(grids=grids))
    return documents


def plain(values):
    """The values that a person typed: without the parse of each target."""
    return {**values, "indicators": [{key: one[key] for key in COLUMNS} for one in values["indicators"]]}


def same(document, values):
    got = plain(document.values)
    for key, wanted in values.items():
        assert got[key] == wanted, key


def project(
    values,
    *,
    level1="merged",
    goals="rows",
    labels=str,
    money=float,
    unit="万元",
    extra=(),
):
    """Lay a project table out by hand, the way a county's workbook looks; returns rows and merged areas."""
    rows, merges = [], []

    def row(*cells):
        rows.append([*cells, *[None] * (5 + len(extra) - len(cells))])
        return len(rows) - 1

    merges.append(Area(0, 0, 0, 4))
    row(labels("项目支出绩效目标表"))
    row(f"（{values['year']}年度）")
    row(labels("项目名称"), values["project_name"])
    row(labels("主管部门及代码"), values["department"], labels("实施单位"), values["agency"])
    top = row(labels(f"项目资金（{unit}）"), labels("年度资金总额："), money(values["total_funds"]))
    row(None, labels("其中：当年财政拨款"), money(values["fiscal_funds"]))
    row(None, labels("上年结转资金"), money(values["carryover_funds"]))
    row(None, labels("其他资金"), money(values["other_funds"]))
    merges += [Area(top, 0, top + 3, 0), *(Area(top + n, 2, top + n, 4) for n in range(4))]
    numbered = [f"目标{n}：{goal}" for n, goal in enumerate(values["goals"], 1)]
    if goals == "one cell":
        row(labels("总体目标"), "\n".join(numbered))
    elif goals == "number apart":
        for n, goal in enumerate(values["goals"], 1):
            row(labels("总体目标") if n == 1 else None, f"目标{n}", goal)
    else:
        first = len(rows)
        for n, goal in enumerate(numbered):
            row(labels("总体目标") if n == 0 else None, goal)
        merges.append(Area(first, 0, len(rows) - 1, 0))
    row(
        labels("绩效指标"), *(labels(text) for text in ("一级指标", "二级指标", "三级指标", "指标值")), *extra
    )
    above, start = None, len(rows)
    for one in values["indicators"]:
        shown = one["level1"] if one["level1"] != above or level1 == "repeated" else None
        if one["level1"] != above and above is not None and level1 == "merged":
            merges.append(Area(start, 1, len(rows) - 1, 1))
        if one["level1"] != above:
            start = len(rows)
        above = one["level1"]
        row(None, shown, one["level2"], one["name"], one["target"])
    return rows, tuple(merges)


@pytest.mark.parametrize("values", PROJECTS, ids=lambda values: values["project_name"])
@pytest.mark.parametrize("level1", ["merged", "blank", "repeated"])
@pytest.mark.parametrize("merged", [True, False], ids=["merges seen", "merges unseen"])
def test_a_table_is_read_whether_or_not_merges_can_be_seen(values, level1, merged):
    rows, merges = project(values, level1=level1)
    (document,) = read(Grid("表", rows, merges if merged else None))
    same(document, values)
    assert (document.form, document.edition, document.money) == ("project_target", "gs-2024", "万元")


SHAPES = {
    "labels spaced": {"labels": " ".join},
    "labels broken over lines": {"labels": lambda text: text[:2] + "\n" + text[2:]},
    "labels in full-width spaces": {"labels": "\u3000".join},
    "labels in half-width punctuation": {
        "labels": lambda text: text.replace("：", ":").replace("（", "(").replace("）", ")")
    },
    "labels numbered and starred": {
        "labels": lambda text: f"*{text}" if text != "项目支出绩效目标表" else text
    },
    "money as text": {"money": lambda text: f" {text}.00 "},
    "money with its unit": {"money": lambda text: f"{text}万元"},
    "money in 元": {"money": lambda text: float(text) * 10000, "unit": "元"},
    "money in 元 with thousands separators": {
        "money": lambda text: f"{int(text) * 10000:,}.00",
        "unit": "元",
    },
    "goals in one cell": {"goals": "one cell"},
    "goal numbers in cells of their own": {"goals": "number apart"},
    "a remarks column": {"extra": ("备注",)},
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("values", PROJECTS[:3], ids=lambda values: values["project_name"])
def test_the_shape_of_a_table_does_not_change_what_is_read(values, shape):
    rows, merges = project(values, **shape)
    for grid in (Grid("表", rows, merges), Grid("表", rows, None)):
        (document,) = read(grid)
        same(document, values)


def shifted(rows, merges, down, right):
    width = len(rows[0]) + right
    moved = [[None] * width] * down + [[None] * right + list(row) for row in rows]
    return moved, tuple(Area(a.top + down, a.left + right, a.bottom + down, a.right + right) for a in merges)


@pytest.mark.parametrize(("down", "right"), [(1, 0), (0, 1), (5, 3), (40, 20)])
def test_a_table_may_stand_anywhere_on_its_sheet(down, right):
    rows, merges = shifted(*project(PROJECTS[0]), down, right)
    (document,) = read(Grid("表", rows, merges))
    same(document, PROJECTS[0])
    assert document.cells["/project_name"] == Spot(2 + down, 1 + right).a1


def test_several_tables_stand_on_one_sheet():
    rows = []
    for values in PROJECTS:
        rows += [*project(values)[0], [None] * 5]
    documents = read(Grid("全部", rows))
    assert len(documents) == len(PROJECTS)
    for document, values in zip(documents, PROJECTS, strict=True):
        same(document, values)


def test_tables_follow_each_other_without_a_blank_row():
    rows = [row for values in PROJECTS for row in project(values)[0]]
    assert [document.values["project_name"] for document in read(Grid("全部", rows))] == [
        values["project_name"] for values in PROJECTS
    ]


def test_a_cover_sheet_and_a_list_of_tables_are_no_tables():
    cover = Grid(
        "封面",
        [
            ["2024 年项目支出绩效目标表"],
            ["填报单位：某局"],
            ["目录"],
            ["1. 项目支出绩效目标表"],
            ["2. 单位整体支出绩效目标表"],
        ],
    )
    notes = Grid(
        "填表说明", [["项目支出绩效目标表填表说明"], ["一级指标、二级指标、三级指标和指标值都要填写。"]]
    )
    (document,) = read(cover, notes, Grid("表", *project(PROJECTS[0])))
    same(document, PROJECTS[0])


def test_a_table_on_a_hidden_sheet_is_not_counted_and_said():
    rows, merges = project(PROJECTS[0])
    documents, remarks = reading.read(Book(grids=(Grid("旧表", rows, merges, visible=False),)))
    assert documents == ()
    assert "旧表" in remarks[0]


def test_a_self_evaluation_table_is_not_taken_for_a_target_table():
    rows, _ = project(PROJECTS[0])
    rows[0][0] = "项目支出绩效自评表"
    documents, remarks = reading.read(Book(grids=(Grid("自评", rows),)))
    assert documents == ()
    assert "自评" in remarks[0]


def test_every_field_has_a_cell_also_where_all_is_blank():
    rows, merges = project(PROJECTS[0])
    rows = [*rows[:2], *([cell if is_printed(cell) else None for cell in row] for row in rows[2:])]
    (document,) = read(Grid("表", rows, merges))
    for name in (
        "project_name",
        "department",
        "agency",
        "total_funds",
        "fiscal_funds",
        "carryover_funds",
        "other_funds",
    ):
        assert document.values[name] is None
        assert document.cells[f"/{name}"] == {"project_name": "B3", "department": "B4", "agency": "D4", "total_funds": "C5",
                                              "fiscal_funds": "C6", "carryover_funds": "C7", "other_funds": "C8"}[name]  # fmt: skip
    assert document.values["goals"] == []
    assert document.cells["/goals"] == "B9"
    assert len(document.values["indicators"]) == 10
    assert all(one["name"] is None and one["target"] is None for one in document.values["indicators"])
    assert document.cells["/indicators/0/name"] == "D13"
    assert document.cells["/indicators/0/target"] == "E13"


def is_printed(cell):
    vocabulary = forms.find("project_target").words()
    words = {*vocabulary.level1, *(word for words in vocabulary.level2.values() for word in words)}
    return cell in words or (
        isinstance(cell, str) and reading.words.label_key(cell) in reading.words.known_labels()
    )


def test_the_published_text_with_its_lost_cells_is_read_back_to_the_real_tables():
    """Rows shifted left by one or two, LaTeX remains and a half-merged heading, as a text extractor leaves them."""
    rows = []
    for one in [AGENCY, *PROJECTS]:
        rows += [*published(one), [None]]
    documents = read(Grid("公开文本", rows))
    assert len(documents) == 9
    for document, values in zip(documents, [AGENCY, *PROJECTS], strict=True):
        same(document, values)


def published(values):
    """Lay a table out as the published text has it: no merges, the last level 1 word slipped into column A."""
    if "project_name" not in values:
        return published_agency(values)
    rows, _ = project(values, level1="blank")
    last = rows[-1]
    rows[-1] = [last[1], last[2], last[3], latex(last[4]), None]
    return [
        [latex(cell) if isinstance(cell, str) and re.fullmatch(r"≥\d+%", cell) else cell for cell in row]
        for row in rows
    ]


def latex(text):
    match = re.fullmatch(r"≥(\d+)%", text)
    return rf"$\geq {match[1]}\%$" if match else text


def published_agency(values):
    money = {
        key: float(text) if isinstance(text, str) and re.fullmatch(r"[\d.]+", text) else None
        for key, text in values.items()
    }
    rows = [
        ["单位整体支出绩效目标表"],
        ["(2024年度)"],
        ["单位名称", None, values["agency"]],
        *[["总体目标" if n == 1 else None, f"目标{n}: {goal}"] for n, goal in enumerate(values["goals"], 1)],
        ["预算情况(万元)", "按支出类型分", None, "预算金额", "按来源类型分", "预算金额"],
        [None, "基本支出", "人员经费", money["personnel"], "当年财政拨款", None],
        [None, None, "公用经费", money["operating"], "上年结转资金", None],
        [None, None, "合计", money["basic"], "其他资金", None],
        [None, "项目支出", None, money["projects"], "收入预算合计", money["income_total"]],
        [None, None, None, None, "支出预算合计", money["expenditure_total"]],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", None],
    ]
    above = None
    for n, one in enumerate(values["indicators"]):
        level1 = one["level1"] if one["level1"] != above else None
        above = one["level1"]
        compact = [None, level1, one["level2"], one["name"], one["target"]]
        wide = [None, level1, one["level2"], None, one["name"], one["target"]]
        lost = [one["level2"], None, one["name"], one["target"]]
        rows.append(lost if n == 8 else compact if n < 3 else wide)
    return rows


@pytest.mark.parametrize("seed", range(40))
def test_any_mixture_of_shapes_reads_the_same(seed):
    choose = random.Random(seed)
    values = choose.choice(PROJECTS)
    shape = {}
    for one in choose.sample(list(SHAPES.values()), 3):
        shape.update({key: setting for key, setting in one.items() if key not in {"money", "unit"}})
    shape.update(choose.choice([{}, SHAPES["money in 元"], SHAPES["money as text"]]))
    rows, merges = project(values, level1=choose.choice(["merged", "blank", "repeated"]), **shape)
    rows, merges = shifted(rows, merges, choose.randrange(4), choose.randrange(3))
    (document,) = read(Grid("表", rows, merges if choose.random() < 0.5 else None))
    same(document, values)


HEAD = [
    ["项目支出绩效目标表"],
    ["（2024年度）"],
    ["项目名称", "电费"],
    ["主管部门及代码", "某县某局", "实施单位", "某县某局"],
]
FUNDS = [
    ["项目资金(万元)", "年度资金总额", 10.0],
    [None, "其中：当年财政拨款", 10.0],
    [None, "上年结转资金", 0.0],
    [None, "其他资金", 0.0],
]
GOAL = [["总体目标", "目标1：按时缴费"]]
HEADING = [["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"]]
ROW = [[None, "成本指标", "经济成本指标", "全年电费", "≤10万元"]]


def one(*blocks, merges=None):
    (document,) = read(Grid("表", [list(row) for block in blocks for row in block], merges))
    return document


def indicators(document):
    return [tuple(one[key] for key in COLUMNS) for one in document.values["indicators"]]


def test_money_may_stand_below_its_labels():
    funds = [
        ["项目资金（万元）", "年度资金总额", "当年财政拨款", "上年结转资金", "其他资金"],
        [None, 10.0, 9.0, 1.0, 0.0],
    ]
    document = one(HEAD, funds, GOAL, HEADING, ROW)
    assert [
        document.values[key] for key in ("total_funds", "fiscal_funds", "carryover_funds", "other_funds")
    ] == ["10", "9", "1", "0"]
    assert document.cells["/carryover_funds"] == "D6"


def test_a_value_may_stand_in_its_label_s_cell():
    head = [
        ["项目支出绩效目标表"],
        ["（2024年度）"],
        ["项目名称：电费"],
        ["主管部门：某县某局", None, "实施单位：某县某局"],
    ]
    document = one(head, FUNDS, GOAL, HEADING, ROW)
    assert (document.values["project_name"], document.values["department"], document.values["agency"]) == (
        "电费",
        "某县某局",
        "某县某局",
    )


@pytest.mark.parametrize(
    ("title", "caption", "year"),
    [
        ("2024年度项目支出绩效目标表", None, 2024),
        ("某县2025年项目支出绩效目标申报表", None, 2025),
        ("项目支出绩效目标表（2024年度）", None, 2024),
        ("项目支出绩效目标表", "( 2 0 2 4 年 度 )", 2024),
        ("项目支出绩效目标表", "（２０２４年度）", 2024),
        ("项目支出绩效目标表", "二〇二四年度", 2024),
        ("项目支出绩效目标表", "（    年度）", None),
        ("项目支出绩效目标表", None, None),
    ],
)
def test_the_year_is_found(title, caption, year):
    document = one([["附件1"], [title], [caption]], HEAD[2:], FUNDS, GOAL, HEADING, ROW)
    assert document.values["year"] == year
    assert "/year" in document.cells


def test_without_a_title_the_labels_tell_the_table():
    document = one(HEAD[2:], FUNDS, GOAL, HEADING, ROW)
    assert (document.form, document.values["year"], document.values["project_name"]) == (
        "project_target",
        None,
        "电费",
    )


def test_operator_and_measure_in_columns_of_their_own_are_joined():
    heading = [["绩效指标", "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "权重"]]
    rows = [
        [None, "产出指标", "数量指标", "维修车辆", "≥", 70.0, "辆", 10.0],
        [None, None, "质量指标", "合格率", "≥", 95.0, "%", 10.0],
    ]
    document = one(HEAD, FUNDS, GOAL, heading, rows)
    assert indicators(document) == [
        ("产出指标", "数量指标", "维修车辆", "≥70辆"),
        ("产出指标", "质量指标", "合格率", "≥95%"),
    ]
    assert document.cells["/indicators/0/target"] == "F11"


def test_signatures_and_remarks_below_are_no_indicators():
    below = [["填报人：张三", None, None, "联系电话：123"], ["注：指标值请写明单位。"]]
    assert len(indicators(one(HEAD, FUNDS, GOAL, HEADING, ROW, below))) == 1


def test_a_level_2_may_hold_several_indicators():
    rows = [*ROW, [None, None, None, "单位电价", "≤0.6元/度"], [None, None, "社会成本指标", "不涉及", None]]
    assert indicators(one(HEAD, FUNDS, GOAL, HEADING, rows)) == [
        ("成本指标", "经济成本指标", "全年电费", "≤10万元"),
        ("成本指标", "经济成本指标", "单位电价", "≤0.6元/度"),
        ("成本指标", "社会成本指标", "不涉及", None),
    ]


def test_an_official_row_left_blank_is_kept_and_a_spare_row_is_nothing():
    rows = [*ROW, [None, None, "社会成本指标", None, None], [None, None, None, None, None]]
    assert indicators(one(HEAD, FUNDS, GOAL, HEADING, rows)) == [
        ("成本指标", "经济成本指标", "全年电费", "≤10万元"),
        ("成本指标", "社会成本指标", None, None),
    ]


@pytest.mark.parametrize(
    ("level1", "level2", "meant1", "meant2"),
    [
        ("成本", "经济成本", "成本指标", "经济成本指标"),
        ("成本指标(20分)", "经济成本指标", "成本指标", "经济成本指标"),
        ("效益\n指标", "经济效益\n指标", "效益指标", "经济效益指标"),
        ("效 益 指 标", "环境效益指标", "效益指标", "生态效益指标"),
        ("满意度指标", "服务对象满意度", "满意度指标", "服务对象满意度指标"),
        ("服务对象满意度", "满意度指标", "满意度指标", "服务对象满意度指标"),
    ],
)
def test_other_spellings_of_the_levels_are_understood(level1, level2, meant1, meant2):
    document = one(HEAD, FUNDS, GOAL, HEADING, [*ROW, [None, level1, level2, "名称", "1次"]])
    assert indicators(document)[1] == (meant1, meant2, "名称", "1次")
    assert document.raw.get("/indicators/1/level1", meant1) == level1
    assert document.raw.get("/indicators/1/level2", meant2) == level2


def test_a_percent_format_is_read_as_a_person_sees_it():
    rows = [[None, "产出指标", "质量指标", "合格率", 0.95]]
    grid = [*HEAD, *FUNDS, *GOAL, *HEADING, *rows]
    (document,) = read(Grid("表", grid, formats={Spot(10, 4): "0%"}))
    assert indicators(document)[0][3] == "95%"


def test_an_error_cell_is_seen_and_not_blank():
    (document,) = read(
        Grid(
            "表",
            [*HEAD, *FUNDS, *GOAL, *HEADING, *ROW],
            faults={Spot(4, 2): "=SUM(C6:C8)", Spot(10, 3): "#REF!"},
        )
    )
    assert document.values["total_funds"] == "=SUM(C6:C8)"
    assert document.faults == {"/total_funds": "=SUM(C6:C8)", "/indicators/0/name": "#REF!"}


def test_a_code_behind_the_department_is_taken_apart():
    for text, name, code in (
        ("某县某局（123001）", "某县某局", "123001"),
        ("123001-某县某局", "某县某局", "123001"),
        ("某县某局 123001", "某县某局", "123001"),
        ("某县第110学校", "某县第110学校", None),
    ):
        head = [*HEAD[:3], ["主管部门及代码", text, "实施单位", "某县某局"]]
        document = one(head, FUNDS, GOAL, HEADING, ROW)
        assert (document.values["department"], document.values["department_code"]) == (name, code)


@pytest.mark.parametrize(
    ("level1", "level2", "edition"),
    [("产出指标", "成本指标", "mof-2015"), ("成本指标", "经济成本指标", "gs-2024")],
)
def test_where_labels_tell_no_edition_the_words_do(level1, level2, edition):
    words = forms.find("project_target", edition).words()
    rows = [[None, one, words.level2[one][0], "名称", "1次"] for one in words.level1]
    rows.append([None, level1, level2, "名称二", "1次"])
    assert one(HEAD, FUNDS, GOAL, HEADING, rows).edition == edition


def test_a_stamp_that_agrees_with_the_labels_settles_the_edition():
    head = [*HEAD, ["项目属性", "新增", "项目期", "一年"]]
    rows = [list(row) for block in (head, FUNDS, [["年度目标", "目标1：甲"]], HEADING, ROW) for row in block]
    (document,), _ = reading.read(
        Book((Grid("表", rows),), stamps=frozenset({("project_target", "mof-2015")}))
    )
    assert (document.edition, document.values["project_period"]) == ("mof-2015", "一年")


def test_a_unit_table_in_one_column_of_labels_is_read():
    rows = [
        ["部门（单位）整体支出绩效目标申报表"], ["2024年度"], ["部门（单位）名称", "某县某局"], ["年度总体目标", "一、管好后勤\n二、节约用电"],
        ["预算情况(万元)", "基本支出", "人员经费", 3.0], [None, None, "公用经费", 2.0], [None, None, "小计", 5.0], [None, "项目支出", None, 10.0],
        [None, "支出预算合计", None, 15.0], [None, "财政拨款", None, 14.0], [None, "上年结转", None, None], [None, "其他资金", None, 1.0],
        [None, "收入预算合计", None, 15.0], HEADING[0], [None, "部门管理", "资金投入", "预算执行率", "≥95%"],
    ]  # fmt: skip
    document = one(rows)
    got = {key: value for key, value in document.values.items() if key not in {"goals", "indicators"}}
    assert got == {
        "year": 2024, "agency": "某县某局", "personnel": "3", "operating": "2", "basic": "5", "projects": "10", "fiscal_funds": "14",
        "carryover_funds": None, "other_funds": "1", "income_total": "15", "expenditure_total": "15",
    }  # fmt: skip
    assert document.values["goals"] == ["管好后勤", "节约用电"]
    assert document.cells["/carryover_funds"] == "D11"


def test_a_department_of_many_spaces_is_read_at_once():
    """400 spaces before a bracket took forty seconds once; ten times as many would not come to an end."""
    head = [*HEAD[:3], ["主管部门及代码", "某局" + " " * 4000 + "（盖章）", "实施单位", "某县某局"]]
    assert one(head, FUNDS, GOAL, HEADING, ROW).values["department"].startswith("某局")


def test_two_tables_stand_side_by_side():
    left, right = ([list(row) for row in project(values)[0]] for values in PROJECTS[:2])
    rows = [[*a, None, *b] for a, b in zip(left, right, strict=True)]
    documents = read(Grid("并排", rows))
    for document, values in zip(documents, PROJECTS[:2], strict=True):
        same(document, values)
    assert documents[1].cells["/project_name"] == "H3"


@pytest.mark.parametrize(
    ("caption", "year"), [("（1924年度）", 1924), ("（2199年度）", 2199), ("（24年度）", 24)]
)
def test_a_wrong_year_is_read_as_it_is_written(caption, year):
    document = one([["项目支出绩效目标表"], [caption]], HEAD[2:], FUNDS, GOAL, HEADING, ROW)
    assert (document.values["year"], document.cells["/year"]) == (year, "A2")


def indicators_of(values):
    return [tuple(one[key] for key in COLUMNS) for one in values["indicators"]]


def rows_of(values, **shape):
    rows, _ = project(values, **shape)
    heading = next(n for n, row in enumerate(rows) if row[1] == "一级指标")
    return rows, heading


def test_level_1_words_may_stand_in_the_middle_of_their_blocks():
    """Merges were lost on the way, and the words stood centred."""
    rows, heading = rows_of(PROJECTS[0], level1="blank")
    for first in (1, 4, 7):
        rows[heading + first + 1][1], rows[heading + first][1] = rows[heading + first][1], None
    assert indicators(one(rows)) == indicators_of(PROJECTS[0])


def test_the_goals_label_may_stand_in_their_middle_and_over_two_cells():
    rows, _ = rows_of(PROJECTS[0])
    at = next(n for n, row in enumerate(rows) if row[0] == "总体目标")
    rows[at][0], rows[at + 1][0] = None, "总体目标"
    assert one(rows).values["goals"] == PROJECTS[0]["goals"]
    rows[at][0], rows[at + 1][0] = "总体", "目标"
    assert one(rows).values["goals"] == PROJECTS[0]["goals"]


def test_a_mark_in_a_column_without_heading_is_nothing():
    rows, heading = rows_of(PROJECTS[0], extra=(None, "备注"))
    rows[heading + 5][5] = "√"
    assert indicators(one(rows)) == indicators_of(PROJECTS[0])


def test_level_1_repeated_on_an_unused_spare_row_is_nothing():
    rows, heading = rows_of(PROJECTS[0], level1="repeated")
    rows.insert(heading + 4, [None, "成本指标", None, None, None])
    assert indicators(one(rows)) == indicators_of(PROJECTS[0])


def test_rows_that_lost_their_leading_cell_keep_their_remarks_apart():
    rows, heading = rows_of(PROJECTS[0], level1="blank", extra=("备注",))
    for number, row in enumerate(rows[heading + 1 :], heading + 1):
        row[5] = "按合同"
        if row[1] is None:
            rows[number] = [row[0], *row[2:], None]
    assert indicators(one(rows)) == indicators_of(PROJECTS[0])


def test_a_label_filled_into_all_cells_of_its_merge_is_no_value():
    rows = [["单位整体支出绩效目标表"], ["（2024年度）"], ["单位名称", "单位名称", "某县某局", "某县某局"], ["总体目标", "目标1：甲"],
            ["预算情况（万元）", "基本支出", "人员经费", 3.0], [None, None, "公用经费", 2.0], [None, None, "合计", 5.0],
            [None, "项目支出", "项目支出", 10.0], HEADING[0], [None, "部门管理", "资金投入", "预算执行率", "≥95%"]]  # fmt: skip
    document = one(rows)
    assert (document.values["agency"], document.values["projects"]) == ("某县某局", "10")


def test_invisible_characters_are_not_read():
    head = [*HEAD[:2], ["项目名称", "\u200b"], ["主管部门及代码", "某局\ufeff", "实施单位", "某局"]]
    document = one(head, FUNDS, GOAL, HEADING, [[None, "成本指标\u200b", "经济成本指标", "甲", "1元"]])
    assert (document.values["project_name"], document.values["department"]) == (None, "某局")
    assert indicators(document)[0][0] == "成本指标"


def test_a_year_left_out_belongs_under_the_title():
    assert one([["项目支出绩效目标表"], [None]], HEAD[2:], FUNDS, GOAL, HEADING, ROW).cells["/year"] == "A2"
    assert one([["项目支出绩效目标表"], [2025]], HEAD[2:], FUNDS, GOAL, HEADING, ROW).values["year"] == 2025


def test_the_agency_s_and_the_project_s_name_in_one_row_are_one_table():
    head = [
        ["项目支出绩效目标表"],
        ["（2024年度）"],
        ["单位名称", None, "某局", None, "项目名称", None, "电费"],
        ["主管部门", "某县某局"],
    ]
    assert one(head, FUNDS, GOAL, HEADING, ROW).values["project_name"] == "电费"
