"""One table of buttons: what the ribbon shows, what VBA lets through and what Python has a function for are the same."""

import ast
import re
from pathlib import Path

from jixiao import buttons, resources

RIBBON = Path(__file__).resolve().parent.parent / "addin" / "jixiao" / "ribbon" / "__init__.py"
TABLE = """
    | 模板 | 新建 | new_table | large |
    | 模板 | 补下拉 | add_dropdowns | |
    | 填报 | 应用建议 | apply_fixes | large |
    | 填报 | 选指标 | pick_indicator | |
    | 填报 | 撤销 | undo | |
    | 校验 | 校验本表 | check_sheet | large |
    | 校验 | 校验全簿 | check_book | |
    | 校验 | 下一处 | next_finding | |
    | 校验 | 上一处 | previous_finding | |
    | 校验 | 保留并说明 | keep_with_reason | |
    | 校验 | 清除标记 | clear_marks | |
    | 汇总 | 汇总 | merge_folder | large |
    | 汇总 | 打开来源 | open_source | |
    | 汇总 | 清洁副本 | clean_copy | |
    | 汇总 | 导出 PDF | export_pdf | |
    | 帮助 | 规则说明 | show_rules | large |
    | 帮助 | 关于/自检 | about | |
    """


def test_the_ribbon_shows_this_table():
    """Groups in the order of the work, and in each one large button for its main act."""
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in TABLE.strip().splitlines()]
    assert rows == [
        [group.label, one.label, one.id, "large" if one.large else ""]
        for group in buttons.groups()
        for one in group.buttons
    ]
    assert all([one.large for one in group.buttons].count(True) == 1 for group in buttons.groups())
    assert buttons.ids() == tuple(row[2] for row in rows)


def test_every_button_explains_itself():
    every = [one for group in buttons.groups() for one in group.buttons]
    for one in every:
        assert one.image
        assert one.supertip.endswith("。")
        assert one.screentip != one.supertip
    assert len({one.keytip for one in every}) == len(every)


def test_vba_lets_exactly_these_ids_through():
    text = resources.text("macros/JixiaoBridge.bas")
    declared = re.search(r"Const ACTIONS As String = (.*?)\n(?! {4}\")", text, re.DOTALL)[1]
    assert tuple("".join(re.findall(r'"([^"]*)"', declared)).split()) == buttons.ids()


def test_every_button_has_its_function_and_every_function_its_button():
    """Each function of `ribbon` that can be called from outside is a button's, and takes a desk and nothing else."""
    body = ast.parse(RIBBON.read_text(encoding="utf-8")).body
    public = [one for one in body if isinstance(one, ast.FunctionDef) and not one.name.startswith("_")]
    assert sorted(one.name for one in public) == sorted(buttons.ids())
    assert {ast.unparse(one.args) for one in public} == {"desk: Desk"}
