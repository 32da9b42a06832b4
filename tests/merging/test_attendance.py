"""Who sent what: every agency of the list and every sender has its line, and nothing is guessed."""

import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
import xlsxwriter
from openpyxl import load_workbook

from jixiao import cli, merging
from jixiao.errors import UsageError
from jixiao.merging import joining, senders

DAY = 24 * 3600
MONEY = ("total_funds", "fiscal_funds", "carryover_funds", "other_funds")


@pytest.fixture
def listed(tmp_path):
    """Return `listed(row, …)`: writes 名单.xlsx with these rows and returns its path."""

    def write(*rows):
        path = tmp_path / "名单.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        return path

    return write


@pytest.fixture
def attend(tmp_path, monkeypatch):
    """Return `attend(roster, …)`: merges the folder and returns the JSON's roster, its lines by agency."""

    def merge(roster, **settings):
        monkeypatch.chdir(tmp_path)
        expected = merging.Expected(roster, **settings)
        ledger = merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0, force=True, expected=expected)
        report = merging.merge_report(ledger)["roster"]
        return report, {one["agency"]: one for one in report["agencies"]}, merging.verdict(ledger)

    return merge


@pytest.fixture
def project(seed, changed):
    """Return `project(agency, name, …)`: a project table of an agency."""

    def build(agency, name="办公经费", **values):
        return changed(seed[1], agency=agency, department=agency, project_name=name, **values)

    return build


def test_received_late_missing_and_unknown(send, project, listed, attend):
    send("甲.xlsx", project("甲局"), saved=datetime(2026, 9, 20))  # noqa: DTZ001 - as a workbook writes it
    send("乙.xlsx", project("乙局"), saved=datetime(2026, 10, 20), day=30000)  # noqa: DTZ001 - the same
    send("丁.xlsx", project("丁局"))
    send("丙局的表.xls", data=b"<html><table></table></html>")
    roster = listed(
        ["2027 年应报单位"],
        ["单位名称", "单位代码", "联系人", "联系电话", "截止日期"],
        ["甲局", "001", "张三", "0930-1", "2026年9月30日"],
        ["乙局", "002", "", "", "2026-09-30"],
        ["丙局", "003", "", "", ""],
    )
    report, lines, verdict = attend(roster, due=date(2026, 10, 1))
    assert {name: one["status"] for name, one in lines.items()} == {
        "甲局": "received", "乙局": "late", "丙局": "missing", "丁局": "unknown",
    }  # fmt: skip
    assert [report[status] for status in ("received", "late", "missing", "unknown")] == [1, 1, 1, 1]
    assert (lines["甲局"]["department_code"], lines["甲局"]["contact"]) == ("001", "张三")
    assert (lines["甲局"]["due"], lines["丙局"]["due"]) == ("2026-09-30", "2026-10-01")
    assert "报送/丙局的表.xls" in lines["丙局"]["remarks"][0]
    assert "名单上 3 个单位：按时收到 1 个，迟交 1 个，未收到 1 个；名单外来了 1 个" in verdict
    assert "已收到" not in verdict
    sheet = load_workbook("汇总.xlsx")["报送情况"]
    assert "按时收到 1 个，迟交 1 个，未收到 1 个，名单外 1 个" in sheet["A1"].value
    assert [row[6] for row in sheet.iter_rows(min_row=3, values_only=True)] == [
        "按时收到",
        "迟交",
        "未收到",
        "名单外",
    ]


def test_files_are_named_as_on_the_other_sheets(send, project, listed, tmp_path):
    file = send("甲.xlsx", project("甲局"))
    out = tmp_path / "报送" / "汇总.xlsx"
    expected = merging.Expected(listed(["单位名称"], ["甲局"]))
    merging.merge([file.parent], out, workers=0, expected=expected)
    book = load_workbook(out)
    told = book["报送情况"]
    column = next(cell.column for cell in told[2] if cell.value == "文件")
    assert told.cell(3, column).value == book["文件清单"]["B3"].value == "甲.xlsx"


def test_without_a_last_day_nobody_is_in_time(send, project, listed, attend):
    send("甲.xlsx", project("甲局"))
    report, _, verdict = attend(listed(["单位名称"], ["甲局"]))
    assert report["received"] == 1
    assert "名单上 1 个单位：已收到 1 个，全部收到" in verdict
    sheet = load_workbook("汇总.xlsx")["报送情况"]
    assert sheet["G3"].value == "已收到"


@pytest.mark.parametrize(
    ("name", "sent", "asked"),
    [
        ("甲县水务局", "甲县水雾局", True),
        ("甲县水务局", "甲县务水局", True),
        ("甲县第一中学", "甲县第二中学", False),
        ("甲县水务局", "乙县教育局", False),
    ],
)
def test_a_missing_name_and_a_sender_that_differ_by_a_slip_are_told_at_both(  # noqa: PLR0917 - a case is its arguments
    send, project, listed, attend, name, sent, asked
):
    """Nothing is joined by it: the line stays missing, until somebody has looked."""
    send("甲.xlsx", project(sent))
    _, lines, _ = attend(listed(["单位名称"], [name], ["甲县财政局"]))
    assert [lines[one]["status"] for one in (name, "甲县财政局", sent)] == ["missing", "missing", "unknown"]
    told = "".join(lines[name]["remarks"]), "".join(lines[sent]["remarks"])
    assert (f"是不是“{sent}”？" in told[0], f"是不是“{name}”？" in told[1]) == (asked, asked)
    assert ("CS06" in told[0], "CS06" in told[1]) == (asked, asked)
    assert "CS06" not in "".join(lines["甲县财政局"]["remarks"])


def test_a_listed_project_is_known_with_its_year_or_number_too(send, project, listed, attend):
    send(
        "甲.xlsx",
        project("甲局", "2024年维修费"),
        project("甲局", "1.电费项目"),
        project("甲局", "水费（二期）"),
    )
    rows = ["单位名称", "项目名称"], ["甲局", "维修费"], ["甲局", "电费"], ["甲局", "水费"]
    _, lines, _ = attend(listed(*rows))
    assert lines["甲局"]["remarks"] == ["没有收到名单上的项目：水费。"]


def test_the_folder_of_submissions_in_place_of_the_list_is_called_one(send, project, attend):
    send("甲.xlsx", project("甲局"))
    with pytest.raises(UsageError, match="名单“报送”是一个文件夹"):
        attend(Path("报送"))


@pytest.mark.parametrize(
    ("names", "sent", "asked"),
    [
        (["甲县卫健委"], ["甲县卫生健康委员会"], True),
        (["住建局"], ["甲县住房和城乡建设局"], True),
        (["甲县住房和城乡建设局"], ["县住建局"], True),
        (["甲县卫健委"], ["乙县卫生健康委员会"], False),
        (["甲县卫健委"], ["甲县卫生健康局"], False),
        (["甲县一中"], ["甲县第二中学"], False),
        (["康乐二中"], ["康乐县第二中学"], True),
        (["康乐二中"], ["和政县第二中学"], False),
        (["住建局", "甲县住建局"], ["甲县住房和城乡建设局"], False),
    ],
)
def test_a_missing_short_name_and_the_one_sender_it_may_mean_are_told_at_both(  # noqa: PLR0917 - a case is its arguments
    send, project, listed, attend, names, sent, asked
):
    for number, one in enumerate(sent):
        send(f"{number}.xlsx", project(one))
    _, lines, _ = attend(listed(["单位名称"], *([one] for one in names)))
    assert [lines[one]["status"] for one in (*names, *sent)] == ["missing"] * len(names) + ["unknown"]
    told = "".join(lines[names[0]]["remarks"]), "".join(lines[sent[0]]["remarks"])
    assert [
        f"像是“{one}”的简称或全称" in text for one, text in zip((sent[0], names[0]), told, strict=True)
    ] == [asked] * 2


def test_a_file_copied_late_is_not_late(send, project, listed, attend):
    """Its own word counts where it is earlier: copying a folder makes every file as young as the copy."""
    send("甲.xlsx", project("甲局"), saved=datetime(2026, 9, 20), day=30000)  # noqa: DTZ001 - as a workbook writes it
    _, lines, _ = attend(listed(["单位名称"], ["甲局"]), due=date(2026, 9, 30))
    assert lines["甲局"]["status"] == "received"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("9月5日", "2026-09-05"), ("20260905", "2026-09-05"), (20260905, "2026-09-05"), (46270, "2026-09-05"),
        ("2026.9.5 17:00前", "2026-09-05"), ("九月底", None), ("2月30日", None), ("12345", None),
    ],
)  # fmt: skip
def test_a_last_day_is_read_as_people_write_it_or_said(  # noqa: PLR0917 - a case is its arguments
    send, project, listed, attend, written, read
):
    """A day without its year is of the year of --due; what cannot be read is told with its cell."""
    send("甲.xlsx", project("甲局"))
    roster = listed(["单位名称", "报送截止时间"], ["甲局", written])
    _, lines, verdict = attend(roster, due=date(2026, 10, 1))
    assert lines["甲局"]["due"] == (read or "2026-10-01")
    assert ("B2“" in verdict and str(written) in verdict) is (read is None)


@pytest.mark.parametrize(
    ("others", "year"), [(["2025-08-01", "2025年9月1日"], 2025), ([], datetime.now().astimezone().year)]
)
def test_a_day_without_its_year_is_of_the_list_s_other_days_else_of_this_year(  # noqa: PLR0917 - a case is its arguments
    send, project, listed, attend, others, year
):
    send("甲.xlsx", project("甲局"))
    rows = [
        ["单位名称", "截止"],
        ["甲局", "9月5日"],
        *([f"{'乙丙'[n]}局", one] for n, one in enumerate(others)),
    ]
    assert attend(listed(*rows))[1]["甲局"]["due"] == f"{year}-09-05"


def test_wrong_year_version_and_missing_projects_are_said(send, project, listed, attend):
    for name in ("甲局", "乙局", "丙局"):
        send(f"{name}.xlsx", project(name, "电费"))
    send("丁局.xlsx", {**project("丁局", "电费", year=2023), "edition": "mof-2015"})
    roster = listed(["单位名称", "项目名称"], ["甲局", "电费"], ["甲局", "水费"], ["丁局", "电费"])
    report, lines, _ = attend(roster)
    assert report["year"] == 2024
    assert report["editions"]["project_target"] == "gs-2024"
    assert lines["甲局"]["remarks"] == ["没有收到名单上的项目：水费。"]
    assert "2023" in lines["丁局"]["remarks"][0]
    assert "2015" in lines["丁局"]["remarks"][1]
    report, lines, _ = attend(roster, year=2023)
    assert report["year"] == 2023
    assert not [one for one in lines["丁局"]["remarks"] if "年度是" in one]


@pytest.mark.parametrize(
    ("names", "sent", "status"),
    [
        (["和政县财政局"], ["财政局"], {"和政县财政局": "received"}),
        (["财政局"], ["和政县财政局"], {"财政局": "received"}),
        (["和政县财政局", "临夏县财政局"], ["财政局"], {"和政县财政局": "missing", "临夏县财政局": "missing", "财政局": "unknown"}),
        (["财政局"], ["和政县财政局", "临夏县财政局"], {"财政局": "missing", "和政县财政局": "unknown", "临夏县财政局": "unknown"}),
        (["和政县财政局"], ["临夏县财政局"], {"和政县财政局": "missing", "临夏县财政局": "unknown"}),
    ],
)  # fmt: skip
def test_names_join_only_where_exactly_one_can_be_meant(send, project, listed, attend, names, sent, status):  # noqa: PLR0917 - a case is its arguments
    for name in sent:
        send(f"{name}.xlsx", project(name))
    _, lines, _ = attend(listed(["单位名称"], *([name] for name in names)))
    assert {name: one["status"] for name, one in lines.items()} == status


@pytest.mark.parametrize(
    ("name", "department", "status"),
    [
        ("财政局", "广河县财政局", "missing"),
        ("财政局", "和政县财政局", "received"),
        ("财政局", "临夏州财政局", "received"),
        ("财政局", "财政局", "received"),
    ],
)
def test_a_short_name_of_another_county_is_not_the_listed_agency(  # noqa: PLR0917 - a case is its arguments
    send, project, listed, attend, name, department, status
):
    send("甲.xlsx", {**project(name), "values": {**project(name)["values"], "department": department}})
    _, lines, _ = attend(listed(["单位名称"], ["和政县财政局"]))
    assert lines["和政县财政局"]["status"] == status
    assert [one["agency"] for one in lines.values() if one["status"] == "unknown"] == (
        ["财政局"] if status == "missing" else []
    )


def test_a_name_told_apart_by_its_place_is_found_on_the_list(send, seed, changed, listed, attend):
    for place in ("和政县", "广河县"):
        send(f"{place}.xlsx", changed(seed[1], agency="机关事务管理局", department=f"{place}人民政府办公室"))
    _, lines, _ = attend(listed(["单位名称"], ["和政县机关事务管理局"], ["广河县机关事务管理局"]))
    assert {one["status"] for one in lines.values()} == {"received"}
    assert "人民政府" not in lines["和政县机关事务管理局"]["remarks"][0]


def test_one_short_name_listed_under_two_departments_is_two_agencies(send, seed, changed, listed, attend):
    rows = (
        ["主管部门", "单位名称", "联系人"],
        ["甲县自然资源局", "信息中心", "张"],
        ["甲县卫生健康委员会", "信息中心", "李"],
    )
    roster = listed(*rows, ["甲县财政局", "甲县财政局", "王"])
    send("资源.xlsx", changed(seed[1], agency="信息中心", department="甲县自然资源局", project_name="运维"))
    send("财政.xlsx", changed(seed[2], agency="甲县财政局", department="甲县财政局"))
    report, _, verdict = attend(roster)
    found = [(one["agency"], one["department"], one["status"], one["files"]) for one in report["agencies"]]
    assert found == [
        ("信息中心", "甲县自然资源局", "received", ["报送/资源.xlsx"]),
        ("信息中心", "甲县卫生健康委员会", "missing", []),
        ("甲县财政局", "甲县财政局", "received", ["报送/财政.xlsx"]),
    ]
    assert "名单上 3 个单位" in verdict
    send("卫健.xlsx", changed(seed[3], agency="信息中心", department="县卫健委", project_name="运维二"))
    report, _, _ = attend(roster)
    assert [(one["status"], one["projects"]) for one in report["agencies"]] == [("received", 1)] * 3


def test_a_table_without_department_is_of_neither_of_two_of_one_name(send, seed, changed, listed, attend):
    rows = ["主管部门", "单位名称"], ["甲县自然资源局", "信息中心"], ["甲县卫生健康委员会", "信息中心"]
    send("不明.xlsx", changed(seed[1], agency="信息中心", department=None))
    report, _, _ = attend(listed(*rows))
    assert [(one["agency"], one["status"]) for one in report["agencies"]] == [
        ("信息中心", "missing"),
        ("信息中心", "missing"),
        ("信息中心", "unknown"),
    ]


def test_a_line_s_code_is_the_agency_s_own_before_its_department_s(send, project, listed, attend):
    send("甲.xlsx", project("甲局"))
    rows = ["单位代码", "单位名称", "主管部门代码"], ["101001", "甲局", "101"], [None, "乙局", "102"]
    _, lines, _ = attend(listed(*rows))
    assert [lines[name]["department_code"] for name in ("甲局", "乙局")] == ["101", "102"]
    sheet = load_workbook("汇总.xlsx")["报送情况"]
    assert [sheet.cell(row, 3).value for row in (3, 4)] == ["101001", "102"]


def test_the_list_itself_is_no_submission_and_a_list_without_agencies_is_refused(
    send, project, listed, attend
):
    send("甲.xlsx", project("甲局"))
    roster = listed(["单位名称"], ["甲局"]).rename(
        Path(send("甲.xlsx", project("甲局"))).with_name("名单.xlsx")
    )
    assert attend(roster)[0]["received"] == 1
    assert len(merging.merge([roster.parent], roster.parent / "汇总.xlsx", workers=0, expected=merging.Expected(roster)).files) == 1  # fmt: skip
    with pytest.raises(UsageError, match="单位名称"):
        attend(listed(["项目名称"], ["电费"]))


@pytest.mark.parametrize(
    ("names", "sent", "status"),
    [
        ([("甲县水务局", "301001")], "甲县水务局（301001）", {"甲县水务局": "received"}),
        ([("甲县水务局", "301001")], "甲县水务局（盖章）", {"甲县水务局": "received"}),
        ([("301001-甲县水务局", "")], "甲县水务局", {"301001-甲县水务局": "received"}),
        ([("甲县水务局", "301001")], "301001", {"甲县水务局": "received"}),
        ([("甲县水利水务局", "301001")], "水务局（301001）", {"甲县水利水务局": "received"}),
        ([("甲县水务局", "301001")], "甲县教育局（301001）", {"甲县水务局": "missing", "甲县教育局": "unknown"}),
        ([("甲县水务局", "301"), ("甲县水务站", "301")], "301", {"甲县水务局": "missing", "甲县水务站": "missing", "301": "unknown"}),
        ([("甲县水务局", "")], "甲县水务局（本级）", {"甲县水务局": "received"}),
        ([("甲县水务局（本级）", "")], "甲县水务局", {"甲县水务局（本级）": "received"}),
    ],
)  # fmt: skip
def test_a_code_a_seal_or_own_office_does_not_hide_a_sender(  # noqa: PLR0917 - a case is its arguments
    send, project, listed, attend, names, sent, status
):
    send("甲.xlsx", project(sent))
    _, lines, _ = attend(listed(["单位名称", "单位代码"], *names))
    assert {name: one["status"] for name, one in lines.items()} == status


def test_an_own_office_and_its_department_have_each_sent_what_bears_their_very_name(
    send, project, listed, attend
):
    """They are one agency in the summary; on a list that has both, each file stands at one line only."""
    send("甲.xlsx", project("甲县水务局", "电费"))
    send("乙.xlsx", project("甲县水务局（本级）", "水费"))
    _, lines, _ = attend(listed(["单位名称"], ["甲县水务局"], ["甲县水务局（本级）"]))
    assert {name: (one["status"], one["files"], one["projects"]) for name, one in lines.items()} == {
        "甲县水务局": ("received", ["报送/甲.xlsx"], 1),
        "甲县水务局（本级）": ("received", ["报送/乙.xlsx"], 1),
    }
    _, lines, _ = attend(listed(["单位名称"], ["甲县水务局（本级）"]))
    assert [(one["status"], one["projects"]) for one in lines.values()] == [("received", 2)]


@pytest.mark.parametrize("name", ["办公经费", None])
def test_who_sent_nothing_that_can_be_used_is_missing_and_it_is_said_why(  # noqa: PLR0917 - fixtures
    send, project, changed, listed, attend, name
):
    send("甲.xlsx", project("甲局", year=2023))
    blank = changed(project("乙局", name), goals=[], indicators=[], **dict.fromkeys(MONEY))
    send("乙.xlsx", blank)
    send("丙.xlsx", project("丙局"), project("丙局", "旧项目", year=2023))
    roster = listed(["单位名称"], ["甲局"], ["乙局"], ["丙局"])
    _, lines, _ = attend(roster, year=2024)
    assert {name: one["status"] for name, one in lines.items()} == {
        "甲局": "missing", "乙局": "missing", "丙局": "received",
    }  # fmt: skip
    assert lines["甲局"]["remarks"][0] == "收到的表没有一张是 2024 年度的，没有可用的表（CS02）。"
    assert lines["乙局"]["remarks"][0] == "收到的都是没有填写的空白表，没有可用的表（CS02）。"
    assert [lines[one]["files"] for one in ("甲局", "乙局")] == [["报送/甲.xlsx"], ["报送/乙.xlsx"]]
    _, lines, _ = attend(roster)
    assert lines["甲局"]["status"] == "received"


@pytest.mark.parametrize("names", [("甲.xlsx", "乙.xlsx"), ("乙.xlsx", "甲.xlsx")])
def test_of_two_equal_workbooks_the_one_that_was_there_first_tells_whether_it_was_late(
    send, project, listed, attend, names
):
    for name, day in zip(names, (1, 25), strict=True):
        send(name, project("甲局"), saved=datetime(2026, 11, day), day=30000)  # noqa: DTZ001 - as a workbook writes it
    _, lines, _ = attend(listed(["单位名称"], ["甲局"]), due=date(2026, 11, 20))
    assert (lines["甲局"]["status"], lines["甲局"]["files"]) == ("received", [f"报送/{names[0]}"])


def test_a_missing_agency_is_a_finding_at_its_cell_of_the_list(  # noqa: PLR0917 - fixtures
    send, project, listed, tmp_path, monkeypatch, capsys
):
    """The catalogue calls it a warning: page, count, JSON and exit code agree."""
    monkeypatch.chdir(tmp_path)
    send("甲.xlsx", project("甲局"))
    listed(["单位名称"], ["甲局"], ["乙局"], ["丙局"])
    words = ["merge", "报送", "-o", "汇总.xlsx", "--force", "--json", "账.json", "--fail-on", "warning"]
    code = cli.main([*words, "--roster", "名单.xlsx"])
    report = json.loads(Path("账.json").read_text(encoding="utf-8"))
    told, below = [one for one in report["findings"] if one["rule"] == "CS02"]
    assert below["cell"] == "A4"
    assert (code, told["severity"], told["path"], told["sheet"], told["cell"]) == (
        1, "warning", "名单.xlsx", "Sheet1", "A3",
    )  # fmt: skip
    assert told["message"].startswith("名单上的“乙局”没有报送：")
    count = sum(one["severity"] == "warning" for one in report["findings"])
    assert f"警告 {count} 个" in capsys.readouterr().out
    rows = load_workbook("汇总.xlsx")["问题清单"].iter_rows(values_only=True)
    assert sum("CS02" in row for row in rows) == 2


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("on = false", []),
        ('severity = "error"', ["error"]),
        ('severity = "hint"', ["hint"]),
    ],
)
@pytest.mark.parametrize(("since", "holds"), [(2015, True), (2099, False)])
def test_a_profile_decides_how_loud_a_missing_agency_is(  # noqa: PLR0917 - a case is its arguments
    send, project, listed, tmp_path, monkeypatch, setting, told, since, holds
):
    monkeypatch.chdir(tmp_path)
    send("甲.xlsx", project("甲局"))
    listed(["单位名称"], ["甲局"], ["乙局"])
    text = f'name = "本地"\nsince = {since}\nsource = "待核实"\n[rules]\nCS02 = {{ {setting} }}\n'
    Path("本地.toml").write_text(text, encoding="utf-8")
    words = ["merge", "报送", "-o", "汇总.xlsx", "--json", "账.json", "--roster", "名单.xlsx"]
    assert cli.main([*words, "--profile", "本地.toml"]) == 0
    report = json.loads(Path("账.json").read_text(encoding="utf-8"))
    found = [one["severity"] for one in report["findings"] if one["rule"] == "CS02"]
    assert found == (told if holds else ["warning"])
    assert report["roster"]["missing"] == 1


def test_one_short_name_listed_under_departments_of_two_counties_is_two_agencies(
    send, seed, changed, listed, attend
):
    rows = (
        ["主管部门", "单位名称"],
        ["甲县教育局", "信息中心"],
        ["乙县教育局", "信息中心"],
    )
    send("甲.xlsx", changed(seed[1], agency="信息中心", department="甲县教育局"))
    report, _, _ = attend(listed(*rows))
    found = [(one["department"], one["status"]) for one in report["agencies"]]
    assert found == [("甲县教育局", "received"), ("乙县教育局", "missing")]
    send("乙.xlsx", changed(seed[2], agency="信息中心", department="乙县教育局"))
    report, _, _ = attend(listed(*rows))
    assert [one["status"] for one in report["agencies"]] == ["received"] * 2


def test_a_department_written_in_many_ways_keeps_its_agency(send, seed, changed, listed, attend):
    """Where two kinds turn out to be one, the key of the agency is still the first way of the list."""
    ways = ["教育体育局", "教育文化局", "教体局", "教育局"]
    rows = [[f"甲县{one}", "信息中心"] for one in (*ways, "财政局")]
    for number, one in enumerate(ways):
        send(f"{one}.xlsx", changed(seed[1 + number], agency="信息中心", department=f"甲县{one}"))
    report, _, _ = attend(listed(["主管部门", "单位名称"], *rows))
    assert [(one["status"], one["projects"]) for one in report["agencies"]] == [
        ("received", 4),
        ("missing", 0),
    ]


def test_time_to_find_senders_does_not_grow_with_pairs_of_departments(monkeypatch):
    """A province's list has a thousand agencies of one name, each under a department of its own."""
    departments = [f"{chr(0x4E00 + number)}{chr(0x5E00 + number)}局" for number in range(1000)]
    lines = [{"agency": "信息中心", "department": one, "cell": "A1"} for one in departments]
    asked = Counter()
    told = joining.places.chain

    def counted(name):
        asked["chain"] += 1
        return told(name)

    monkeypatch.setattr(joining.places, "chain", counted)
    monkeypatch.setattr(joining, "may_abbreviate", lambda *_: asked.update(["pairs"]))
    monkeypatch.setattr(senders, "blank", lambda _: False)
    values = {"agency": "信息中心", "year": 2024}
    entries = [
        SimpleNamespace(
            document=SimpleNamespace(form="agency_overall", edition="", values=values | {"department": one}),
            path=one,
        )
        for one in departments
    ]
    agency = SimpleNamespace(name="信息中心", projects=entries, own=None)
    known = senders.listed(lines)
    found = senders.matched(known, senders.senders(SimpleNamespace(agencies=[agency]), known))
    assert len(found) == len(known) == len(departments)
    assert asked["pairs"] + asked["chain"] < 50 * len(departments)


def test_time_to_place_strangers_does_not_grow_with_pairs_of_names():
    """A province's list is gone through a few times, not once for each of as many senders off it."""
    walks = Counter()

    class Walked(dict):
        def __iter__(self):
            walks["list"] += 1
            return super().__iter__()

    listed = Walked(senders.listed([{"agency": f"甲县第{number}单位"} for number in range(1000)]))
    names = {f"第{number}单位" if number % 2 else f"乙县第{number}中心" for number in range(1000)}
    sent = {name: senders.Sender(name, written={(name, ""): None}) for name in names}
    found = senders.matched(listed, sent)
    assert found["甲县第1单位"] == ["第1单位"]
    assert len(found) == 500
    assert walks["list"] < 10
