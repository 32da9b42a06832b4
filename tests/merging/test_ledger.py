"""Nothing is lost: what arrives is counted once, or said why not."""

import io
import zipfile
from datetime import datetime

import pytest
from openpyxl import load_workbook

from jixiao.rules import profiles


def statuses(report):
    return {one["path"].removeprefix("报送/"): one["status"] for one in report["sources"]}


def told(report, rule):
    return [one for one in report["findings"] if one["rule"] == rule]


def names(report):
    return [(one["agency"], one["projects"], one["total_funds"]) for one in report["agencies"]]


def without_own_time(data):
    """Return a workbook that does not say when it was saved."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<none/>" if name == "docProps/core.xml" else old.read(name))
    return out.getvalue()


def with_hidden_sheet(data):
    """Return the workbook with its second sheet hidden."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b' sheetId="2"', b' sheetId="2" state="hidden"'))
    return out.getvalue()


def with_first_sheet_hidden(data):
    """Return the workbook with a cover sheet that is seen, and its table's sheet hidden."""
    book, out = load_workbook(io.BytesIO(data)), io.BytesIO()
    book.create_sheet("封面")["A1"] = "2024 年绩效目标"
    book.worksheets[0].sheet_state = "hidden"
    book.active = len(book.worksheets) - 1
    book.save(out)
    return out.getvalue()


def send_seed(send, seed):
    send("00-整体.xlsx", seed[0])
    for n in range(1, 9, 2):
        send(f"{n:02}-项目.xlsx", *seed[n : n + 2])


def test_the_real_tables_add_up(send, gather, seed):
    send_seed(send, seed)
    report = gather()
    assert report["balance"] == {
        "files": 5, "merged": 5, "duplicate": 0, "superseded": 0, "rejected": 0, "not_ours": 0, "documents": 9,
        "documents_found": 9, "documents_duplicate": 0, "documents_superseded": 0, "balanced": True,
    }  # fmt: skip
    totals = {key: value for key, value in report["totals"].items() if key not in {"unknown", "not_asked"}}
    assert totals == {
        "projects": 8, "indicators": 80, "agency_indicators": 9,
        "total_funds": "1022", "fiscal_funds": "1022", "carryover_funds": "0", "other_funds": "0",
    }  # fmt: skip
    (agency,) = report["agencies"]
    assert (agency["agency"], agency["projects"]) == ("和政县机关事务管理局", 8)
    assert (agency["basic"], agency["expenditure_total"]) == ("615.51", "1637.51")
    assert (len(report["indicators"]), len(report["agency_indicators"])) == (80, 9)
    assert [one["rule"] for one in report["not_checked"]] == ["UN03"]
    assert told(report, "UN05") == []


def test_every_figure_names_the_cell_that_holds_it(send, gather, seed):
    send_seed(send, seed)
    report = gather()
    for one in report["projects"]:
        source = one["source"]
        cell = load_workbook(source["path"], data_only=True)[source["sheet"]][source["cell"]]
        assert float(cell.value) == float(one["total_funds"])
    for one in report["indicators"][:12]:
        source = one["source"]
        assert (
            load_workbook(source["path"], data_only=True)[source["sheet"]][source["cell"]].value
            == one["target"]
        )


def test_an_amount_that_is_text_or_blank_is_said_and_not_taken_for_zero(send, gather, seed, changed):
    send("甲.xlsx", seed[1], changed(seed[2], total_funds="约50"), changed(seed[3], total_funds=None))
    report = gather()
    assert report["totals"]["total_funds"] == "100"
    assert report["totals"]["unknown"]["total_funds"] == 2
    assert [one["total_funds"] for one in report["projects"]] == ["100", "约50", None]
    assert [one["cell"] for one in report["findings"] if one["pointer"] == "/total_funds"] == ["C5", "C5"]


def test_a_copy_is_a_duplicate_whatever_its_bytes(send, gather, seed):
    send("一.xlsx", seed[1])
    send("二.xlsx", data=send("一.xlsx", seed[1]).read_bytes())
    send("三.xlsx", seed[1], saved=datetime(2024, 5, 1))  # noqa: DTZ001
    send("四.xlsx", seed[1], seed[2])
    report = gather()
    assert statuses(report) == {
        "一.xlsx": "merged",
        "三.xlsx": "duplicate",
        "二.xlsx": "duplicate",
        "四.xlsx": "merged",
    }
    assert report["balance"]["documents"] == 2
    assert report["balance"]["documents_duplicate"] == 3
    assert report["totals"]["total_funds"] == "150"
    assert told(report, "CS01") == []


def rewritten(seed, at, **told):
    """Return the rows of a table with one of them written otherwise."""
    rows = [dict(one) for one in seed["values"]["indicators"]]
    rows[at] |= told
    return rows


ONLY_WRITTEN_OTHERWISE = [
    lambda seed: {"goals": [f" {seed['values']['goals'][0][:3]}\n{seed['values']['goals'][0][3:]}。", *seed["values"]["goals"][1:]]},
    lambda seed: {"agency": f"{seed['values']['agency']}（盖章）"},
    lambda seed: {"indicators": rewritten(seed, 9, target="95％")},
    lambda seed: {"project_name": " ".join(seed["values"]["project_name"])},
]  # fmt: skip
SAYS_ELSE = [
    lambda seed: {"indicators": rewritten(seed, 9, target="-95%")},
    lambda seed: {"indicators": rewritten(seed, 9, target="≥95%")},
    lambda seed: {"indicators": list(reversed(seed["values"]["indicators"]))},
    lambda _: {"department_code": "123001"},
    lambda seed: {"goals": seed["values"]["goals"][:2]},
]


@pytest.mark.parametrize("other", ONLY_WRITTEN_OTHERWISE)
def test_what_is_only_written_otherwise_is_a_duplicate_and_the_later_writing_counts(
    send, gather, seed, changed, other
):
    send("水费.xlsx", seed[2], day=1)
    send("水费-改格式.xlsx", changed(seed[2], **other(seed[2])), day=9)
    report = gather()
    assert statuses(report) == {"水费.xlsx": "duplicate", "水费-改格式.xlsx": "merged"}
    assert told(report, "CS01") == []


@pytest.mark.parametrize("other", SAYS_ELSE)
def test_what_says_anything_else_is_told(send, gather, seed, changed, other):
    send("水费.xlsx", seed[2], day=1)
    send("水费-修改稿.xlsx", changed(seed[2], **other(seed[2])), day=9)
    report = gather()
    assert statuses(report)["水费.xlsx"] == "superseded"
    assert [one["severity"] for one in told(report, "CS01")] == ["error"]


def test_a_power_that_lost_its_place_in_pasting_is_no_mere_writing(send, gather, seed, changed):
    send("水费.xlsx", changed(seed[2], indicators=rewritten(seed[2], 9, target="≥104")), day=1)
    send("水费-修改稿.xlsx", changed(seed[2], indicators=rewritten(seed[2], 9, target="≥10⁴")), day=9)
    report = gather()
    assert statuses(report)["水费.xlsx"] == "superseded"
    assert [one["severity"] for one in told(report, "CS01")] == ["error"]


VERSIONS = [
    # 最终版 saved, its file's day; 修改稿 saved, its file's day; which counts, what is said
    ((2024, 3, 1), 1, (2024, 2, 1), 9, "最终版", "较晚"),
    ((2024, 2, 1), 9, (2024, 3, 1), 1, "修改稿", "较晚"),
    ((2024, 2, 1), 9, (2024, 2, 1), 1, "最终版", "较晚"),
    ((2024, 2, 1), 1, (2024, 2, 1), 9, "修改稿", "较晚"),
    ((2024, 2, 1), 1, (2024, 2, 1), 1, "修改稿", "次序"),
]


@pytest.mark.parametrize(("final", "final_day", "draft", "draft_day", "wins", "said"), VERSIONS)
def test_of_two_versions_the_later_counts_and_both_cells_are_named(  # noqa: PLR0917 - a case is its arguments
    send, gather, seed, changed, final, final_day, draft, draft_day, wins, said
):
    send("水费-最终版.xlsx", seed[2], saved=datetime(*final), day=final_day)  # noqa: DTZ001
    send(
        "水费-修改稿.xlsx",
        changed(seed[2], total_funds="55", fiscal_funds="55"),
        saved=datetime(*draft),  # noqa: DTZ001
        day=draft_day,
    )
    report = gather()
    loses = {"最终版": "修改稿", "修改稿": "最终版"}[wins]
    assert statuses(report) == {f"水费-{wins}.xlsx": "merged", f"水费-{loses}.xlsx": "superseded"}
    assert report["totals"]["total_funds"] == {"最终版": "50", "修改稿": "55"}[wins]
    (finding,) = told(report, "CS01")
    assert (finding["severity"], finding["path"]) == ("error", f"报送/水费-{loses}.xlsx")
    for part in ("最终版.xlsx，工作表“", "修改稿.xlsx，工作表“", "B3", "“50”（C5）", "“55”（C5）", said):
        assert part in finding["message"]


def test_each_of_several_files_with_the_version_that_lost_is_told(send, gather, seed, changed):
    send("甲/水费.xlsx", seed[2], day=1)
    send("乙/水费.xlsx", seed[2], saved=datetime(2024, 1, 2), day=2)  # noqa: DTZ001
    send("丙/水费.xlsx", changed(seed[2], total_funds="55"), saved=datetime(2024, 1, 3), day=3)  # noqa: DTZ001
    report = gather()
    lost = [one["path"] for one in report["sources"] if one["status"] == "superseded"]
    assert sorted(lost) == sorted(["报送/甲/水费.xlsx", "报送/乙/水费.xlsx"])
    found = told(report, "CS01")
    assert sorted(one["path"] for one in found) == sorted(lost)
    for one in found:
        assert f"这一份（{one['path']}，" in one["message"]
        assert "丙/水费.xlsx，工作表“" in one["message"]


def test_of_a_row_that_differs_the_cell_that_differs_is_named(send, gather, seed, changed):
    rows = [dict(one) for one in seed[2]["values"]["indicators"]]
    rows[4]["target"] = "≥77%"
    send("甲.xlsx", seed[2])
    send("乙.xlsx", changed(seed[2], indicators=rows))
    report = gather()
    (finding,) = told(report, "CS01")
    (one,) = report["differences"]
    assert one["counted_source"]["cell"].startswith("E")
    assert finding["message"].count(f"（{one['counted_source']['cell']}）") == 2


def test_where_only_one_says_when_it_was_saved_nothing_is_said_to_be_later(
    send, gather, seed, changed, workbook
):
    send("甲.xlsx", seed[2])
    send("乙.xlsx", data=without_own_time(workbook(changed(seed[2], total_funds="55"))), day=30000)
    (finding,) = told(gather(), "CS01")
    assert "保存时间较晚" not in finding["message"]
    assert "只有一份写有自己的保存时间" in finding["message"]


def test_prefer_settles_it(send, gather, seed, changed):
    send("旧.xlsx", seed[2], day=1)
    send("新.xlsx", changed(seed[2], total_funds="55"), day=9)
    assert gather()["totals"]["total_funds"] == "55"
    report = gather(prefer=["报送/旧.xlsx"])
    assert report["totals"]["total_funds"] == "50"
    assert statuses(report) == {"旧.xlsx": "merged", "新.xlsx": "superseded"}
    assert "--prefer" in told(report, "CS01")[0]["message"]


def test_an_agency_table_sent_twice_is_settled_in_the_same_way(send, gather, seed, changed):
    send("整体1.xlsx", changed(seed[0], personnel="600", basic="620"), day=1)
    send("整体2.xlsx", seed[0], day=2)
    report = gather()
    assert [one["basic"] for one in report["agencies"]] == ["615.51"]
    assert statuses(report) == {"整体1.xlsx": "superseded", "整体2.xlsx": "merged"}
    assert "整体支出绩效目标表" in told(report, "CS01")[0]["message"]


def test_a_file_with_one_table_that_counts_is_merged(send, gather, seed, changed):
    send("旧.xlsx", seed[1], seed[2], day=1)
    send("新.xlsx", changed(seed[2], total_funds="55"), day=2)
    report = gather()
    assert set(statuses(report).values()) == {"merged"}
    assert [one["reason"] for one in report["sources"]] == [
        None,
        "共 2 张表，其中 1 张被内容不同的另一份替代，没有计入。",
    ]
    assert (report["balance"]["superseded"], report["balance"]["documents_superseded"]) == (0, 1)
    fates = [[(one["name"], one["fate"]) for one in source["tables"]] for source in report["sources"]]
    first, second = (one["values"]["project_name"] for one in seed[1:3])
    assert fates == [[(second, "counted")], [(first, "counted"), (second, "superseded")]]


def test_a_file_with_a_copy_and_a_replaced_table_says_of_how_many_each(send, gather, seed, changed):
    send("一.xlsx", seed[1], changed(seed[2], total_funds="1"), day=1)
    send("二.xlsx", seed[1], seed[2], day=2)
    send("三.xlsx", changed(seed[2], total_funds="2"), seed[1], day=1)
    told = {one["path"]: (one["status"], one["reason"]) for one in gather()["sources"]}
    assert told["报送/三.xlsx"] == (
        "superseded", "共 2 张表，其中 1 张与已计入的内容相同，1 张被内容不同的另一份替代，没有计入。"
    )  # fmt: skip


def test_the_same_project_of_another_year_is_another_project(send, gather, seed, changed):
    send("甲.xlsx", seed[2])
    send("乙.xlsx", changed(seed[2], year=2025, total_funds="60"))
    report = gather()
    assert [(one["year"], one["total_funds"]) for one in report["agencies"]] == [(2024, "50"), (2025, "60")]
    assert told(report, "CS01") == []


def test_a_difference_between_own_figure_and_projects_is_an_error_with_both(send, gather, seed):
    send("整体.xlsx", seed[0])
    send("项目.xlsx", seed[1])
    (finding,) = told(gather(), "UN05")
    assert finding["severity"] == "error"
    assert "1022" in finding["message"]
    assert "100" in finding["message"]


def test_without_its_own_table_an_agency_has_no_basic_and_no_expenditure(send, gather, seed):
    send("项目.xlsx", *seed[1:])
    (agency,) = gather()["agencies"]
    assert (agency["basic"], agency["expenditure_total"], agency["total_funds"]) == (None, None, "1022")


SHORT = "机关事务管理局"
JOINS = [
    # agency and 主管部门 of the project, agencies with a table of their own, where the project belongs
    (SHORT, "和政县机关事务管理局", ["和政县机关事务管理局"], "和政县机关事务管理局"),
    (SHORT, "和政县机关事务管理局", ["临夏县机关事务管理局"], SHORT),
    (SHORT, "和政县机关事务管理局", ["临夏县机关事务管理局", "和政县机关事务管理局"], "和政县机关事务管理局"),
    (SHORT, SHORT, ["临夏县机关事务管理局", "和政县机关事务管理局"], SHORT),
    (SHORT, SHORT, ["和政县机关事务管理局"], "和政县机关事务管理局"),
    (SHORT, "和政县财政局", ["和政县机关事务管理局"], SHORT),
    (SHORT, None, ["和政县机关事务管理局"], SHORT),
    ("后勤服务中心", "和政县机关后勤服务中心", ["和政县机关后勤服务中心"], "后勤服务中心"),
    ("临夏县机关事务管理局", "和政县机关事务管理局", ["和政县机关事务管理局"], "临夏县机关事务管理局"),
]


@pytest.mark.parametrize(("agency", "department", "own", "belongs"), JOINS)
def test_a_short_name_joins_only_where_it_is_sure(  # noqa: PLR0917 - a case is its arguments
    send, gather, seed, changed, agency, department, own, belongs
):
    for name in own:
        send(f"{name}.xlsx", changed(seed[0], agency=name))
    send("项目.xlsx", changed(seed[1], agency=agency, department=department))
    report = gather()
    assert [one["agency"] for one in report["projects"]] == [belongs]
    joined = [one for one in told(report, "CS05") if "归入" in one["message"]]
    assert [one["severity"] for one in joined] == (["hint"] if belongs != agency else [])


def test_two_counties_with_the_same_short_name_never_mix(send, gather, seed, changed):
    for place in ("和政县", "临夏县"):
        send(f"{place}.xlsx", changed(seed[1], department=f"{place}{SHORT}"))
    report = gather()
    assert sorted(names(report)) == [(f"临夏县{SHORT}", 1, "100"), (f"和政县{SHORT}", 1, "100")]
    assert told(report, "CS01") == []


def test_tables_without_a_name_are_counted_and_never_set_against_each_other(send, gather, seed, changed):
    send("甲.xlsx", changed(seed[1], project_name=None), changed(seed[2], project_name=None))
    send("乙.xlsx", changed(seed[0], agency=None), changed(seed[0], agency=None, personnel="1"))
    report = gather()
    assert report["balance"]["documents"] == 4
    assert told(report, "CS01") == []


def test_tables_without_an_agency_are_one_only_where_their_department_says_so(send, gather, seed, changed):
    blank = changed(seed[1], agency=None, project_name="电费", carryover_funds="0", other_funds="0")
    for number, (department, amount) in enumerate(
        [("和政县财政局", "5"), ("和政县审计局", "7"), ("广河县民政局", "9"), (None, "11"), (None, "13")]
    ):
        one = changed(blank, department=department, total_funds=amount, fiscal_funds=amount)
        send(f"{number}.xlsx", one, day=number)
    send("副本.xlsx", changed(blank, department=None, total_funds="11", fiscal_funds="11"))
    report = gather()
    assert report["totals"]["total_funds"] == "45"
    assert report["balance"]["duplicate"] == 1
    assert [one["severity"] for one in told(report, "CS01")] == ["warning"]
    send("9.xlsx", changed(blank, department="和政县财政局", total_funds="6", fiscal_funds="6"), day=9)
    report = gather()
    assert report["totals"]["total_funds"] == "46"
    assert [one["severity"] for one in told(report, "CS01")] == ["error", "warning"]


def test_of_two_tables_of_one_department_without_an_agency_it_is_said_that_they_may_be_of_two(
    send, gather, seed, changed
):
    """Two schools under one bureau both have 校舍维修: one is not counted, and nobody may take that for an old version."""
    blank = changed(seed[2], agency=None, department="和政县教育局", project_name="校舍维修")
    send("一小.xlsx", blank, day=1)
    send("二小.xlsx", changed(blank, total_funds="55", fiscal_funds="55"), day=2)
    (finding,) = told(gather(), "CS01")
    assert finding["severity"] == "error"
    assert "两份都没有填实施单位（D4、D4），可能是两个单位各自的项目。" in finding["message"]
    assert finding["suggestion"].startswith("请先填写实施单位：是两个单位的，填好后两份都会计入")
    send("一小.xlsx", changed(blank, agency="第一小学"), day=1)
    send("二小.xlsx", changed(blank, agency="第一小学", total_funds="55", fiscal_funds="55"), day=2)
    (finding,) = told(gather(), "CS01")
    assert "没有填实施单位" not in finding["message"] + finding["suggestion"]


def test_two_tables_of_nobody_with_one_project_s_name_both_count_and_that_is_said(
    send, gather, seed, changed
):
    blank = changed(seed[2], agency=None, department=None, project_name="校舍维修")
    send("甲.xlsx", blank)
    send("乙.xlsx", changed(blank, total_funds="55", fiscal_funds="55"))
    send("丙.xlsx", changed(blank, project_name="电费"))
    report = gather()
    assert report["totals"]["total_funds"] == "155"
    (finding,) = told(report, "CS01")
    assert (finding["severity"], finding["cell"]) == ("warning", "D4")
    for part in ("报送/甲.xlsx，工作表“", "报送/乙.xlsx，工作表“", "，D4）", "两张都计入了，可能算了两遍"):
        assert part in finding["message"]
    assert "实施单位和主管部门" in finding["suggestion"]
    (remark,) = report["remarks"]
    assert "有 1 张项目表" in remark
    assert "可能算了两遍" in remark


def test_two_years_in_one_folder_are_told_apart_in_words(send, gather, seed, changed):
    send("甲.xlsx", seed[2], changed(seed[3], year=2025, total_funds="60.5"))
    (remark,) = gather()["remarks"]
    assert "2 个年度" in remark
    assert "2024 年度 1 个项目 50 万元" in remark
    assert "2025 年度 1 个项目 60.5 万元" in remark
    send("甲.xlsx", seed[2], changed(seed[3], year=2025, total_funds=None))
    assert "2025 年度 1 个项目，金额未知；" in gather()["remarks"][0]
    send("甲.xlsx", seed[2])
    assert gather()["remarks"] == []


def test_an_own_table_without_projects_has_no_sums_and_no_zero(send, gather, seed):
    send("整体.xlsx", seed[0])
    report = gather()
    (agency,) = report["agencies"]
    funds = ("total_funds", "fiscal_funds", "carryover_funds", "other_funds")
    assert [agency[field] for field in funds] == [None] * 4
    assert [report["totals"][field] for field in funds] == [None] * 4
    assert agency["basic"] == "615.51"
    assert {one["rule"] for one in report["not_checked"]} >= {"UN05"}
    send("别的.xlsx", {**seed[1], "values": {**seed[1]["values"], "agency": "甲局", "department": "甲局"}})
    report = gather()
    assert [one["total_funds"] for one in report["agencies"] if one["agency"] != "甲局"] == [None]
    assert report["totals"]["total_funds"] == "100"


def test_what_stands_on_a_hidden_sheet_is_told_of_the_whole(send, gather, seed, workbook):
    send("甲.xlsx", seed[1])
    send("乙.xlsx", data=with_hidden_sheet(workbook(seed[2], seed[3])))
    report = gather()
    (remark,) = report["remarks"]
    assert report["balance"]["documents"] == 2
    assert "有 1 个文件" in remark
    assert "报送/乙.xlsx" in remark
    assert "隐藏" in remark


def test_two_versions_in_one_workbook_are_advised_what_helps(send, gather, seed, changed):
    send("甲.xlsx", seed[2], {**changed(seed[2], total_funds="55", fiscal_funds="55"), "sheet": "水费2"})
    (finding,) = told(gather(), "CS01")
    assert "--prefer" not in finding["suggestion"]
    assert "只留一张" in finding["suggestion"]


def test_a_workbook_whose_tables_are_all_hidden_is_a_submission_that_was_not_read(
    send, gather, seed, workbook
):
    """It holds a table, so it is not none of ours; nobody may have meant to send it, so it is not counted."""
    send("甲.xlsx", seed[1])
    send("乙.xlsx", data=with_first_sheet_hidden(workbook(seed[2])))
    report = gather()
    (source,) = [one for one in report["sources"] if one["path"] == "报送/乙.xlsx"]
    assert (source["status"], source["code"], source["documents"]) == ("rejected", "hidden", 0)
    assert "工作表“水费”是隐藏的，其中有 1 张绩效目标表，未计入" in source["reason"]
    assert "取消隐藏" in source["reason"]
    assert report["balance"]["rejected"] == 1
    assert "报送/乙.xlsx" in report["remarks"][0]


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("CS01 = { on = false }", []),
        ('CS01 = { severity = "hint" }', ["hint"]),
        ("CS05 = { on = false }", ["error"]),
    ],
)
def test_what_settling_tells_follows_the_profile(send, gather, seed, changed, setting, expected):  # noqa: PLR0917 - a case is its arguments
    text = f'name = "本地"\nsince = 2015\nsource = "待核实"\n[rules]\n{setting}\n'
    send("一.xlsx", seed[2])
    send("二.xlsx", changed(seed[2], total_funds="55", fiscal_funds="55"), day=2)
    report = gather(profile=profiles.load("本地.toml", text))
    assert [one["severity"] for one in told(report, "CS01")] == expected
    assert report["totals"]["total_funds"] == "55"
