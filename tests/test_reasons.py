"""A warning can be kept with a reason: it is shown and no longer counted, until what it speaks of changes."""

import io
import json
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from jixiao import annotating, checking, demo, drawing, fixing, forms, marking, merging, reasons
from jixiao.cli import main
from jixiao.model import Reason
from jixiao.office import package, writing
from jixiao.office.package import reasons as sheet
from jixiao.office.traces import Trace

WORKBOOKS = demo.workbooks()
WATER = "1-维修与水费.xlsx"
DAY = date(2026, 11, 24)
VAGUE = "| 产出指标 | 数量指标 | 供电办公楼数量 | 若干 |"


def findings(data):
    return [
        (one.document, each)
        for one in merging.extract(WATER, data).documents
        for each in one.verdict.findings
    ]


def explained(data, *chosen, text="上级文件只要求定性考核"):
    """The workbook with the same reason for each of these findings."""
    known = ()
    for document, finding in chosen:
        known = reasons.recorded(known, document, finding, text, DAY)
    return sheet.write(data, known)


def kept(found):
    return [(document.sheet, one.cell, one.rule) for document, one in found if one.reason is not None]


def alike(found):
    """Findings without their reasons."""
    return [(document.sheet, one._replace(reason=None)) for document, one in found]


@pytest.mark.parametrize("name", sorted(WORKBOOKS))
def test_a_reason_takes_exactly_its_own_finding_out_of_the_count(name):
    """For every finding of the real tables: a warning or hint is explained and nothing else moves; an error stays."""
    before = findings(WORKBOOKS[name])
    for document, finding in before:
        after = findings(explained(WORKBOOKS[name], (document, finding)))
        assert alike(after) == alike(before)
        wanted = [(document.sheet, finding.cell, finding.rule)]
        twins = kept(after)
        assert set(twins) == (set(wanted) if finding.severity != "error" else set())


def recorded(document, rule, text="领导已同意"):
    """The table with a reason for its one finding of a rule."""
    (finding,) = [one for one in checking.check(document).findings if one.rule == rule]
    return replace(document, reasons=reasons.recorded((), document, finding, text, DAY))


def said(document, rule):
    return [
        (one.reason, reasons.VOID in one.suggestion)
        for one in checking.check(document).findings
        if one.rule == rule
    ]


def test_with_the_value_changed_the_reason_is_void_at_once_and_with_it_back_it_holds_again(table):
    first = recorded(table(VAGUE), "VA02")
    assert said(first, "VA02") == [("领导已同意", False)]
    other = replace(table(VAGUE.replace("若干", "许多")), reasons=first.reasons)
    assert said(other, "VA02") == [(None, True)]
    renamed = replace(table(VAGUE.replace("办公楼", "宿舍")), reasons=first.reasons)
    assert said(renamed, "VA02") == [(None, True)]
    assert [state for _, state in reasons.states(other, checking.check(other).findings)] == ["void"]
    mended = replace(table(VAGUE.replace("若干", "=2栋")), reasons=first.reasons)
    assert [state for _, state in reasons.states(mended, checking.check(mended).findings)] == ["gone"]
    assert said(first, "VA02") == [("领导已同意", False)]


COSTS = """
    | 年度资金总额 | {0} |
    | 当年财政拨款 | {0} |
    | 上年结转资金 | 0 |
    | 成本指标 | 经济成本指标 | 设备费 | ≤60万元 |
    | 成本指标 | 经济成本指标 | 安装费 | ≤50万元 |
    """


def test_what_a_rule_compares_with_belongs_to_the_value(table):
    """CO05 holds costs against the year's funds: with other funds the reason was given for something else."""
    first = recorded(table(COSTS.format(100)), "CO05")
    assert said(first, "CO05") == [("领导已同意", False)]
    assert said(replace(table(COSTS.format(90)), reasons=first.reasons), "CO05") == [(None, True)]
    dearer = table(COSTS.format(100).replace("60万元", "80万元"))
    assert said(replace(dearer, reasons=first.reasons), "CO05") == [(None, True)]


def test_what_says_the_same_elsewhere_is_the_same(table):
    """The digest knows neither cells nor the number of a row: other rows may come before, a sheet may be renamed."""
    alone, below = table(VAGUE), table(f"| 产出指标 | 质量指标 | 缴纳率 | =100% |\n{VAGUE}", sheet="新名")
    (one,) = [each for each in checking.check(alone).findings if each.rule == "VA02"]
    (other,) = [each for each in checking.check(below).findings if each.rule == "VA02"]
    assert one.cell != other.cell
    assert reasons.digest(alone, one) == reasons.digest(below, other)


def test_an_error_is_never_explained_whatever_the_workbook_says():
    """Somebody writes reasons for every error by hand, each with the right digest."""
    forged = explained(WORKBOOKS[WATER], *findings(WORKBOOKS[WATER]))
    after = findings(forged)
    assert {one.severity for _, one in after if one.reason is None} == {"error"}
    assert [one.severity for _, one in after].count("error") == [
        one.severity for _, one in findings(WORKBOOKS[WATER])
    ].count("error")


def test_what_is_explained_is_neither_marked_nor_fixed_and_stands_at_the_end_of_the_page(table):
    document = table("| 满意度指标 | 服务对象满意度指标 | 干部职工满意度 | ≥ 95% |")
    fixable = next(one for one in checking.check(document).findings if one.fix and one.severity != "error")
    assert fixing.offered([(document, [fixable])])
    told = fixable._replace(reason="原件如此")
    assert fixing.offered([(document, [told])]) == ()
    assert marking.marks([(document, [told])]) == []
    page = marking.result_page([(document, [told])], [], "表.xlsx")
    texts = [str(box.value) for box in page.boxes if box.value]
    assert texts[0] == "校验结果：通过"
    assert "已说明 1 条，不计入" in texts[1]
    assert texts[-1].endswith("说明：原件如此")
    marks = marking.marks([(document, [fixable])])
    before = [Trace("表", fixable.cell, "warning", "none", "ours", marks[0].rules)]
    assert marking.since(before, [], [(document, [told])]).solved == ()


def test_marks_come_and_go_and_the_reasons_stay_byte_for_byte(tmp_path):
    data = explained(WORKBOOKS[WATER], *findings(WORKBOOKS[WATER])[:4])
    (tmp_path / WATER).write_bytes(data)
    list(annotating.copies(merging.check([tmp_path]), tmp_path / "批注", force=False))
    marked = next((tmp_path / "批注").iterdir()).read_bytes()
    assert sheet.read(marked) == sheet.read(data) != ()
    assert package.unmark(marked) == data
    again = sheet.write(marked, sheet.read(marked)[:1])
    assert sheet.read(package.unmark(again)) == sheet.read(data)[:1]


def test_a_clean_copy_carries_no_reason():
    data = explained(WORKBOOKS[WATER], *findings(WORKBOOKS[WATER]), text="内部掌握的理由")
    cleaned = package.clean(data)
    assert sheet.read(cleaned.data) == ()
    book = openpyxl.load_workbook(io.BytesIO(cleaned.data))
    assert "_jixiao_reasons" not in book.sheetnames
    assert any("取出了本工具留在表里的下拉词表和记录" in one for one in cleaned.removed)


@pytest.fixture
def water(tmp_path):
    path = tmp_path / WATER
    path.write_bytes(WORKBOOKS[WATER])
    return path


def explain(water, place, rule, text, out="说明.xlsx", *more):
    return main(
        [
            "explain",
            str(water),
            "--cell",
            place,
            "--rule",
            rule,
            "--reason",
            text,
            "-o",
            str(water.parent / out),
            *more,
        ]
    )


def report(capsys, path, *more):
    capsys.readouterr()
    code = main(["check", str(path), "--json", *more])
    return code, json.loads(capsys.readouterr().out)


def first_warning():
    return next((document, one) for document, one in findings(WORKBOOKS[WATER]) if one.severity == "warning")


def test_the_command_writes_a_copy_and_check_lists_what_was_recorded(water, capsys):
    document, one = first_warning()
    _, before = report(capsys, water)
    assert explain(water, f"{document.sheet}!{one.cell}", one.rule, "=上级文件\n只作定性考核") == 0
    assert water.read_bytes() == WORKBOOKS[WATER]
    _, after = report(capsys, water.parent / "说明.xlsx", "--reasons")
    assert after["totals"]["warning"] == before["totals"]["warning"] - 1
    assert (before["totals"]["explained"], after["totals"]["explained"]) == (0, 1)
    (told,) = [each for each in after["files"][0]["documents"][0]["findings"] if each["reason"]]
    assert (told["rule"], told["cell"], told["reason"]) == (one.rule, one.cell, "=上级文件 只作定性考核")
    (listed,) = after["files"][0]["documents"][0]["reasons"]
    assert (listed["state"], listed["rule"], listed["reason"]) == (
        "valid",
        one.rule,
        "=上级文件 只作定性考核",
    )
    assert date.fromisoformat(listed["date"])
    main(["check", str(water.parent / "说明.xlsx"), "--reasons"])
    shown = capsys.readouterr().out
    assert "另有 1 条已说明" in shown
    assert shown.index("已说明") < shown.index("已记下的说明") < shown.rindex("有效")
    assert explain(water.parent / "说明.xlsx", f"{document.sheet}!{one.cell}", one.rule, "", "取消.xlsx") == 0
    assert report(capsys, water.parent / "取消.xlsx")[1]["totals"] == before["totals"]


@pytest.mark.parametrize("place", ["{0}!{1}", "'{0}!{1}'", "'{0}'!${1}", "{0}！{1}"])
def test_a_cell_may_be_written_as_shells_and_clerks_do(water, place):
    """In bash `!` needs quotes, which cmd.exe leaves as they are; a Chinese keyboard has another mark."""
    document, one = first_warning()
    assert explain(water, place.format(document.sheet, one.cell), one.rule, "上级规定只作定性考核") == 0


def test_the_exit_code_does_not_see_what_is_explained(tmp_path, capsys, table):
    """A table with warnings alone: at `--fail-on warning` it fails, and passes once each of them is explained."""
    values = table().values
    values["indicators"][3]["target"] = "若干"
    page = drawing.draw(forms.find("project_target", "gs-2024"), "电费", values)
    data = writing.workbook([page])
    found = [
        (one.document, each)
        for one in merging.extract("电费.xlsx", data).documents
        for each in one.verdict.findings
    ]
    assert found
    assert {one.severity for _, one in found} <= {"warning", "hint"}
    (tmp_path / "电费.xlsx").write_bytes(data)
    (tmp_path / "说明.xlsx").write_bytes(explained(data, *found))
    assert report(capsys, tmp_path / "电费.xlsx", "--fail-on", "warning")[0] == 1
    code, told = report(capsys, tmp_path / "说明.xlsx", "--fail-on", "warning")
    assert (code, told["totals"]["explained"]) == (0, len(found))


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (("水费!E17", "FI01", "看过"), "可以说明的有：水费!E17"),
        (("没有这张表!E17", "VA01", "看过"), "没有 VA01 的问题"),
        (("水费!ZZ99", "VA01", "看过"), "可以说明的有"),
        (("不是地址", "VA01", "看过"), "可以说明的有"),
        (("{error}", "{error}", "看过"), "必须改正，不能只加说明"),
        (("{warning}", "{warning}", " \n "), "没有写理由"),
        (("{warning}", "{warning}", "长" * 600), "理由有 600 个字，最多 500 个字"),
        (("{warning}", "{warning}", "长 " * 501), "理由有 1001 个字，最多 500 个字"),
    ],
)
def test_what_cannot_be_explained_is_said_and_nothing_is_written(water, capsys, wanted, sentence):
    place, rule, text = wanted
    every = findings(WORKBOOKS[WATER])
    for severity in ("error", "warning"):
        document, one = next(each for each in every if each[1].severity == severity)
        place = place.replace(f"{{{severity}}}", f"{document.sheet}!{one.cell}")
        rule = rule.replace(f"{{{severity}}}", one.rule)
    assert explain(water, place, rule, text) == 2
    assert sentence in capsys.readouterr().err
    assert not (water.parent / "说明.xlsx").exists()


def test_a_cell_that_several_sheets_have_must_be_named_with_its_sheet(water, capsys):
    both = {}
    for document, one in findings(WORKBOOKS[WATER]):
        both.setdefault((one.cell, one.rule), set()).add(document.sheet)
    cell, rule = next(place for place, sheets in both.items() if len(sheets) == 2)
    assert explain(water, cell, rule, "看过") == 2
    assert "请写明工作表" in capsys.readouterr().err


def test_a_reason_travels_into_the_summary(water, capsys):
    document, one = first_warning()
    assert explain(water, f"{document.sheet}!{one.cell}", one.rule, "=上级文件只作定性考核") == 0
    water.unlink()
    out, data = water.parent / "汇总.xlsx", water.parent / "账.json"
    assert main(["merge", str(water.parent), "-o", str(out), "--json", str(data), "--workers", "1"]) == 0
    assert "已说明 1 个" in capsys.readouterr().out
    told = [each for each in json.loads(data.read_text(encoding="utf-8"))["findings"] if each["reason"]]
    assert [(each["rule"], each["reason"]) for each in told] == [(one.rule, "=上级文件只作定性考核")]
    page = openpyxl.load_workbook(out)["问题清单"]
    rows = [row for row in page.iter_rows(values_only=True) if row[1] == "已说明"]
    assert [(row[2], row[4], row[7]) for row in rows] == [
        (one.rule, "已说明：=上级文件只作定性考核", one.cell)
    ]
    assert "1 个已说明" in page["A1"].value


def test_one_reason_takes_the_place_of_another(table):
    document = table(VAGUE)
    finding = next(one for one in checking.check(document).findings if one.rule == "VA02")
    other = Reason("表", "A1", "VA02", "0" * 32, "别处", "2026-01-01")
    first = reasons.recorded((other,), document, finding, "一", DAY)
    second = reasons.recorded(first, document, finding, "二", DAY)
    assert [one.text for one in second] == ["别处", "二"]
    assert reasons.recorded(second, document, finding, " ", DAY) == (other,)
