"""Projects side by side in the columns of one form: the first is read, and the others are told of."""

from blocks import HEAD, found, money, table

TWO = [
    *HEAD[:2],
    ["项目名称", None, "绿化养护", "修剪树木"],
    ["主管部门及代码", "某县城管局（101001）"],
    ["实施单位", "某县园林管理处"],
]
FUNDS = [
    ["项目资金（万元）", "年度资金总额", 110.0, 50.0],
    [None, "其中：当年财政拨款", 100.0, 50.0],
    [None, "上年结转资金", 4.0, 0.0],
    [None, "其他资金", 6.0, 0.0],
]


def test_the_second_project_of_a_form_is_told_of():
    document = table(head=TWO, funds=FUNDS)
    assert document.values["project_name"] == "绿化养护"
    assert money(document) == ["110", "100", "4", "6"]
    (told,) = found(document, "ST09")
    assert (told.severity, told.cell) == ("error", "C3")
    assert all(text in told.message for text in ("C3“绿化养护”", "D3“修剪树木”", "D 列没有读取"))
    assert "各填一张表" in told.suggestion


def test_a_remark_beside_the_name_or_the_amount_is_no_project():
    head = [*TWO[:2], ["项目名称", None, "绿化养护", "（续建项目）"], *TWO[3:]]
    assert not found(table(head=head, funds=[row[:3] for row in FUNDS]), "ST09")
    head = [*TWO[:2], ["项目名称", None, "绿化养护"], *TWO[3:]]
    assert not found(table(head=head, funds=FUNDS), "ST09")
