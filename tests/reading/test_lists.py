"""A list of projects, as systems export it and places publish it: each project is read like a table of its own."""

import io

import openpyxl
import pytest
from blocks import HEADING, ROWS, found

from jixiao import checking, issuing, reading
from jixiao.model import Area, Book, Grid
from jixiao.office import files

FIELDS = {
    "主管部门": "department",
    "实施单位": "agency",
    "项目名称": "project_name",
    "年度资金总额（万元）": "total_funds",
    "当年财政拨款": "fiscal_funds",
    "上年结转资金": "carryover_funds",
    "其他资金": "other_funds",
    "绩效目标": "goals",
}
LEVELS = {"一级指标": "level1", "二级指标": "level2", "三级指标": "name", "指标值": "target"}
TITLE = [["2024年度项目支出绩效目标表"], ["单位：万元"]]


def read(rows, merges=None):
    documents, remarks = reading.read(Book((Grid("清单", rows, merges),)))
    assert not remarks
    return documents


def own(document):
    """The cells of the columns left of the indicators."""
    values = [document.values[name] for name in FIELDS.values()]
    goals = "\n".join(f"目标{number}：{goal}" for number, goal in enumerate(document.values["goals"], 1))
    return [goals if isinstance(one, list) else one for one in values]


def listed(documents, *, repeated):
    """The projects as one list, their names on every row as systems write them, or merged over their rows."""
    rows, merges = [*TITLE, [*FIELDS, *LEVELS]], []
    for document in documents:
        top = len(rows)
        for number, one in enumerate(document.values["indicators"]):
            first = own(document) if repeated or not number else [None] * len(FIELDS)
            rows.append([*first, *(one[name] for name in LEVELS.values())])
        merges += [Area(top, column, len(rows) - 1, column) for column in range(len(FIELDS))]
    return rows, None if repeated else tuple(merges)


@pytest.mark.parametrize("repeated", [True, False])
def test_the_real_tables_read_from_one_list_are_the_real_tables(examples, repeated):
    """Law: a project in a list is read as in a table of its own."""
    projects = [one for one in examples if one.form == "project_target"]
    documents = read(*listed(projects, repeated=repeated))
    names = [*FIELDS.values(), "year"]
    assert [{name: one.values[name] for name in names} for one in documents] == [
        {name: one.values[name] for name in names} for one in projects
    ]
    assert [one.values["indicators"] for one in documents] == [one.values["indicators"] for one in projects]
    assert {one.edition for one in documents} == {"gs-2024"}


def test_every_value_has_its_cell(examples):
    document = examples[1]
    (read_back,) = read(*listed([document], repeated=True))
    cells = read_back.cells
    assert [cells[f"/{name}"] for name in FIELDS.values()] == [f"{letter}4" for letter in "ABCDEFGH"]
    assert cells["/indicators/0/name"] == "K4"
    assert cells["/indicators/9/target"] == "L13"
    assert cells["/goals/0"] == "H4"
    assert [f"{one.cell} {one.rule}" for one in checking.check(read_back).findings if one.rule == "VA02"]


PLAIN = ["绿化养护", 100.0, "养护绿地", *ROWS[0][1:]]
HEADED = ["项目名称", "预算金额", "年度绩效目标", *HEADING[1:]]


def test_what_the_list_has_no_column_for_is_said_once():
    (document,) = read([*TITLE, HEADED, PLAIN, *([None] * 3 + row[1:] for row in ROWS[1:])])
    assert (document.values["total_funds"], document.values["fiscal_funds"]) == ("100", None)
    (told,) = found(document, "ST09")
    assert (told.severity, told.cell) == ("hint", "A4")
    assert "上年结转资金" in told.message
    assert not [one for one in checking.check(document).findings if one.rule.startswith("SC")]


def test_the_agency_may_stand_above_and_money_in_a_second_row_of_headings():
    rows = [
        ["部门预算项目绩效目标公开表（2026年度）"],
        ["单位名称：某县园林管理处", None, None, None, None, "金额单位：元"],
        ["项目名称", "预算数", None, None, "绩效目标", *HEADING[1:]],
        [None, "合计", "财政拨款", "其他资金"],
        ["绿化养护", 1_000_000, 900_000, 100_000, "养护绿地", *ROWS[0][1:]],
        *([None] * 5 + row[1:] for row in ROWS[1:]),
        ["合计", 1_000_000, 900_000, 100_000],
    ]
    (document,) = read(rows)
    names = ("agency", "year", "total_funds", "fiscal_funds", "other_funds")
    assert [document.values[name] for name in names] == ["某县园林管理处", 2026, "100", "90", "10"]
    assert len(document.values["indicators"]) == len(ROWS)


def test_rows_of_sums_and_remarks_are_no_projects():
    rows = [
        *TITLE,
        HEADED,
        ["合计", 150.0],
        PLAIN,
        ["路灯维护", 50.0, "点亮路灯", *ROWS[1][1:]],
        ["小计", 50.0],
        ["注：本表按项目填报。"],
        ["填表人：张三"],
    ]
    documents = read(rows)
    assert [one.values["project_name"] for one in documents] == ["绿化养护", "路灯维护"]
    assert [len(one.values["indicators"]) for one in documents] == [1, 1]


def test_hidden_rows_as_a_filter_leaves_them_are_read_and_said():
    rows = [*TITLE, HEADED, PLAIN, *([None] * 3 + row[1:] for row in ROWS[1:])]
    ((document,), _) = reading.read(Book((Grid("清单", rows, hidden=frozenset({5})),)))
    assert len(document.values["indicators"]) == len(ROWS)
    assert [one.severity for one in found(document, "ST09") if "隐藏" in one.message] == ["warning"]


def test_a_hidden_list_is_not_counted_and_said():
    documents, remarks = reading.read(Book((Grid("清单", [*TITLE, HEADED, PLAIN], visible=False),)))
    assert not documents
    assert "1 张" in remarks[0]


def test_a_list_in_a_file_is_read_with_its_percentages():
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in [*TITLE, HEADED, [*PLAIN[:6], 0.95]]:
        book.active.append(row)
    book.active["G4"].number_format = "0%"
    book.save(out)
    ((document,), _) = reading.read(files.load(out.getvalue(), "清单.xlsx"))
    assert document.values["indicators"][0]["target"] == "95%"


def test_agencies_may_stand_above_their_projects_in_one_column_with_them():
    rows = [
        ["项目支出绩效目标表（2026年度）"],
        ["单位名称、项目名称", "项目年度绩效目标", *HEADING[1:4], "指标性质", "指标值", "度量单位"],
        ["1", "2", "3", "4", "5", "6", "7", "8"],
        ["某县园林管理处"],
        ["绿化养护", "养护绿地", "产出指标", "数量指标", "绿化面积", "≥", "100", "亩"],
        [None, None, "产出指标", "质量指标", "苗木成活率", "≥", "95", "%"],
        ["某县路灯所"],
        ["路灯维护", "点亮路灯", "产出指标", "数量指标", "维护路灯", "≥", "1000", "盏"],
    ]
    documents = read(rows)
    assert [(one.values["agency"], one.values["project_name"]) for one in documents] == [
        ("某县园林管理处", "绿化养护"),
        ("某县路灯所", "路灯维护"),
    ]
    assert [one["target"] for one in documents[0].values["indicators"]] == ["≥100亩", "≥95%"]
    assert len({one.edition for one in documents}) == 1


@pytest.mark.parametrize("merges", [None, (Area(3, 0, 4, 0), Area(3, 1, 4, 1), Area(3, 2, 4, 2))])
def test_what_stands_over_several_projects_holds_for_each(merges):
    rows = [
        *TITLE,
        ["主管部门", "单位名称", "年度", *HEADED],
        ["某县城管局（101001）", "某县园林管理处", 2026, *PLAIN],
        [None, None, None, "路灯维护", 50.0, "点亮路灯", *ROWS[1][1:]],
        ["某县交通局", "某县公路段", 2025, "公路养护", 60.0, "养护公路", *ROWS[1][1:]],
    ]
    names = ("department", "department_code", "agency", "year")
    assert [[one.values[name] for name in names] for one in read(rows, merges)] == [
        ["某县城管局", "101001", "某县园林管理处", 2026],
        ["某县城管局", "101001", "某县园林管理处", 2026],
        ["某县交通局", None, "某县公路段", 2025],
    ]


def test_each_project_s_rows_get_dropdowns_of_its_own(examples):
    projects = [one for one in examples if one.form == "project_target"][:2]
    areas = [
        [one.area for one in issuing.on_document(document)[0]]
        for document in read(*listed(projects, repeated=True))
    ]
    assert areas == [
        [Area(3, column, 12, column) for column in (8, 9, 10)],
        [Area(13, column, 22, column) for column in (8, 9, 10)],
    ]


def test_a_list_far_too_long_is_said():
    rows = [*TITLE, HEADED, *([f"项目{number}", 1.0, "目标", *ROWS[0][1:]] for number in range(15_000))]
    documents, (told,) = reading.read(Book((Grid("清单", rows),)))
    assert not documents
    assert "15000 个项目" in told
    assert "分成几个文件" in told


@pytest.mark.parametrize(
    ("headings", "amounts", "told"),
    [
        (("财政拨款", "财政专户管理资金", "单位资金"), (90.0, 4.0, 6.0), ("90", "10")),
        (("一般公共预算拨款", "政府性基金", "其他资金"), (80.0, 10.0, 10.0), ("90", "10")),
        (("财政拨款", "其中：一般公共预算", "其他资金"), (90.0, 80.0, 10.0), ("90", "10")),
        (("财政拨款", "单位资金", "其中：事业收入"), (90.0, 10.0, 7.0), ("90", "10")),
    ],
)
def test_sources_in_columns_of_their_own_are_added_up(headings, amounts, told):
    rows = [
        *TITLE,
        ["单位名称", "项目名称", "资金总额", *headings, *LEVELS],
        ["某县水务局", "供水维修", 100.0, *amounts, "产出指标", "数量指标", "管网长度", "≥30公里"],
        [None] * 6 + ["满意度指标", "服务对象满意度指标", "群众满意度", "≥90%"],
    ]
    (document,) = read(rows)
    assert (document.values["fiscal_funds"], document.values["other_funds"]) == told
    assert not [one for one in found(document, "FI01") if one.severity != "hint"]


@pytest.mark.parametrize("total", [True, False])
@pytest.mark.parametrize("more", [(), ("数量指标", "质量指标", "满意度指标")])
def test_a_list_without_the_columns_of_indicators_is_told_of_and_not_taken_for_one_project(more, total):
    rows = [
        *TITLE,
        ["单位名称", "项目名称", "资金总额", "当年财政拨款", "总体目标", *more],
        ["某县水务局", "供水维修", 10.0, 10.0, "维修管网", *more],
        ["某县水务局", "河道清淤", 20.0, 20.0, "清淤三公里", *more],
        *([["合计", None, 30.0, 30.0]] if total else []),
    ]
    documents, (told,) = reading.read(Book((Grid("清单", rows),)))
    assert documents == ()
    assert all(part in told for part in ("“清单”第 3 行起", "清单", "未读取"))
