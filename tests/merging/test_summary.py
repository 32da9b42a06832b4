"""The summary workbook: its sheets, its figures, the way back to each of them."""

import os
from pathlib import Path
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from jixiao import merging
from jixiao.errors import JixiaoError, OutputError, UsageError
from jixiao.merging import charts, front


@pytest.fixture
def merged(send, seed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    send("00 整体#1.xlsx", seed[0])
    for n in range(1, 9, 2):
        send(f"{n:02}.xlsx", *seed[n : n + 2])
    merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    return load_workbook("汇总.xlsx")


def texts(sheet):
    return [str(cell.value) for row in sheet for cell in row if cell.value is not None]


def row_of(sheet, word, column=1):
    return next(row for row in sheet.iter_rows() if row[column - 1].value == word)


def test_the_sheets_stand_in_their_order(merged):
    assert [one for one in merged.sheetnames if not one.startswith("_")] == [
        "汇总表", "整体_和政县机关事务管理局", "项目明细", "指标明细", "问题清单", "文件清单", "填报说明",
    ]  # fmt: skip


def test_the_first_sheet_tells_verdict_balance_and_totals(merged):
    sheet = merged["汇总表"]
    assert "计入 1 个单位、8 个项目，年度资金总额 1022 万元" in "".join(texts(sheet))
    assert [cell.value for cell in row_of(sheet, "文件")][:8] == ["文件", 5, 5, 0, 0, 0, 0, "是"]
    assert [cell.value for cell in row_of(sheet, "表")][:4] == ["表", 9, 9, 0]
    agency = [cell.value for cell in row_of(sheet, "和政县机关事务管理局")]
    assert agency[1:9] == ["2024", 8, 1022, 1022, 0, 0, 615.51, 1637.51]
    assert len(sheet._charts) >= 1


def test_the_unit_form_holds_own_figures_and_the_projects_sum(merged):
    sheet = merged["整体_和政县机关事务管理局"]
    found = texts(sheet)
    assert {"595.51", "20", "1022"} <= set(found)
    assert any(one.startswith("人员经费：595.51，来自 报送/00 整体#1.xlsx › 单位整体 › D8") for one in found)


def test_a_unit_form_without_own_table_shows_the_sum_alone(send, seed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    send("项目.xlsx", *seed[1:])
    merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    sheet = load_workbook("汇总.xlsx", data_only=True)["整体_机关事务管理局"]
    numbers = [cell.value for row in sheet for cell in row if isinstance(cell.value, int | float)]
    assert numbers == [1022]


def test_every_link_leads_to_a_file_that_is_there(merged, tmp_path):
    seen = set()
    for sheet in merged:
        for row in sheet:
            for cell in row:
                link = cell.hyperlink
                if link and link.target:
                    seen.add(unquote(link.target).replace("\\", "/"))
                    assert link.location is None or "!" in link.location
    assert {(tmp_path / one).is_file() for one in seen} == {True}
    assert len(seen) == 5


def test_a_shortcut_whose_file_is_gone_has_no_link(send, seed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    send("甲.xlsx", seed[1])
    (tmp_path / "报送/乙.xlsx").symlink_to(tmp_path / "没有.xlsx")
    merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    sheet = load_workbook("汇总.xlsx")["文件清单"]
    linked = {sheet[at].value: bool(sheet[at].hyperlink) for at in ("B3", "B4")}
    assert linked == {"报送/乙.xlsx": False, "报送/甲.xlsx": True}


def test_a_file_named_like_a_scheme_is_linked_as_a_file(send, seed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    send("甲.xlsx", seed[1]).rename("mailto:甲.xlsx")
    merging.merge([Path("mailto:甲.xlsx")], Path("汇总.xlsx"), workers=0)
    assert load_workbook("汇总.xlsx")["项目明细"]["K3"].hyperlink.target == "mailto%3A甲.xlsx"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("name", ["铃\x07 换\n行\x1b[31m.xlsx", "反\\斜.xlsx", "删\x7f.xlsx"])
def test_a_name_that_no_xml_can_hold_is_linked_too(send, seed, tmp_path, monkeypatch, ooxml_validate, name):  # noqa: PLR0917 - fixtures
    monkeypatch.chdir(tmp_path)
    send(name, seed[1])
    merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    assert ooxml_validate(Path("汇总.xlsx")) == []
    link = load_workbook("汇总.xlsx")["项目明细"]["K3"].hyperlink.target
    assert unquote(link.replace("\\", "/")) == f"报送/{name}"


def test_amounts_of_the_details_are_numbers_with_file_sheet_and_cell(merged):
    sheet = merged["项目明细"]
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert sum(row[5] for row in rows) == 1022
    assert rows[0][10:] == ("报送/01.xlsx", "维修维护", "C5、C6、C7、C8")
    assert len(list(merged["指标明细"].iter_rows(min_row=3))) == 89


def test_files_are_named_from_the_folder_of_the_summary(send, seed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    send("甲.xlsx", seed[1])
    for given in ("报送", tmp_path / "报送"):
        out = tmp_path / "报送" / f"汇总{len(str(given))}.xlsx"
        merging.merge([Path(given)], out, workers=0, force=True)
        assert load_workbook(out)["项目明细"]["K3"].value == "甲.xlsx"
    Path("别处").mkdir()
    merging.merge([Path("报送/甲.xlsx")], Path("别处/汇总.xlsx"), workers=0)
    assert load_workbook("别处/汇总.xlsx")["文件清单"]["B3"].value == "报送/甲.xlsx"


def test_a_total_of_what_only_some_agencies_state_is_blank_yellow_and_explained(
    send, seed, changed, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    send("甲.xlsx", *seed[:2])
    send("乙.xlsx", changed(seed[1], agency="和政县教育局", department="和政县教育局（105001）"))
    merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    sheet = load_workbook("汇总.xlsx", data_only=True)["汇总表"]
    total = row_of(sheet, "合计")
    assert [(one.value, one.fill.fgColor.rgb[-6:]) for one in total[7:9]] == [(None, "FFEB9C")] * 2
    assert "黄色空着的合计：1 个单位没有整体表" in "".join(texts(sheet))


def test_what_a_department_states_of_all_its_agencies_is_not_added_to_theirs(
    send, seed, changed, tmp_path, monkeypatch
):
    bureau, school = "和政县教育局", "和政县第一中学"

    def project(agency, name, total):
        funds = {"total_funds": total, "fiscal_funds": total, "carryover_funds": "0", "other_funds": "0"}
        return changed(seed[1], agency=agency, department=bureau, project_name=name, **funds)

    def own(agency, basic, projects, total):
        return changed(seed[0], agency=agency, basic=basic, projects=projects, expenditure_total=total)

    send("学校.xlsx", own(school, "100", "60", "160"), project(school, "校舍维修", "60"))
    send("教育局.xlsx", own(bureau, "500", "100", "600"), project(bureau, "教师培训", "40"))
    monkeypatch.chdir(tmp_path)
    ledger = merging.merge([Path("报送")], Path("汇总.xlsx"))
    sheet = load_workbook("汇总.xlsx")["汇总表"]
    end = row_of(sheet, "合计")
    assert [one.value for one in end[7:9]] == [None, None]
    assert end[3].value.startswith("=ROUND(SUM(")
    said = f"“{bureau}”的整体表像是报的整个部门"
    assert said in "".join(texts(sheet))
    assert said in merging.verdict(ledger)


def test_names_that_look_like_formulas_stay_text(send, seed, changed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name = '=HYPERLINK("http://x","y")'
    send("甲.xlsx", changed(seed[1], project_name=name, agency="=1+1", department="@SUM(A1)"))
    merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    book = load_workbook("汇总.xlsx")
    row = next(book["项目明细"].iter_rows(min_row=3))
    assert [(row[n].value, row[n].data_type) for n in (1, 2, 4)] == [
        ("=1+1", "s"), ("@SUM(A1)", "s"), (name, "s"),
    ]  # fmt: skip


def test_above_fifty_agencies_their_forms_go_beside_it(send, seed, changed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    tables = [changed(seed[1], agency=f"第{n}局", department=f"第{n}局") for n in range(51)]
    send("甲.xlsx", *({**one, "sheet": f"表{n}"} for n, one in enumerate(tables)))
    ledger = merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    assert "51 张单位整体表在旁边的文件夹“汇总_整体”里" in merging.verdict(ledger)
    assert len(list(Path("汇总_整体").iterdir())) == 51
    assert not [one for one in load_workbook("汇总.xlsx").sheetnames if one.startswith("整体_")]
    book = load_workbook("汇总_整体/整体_第7局.xlsx")
    assert [one.title for one in book if one.sheet_state == "visible"] == [
        "整体_第7局"
    ]  # what explains the summary stays there
    assert any("见汇总工作簿的“项目明细”" in one for one in texts(book["整体_第7局"]))


def test_of_too_many_agencies_the_first_page_lists_those_with_most_money_and_a_sheet_all(
    send, seed, changed, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(front, "MOST_AGENCIES", 3)
    monkeypatch.setattr(charts, "MOST_IN_CHART", 2)
    for number, money in enumerate((10, 40, 20, 30)):
        name = f"第{'甲乙丙丁'[number]}局"
        table = changed(
            seed[1], agency=name, department=name, total_funds=str(money), fiscal_funds=str(money)
        )
        send(f"{name}.xlsx", table)
    merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    book, shown = load_workbook("汇总.xlsx"), load_workbook("汇总.xlsx", data_only=True)
    names = [row[0].value for row in book["各单位合计"].iter_rows(min_row=3)]
    assert sorted(names) == ["第丁局", "第丙局", "第乙局", "第甲局"]
    first = next(row[0].row for row in shown["汇总表"].iter_rows() if row[0].value == "单位") + 1
    rows = [[cell.value for cell in row[:4]] for row in shown["汇总表"].iter_rows(first, first + 2)]
    assert rows == [["第乙局", "2024", 1, 40], ["第丁局", "2024", 1, 30], ["合计", None, 4, 100]]
    assert book["汇总表"].cell(first + 2, 4).value == "=ROUND(SUM('各单位合计'!D3:D6),6)"
    assert "各单位合计" in "".join(texts(shown["汇总表"]))
    assert book["各单位合计"]["A3"].hyperlink.location.startswith("'整体_")


def test_links_of_a_ledger_lead_to_the_file_and_the_cell(send, seed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    send("a b#1.xlsx", *seed[1:4])
    merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    sheet = load_workbook("汇总.xlsx")["项目明细"]
    assert sheet["E3"].value == "各统办楼、聚兴广场维修维护"
    link = sheet["F3"].hyperlink
    assert (link.target, link.location) == (r"报送\a%20b%231.xlsx", "'维修维护'!C5")


def test_names_that_look_like_markup_leave_the_summary_whole(send, seed, changed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    send("甲.xlsx", changed(seed[1], project_name="<r>&</r>", agency="<r>&</r>"))
    merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    book = load_workbook("汇总.xlsx")
    assert [book["项目明细"][at].value for at in ("B3", "E3")] == ["<r>&</r>", "<r>&</r>"]
    assert "<r>&</r>" in [cell.value for row in book["汇总表"] for cell in row]


def test_print_set_up_is_a4_one_page_wide_with_headings_repeated(merged):
    for name in ("项目明细", "指标明细", "问题清单", "文件清单"):
        sheet = merged[name]
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$2:$2"


def test_the_output_is_no_input_and_an_old_one_is_kept_unless_forced(send, seed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    send("甲.xlsx", seed[1])
    out = Path("报送/汇总.xlsx")
    first = merging.merge([Path("报送")], out, workers=0)
    with pytest.raises(OutputError, match="已经存在"):
        merging.merge([Path("报送")], out, workers=0)
    again = merging.merge([Path("报送")], out, workers=0, force=True)
    assert [one.path for one in again.files] == [one.path for one in first.files] == ["报送/甲.xlsx"]
    assert "“报送/汇总.xlsx”是汇总的输出" in "".join(again.remarks)


def test_the_same_input_gives_the_same_bytes(send, seed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    send("甲.xlsx", *seed[1:4])
    for name in ("一.xlsx", "二.xlsx"):
        merging.merge([Path("报送")], Path(name), workers=0)
    assert Path("一.xlsx").read_bytes() == Path("二.xlsx").read_bytes()


def test_nothing_to_merge_writes_nothing(send, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("空").mkdir()
    with pytest.raises(UsageError, match="没有文件"):
        merging.merge([Path("空")], Path("汇总.xlsx"), workers=0)
    send("坏.xlsx", data=b"")
    with pytest.raises(JixiaoError, match="没有生成汇总"):
        merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    assert not Path("汇总.xlsx").exists()


def test_a_preferred_file_that_takes_no_part_is_said(send, seed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    send("甲.xlsx", seed[1])
    with pytest.raises(UsageError, match="--prefer"):
        merging.merge([Path("报送")], Path("汇总.xlsx"), prefer=[Path("乙.xlsx")], workers=0)


def test_a_preferred_folder_counts_as_its_files(send, seed, changed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    send("旧/水费.xlsx", seed[2], day=1)
    send("新/水费.xlsx", changed(seed[2], total_funds="55"), day=2)
    ledger = merging.merge([Path("报送")], Path("汇总.xlsx"), prefer=[Path("./报送/旧")], workers=0)
    assert merging.merge_report(ledger)["totals"]["total_funds"] == "50"


def test_the_report_of_read_and_check_is_the_contracts(send, seed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    send("甲.xlsx", seed[6])
    send("坏.xlsx", data=b"")
    report = merging.files_report(merging.run(merging.find([Path("报送")]), workers=0))
    bad, good = report["files"]
    assert (bad["status"], bad["code"], bad["documents"]) == ("rejected", "empty", [])
    (document,) = good["documents"]
    assert (document["form"], document["edition"], document["range"], document["money"]) == (
        "project_target", "gs-2024", "A1:E22", "万元",
    )  # fmt: skip
    assert document["cells"]["/project_name"] == "B3"
    assert set(document["findings"][0]) == {
        "rule", "severity", "cell", "pointer", "message", "suggestion", "basis", "fix", "reason",
    }  # fmt: skip
    assert "UN05" in {one["rule"] for one in document["not_checked"]}
    counted = sum(report["totals"][severity] for severity in ("error", "warning", "hint"))
    assert (report["totals"]["files"], report["totals"]["documents"], counted) == (
        2,
        1,
        len(document["findings"]),
    )


def test_sums_that_lack_an_amount_say_so_beside_every_figure(send, seed, changed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    send("甲.xlsx", changed(seed[1], fiscal_funds=None, other_funds="约3"))
    send("乙.xlsx", changed(seed[1], agency="乙局", department="乙局"))
    ledger = merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    assert "1 个项目的当年财政拨款、1 个项目的其他资金空白或不是数，没有计入合计" in merging.verdict(ledger)
    book = load_workbook("汇总.xlsx")
    sheet = book["汇总表"]
    for name in ("合计", "机关事务管理局"):
        row = row_of(sheet, name)
        tints = [cell.fill.fgColor.rgb == "FFFFEB9C" for cell in row[3:7]]
        assert tints == [False, True, False, True]
    assert not any(cell.fill.fgColor.rgb == "FFFFEB9C" for cell in row_of(sheet, "乙局")[3:7])
    assert "黄色的合计不全" in "".join(texts(sheet))
    column = next(cell.column for cell in book["主管部门"][2] if "空白" in str(cell.value))
    told = [row[column - 1].value for row in book["主管部门"].iter_rows(min_row=3)]
    assert sorted(map(str, told)) == ["None", "当年财政拨款 1 个，其他资金 1 个"]


def test_the_verdict_counts_agencies_not_their_years(send, seed, changed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    send("甲.xlsx", seed[1], changed(seed[2], year=2025))
    ledger = merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    assert "计入 1 个单位、2 个项目" in merging.verdict(ledger)
    book = load_workbook("汇总.xlsx")
    assert "合计（2 个年度相加）" in texts(book["汇总表"])
    assert book["主管部门"]["A1"].value == "各主管部门合计（共 1 个）"
    assert book["主管部门"].max_row == len(["标题", "表头", "2024", "2025"])


def test_of_an_own_table_alone_the_projects_sum_stays_blank(send, seed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    send("整体.xlsx", seed[0])
    ledger = merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    assert "没有收到项目表，年度资金总额未知" in merging.verdict(ledger)
    sheet = load_workbook("汇总.xlsx")["汇总表"]
    assert [cell.value for cell in row_of(sheet, "和政县机关事务管理局")][2:7] == [0, None, None, None, None]


def test_the_verdict_sends_nobody_to_a_finding_that_is_not_there(send, seed, changed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    send("甲.xlsx", seed[1])
    send("坏.xlsx", data=b"")
    told = merging.verdict(merging.merge([Path("报送")], Path("一.xlsx"), workers=0))
    assert ("“文件清单”" in told, "CS01" in told) == (True, False)
    send("坏.xlsx", changed(seed[1], total_funds="7"), day=9)
    told = merging.verdict(merging.merge([Path("报送")], Path("二.xlsx"), workers=0))
    assert ("请先看“文件清单”" in told, "CS01" in told) == (False, True)


def lots(changed, table, count):
    """Return a table for each of so many agencies, each with more money than the one before."""
    return [
        changed(
            {**table, "sheet": f"表{n}"},
            agency=f"第{n}局",
            department=f"第{n}局",
            total_funds=f"{n}",
            fiscal_funds=f"{n}",
        )
        for n in range(1, count + 1)
    ]


@pytest.mark.parametrize("count", [1, 2, 5, 10, 14, 25])
def test_no_chart_is_cut_by_the_end_of_a_printed_page(send, seed, changed, tmp_path, monkeypatch, count):  # noqa: PLR0917 - fixtures
    monkeypatch.chdir(tmp_path)
    send("甲.xlsx", *lots(changed, seed[1], count))
    merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    sheet = load_workbook("汇总.xlsx")["汇总表"]
    begins = {one.id for one in sheet.row_breaks.brk}
    for row, last in sorted({(one.anchor._from.row, one.anchor.to.row) for one in sheet._charts}):
        top = max((one for one in begins if one <= row), default=0)
        end = sum(sheet.row_dimensions[one + 1].height or 15 for one in range(top, last + 1))
        assert end <= 560
        beside = [cell.row for cells in sheet for cell in cells if cell.value is not None]
        assert not any(row < one <= last for one in beside)


def test_headings_of_agencies_on_several_pages_are_repeated_and_nothing_stands_below_them(
    send, seed, changed, tmp_path, monkeypatch
):
    """What is repeated is repeated until the sheet ends, also above charts and other lists."""
    monkeypatch.chdir(tmp_path)
    send("甲.xlsx", *lots(changed, seed[1], 25))
    merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    sheet = load_workbook("汇总.xlsx")["汇总表"]
    head = max(row[0].row for row in sheet.iter_rows() if row[0].value == "单位")
    assert sheet.print_title_rows == f"${head}:${head}"
    assert row_of(sheet, "合计")[0].row == sheet.max_row
    assert max(one.anchor._from.row for one in sheet._charts) < head
    assert head - 2 in {one.id for one in sheet.row_breaks.brk}


def test_long_names_leave_room_for_the_bars_beside_them(send, seed, changed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    long = "人居环境整治与乡村振兴协调服务中心（加挂牌子）"
    for name in "甲乙":
        send(f"{name}.xlsx", changed(seed[1], agency=f"{name}县{long}", department=f"{name}县{long}"))
    merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    sheet = load_workbook("汇总.xlsx")["汇总表"]
    for chart in sheet._charts:
        names = chart.series[0].cat.strRef or chart.series[0].cat.numRef
        cells = [one for row in sheet[names.f.rpartition("!")[2]] for one in row]
        assert all(len(str(one.value)) <= 25 for one in cells)


def test_the_sources_of_a_unit_form_begin_a_page_of_their_own_where_they_do_not_fit(merged):
    sheet = merged["整体_和政县机关事务管理局"]
    first = next(row[0].row for row in sheet.iter_rows() if str(row[0].value).startswith("数据来源"))
    assert [one.id for one in sheet.row_breaks.brk] == [first - 1]
    assert not sheet.print_title_rows


def test_every_bar_of_a_full_chart_has_its_name_in_letters_that_fit(
    send, seed, changed, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    for count, size in ((5, None), (25, 800)):
        send("甲.xlsx", *lots(changed, seed[1], count))
        merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0, force=True)
        (chart,) = (one for one in load_workbook("汇总.xlsx")["汇总表"]._charts if "各单位" in title(one))
        axis = chart.x_axis  # of names, whatever its side
        assert axis.tickLblSkip == 1
        assert (axis.txPr and axis.txPr.p[0].pPr.defRPr.sz) == size


@pytest.mark.parametrize(("count", "step"), [(1, 1), (25, None)])
def test_faults_are_counted_in_whole_numbers(send, seed, changed, tmp_path, monkeypatch, count, step):  # noqa: PLR0917 - fixtures
    """A scale that a program finds fit for three faults counts 0.5, 1, 1.5."""
    monkeypatch.chdir(tmp_path)
    send("甲.xlsx", *lots(changed, seed[1], count))
    merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    (chart,) = (one for one in load_workbook("汇总.xlsx")["汇总表"]._charts if "问题" in title(one))
    assert chart.y_axis.majorUnit == step


def title(chart):
    return "".join(run.t for part in chart.title.tx.rich.p for run in part.r)


def test_the_lists_behind_charts_have_the_most_first_and_tell_whose_a_project_is(
    send, seed, changed, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    tables = lots(changed, seed[1], 25)
    tables[24] = changed(tables[24], project_name=f"很\n{'很' * 60}")
    send("甲.xlsx", *tables)
    merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    sheet = load_workbook("汇总.xlsx")["汇总表"]
    head = row_of(sheet, "项目")[0].row
    first, second = ([cell.value for cell in row[:5]] for row in sheet.iter_rows(head + 1, head + 2))
    assert first == [f"很 {'很' * 9}…，第25局", "2024", None, 25, "第25局"]
    assert second[3] == 24
    most = next(cell.row for cell in sheet["A"] if str(cell.value).startswith("项目资金最多的 20 个"))
    assert [sheet.cell(most + 2 + n, 1).value for n in (0, 19)] == ["第25局", "第6局"]


def test_a_printed_row_that_was_left_blank_is_no_indicator(send, gather, seed, changed, tmp_path):
    """Reading keeps an official row with nothing in it, so that it can be told as blank; nobody set an indicator there."""
    rows = seed[1]["values"]["indicators"]
    blank = dict.fromkeys(("name", "target", "operator", "value", "measure"))
    send("甲.xlsx", changed(seed[1], indicators=[*rows[:3], *({**one, **blank} for one in rows[3:])]))
    report = gather()
    assert report["totals"]["indicators"] == 3
    assert [one["name"] for one in report["indicators"]] == [one["name"] for one in rows[:3]]
    merging.merge([Path("报送")], tmp_path / "汇总.xlsx", workers=0)
    book = load_workbook(tmp_path / "汇总.xlsx")
    assert [row[9].value for row in book["项目明细"].iter_rows(min_row=3)] == [3]
    assert book["指标明细"]["A1"].value == "指标明细（共 3 条指标）"
    assert [row[5].value for row in book["指标明细"].iter_rows(min_row=3)] == [
        one["name"] for one in rows[:3]
    ]
