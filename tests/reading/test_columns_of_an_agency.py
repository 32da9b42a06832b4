"""Of several columns of money in a unit's own table the year's is read, in each half that stands beside the other."""

import pytest
from blocks import found

from jixiao import reading
from jixiao.model import Area, Book, Grid

FIELDS = (
    "personnel",
    "operating",
    "basic",
    "projects",
    "fiscal_funds",
    "carryover_funds",
    "other_funds",
    "income_total",
    "expenditure_total",
)
OWN = {
    "personnel": 60.0,
    "operating": 20.0,
    "basic": 80.0,
    "projects": 30.0,
    "fiscal_funds": 100.0,
    "carryover_funds": 4.0,
    "other_funds": 6.0,
    "income_total": 110.0,
    "expenditure_total": 110.0,
}
READ = {"personnel": "60", "operating": "20", "basic": "80", "projects": "30", "fiscal_funds": "100", "carryover_funds": "4",
        "other_funds": "6", "income_total": "110", "expenditure_total": "110"}  # fmt: skip
TOP = [
    ["单位整体支出绩效目标表"],
    ["（2026年度）"],
    ["单位名称", None, "某县园林管理处"],
    ["总体目标", "目标1：管好绿地"],
]
BOTTOM = [
    ["绩效指标", "一级指标", "二级指标", None, "三级指标", "指标值"],
    [None, "部门管理", "资金投入", None, "预算执行率", "≥95%"],
]


def half(amount):
    return amount / 2


def quarter(amount):
    return amount / 4


def whole(amount):
    return amount


def long(amount):
    return amount * 3


def read(rows, merges=None):
    ((document,), _) = reading.read(Book((Grid("表", [*TOP, *rows, *BOTTOM], merges),)))
    return document


def beside(headings, columns, last="收入预算合计", *, two_rows=False):
    """Expenditure and income beside each other, each with these columns."""

    def amounts(name):
        return [one(OWN[name]) for one in columns]

    none = [None] * len(columns)
    first = ["预算情况（万元）", "按支出类型分", None, *headings, "按来源类型分", *headings]
    if two_rows:
        over = ["预算金额", *none[1:]]
        first, second = (
            [*first[:3], *over, first[3 + len(none)], *over],
            [None] * 3 + [*headings, None, *headings],
        )
    return [
        first,
        *([second] if two_rows else []),
        [None, "基本支出", "人员经费", *amounts("personnel"), "当年财政拨款", *amounts("fiscal_funds")],
        [None, None, "公用经费", *amounts("operating"), "上年结转资金", *amounts("carryover_funds")],
        [None, None, "合计", *amounts("basic"), "其他资金", *amounts("other_funds")],
        [None, "项目支出", None, *amounts("projects"), last, *amounts("income_total")],
        [None, None, None, *none, "支出预算合计", *amounts("expenditure_total")],
    ]


def shorter(headings, columns):
    """Expenditure ends in a row of its own, without any income beside it."""
    rows = beside(headings, columns)
    width = len(columns)
    rows[-1] = [None, "支出预算合计", None, *(one(OWN["expenditure_total"]) for one in columns)]
    return [
        *rows[:-2],
        [*rows[-2][: 3 + width]],
        [None, None, None, *[None] * width, *rows[-2][3 + width :]],
        rows[-1],
    ]


def below(headings, columns):
    """Income below expenditure, in one list."""
    labels = {
        "personnel": (None, "基本支出", "人员经费"), "operating": (None, None, "公用经费"), "basic": (None, None, "合计"),
        "projects": (None, "项目支出", None), "expenditure_total": (None, "支出预算合计", None),
        "fiscal_funds": (None, "按来源类型分", "当年财政拨款"), "carryover_funds": (None, None, "上年结转资金"),
        "other_funds": (None, None, "其他资金"), "income_total": (None, "收入预算合计", None),
    }  # fmt: skip
    rows = [[*label, *(one(OWN[name]) for one in columns)] for name, label in labels.items()]
    return [["预算情况（万元）", "项目", None, *headings], *rows]


TOLD = [
    (("上半年", "下半年", "全年"), (half, half, whole)),
    (("上半年", "下半年", "合计"), (half, half, whole)),
    (("一季度", "二季度", "三季度", "四季度", "合计"), (*[quarter] * 4, whole)),
    (("合计", "一季度", "二季度"), (whole, quarter, quarter)),
    (("上年预算数", "本年预算数"), (long, whole)),
    (("本年预算", "上年执行"), (whole, long)),
    (("2025年预算", "2026年预算"), (long, whole)),
    (("上年", "预算金额"), (long, whole)),
    (("预算金额", "占比"), (whole, lambda a: a / 110)),
    (("中央", "省级", "县级", "小计"), (quarter, quarter, half, whole)),
]
UNTOLD = [
    ("一上数", "二上数"),
    ("申报数", "核定数"),
    ("上半年", "下半年"),
    ("一季度", "二季度", "三季度", "四季度"),
]
LAYOUTS = [
    beside,
    shorter,
    below,
    lambda *one: beside(*one, two_rows=True),
    lambda *one: beside(*one, last="收入合计"),
]
NAMES = ["beside", "shorter", "below", "two rows of headings", "in other words"]


def areas(layout, columns):
    """The merged areas of the halves beside each other."""
    width = len(columns)
    if layout is not beside:
        return None
    return (Area(4, 0, 9, 0), Area(4, 1, 4, 2), Area(5, 1, 7, 1), Area(8, 1, 8, 2), Area(9, 1, 9, 2 + width))


@pytest.mark.parametrize(
    ("headings", "columns"), TOLD, ids=lambda value: "|".join(value) if isinstance(value[0], str) else ""
)
@pytest.mark.parametrize("layout", LAYOUTS, ids=NAMES)
@pytest.mark.parametrize("merged", [False, True])
def test_the_column_of_the_year_is_read(headings, columns, layout, merged):
    document = read(layout(headings, columns), areas(layout, columns) if merged else None)
    assert {name: document.values[name] for name in FIELDS} == READ
    assert not found(document, "ST09")


@pytest.mark.parametrize("headings", UNTOLD, ids="|".join)
@pytest.mark.parametrize("layout", LAYOUTS, ids=NAMES)
def test_where_nobody_can_tell_it_is_said(headings, layout):
    columns = (whole, *[long] * (len(headings) - 1))
    told = [one for one in found(read(layout(headings, columns)), "ST09") if "看不出" in one.message]
    assert {one.pointer for one in told} == {f"/{name}" for name in FIELDS}
    assert {one.severity for one in told} == {"error"}
    assert all(f"有 {len(headings)} 列金额" in one.message for one in told)


def test_one_column_in_each_half_is_no_choice():
    document = read(beside(("预算金额",), (whole,)))
    assert {name: document.values[name] for name in FIELDS} == READ
    assert not found(document, "ST09")


def test_a_blank_amount_of_the_year_stays_blank():
    document = read(beside(("上年预算数", "本年预算数"), (whole, lambda _: None)))
    assert {document.values[name] for name in FIELDS} == {None}
    assert (document.cells["/personnel"], document.cells["/fiscal_funds"]) == ("E6", "H6")


def test_the_first_column_of_totals_is_not_a_total_of_its_own():
    rows = [row for row in beside(("上半年", "合计"), (half, whole)) if "支出预算合计" not in row]
    assert read(rows).values["expenditure_total"] is None
