"""Every button, from a script: a real LibreOffice, real tables, answers given beforehand."""

import contextlib
import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw
from openpyxl.worksheet.datavalidation import DataValidation

from jixiao import annotating, buttons, demo, forms, ribbon, rules, settings
from jixiao.errors import JixiaoError
from jixiao.merging import running, sources
from jixiao.office import excel, home, saving, traces
from jixiao.office.excel import Desk, Given, calc, paging, programs
from jixiao.office.libreoffice import register

WORKBOOKS = demo.workbooks()
WATER = "1-维修与水费.xlsx"


@pytest.fixture(scope="module")
def app():
    register()
    with xw.App(visible=False, add_book=False) as started:
        yield started


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))


@pytest.fixture(autouse=True)
def closing(app):
    yield
    for book in list(app.books):
        book.close()


@pytest.fixture
def desk(app, tmp_path):
    """Return `desk(*answers)`: the water workbook open in a folder of its own, and what the script answers."""

    def act(*answers, data=WORKBOOKS[WATER], name=WATER, **more):
        path = tmp_path / name
        path.write_bytes(data)
        return Desk(app, app.books.open(str(path)), Given(*answers, **more))

    return act


def again(desk, *answers, **more):
    return Desk(desk.app, desk.book, Given(*answers, **more))


def written(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def spoiled():
    """The water workbook with spaces that a fix takes out."""
    book = openpyxl.load_workbook(io.BytesIO(WORKBOOKS[WATER]))
    sheet = book.worksheets[0]
    sheet["B3"] = f"  {sheet['B3'].value} "
    return written(book)


def test_every_button_has_its_function_and_every_function_its_button():
    own = {name for name, found in vars(ribbon).items() if callable(found) and hasattr(found, "__wrapped__")}
    assert own == set(buttons.ids())


@pytest.mark.parametrize(
    "name", sorted(set(buttons.ids()) - {"new_table", "merge_folder", "show_rules", "about"})
)
def test_without_a_workbook_every_button_says_what_to_do(app, name):
    with pytest.raises(JixiaoError, match="受保护的视图"):
        getattr(ribbon, name)(Desk(app, None, Given()))


@pytest.mark.parametrize("name", ["check_sheet", "check_book", "apply_fixes", "add_dropdowns"])
def test_without_a_table_of_ours_the_sentence_names_sheet_or_book(app, name):
    book = app.books.add()
    book.sheets[0]["A1"].value = "会议纪要"
    with pytest.raises(JixiaoError, match="没有认出绩效目标表"):
        getattr(ribbon, name)(Desk(app, book, Given()))
    assert [sheet.name for sheet in book.sheets] == ["Sheet1"]


def test_checking_says_marks_and_lists(desk):
    here = desk()
    here.book.sheets["水费"].activate()
    said = ribbon.check_sheet(here)
    assert said.startswith("本表：错误 ")
    assert {one.sheet for one in excel.state(here.book)} == {"水费"}
    assert here.book.sheets["校验结果"]["A1"].value.startswith("校验结果")
    assert here.book.sheets.active.name == "水费"
    book_said = ribbon.check_book(here)
    assert book_said.startswith("全簿：")
    assert {one.sheet for one in excel.state(here.book)} == {"水费", "维修维护"}
    assert "与上次校验相比：已解决 0 处" in ribbon.check_book(here)


def test_what_changes_nothing_leaves_no_workbook_to_be_saved(desk, tmp_path):
    here = desk(data=foreign())
    ribbon.add_dropdowns(here)
    ribbon.check_sheet(here)
    here.book.save()
    path, program = here.book.fullname, programs.of(here.app)
    for name, answers in (
        ("add_dropdowns", ()),
        ("apply_fixes", (None,)),
        ("keep_with_reason", ()),
        ("pick_indicator", ()),
        ("next_finding", ()),
        ("export_pdf", (tmp_path / "表.pdf",)),
    ):
        at(here, "A1", here.book.sheets.active.name)
        getattr(ribbon, name)(again(here, *answers))
        assert program.is_saved(here.book), name
    here.book.sheets.active["J9"].value = 1
    ribbon.export_pdf(again(here, tmp_path / "又.pdf"))
    assert not program.is_saved(here.book)
    assert here.book.fullname == path


def test_a_check_that_is_refused_leaves_no_workbook_to_be_saved(desk):
    book = openpyxl.Workbook()
    book.active["A1"] = "会议纪要"
    here = desk(data=written(book))
    with pytest.raises(JixiaoError):
        ribbon.check_sheet(here)
    assert programs.of(here.app).is_saved(here.book)


def test_a_protected_sheet_that_took_no_marks_has_no_earlier_state_and_its_page_is_pointed_to(desk):
    here = desk(data=foreign())
    here.book.sheets.active.api.protect("密码")
    for _ in range(2):
        said = ribbon.check_sheet(here)
        assert "受保护，格子上没有标记" in said
        assert "与上次校验相比" not in said
    assert "问题都列在“校验结果”页" in ribbon.next_finding(here)
    assert ribbon.clear_marks(here) == "格子上没有校验标记，“校验结果”页已经去掉。"
    assert ribbon.next_finding(here).startswith("没有校验标记。")


def test_findings_in_merged_cells_are_still_there_at_the_second_check(desk):
    here = desk(data=foreign())
    sheet = here.book.sheets.active
    sheet["D15"].value = "提高" * 3
    sheet["D14:D15"].api.merge(True)  # noqa: FBT003 - UNO knows no keywords
    said = ribbon.check_sheet(here)
    assert {one.cell for one in excel.state(here.book)} & {"D14", "D15"}
    assert since(ribbon.check_sheet(here))[:2] == (0, 0), said


def test_a_mended_cell_counts_as_solved(desk):
    here = desk(data=spoiled())
    ribbon.check_sheet(here)
    here.book.sheets[0]["B3"].value = here.book.sheets[0]["B3"].value.strip()
    said = ribbon.check_sheet(here)
    assert "已解决 1 处，新增 0 处" in said


def test_sums_are_what_their_parts_give_also_on_sheets_that_are_not_in_front(desk):
    """Law: a click never judges a total that was calculated before the last edit."""
    here = desk(data=foreign())
    first, water = here.book.sheets["维修维护"], here.book.sheets["水费"]
    water["C6"].formula = "='维修维护'!C6*2"
    ribbon.check_book(here)
    before = [(one.sheet, one.cell) for one in excel.state(here.book) if "FI01" in one.rules]
    first["C6"].value = 33
    ribbon.check_book(here)
    assert [(one.sheet, one.cell) for one in excel.state(here.book) if "FI01" in one.rules] == before
    with excel.Quiet(here.app, here.book):
        rows = {grid.sheet: grid.rows for grid in excel.read(here.book).grids}
    assert (rows["维修维护"][4][2], rows["水费"][4][2], rows["水费"][5][2]) == (33, 66, 66)


def since(said):
    return tuple(map(int, re.search(r"已解决 (\d+) 处，新增 (\d+) 处，仍在 (\d+) 处", said).groups()))


def test_a_sheet_that_was_not_checked_has_no_earlier_state(desk):
    """Law: only what was checked before can be new; a sheet without findings was checked all the same."""
    here = desk()
    here.book.sheets["维修维护"].activate()
    first = ribbon.check_sheet(here)
    whole = ribbon.check_book(here)
    assert since(whole) == (0, 0, sum(severities(first)))
    assert "工作表“水费”没有上次的结果可比，不算在内" in whole
    assert since(ribbon.check_book(here)) == (0, 0, sum(severities(whole)))
    ribbon.clear_marks(here)
    ribbon.check_sheet(here)
    here.book.sheets["水费"].activate()
    assert "与上次校验相比" not in ribbon.check_sheet(here)
    assert since(ribbon.check_book(here)) == (0, 0, sum(severities(whole)))


def test_a_saved_check_of_one_sheet_is_no_check_of_the_others(desk, tmp_path):
    here = desk()
    said = ribbon.check_sheet(here)
    here.book.save()
    read = list(running.run(sources.find([tmp_path / WATER]), workers=0))
    (line,) = annotating.copies(read, tmp_path / "注", force=False)
    assert since(line) == (0, 0, sum(severities(said)))


def test_words_and_counts_agree_where_a_rule_finds_several_things_in_one_cell(desk, tmp_path):
    """Every field that the table lacks is a finding at its title: all of them are still there, and solved one by one."""
    book = openpyxl.Workbook()
    for line in (
        ("项目支出绩效目标表",),
        ("（2026年度）",),
        ("项目名称", "城市绿化"),
        ("主管部门", "某区城管局", None, "实施单位", "某区园林处"),
        ("年度目标", "绿化养护"),
        ("绩效指标", "一级指标", "二级指标", "指标名称", "本年计划"),
        (None, "产出指标", "数量指标", "养护面积", "≥100万平方米"),
        (None, None, "质量指标", "苗木成活率", "≥95%"),
        (None, "效益指标", "生态效益指标", "绿化覆盖率", "≥40%"),
    ):
        book.active.append(line)
    here = desk(data=written(book))
    count = sum(severities(ribbon.check_sheet(here)))
    assert count > len({(one.cell, rule) for one in excel.state(here.book) for rule in one.rules})
    assert since(ribbon.check_sheet(here)) == (0, 0, count)
    here.book.sheets[0]["D3"].value = "项目属性"
    here.book.sheets[0]["E3"].value = "新增项目"
    solved, new, still = since(said := ribbon.check_sheet(here))
    assert solved > 0
    assert (solved + still, new + still) == (count, sum(severities(said)))
    here.book.save()
    (line,) = annotating.copies(
        list(running.run(sources.find([tmp_path / WATER]), workers=0)), tmp_path / "注", force=False
    )
    assert since(line) == (0, 0, new + still)


def test_clearing_leaves_the_workbook_as_it_was(desk):
    here = desk()
    names = [sheet.name for sheet in here.book.sheets]
    ribbon.check_book(here)
    count = len(excel.state(here.book))
    assert ribbon.clear_marks(here) == f"已清除 {count} 处标记，底色和批注恢复原样。"
    assert [sheet.name for sheet in here.book.sheets] == names
    assert ribbon.clear_marks(here) == "这个工作簿里没有校验标记。"


def test_a_copied_mark_goes_with_the_others_and_a_sentence_says_so(desk):
    here = desk(data=foreign())
    ribbon.check_book(here)
    one = next(one for one in excel.state(here.book) if one.sheet == "水费")
    water = here.book.sheets["水费"]
    water[one.cell].copy(water["J3"])
    water.copy(after=water)
    twin = next(sheet for sheet in here.book.sheets if sheet.name.startswith("水费") and sheet.name != "水费")
    said = ribbon.clear_marks(here)
    assert "格的标记是连同格子或工作表复制过来的，已经去掉" in said
    for cells in (water["J3"], twin["J3"], twin[one.cell]):
        assert (cells.color, cells.note) == (None, None)
    assert ribbon.clear_marks(here) == "这个工作簿里没有校验标记。"


def test_a_copied_mark_is_no_fill_of_the_persons_at_the_next_check(desk):
    here = desk(data=foreign())
    ribbon.check_sheet(here)
    sheet = here.book.sheets.active
    marked = excel.state(here.book)[0].cell
    sheet[marked].copy(sheet["J3"])
    assert "另有 1 格的标记是连同格子" in ribbon.check_sheet(here)
    assert (sheet["J3"].color, sheet["J3"].note) == (None, None)


@pytest.mark.parametrize("name", sorted(set(buttons.ids()) - {"new_table", "merge_folder", "about"}))
def test_in_print_preview_every_button_says_to_close_it(desk, name):
    here = desk()
    frame = here.book.api.getCurrentController().getFrame()
    helper = here.app.impl.office.create("com.sun.star.frame.DispatchHelper")
    helper.executeDispatch(frame, ".uno:PrintPreview", "", 0, ())
    with pytest.raises(JixiaoError, match="请先关闭打印预览"):
        getattr(ribbon, name)(here)


def test_a_read_only_workbook_is_judged_and_left_alone(app, tmp_path):
    """LibreOffice changes nothing in a workbook that is open for reading; the findings are told all the same."""
    path = tmp_path / "只读.xlsx"
    path.write_bytes(WORKBOOKS[WATER])
    book = app.books.open(str(path), read_only=True)
    said = ribbon.check_book(Desk(app, book, Given()))
    assert "只读" in said
    assert "维修维护!" in said
    assert excel.state(book) is None
    assert path.read_bytes() == WORKBOOKS[WATER]


@pytest.mark.parametrize("name", ["apply_fixes", "add_dropdowns", "pick_indicator", "undo"])
def test_a_read_only_workbook_is_not_changed_and_a_sentence_says_so(app, tmp_path, name):
    path = tmp_path / "只读.xlsx"
    path.write_bytes(spoiled())
    book = app.books.open(str(path), read_only=True)
    before = book.sheets[0]["B3"].value
    with pytest.raises(JixiaoError, match="只读方式打开的，没有改动"):
        getattr(ribbon, name)(Desk(app, book, Given(0)))
    assert book.sheets[0]["B3"].value == before


def test_a_million_rows_elsewhere_do_not_stop_the_active_sheet(desk):
    here = desk(data=foreign())
    here.book.sheets["维修维护"].range("A1000000").value = "远"
    here.book.sheets["水费"].activate()
    assert ribbon.check_sheet(here).startswith("本表：")
    with pytest.raises(JixiaoError, match=r"“维修维护”的内容一直到 .*1000000"):
        ribbon.check_book(here)


@pytest.mark.parametrize(
    ("room", "step"),
    [
        (calc, "add_note"),
        (calc, "fill"),
        (calc, "hide"),
        (calc, "finish"),
        (paging, "_apply"),
        (paging, "_rows"),
    ],
)
@pytest.mark.parametrize("times", [0, 1])
def test_after_an_error_in_the_middle_the_next_clicks_work_and_clearing_leaves_nothing(
    desk, monkeypatch, room, step, times
):
    """Law: whatever a check left half done, the next one takes over, and 清除标记 takes away."""
    here = desk(data=foreign())
    names = [sheet.name for sheet in here.book.sheets]

    def fails(*_):
        raise ZeroDivisionError

    for _ in range(times):
        ribbon.check_book(here)
    with monkeypatch.context() as broken:
        broken.setattr(room, step, fails)
        if (step, times) == ("hide", 1):  # hidden already, so nothing fails
            ribbon.check_book(here)
        else:
            with pytest.raises(ZeroDivisionError):
                ribbon.check_book(here)
    assert "受保护" not in ribbon.check_book(here)
    assert [sheet.name for sheet in here.book.sheets if sheet.visible] == [*names, "校验结果"]
    with monkeypatch.context() as broken:
        broken.setattr(room, step, fails)
        with contextlib.suppress(ZeroDivisionError):
            ribbon.check_book(here)
    ribbon.clear_marks(here)
    assert [sheet.name for sheet in here.book.sheets] == names


def test_an_office_that_dies_is_one_sentence(tmp_path):
    path = tmp_path / "表.xlsx"
    path.write_bytes(WORKBOOKS[WATER])
    app = xw.App(visible=False, add_book=False)
    here = Desk(app, app.books.open(str(path)), Given())
    app.kill()
    with pytest.raises(JixiaoError, match="没有回应"):
        ribbon.check_sheet(here)
    assert path.read_bytes() == WORKBOOKS[WATER]


def at(desk, cell, sheet="维修维护"):
    desk.book.sheets[sheet].activate()
    desk.book.sheets[sheet].range(cell).select()
    return desk


def severities(said):
    return [int(one) for one in re.findall(r"(?:错误|警告|提示) (\d+)", said)]


def test_a_warning_is_kept_with_a_reason_changed_and_taken_back(desk):
    """E13 has one warning: explained it loses its mark and its place in the count, and gets them back."""
    here = at(desk("=领导已同意"), "E13")
    before = severities(ribbon.check_sheet(here))
    said = ribbon.keep_with_reason(here)
    assert said.startswith("已保留并说明：维修维护!E13（")
    assert sum(severities(said)) == sum(before) - 1
    assert "另有 1 处已说明" in said
    assert "已解决 0 处，新增 0 处" in said
    assert "E13" not in {one.cell for one in excel.state(here.book)}
    page = here.book.sheets["校验结果"]
    shown = [str(row) for row in page.used_range.value if "已说明" in row]
    assert any("说明：=领导已同意" in row for row in shown)
    assert excel.recorded(here.book)[0].text == "=领导已同意"
    changed = ribbon.keep_with_reason(at(again(here, "财政局已认可"), "E13"))
    assert changed.startswith("已保留并说明")
    assert [one.text for one in excel.recorded(here.book)] == ["财政局已认可"]
    back = ribbon.keep_with_reason(at(again(here, " "), "E13"))
    assert back.startswith("已取消说明")
    assert severities(back) == before
    assert "_jixiao_reasons" not in [sheet.name for sheet in here.book.sheets]


def test_a_reason_too_long_for_the_box_is_not_cut_by_looking_at_it(desk):
    """One recorded by the command can have 500 characters; the box of Excel takes half of it."""
    here = at(desk("长" * 400), "E13")
    ribbon.check_sheet(here)
    ribbon.keep_with_reason(here)
    ribbon.keep_with_reason(at(again(here, "长" * 250), "E13"))
    assert excel.recorded(here.book)[0].text == "长" * 400
    with pytest.raises(JixiaoError, match="理由有 501 个字"):
        ribbon.keep_with_reason(at(again(here, "长" * 501), "E13"))
    assert excel.recorded(here.book)[0].text == "长" * 400


def test_of_several_warnings_at_a_cell_one_is_chosen_and_the_whole_book_is_checked_again(desk):
    here = at(desk(1, "看过"), "B9", "水费")
    ribbon.check_book(here)
    said = ribbon.keep_with_reason(here)
    assert here.dialogs.asked[0].startswith("水费!B9 有 ")
    assert "全簿：" in said
    assert {one.sheet for one in excel.state(here.book)} == {"水费", "维修维护"}
    assert len(excel.recorded(here.book)) == 1


@pytest.mark.parametrize(
    ("cell", "answers", "sentence"),
    [
        ("E14", (), "必须改正，不能只加说明"),
        ("A1", (), "没有可以说明的警告或提示"),
        ("E13", (None,), ""),
        ("E13", ("",), "没有写理由，没有保留。"),
    ],
)
def test_an_error_a_good_cell_and_no_answer_leave_everything_as_it_was(desk, cell, answers, sentence):
    here = at(desk(*answers), cell)
    said = ribbon.keep_with_reason(here)
    assert said == sentence or (sentence and sentence in said)
    assert excel.recorded(here.book) == ()
    assert "校验结果" not in [sheet.name for sheet in here.book.sheets]


def test_the_buttons_check_by_the_chosen_profile_and_by_none_beside_the_workbook(desk, tmp_path):
    """A profile that lies in the workbook's folder was put there by whoever sent it."""
    text = 'name = "{}"\nsource = "自编"\nsince = 2015\n[rules]\n{} = {{ on = false }}\n'
    (tmp_path / "profile.toml").write_text(text.format("来件口径", "VA03"), encoding="utf-8")
    here = desk()
    plain = ribbon.check_sheet(here)
    rules_of = {rule for one in excel.state(here.book) for rule in one.rules}
    gone = min(rules_of)
    own = tmp_path / "own.toml"
    own.write_text(text.format("某某县口径", gone), encoding="utf-8")
    settings.choose_profile(str(own))
    assert "按“某某县口径”校验。" in ribbon.check_sheet(here)
    assert gone not in {rule for one in excel.state(here.book) for rule in one.rules}
    settings.forget_profile()
    assert severities(ribbon.check_sheet(here)) == severities(plain)


def test_findings_are_walked_in_reading_order_and_round_again(desk):
    here = desk()
    assert ribbon.next_finding(here).startswith("没有校验标记")
    ribbon.check_book(here)
    here.book.sheets[0].activate()
    here.book.sheets[0].range("A1").select()
    order = {sheet.name: at for at, sheet in enumerate(here.book.sheets)}
    wanted = sorted(
        [(one.sheet, one.cell) for one in excel.state(here.book)],
        key=lambda one: (order[one[0]], int(one[1].lstrip("ABCDE")), one[1]),
    )
    places = []
    for _ in range(len(wanted) + 1):
        assert ribbon.next_finding(here) == ""
        cell = here.app.selection.get_address(row_absolute=False, column_absolute=False).partition(":")[0]
        places.append((here.book.sheets.active.name, cell))
    assert places == [*wanted, wanted[0]]
    assert here.dialogs.shown[0].startswith(f"1/{len(wanted)}　{wanted[0][0]}!{wanted[0][1]}　【")
    ribbon.previous_finding(here)
    assert here.book.sheets.active.name == wanted[-1][0]


def test_fixes_are_listed_agreed_to_made_and_taken_back(desk):
    here = desk(0, data=spoiled())
    cell = here.book.sheets[0]["B3"]
    before = cell.value
    said = ribbon.apply_fixes(here)
    assert "“" in here.dialogs.asked[0]
    assert "B3" in here.dialogs.asked[0]
    assert cell.value == before.strip()
    assert "→" in said
    assert "已撤销“应用建议”" in ribbon.undo(here)
    assert cell.value == before
    assert ribbon.undo(here).startswith("没有可以撤销的")


def test_a_cell_gets_its_number_format_back_and_a_number_typed_later_is_a_number(desk):
    """A table with its amount as a text in a common cell: number, undone, typed anew."""
    book = openpyxl.load_workbook(io.BytesIO(foreign()))
    cell = next(
        one for row in book.worksheets[0]["A1:E12"] for one in row if isinstance(one.value, int | float)
    )
    place, text = cell.coordinate, f"{cell.value} "
    cell.value, cell.number_format = text, "General"
    here = desk(0, data=written(book))
    held = here.book.sheets[0][place]
    ribbon.apply_fixes(here)
    assert isinstance(held.value, float)
    ribbon.undo(here)
    assert (held.value, held.number_format) == (text, "General")
    held.value = "12.5"
    assert held.value == 12.5


def test_two_rounds_of_fixes_are_taken_back_one_after_the_other(desk):
    here = desk(0, data=spoiled())
    first = here.book.sheets[0]["B3"].value
    ribbon.apply_fixes(here)
    second = f"  {first}  "
    here.book.sheets[0]["B3"].value = second
    ribbon.apply_fixes(again(here, 0))
    ribbon.undo(here)
    assert here.book.sheets[0]["B3"].value == second
    here.book.sheets[0]["B3"].value = first.strip()
    ribbon.undo(here)
    assert here.book.sheets[0]["B3"].value == first
    assert ribbon.undo(here).startswith("没有可以撤销的")


@pytest.mark.parametrize("agreed", [True, False])
def test_what_was_done_before_the_workbook_was_saved_under_another_name_is_taken_back(desk, tmp_path, agreed):
    here = desk(0, data=spoiled())
    before = here.book.sheets[0]["B3"].value
    ribbon.apply_fixes(here)
    after = here.book.sheets[0]["B3"].value
    here.book.save(str(tmp_path / "另存.xlsx"))
    there = again(here, agreed)
    said = ribbon.undo(there)
    assert there.dialogs.asked == [
        f"这个工作簿看来是由“{WATER}”另存的，那里最后用过“应用建议”。要在这里撤销它吗？"
    ]
    assert (here.book.sheets[0]["B3"].value, bool(said)) == ((before, True) if agreed else (after, False))


def test_what_was_done_to_another_workbook_is_not_taken_back_here(desk):
    here = desk(0, data=spoiled())
    ribbon.apply_fixes(here)
    here.book.close()
    there = desk(data=spoiled(), name="别的.xlsx")
    assert ribbon.undo(there).startswith("没有可以撤销的")
    assert there.dialogs.asked == []


def test_undo_keeps_what_the_person_changed_since(desk):
    here = desk(0, data=spoiled())
    ribbon.apply_fixes(here)
    here.book.sheets[0]["B3"].value = "我又改了"
    assert "之后又改过" in ribbon.undo(here)
    assert here.book.sheets[0]["B3"].value == "我又改了"


def test_nothing_is_changed_where_it_was_not_agreed_to(desk):
    here = desk(2, data=spoiled())
    before = here.book.sheets[0]["B3"].value
    assert ribbon.apply_fixes(here) == ""
    count = here.dialogs.asked[0].count("→")
    assert ribbon.apply_fixes(again(here, 1, *[False] * count)) == ""
    assert here.book.sheets[0]["B3"].value == before
    assert not (home.folder() / "undo.json").exists()


def test_a_damaged_record_of_what_was_done_is_one_sentence(desk):
    here = desk(0, data=spoiled())
    ribbon.apply_fixes(here)
    path = home.folder() / "undo.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"cell": "B3"', '"cell": "整列"'), encoding="utf-8"
    )
    with pytest.raises(JixiaoError, match="记录已损坏"):
        ribbon.undo(here)


def fresh(app, tmp_path, project="电梯维保费"):
    """A blank table of ours, open, with a project's name in it."""
    ribbon.new_table(Desk(app, None, Given(0, "2027", "某某县水务局", tmp_path / "新表.xlsx")))
    book = app.books.active
    (place,) = [cell for cell in book.sheets.active.range("A1:A6") if cell.value == "项目名称"]
    place.offset(0, 1).value = project
    return book.sheets.active, {
        cell.value: cell for cell in book.sheets.active.range("A10:E40") if cell.value
    }


def test_an_indicator_of_the_library_is_written_into_the_row_and_taken_back(app, tmp_path):
    """A spare row belongs to the level 2 above it. The number that a project has to find is left open, and said."""
    sheet, cells = fresh(app, tmp_path)
    row, open_row = cells["质量指标"].row, cells["时效指标"].row + 1
    names, targets = cells["三级指标"].column, cells["指标值"].column
    sheet.range((row, names)).select()
    here = Desk(app, sheet.book, Given(0))
    said = ribbon.pick_indicator(here)
    assert here.dialogs.asked == ["“质量指标”下写哪一个指标？"]
    assert said == f"已在 {sheet.name}!D{row} 写入“电梯年检合格率”。可以点“撤销”恢复。"
    assert [sheet.range((row, at)).value for at in (names, targets)] == ["电梯年检合格率", "=100%"]
    sheet.range((open_row, targets)).select()
    assert "“（填数）”请改成实际的数" in ribbon.pick_indicator(again(here, 0))
    written = sheet.range((open_row, names)).value, sheet.range((open_row, targets)).value
    assert written == ("困人故障到场救援时间", "≤（填数）分钟")
    assert "已撤销“选指标”：2 处" in ribbon.undo(here)
    assert "已撤销“选指标”：2 处" in ribbon.undo(here)
    assert [sheet.range((at, names)).value for at in (row, open_row)] == [None, None]


def test_what_stands_in_the_row_is_replaced_only_after_a_question_and_a_figure_never(app, tmp_path):
    sheet, cells = fresh(app, tmp_path)
    row, names, targets = cells["质量指标"].row, cells["三级指标"].column, cells["指标值"].column
    sheet.range((row, names)).value = "质量好"
    sheet.range((row, targets)).value = "≥98%"
    sheet.range((row, names)).select()
    here = Desk(app, sheet.book, Given(0, *[False]))
    assert ribbon.pick_indicator(here) == ""
    assert here.dialogs.asked[1] == f"D{row} 已经写着“质量好”，要换成“电梯年检合格率”吗？"
    assert sheet.range((row, names)).value == "质量好"
    assert "指标值保留原来的“≥98%”" in ribbon.pick_indicator(again(here, 0, *[True]))
    assert [sheet.range((row, at)).value for at in (names, targets)] == ["电梯年检合格率", "≥98%"]


def test_where_the_name_says_no_subject_it_is_asked_for(app, tmp_path):
    sheet, cells = fresh(app, tmp_path, "专项经费")
    sheet.range((cells["质量指标"].row, 1)).select()
    here = Desk(app, sheet.book, Given(0, None))
    assert ribbon.pick_indicator(here) == ""
    assert here.dialogs.asked == ["“质量指标”：这个项目是关于什么的？", "“质量指标”下写哪一个指标？"]


@pytest.mark.parametrize(
    ("cell", "word", "sentence"),
    [
        ("B3", None, "请先选中指标那一块的一行"),
        (None, None, "不知道选哪一类"),
        (None, "我县特色指标", "指标库里没有“我县特色指标”下的参考指标"),
    ],
)
def test_where_nothing_can_be_offered_a_sentence_says_what_to_do(app, tmp_path, cell, word, sentence):
    sheet, cells = fresh(app, tmp_path)
    first = cells["二级指标"].offset(1, 0)
    first.value = word
    (sheet.range(cell) if cell else first).select()
    assert sentence in ribbon.pick_indicator(Desk(app, sheet.book, Given()))


def foreign():
    """A table that somebody typed by hand: no stamps, no lists, one validation of their own."""
    book = openpyxl.load_workbook(io.BytesIO(WORKBOOKS[WATER]))
    for name in ("_jixiao_lists", "_jixiao"):
        del book[name]
    for name in list(book.defined_names):
        del book.defined_names[name]
    for sheet in book.worksheets:
        sheet.data_validations.dataValidation = []
        sheet.protection.disable()
    return written(book)


def rule(book, cell):
    found = book.sheets.active.range(cell).data_validation
    return found.type, found.source if found.type == "list" else None, found.input_title


def test_dropdowns_are_put_onto_a_table_that_we_did_not_make_and_taken_off(desk):
    here = desk(data=foreign())
    sheet = here.book.sheets.active
    (place,) = [cell.address for cell in sheet.range("A10:E20") if cell.value == "一级指标"]
    column, row = place.split("$")[1:]
    below = f"{column}{int(row) + 1}"
    beside = f"{chr(ord(column) + 1)}{int(row) + 3}"
    sheet.range("A1").data_validation.set_list(["甲", "乙"])
    said = ribbon.add_dropdowns(here)
    assert "补上下拉选项" in said
    kind, source, title = rule(here.book, below)
    assert (kind, title) == ("list", "一级指标")
    words = here.book.names[source.removeprefix("=")].refers_to_range.value
    assert words[0] == forms.find("project_target").words().level1[0]
    assert rule(here.book, beside)[0] == "list"
    example = rule(here.book, f"{chr(ord(column) + 2)}{int(row) + 3}")
    assert (example[0], example[2]) == ("list", "三级指标")
    assert rule(here.book, "A1")[:2] == ("list", "甲,乙")
    assert not here.book.sheets["_jixiao_lists"].visible
    assert "已撤销“补下拉”" in ribbon.undo(here)
    assert (rule(here.book, below)[0], rule(here.book, beside)[0]) == ("none", "none")
    assert rule(here.book, "A1")[:2] == ("list", "甲,乙")


def validations(data):
    """What a file's first sheet says of validation, for comparing two: by cells, in the order of the cells."""
    rules = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].data_validations.dataValidation
    return sorted((str(one.sqref), one.type, one.formula1, one.error) for one in rules)


def test_a_rule_of_the_persons_own_comes_back_as_it_was_and_nothing_where_there_was_none(desk, tmp_path):
    """Law: a rule is told from its first cell, so its addresses move with the cells; no rule leaves no rule."""
    book = openpyxl.load_workbook(io.BytesIO(foreign()))
    for formula, area in (("LEN(C13)>COUNTIF($C$13:C13,C13)", "C13:C22"), ("LEN(D13)>LEN(C13)", "D13:D17")):
        rule = DataValidation("custom", formula1=formula)
        rule.add(area)
        book.worksheets[0].add_data_validation(rule)
    here = desk(data=written(book))
    found = []
    for act in (None, ribbon.add_dropdowns, ribbon.undo):
        if act is not None:
            act(here)
        here.book.save(str(tmp_path / "存.xlsx"))
        found.append(validations((tmp_path / "存.xlsx").read_bytes()))
        here.book.save(str(tmp_path / WATER))
    assert found[0] != found[1]
    assert found[0] == found[2]


def test_dropdowns_twice_make_one_list_sheet(desk):
    here = desk(data=foreign())
    ribbon.add_dropdowns(here)
    ribbon.add_dropdowns(here)
    assert [sheet.name for sheet in here.book.sheets if sheet.name.startswith("_jixiao")] == ["_jixiao_lists"]


def test_dropdowns_twice_are_taken_off_at_once_and_the_list_sheet_goes_with_the_last(desk):
    """Law: an act that changed nothing takes no 撤销; lists stay while another sheet uses them."""
    here = desk(data=foreign())
    names = [sheet.name for sheet in here.book.sheets]
    here.book.sheets["维修维护"].activate()
    assert "可以点“撤销”" in ribbon.add_dropdowns(here)
    assert ribbon.add_dropdowns(here) == "本表的指标已经有这些下拉选项，没有改动。"
    here.book.sheets["水费"].activate()
    assert "可以点“撤销”" in ribbon.add_dropdowns(here)
    assert "“水费”" in ribbon.undo(here)
    assert "_jixiao_lists" in [sheet.name for sheet in here.book.sheets]
    assert "“维修维护”" in ribbon.undo(here)
    assert [sheet.name for sheet in here.book.sheets] == names
    assert [one.name for one in here.book.names if one.name.startswith("jx_")] == []
    assert ribbon.undo(here).startswith("没有可以撤销的")


def test_lists_stay_where_a_copied_dropdown_still_uses_them(desk):
    here = desk(data=foreign())
    sheet = here.book.sheets["维修维护"]
    sheet.activate()
    ribbon.add_dropdowns(here)
    sheet.copy(after=sheet, name="副本")
    sheet.activate()
    assert "已撤销" in ribbon.undo(here)
    assert "_jixiao_lists" in [one.name for one in here.book.sheets]


def test_a_protected_sheet_gets_no_dropdowns_and_a_sentence(desk):
    here = desk(data=foreign())
    here.book.sheets.active.api.protect("")
    with pytest.raises(JixiaoError, match="受保护，不能加下拉选项"):
        ribbon.add_dropdowns(here)


def test_a_protected_table_of_ours_has_its_dropdowns_and_need_not_be_opened(desk):
    here = desk()
    assert here.book.sheets.active.api.isProtected()
    assert ribbon.add_dropdowns(here) == "本表的指标已经有这些下拉选项，没有改动。"
    assert programs.of(here.app).is_saved(here.book)


def test_a_blank_table_is_drawn_where_it_was_asked_for_and_opened(app, tmp_path):
    path = tmp_path / "新表"
    said = ribbon.new_table(Desk(app, None, Given(0, "2027", "和政县水务局", path)))
    assert "已新建 2027 年度" in said
    assert app.books.active.fullname == str(path.with_suffix(".xlsx"))
    with pytest.raises(JixiaoError, match="已经存在，没有覆盖"):
        ribbon.new_table(Desk(app, None, Given(0, "2027", "", path.with_suffix(".xlsx"))))
    with pytest.raises(JixiaoError, match=r"同名的工作簿“新表\.xlsx”正开着"):
        ribbon.new_table(Desk(app, None, Given(0, "2027", "", tmp_path / "别处" / "新表.xlsx")))
    assert not (tmp_path / "别处").exists()
    said = ribbon.new_table(Desk(app, None, Given(0, "２０２７", "", tmp_path / "全角.xlsx")))
    assert said.startswith("已新建 2027 年度")
    with pytest.raises(JixiaoError, match="年度“今年”不对"):
        ribbon.new_table(Desk(app, None, Given(0, "今年")))


def test_whoever_cancels_gets_no_file_and_no_sentence(app, desk, tmp_path):
    assert ribbon.new_table(Desk(app, None, Given(None))) == ""
    assert ribbon.new_table(Desk(app, None, Given(0, "2027", "", None))) == ""
    assert ribbon.merge_folder(Desk(app, None, Given(None))) == ""
    assert ribbon.export_pdf(desk(None)) == ""
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".~lock")] == [WATER]


@pytest.fixture
def campaign(app, tmp_path):
    """Return the open summary of the demo's workbooks, and their folder."""
    folder = tmp_path / "报送"
    for name, data in WORKBOOKS.items():
        saving.save(folder / name, data)
    out = tmp_path / "汇总.xlsx"
    given = Given(folder, out)
    said = ribbon.merge_folder(Desk(app, None, given))
    assert given.shown[-1] is None
    assert str(out) in said
    return Desk(app, app.books.active, Given()), folder


def test_a_folder_becomes_a_summary_that_opens(campaign):
    desk, _ = campaign
    assert desk.book.name == "汇总.xlsx"
    assert "项目明细" in [sheet.name for sheet in desk.book.sheets]
    with pytest.raises(JixiaoError, match="汇总生成的工作簿"):
        ribbon.check_book(desk)


class Asking(Given):
    """A program whose own dialog asks before a file is replaced, as LibreOffice's does."""

    asks_first = True


@pytest.mark.parametrize(
    ("dialogs", "name", "asked"),
    [(Given, "汇总.xlsx", True), (Asking, "汇总.xlsx", False), (Asking, "汇总", True)],
)
def test_replacing_a_summary_is_asked_once(app, tmp_path, dialogs, name, asked):
    """| dialog asks itself | typed | our question |: also where the ending, and so the file, is another than chosen."""
    saving.save(tmp_path / "报送" / WATER, WORKBOOKS[WATER])
    (tmp_path / "汇总.xlsx").write_bytes(b"")
    given = dialogs(tmp_path / "报送", tmp_path / name, *[True] * asked)
    assert "汇总工作簿：" in ribbon.merge_folder(Desk(app, None, given))
    assert len(given.asked) == 2 + asked
    assert openpyxl.load_workbook(tmp_path / "汇总.xlsx").sheetnames


@pytest.mark.parametrize("agreed", [True, False])
def test_unit_forms_that_an_earlier_merge_left_are_replaced_after_a_question_only(app, tmp_path, agreed):
    saving.save(tmp_path / "报送" / WATER, WORKBOOKS[WATER])
    left = tmp_path / "汇总_整体" / "整体_某单位.xlsx"
    saving.save(left, WORKBOOKS[WATER])
    given = Given(tmp_path / "报送", tmp_path / "汇总.xlsx", agreed)
    said = ribbon.merge_folder(Desk(app, None, given))
    assert "“汇总_整体”" in given.asked[2]
    assert ("汇总工作簿：" in said) == agreed == (tmp_path / "汇总.xlsx").exists()
    assert left.read_bytes() == WORKBOOKS[WATER]  # it is no unit form of ours


def test_a_script_without_a_guard_merges_without_new_processes(app, tmp_path):
    """Each new process would run the script again, and so the merge."""
    for name, data in WORKBOOKS.items():
        saving.save(tmp_path / "报送" / name, data)
    script = tmp_path / "合并.py"
    script.write_text(
        f"""from pathlib import Path
from jixiao import ribbon
from jixiao.office import libreoffice
from jixiao.office.excel import Desk, Given

here = Path({str(tmp_path)!r})
app = libreoffice.join({app.impl.office.where!r})
print(ribbon.merge_folder(Desk(app, None, Given(here / "报送", here / "汇总.xlsx"))))
""",
        encoding="utf-8",
    )
    env = os.environ | {"PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, encoding="utf-8", env=env, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("汇总工作簿：") == 1


def test_esc_stops_a_merge_and_leaves_nothing(app, tmp_path):
    folder = tmp_path / "报送"
    for name, data in WORKBOOKS.items():
        saving.save(folder / name, data)
    given = Given(folder, tmp_path / "汇总.xlsx", stop_after=2)
    assert ribbon.merge_folder(Desk(app, None, given)).startswith("已停止")
    assert [path.name for path in tmp_path.iterdir() if path.name != "state"] == ["报送"]
    assert given.shown[-1] is None


def test_a_row_leads_back_to_its_file_sheet_and_cell(campaign):
    desk, _ = campaign
    sheet = desk.book.sheets["指标明细"]
    sheet.activate()
    sheet.range("C5").select()
    names = sheet.range("A2:J2").value
    told = dict(zip(names, sheet.range("A5:J5").value, strict=True))
    assert ribbon.open_source(desk) == ""
    assert desk.app.books.active.name == Path(told["文件"]).name
    assert desk.app.books.active.sheets.active.name == told["工作表"]
    selected = desk.app.selection.get_address(row_absolute=False, column_absolute=False)
    assert selected.partition(":")[0] == told["单元格"]


def test_a_gone_file_and_a_heading_are_sentences(campaign):
    desk, folder = campaign
    sheet = desk.book.sheets["文件清单"]
    sheet.activate()
    sheet.range("B2").select()
    with pytest.raises(JixiaoError, match="选中一行"):
        ribbon.open_source(desk)
    for path in folder.iterdir():
        path.unlink()
    sheet.range("B3").select()
    with pytest.raises(JixiaoError, match="找不到来源文件"):
        ribbon.open_source(desk)


@pytest.mark.parametrize(
    "named",
    [
        "程序.exe",
        "宏.py",
        "http://x/a.xlsx",
        "file://server/share/a.xlsx",
        r"\\server\share\a.xlsx",
        "//server/a.xlsx",
        "mailto:a.xlsx",
        "",
    ],
)
def test_a_hostile_summary_opens_no_programs_and_no_other_machines(app, tmp_path, named):
    book = openpyxl.Workbook()
    book.active.append(["序号", "文件", "工作表", "单元格"])
    book.active.append([1, named, "表", "A1"])
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(written(book))
    for other in ("程序.exe", "宏.py"):
        (tmp_path / other).write_bytes(WORKBOOKS[WATER])
    opened = app.books.open(str(path))
    opened.sheets[0].range("B2").select()
    with pytest.raises(JixiaoError):
        ribbon.open_source(Desk(app, opened, Given()))
    assert [one.name for one in app.books] == ["汇总.xlsx"]


def test_a_file_elsewhere_is_opened_after_a_question_only(app, tmp_path):
    (tmp_path / "里").mkdir()
    (tmp_path / "外.xlsx").write_bytes(WORKBOOKS[WATER])
    book = openpyxl.Workbook()
    book.active.append(["序号", "文件", "工作表", "单元格"])
    book.active.append([1, "../外.xlsx", "没有这张", "A1"])
    path = tmp_path / "里" / "汇总.xlsx"
    path.write_bytes(written(book))
    opened = app.books.open(str(path))
    opened.sheets[0].range("B2").select()
    assert ribbon.open_source(Desk(app, opened, Given(*[False]))) == ""
    assert len(app.books) == 1
    assert "没有看得见的工作表“没有这张”" in ribbon.open_source(Desk(app, opened, Given(*[True])))


def test_a_namesake_that_is_open_is_a_sentence(campaign, tmp_path):
    desk, folder = campaign
    names = [path.name for path in folder.iterdir()]
    for name in names:
        other = tmp_path / "别处" / name
        saving.save(other, WORKBOOKS[name])
        desk.app.books.open(str(other))
    sheet = desk.book.sheets["文件清单"]
    sheet.activate()
    sheet.range("B3").select()
    with pytest.raises(JixiaoError, match="同名的工作簿"):
        ribbon.open_source(desk)


def test_a_clean_copy_is_made_of_what_is_saved(desk, tmp_path):
    out = tmp_path / "公开.xlsx"
    here = desk(*[True], out)
    ribbon.check_book(here)
    said = ribbon.clean_copy(here)
    assert "清洁副本已保存" in said
    assert "正在编辑的工作簿已经先保存，其中的内容没有改动。" in said
    assert "_jixiao" not in said
    assert "取出了本工具留在表里的下拉词表和记录" in said
    names = openpyxl.load_workbook(out).sheetnames
    assert names == ["维修维护", "水费"]
    assert traces.SHEET in [sheet.name for sheet in here.book.sheets]
    with pytest.raises(JixiaoError, match="已经存在，没有覆盖"):
        ribbon.clean_copy(again(here, out))


@pytest.mark.parametrize("agreed", [True, False])
def test_a_signed_workbook_has_a_clean_copy_only_after_it_was_agreed_to_lose_its_signature(
    agreed, app, tmp_path
):
    source, out = tmp_path / WATER, tmp_path / "公开.xlsx"
    source.write_bytes(WORKBOOKS[WATER])
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    here = Desk(app, app.books.open(str(source)), Given(agreed, *([out] if agreed else [])))
    assert ("清洁副本已保存" in ribbon.clean_copy(here)) is agreed
    assert out.exists() is agreed


@pytest.mark.parametrize("name", ["表.ods", "表.xls"])
def test_a_clean_copy_of_another_format_is_asked_to_be_saved_as_xlsx_first(app, tmp_path, name):
    book = app.books.add()
    book.save(str(tmp_path / name))
    with pytest.raises(JixiaoError, match=r"请先另存为 \.xlsx"):
        ribbon.clean_copy(Desk(app, book, Given(tmp_path / "净.xlsx")))


@pytest.mark.parametrize("name", ["表.ods", "表.csv"])
def test_a_workbook_of_another_format_is_not_saved_for_a_clean_copy_that_it_cannot_have(app, tmp_path, name):
    book = app.books.add()
    book.save(str(tmp_path / name))
    before = (tmp_path / name).read_bytes()
    book.sheets[0]["A1"].value = "改过"
    here = Desk(app, book, Given())
    with pytest.raises(JixiaoError, match=r"请先另存为 \.xlsx"):
        ribbon.clean_copy(here)
    assert here.dialogs.asked == []
    assert (tmp_path / name).read_bytes() == before


def test_a_workbook_that_was_never_saved_has_no_clean_copy(app):
    with pytest.raises(JixiaoError, match="还没有保存过"):
        ribbon.clean_copy(Desk(app, app.books.add(), Given()))


def test_a_pdf_shows_the_tables_without_our_colours(desk, tmp_path):
    out = tmp_path / "表.pdf"
    here = desk(out)
    ribbon.check_book(here)
    painted = [(one.sheet, one.cell) for one in excel.state(here.book)]
    colours = [here.book.sheets[sheet][cell].color for sheet, cell in painted]
    assert ribbon.export_pdf(here) == f"已导出 2 张工作表：{out}"
    assert out.read_bytes().startswith(b"%PDF")
    assert [here.book.sheets[sheet][cell].color for sheet, cell in painted] == colours
    assert [sheet.name for sheet in here.book.sheets if sheet.visible] == ["维修维护", "水费", "校验结果"]


def test_a_pdf_into_a_folder_that_is_not_there_names_the_folder(desk, tmp_path):
    place = tmp_path / "没有" / "表.pdf"
    with pytest.raises(JixiaoError, match=f"文件夹“{place.parent}”不存在"):
        ribbon.export_pdf(desk(place))


def test_the_rules_of_the_selected_mark_come_first(desk):
    here = desk()
    ribbon.check_book(here)
    here.book.sheets[0].activate()
    here.book.sheets[0].range("A1").select()
    ribbon.next_finding(here)
    one = next(
        one
        for one in excel.state(here.book)
        if one.sheet == here.book.sheets.active.name
        and one.cell
        == here.app.selection.get_address(row_absolute=False, column_absolute=False).partition(":")[0]
    )
    said = ribbon.show_rules(here)
    assert "、".join(one.rules) in said
    shown = here.app.books.active.sheets[0].range("A3").options(expand="down").value
    assert shown[: len(one.rules)] == sorted(one.rules)
    assert set(shown) >= {known.id for known in rules.catalogue() if known.on}


def test_about_tells_versions_and_what_the_doctor_says(app):
    said = ribbon.about(Desk(app, None, Given()))
    assert said.startswith("绩效目标表工具 jixiao ")
    assert f"LibreOffice {app.version}" in said
    assert "自检" in said
