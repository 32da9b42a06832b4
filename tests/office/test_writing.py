"""A page becomes a workbook: what is in the file, part by part, and what is refused."""

import io
import os
import re
import subprocess
import sys
import zipfile
from datetime import datetime

import openpyxl
import pytest

from jixiao import choices, forms
from jixiao.drawing import draw
from jixiao.errors import OutputError
from jixiao.model import Area, Box, Chart, Dropdown, NamedList, NumberCheck, Page, Prompt, Spot
from jixiao.office import writing
from jixiao.office.styles import STYLES
from jixiao.office.writing import workbook

PROJECT = forms.find("project_target", "gs-2024")
AGENCY = forms.find("agency_overall", "gs-2024")
TRAPS = ["=1+1", '=HYPERLINK("http://a")', "+1", "-1", "@SUM(A1)", "http://example.org", "007", "1e5", "{=1}",
         " 前后空格 ", "两\n行", "_x0041_", "a\x01b", "<&>\"'", "TRUE", "😀", "internal:A1",
         "<r>&</r>", "<r><t>字</t></r>"]  # fmt: skip


def cell(at: str, value, style="text", **more) -> Box:
    row, column = Spot.of(at)
    return Box(Area(row, column, row, column), value, style, **more)


def page(*boxes: Box, **more) -> Page:
    return Page(sheet="表", widths=(20, 20), boxes=boxes, **more)


def opened(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def first_sheet(data: bytes) -> str:
    return part(data, "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("text", TRAPS)
def test_text_stays_text_to_the_letter(text):
    """No formula, no link, no number is ever made of a text."""
    data = workbook([page(cell("A1", text), Box(Area(1, 0, 1, 1), text, "input"))])
    sheet = opened(data).active
    for at in ("A1", "A2"):
        assert (sheet[at].data_type, sheet[at].hyperlink) == ("s", None)
        assert openpyxl.utils.escape.unescape(sheet[at].value) == text or sheet[at].value == text
    assert "<f>" not in first_sheet(data)


def test_numbers_blanks_and_formulas_with_their_cached_value():
    data = workbook([
        page(cell("A1", 1.5, "money"), cell("A2", None, "money"), cell("B1", 3, "input_sum", formula="=SUM(A1,1.5)"),
             cell("B2", "", "input_sum", formula='=IF(COUNT(A2)=0,"",A2)'))
    ])  # fmt: skip
    rows = re.findall(r"<c r=\"(\w+)\"[^>]*?(?: t=\"(\w+)\")?(?:/>|>(.*?)</c>)", first_sheet(data))
    assert rows == [
        ("A1", "", "<v>1.5</v>"),
        ("B1", "", "<f>SUM(A1,1.5)</f><v>3</v>"),
        ("A2", "", ""),
        ("B2", "str", '<f>IF(COUNT(A2)=0,"",A2)</f><v></v>'),
    ]


def test_the_same_pages_are_the_same_bytes_in_another_process_and_time_zone():
    code = (
        "import sys, hashlib; from jixiao import forms; from jixiao.drawing import draw;"
        "from jixiao.office.writing import workbook;"
        "print(hashlib.sha256(workbook([draw(f, f.edition + f.form[:3]) for f in forms.catalogue()])).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}, capture_output=True,
            text=True, check=True,
        ).stdout
        for zone, seed in (("Asia/Shanghai", "1"), ("America/New_York", "2"))
    }  # fmt: skip
    assert len(found) == 1


def test_every_part_is_dated_alike_and_the_saved_time_is_the_given_one():
    noon = datetime(2026, 3, 1, 12)  # noqa: DTZ001 - the file's time has no zone
    data = workbook([draw(PROJECT, "表")], title="绩效", saved=noon)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = opened(data).properties
    assert (properties.title, properties.modified) == ("绩效", noon)


def test_stamps_stand_in_three_places():
    pages = [draw(PROJECT, "甲"), draw(PROJECT, "乙"), draw(AGENCY, "整体"), page(cell("A1", "说明"))]
    book = opened(workbook(pages))
    both = "project_target@gs-2024;agency_overall@gs-2024"
    assert book.defined_names["jixiao_template"].value == f'"{both}"'
    assert book.custom_doc_props["JixiaoTemplate"].value == both
    assert list(book["_jixiao"].values) == [
        ("sheet", "form", "edition"),
        ("甲", "project_target", "gs-2024"),
        ("乙", "project_target", "gs-2024"),
        ("整体", "agency_overall", "gs-2024"),
    ]
    assert book["_jixiao"].sheet_state == book["_jixiao_lists"].sheet_state == "veryHidden"


def test_lists_of_several_vocabularies_stand_side_by_side():
    book = opened(workbook([draw(PROJECT, "甲"), draw(PROJECT, "乙"), draw(AGENCY, "整体")]))
    names = {name: one.value for name, one in book.defined_names.items() if name.startswith("jx_")}
    last = len(choices.named_library(PROJECT.words())[0].words)
    assert names == {
        "jx_p21_1": "_jixiao_lists!$A$1:$A$4",
        "jx_p21_p": "_jixiao_lists!$B$1:$B$10",
        "jx_p21_c": "_jixiao_lists!$C$1:$C$10",
        "jx_p21_k0": f"_jixiao_lists!$D$1:$D${last}",
        "jx_p21_n0": f"_jixiao_lists!$E$1:$E${last}",
        "jx_ga_1": "_jixiao_lists!$F$1:$F$3",
        "jx_ga_p": "_jixiao_lists!$G$1:$G$3",
        "jx_ga_c": "_jixiao_lists!$H$1:$H$3",
    }
    assert [one[0].value for one in book["_jixiao_lists"]["H1:H3"]] == ["计划制定", "目标设定", "预算编制"]


def test_a_page_without_lists_and_stamp_brings_no_hidden_sheet():
    assert opened(workbook([page(cell("A1", "一"))])).sheetnames == ["表"]


def test_labels_are_locked_and_input_cells_are_not():
    sheet = opened(workbook([draw(PROJECT, "表", {"year": 2026})])).active
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert (sheet.protection.formatColumns, sheet.protection.formatRows) == (False, False)
    locked = {
        at: sheet[at].protection.locked for at in ("A1", "A2", "A3", "B3", "C5", "C6", "B9", "B13", "E30")
    }
    assert locked == {
        "A1": True, "A2": True, "A3": True, "B3": False, "C5": False, "C6": False, "B9": False, "B13": False, "E30": False,
    }  # fmt: skip
    assert (sheet["B3"].number_format, sheet["C6"].number_format) == ("@", "#,##0.00####")


def test_every_cell_of_a_merged_area_has_its_border():
    sheet = opened(workbook([draw(PROJECT, "表")])).active
    assert {sheet[at].border.right.style for at in ("E3", "E5", "A17", "B14")} == {"thin"}


def test_the_sheet_prints_on_a4_in_width():
    sheet = opened(workbook([draw(PROJECT, "表")])).active
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_area == "'表'!$A$1:$E$30"
    assert sheet.print_title_rows == "$12:$12"
    assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert sheet.print_options.horizontalCentered
    assert not sheet.sheet_view.showGridLines


def test_spare_rows_are_grouped_and_stay_visible():
    sheet = opened(workbook([draw(PROJECT, "表")])).active
    assert {row for row, one in sheet.row_dimensions.items() if one.outlineLevel == 1} == {
        16,
        17,
        21,
        22,
        26,
        27,
        29,
        30,
    }
    assert not any(one.hidden for one in sheet.row_dimensions.values())


def test_landscape_frozen_rows_and_filter():
    sheet = opened(
        workbook([page(cell("A1", "一"), landscape=True, frozen=1, filtered=Area(0, 0, 5, 1))])
    ).active
    assert (sheet.page_setup.orientation, sheet.freeze_panes, sheet.auto_filter.ref) == (
        "landscape",
        "A2",
        "A1:B6",
    )


def test_a_dependent_list_refuses_also_while_its_parent_is_blank():
    rules = opened(workbook([draw(PROJECT, "表")])).active.data_validations.dataValidation
    second = [rule for rule in rules if rule.promptTitle == "二级指标"]
    assert {(rule.allowBlank, rule.showErrorMessage) for rule in second} == {(False, True)}
    money = next(rule for rule in rules if str(rule.sqref) == "C6:E6")
    assert (money.type, money.operator, money.formula1, money.showErrorMessage) == (
        "decimal", "greaterThanOrEqual", "0", True,
    )  # fmt: skip


def test_a_free_list_lets_other_words_pass():
    rules = opened(workbook([draw(AGENCY, "表")])).active.data_validations.dataValidation
    assert {bool(rule.showErrorMessage) for rule in rules if rule.promptTitle == "二级指标"} == {False}


def test_links_show_their_text_and_numbers_keep_theirs():
    data = workbook([
        page(cell("A1", "到汇总", "link", link="internal:'表'!B2"), cell("A2", 3, "number", link="external:甲/a.xlsx#'项 目'!C5"))
    ])  # fmt: skip
    sheet = opened(data).active
    assert (sheet["A1"].value, sheet["A1"].hyperlink.location) == ("到汇总", "'表'!B2")
    assert (sheet["A2"].value, sheet["A2"].hyperlink.location) == (3, "'项 目'!C5")
    assert "甲" in part(data, "xl/worksheets/_rels/sheet1.xml.rels")


def test_beyond_the_limit_a_link_is_its_text(monkeypatch):
    """Excel repairs a sheet with more than 65,530 links, and one with a link that is too long."""
    monkeypatch.setattr(writing, "_MOST_LINKS", 2)
    boxes = [cell(f"A{row}", f"第{row}行", "link", link="internal:'表'!B2") for row in range(1, 5)]
    far = cell("B1", "远", "link", link="external:" + "a" * 3000)
    sheet = opened(workbook([page(far, *boxes)])).active
    assert [bool(sheet[f"A{row}"].hyperlink) for row in range(1, 5)] == [True, True, False, False]
    assert sheet["A4"].value == "第4行"
    assert (sheet["B1"].value, sheet["B1"].hyperlink) == ("远", None)


def test_a_chart_is_native_and_names_its_cells():
    data = workbook([
        page(cell("A1", "甲"), cell("B1", 1, "number"), charts=(
            Chart(Spot(3, 0), "各单位", Area(0, 0, 0, 0), Area(0, 1, 0, 1)),
        ))
    ])  # fmt: skip
    chart = part(data, "xl/charts/chart1.xml")
    assert "<c:barChart>" in chart
    assert "<c:v>甲</c:v>" in chart
    assert "各单位" in chart


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (page(cell("B2", "长" * 32768)), ["表!B2", "32768", "请缩短"]),
        (page(cell("B2", "😀" * 16384)), ["表!B2", "32768", "请缩短"]),
        (page(cell("B2", "半\ud800个")), ["表!B2", "第 2 个", "请删除"]),
        (page(Box(Area(2_000_000, 0, 2_000_000, 0), "一", "text")), ["表!A2000001", "请"]),
        (page(dropdowns=(Dropdown(Area(0, 0, 0, 0), ("一" * 200, "二" * 200)),)), ["表!A1", "太长"]),
        (page(prompts=(Prompt(Area(0, 0, 0, 0), "题", "长" * 256),)), ["表!A1", "太长"]),
        (page(numbers=(NumberCheck(Area(0, 0, 0, 0), "题" * 33, "一", "二"),)), ["表!A1", "太长"]),
    ],
)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_what_excel_cannot_hold_is_refused_in_words(bad, words):
    """XlsxWriter answers with a number and writes on; we do not."""
    with pytest.raises(OutputError) as error:
        workbook([bad])
    for word in words:
        assert word in str(error.value)


def test_the_longest_text_fits():
    assert opened(workbook([page(cell("A1", "长" * 32767))])).active["A1"].value == "长" * 32767


def test_styles_that_other_rooms_use_are_there():
    used = {"title", "caption", "label", "input", "input_center", "money", "input_sum", "text", "header", "wrapped",
            "center", "number", "money_plain", "link", "error", "warning", "hint", "total"}  # fmt: skip
    assert used <= set(STYLES)
    workbook([page(*(cell(f"A{row}", "一", style) for row, style in enumerate(STYLES, start=1)))])


def test_lists_are_shared_by_name():
    words = NamedList("jx_t_1", ("一", "二"))
    pages = [page(lists=(words,)), Page(sheet="乙", widths=(9,), boxes=(), lists=(words,))]
    assert list(opened(workbook(pages))["_jixiao_lists"].values) == [("一",), ("二",)]
