"""Labels printed in one row, their values in the row below them."""

import pytest
from blocks import FUNDS, GOAL, HEAD, HEADING, ROWS, money, table

NAMED = {"project_name": "绿化养护", "department": "某县城管局", "agency": "某县园林管理处"}


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["项目名称", None, "主管部门", None, "实施单位"],
            ["绿化养护", None, "某县城管局", None, "某县园林管理处"],
        ],
        [["项目名称", None, "主管部门", "实施单位"], ["绿化养护", None, "某县城管局", "某县园林管理处"]],
        [["项目名称", None, "主管部门", "实施单位"], [], ["绿化养护", None, "某县城管局", "某县园林管理处"]],
        [
            ["项目名称", None, "项目属性", "主管部门", "实施单位"],
            ["绿化养护", None, "延续", "某县城管局", "某县园林管理处"],
        ],
    ],
    ids=["blanks between", "one blank", "a blank row", "another label"],
)
def test_names_below_a_row_of_labels_are_read(rows):
    document = table(head=[*HEAD[:2], *rows])
    assert {name: document.values[name] for name in NAMED} == NAMED
    assert document.cell("/project_name") == f"A{2 + len(rows)}"


def test_one_that_is_left_blank_is_blank_below_its_label():
    rows = [["项目名称", None, "主管部门", "实施单位"], ["绿化养护", None, "某县城管局"]]
    document = table(head=[*HEAD[:2], *rows])
    assert (document.values["agency"], document.cell("/agency")) == (None, "D4")


def test_amounts_below_a_row_of_labels_are_read_across_a_blank_row():
    labels = ["年度资金总额（万元）", "其中：当年财政拨款", "上年结转资金", "其他资金"]
    document = table(funds=[labels, [], [110, 100, 4, 6]])
    assert money(document) == ["110", "100", "4", "6"]
    assert document.cell("/fiscal_funds") == "B7"


def test_a_blank_form_keeps_its_own_cells():
    head = [*HEAD[:2], ["项目名称", None, "实施单位", None], ["主管部门及代码", None, "项目属性", None]]
    document = table(
        head=head, funds=[[*row[:2], None] for row in FUNDS], goal=GOAL, heading=HEADING, rows=ROWS
    )
    assert [document.cell(f"/{name}") for name in ("project_name", "agency", "department")] == [
        "B3",
        "D3",
        "B4",
    ]


def test_a_blank_form_with_labels_that_nobody_knows_keeps_its_own_cells():
    head = [*HEAD[:3], ["主管部门", None, "实施单位", None], ["项目经办", None, "项目联系方式", None]]
    document = table(head=head)
    assert [document.values[name] for name in ("department", "agency")] == [None, None]
    assert [document.cell(f"/{name}") for name in ("department", "agency")] == ["B4", "D4"]
