"""Forms of other places that never had a line for 上年结转资金: what was not asked is not missing from a sum."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from jixiao import merging

INDICATORS = [
    ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
    [None, "产出指标", "数量指标", "维修电梯数量", "≥7部"],
    [None, None, "质量指标", "维修合格率", "≥98%"],
    [None, None, "时效指标", "维修完成时间", "2024年11月底前"],
    [None, "效益指标", "社会效益指标", "故障投诉次数", "≤3次"],
    [None, "满意度指标", "服务对象满意度指标", "干部职工满意度", "≥95%"],
]


def elsewhere(name, *funds, agency="某县机关事务管理局"):
    """Return the bytes of a workbook with a form of another place, as somebody made it by hand."""
    sheet = (book := Workbook()).active
    for row in [
        ["项目支出绩效目标申报表"],
        ["（2024年度）"],
        ["项目名称", name],
        ["主管部门", "某县机关事务管理局", "实施单位", agency],
        *(["项目资金（万元）" if not n else None, *row] for n, row in enumerate(funds)),
        ["年度目标", "完成全部电梯的维修和年检，保障办公楼安全运行"],
        *INDICATORS,
    ]:
        sheet.append(row)
    book.save(data := io.BytesIO())
    return data.getvalue()


TOTAL, FISCAL, OTHER = ["年度资金总额", 10], ["财政拨款", 8], ["其他资金", 2]


def test_a_source_that_the_form_never_had_is_not_missing(send, gather, seed):
    send("外地.xlsx", data=elsewhere("电梯维修", TOTAL, FISCAL, OTHER))
    send("甲.xlsx", seed[1])
    report = gather()
    assert report["totals"]["unknown"] == dict.fromkeys(
        ("total_funds", "fiscal_funds", "carryover_funds", "other_funds"), 0
    )
    assert report["totals"]["not_asked"]["carryover_funds"] == 1
    assert [one["carryover_funds"] for one in report["projects"]] == [None, "0"]
    assert report["totals"]["carryover_funds"] == "0"
    assert sorted(one["not_asked"]["carryover_funds"] for one in report["departments"]) == [0, 1]


@pytest.mark.parametrize(
    "funds",
    [
        (["年度资金总额", 11], FISCAL, OTHER),  # 1 of it may be carried over
        (["年度资金总额", "约10"], FISCAL, OTHER),
        (TOTAL, ["财政拨款", None], OTHER),
    ],
)
def test_where_the_sources_do_not_make_up_the_total_it_may_be_missing(send, gather, funds):
    send("外地.xlsx", data=elsewhere("电梯维修", *funds))
    report = gather()
    assert report["totals"]["unknown"]["carryover_funds"] == 1
    assert report["totals"]["not_asked"]["carryover_funds"] == 0


def test_the_summary_s_totals_are_plain_and_it_says_what_was_not_asked(send, seed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    send("外地.xlsx", data=elsewhere("电梯维修", TOTAL, FISCAL, OTHER))
    send("甲.xlsx", seed[1])
    ledger = merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    assert "空白或不是数" not in merging.verdict(ledger)
    book = load_workbook("汇总.xlsx")
    rows = list(book["汇总表"].iter_rows())
    (total,) = [row for row in rows if row[0].value == "合计"]
    assert {cell.fill.fgColor.rgb for cell in total[3:7]} == {total[0].fill.fgColor.rgb}
    said = [str(cell.value) for row in rows for cell in row if "没有“上年结转资金”一栏" in str(cell.value)]
    assert said == [
        "有 1 个项目的表样没有“上年结转资金”一栏，表上的来源相加等于年度资金总额，合计不缺这一项。"
    ]
    cells = [row[12].value for row in book["项目明细"].iter_rows() if row[4].value == "电梯维修"]
    assert cells == ["C5、C6、（没有这一栏）、C7"]
    amounts = [row[7].value for row in book["项目明细"].iter_rows() if row[4].value == "电梯维修"]
    assert amounts == [None]


def test_the_notes_below_the_totals_are_seen_to_the_end(send, changed, seed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    send("外地.xlsx", data=elsewhere("电梯维修", ["年度资金总额", 8], FISCAL))
    send("甲.xlsx", changed(seed[1], total_funds=None), seed[0])
    merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    sheet = load_workbook("汇总.xlsx")["汇总表"]
    (note,) = [row[0] for row in sheet.iter_rows() if "没有“上年结转资金”一栏" in str(row[0].value)]
    assert "黄色的合计不全" in note.value
    assert sheet.row_dimensions[note.row].height > 3 * note.font.size
