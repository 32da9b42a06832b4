"""A list of agencies and projects (名单): columns recognised by their headings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from jixiao.errors import FileRejectedError, UsageError
from jixiao.model import Book, Spot
from jixiao.office import files
from jixiao.reading import tables
from jixiao.reading.view import View, label_key

_HEADINGS = {
    "agency": (
        *("单位名称", "实施单位", "单位", "预算单位", "项目单位", "申报单位", "填报单位", "报送单位"),
        *("实施单位名称", "预算单位名称", "项目单位名称", "申报单位名称", "填报单位名称", "部门（单位）名称"),
    ),
    "department": ("主管部门", "主管部门及代码", "主管部门名称", "主管单位"),
    "department_code": (
        *("主管部门代码", "部门代码", "单位代码", "预算代码", "代码", "预算单位代码", "单位预算代码"),
        *("主管部门编码", "部门编码", "单位编码", "预算编码", "编码", "预算单位编码", "单位预算编码"),
    ),
    "project_name": ("项目名称", "项目"),
    "contact": ("联系人", "经办人", "填报人", "联系人姓名"),
    "phone": ("联系电话", "电话", "联系方式", "手机", "手机号码"),
    "due": ("应报日期", "应报时间"),
}
# A heading of the last day to send, however it is written; a project's own end (项目实施期限) is none.
_DUE = re.compile(r"(?!.*(?:项目|合同|实施|建设|执行)).*(?:截止|[报交].*[期时]限|^(?:最后)?[期时]限$)")
_ROWS_TO_SEARCH = 20
# What stands below the names of a list, or between them, and is none of them.
_NO_NAME = re.compile(
    r"(?:合计|总计|小计|共计)|共\d+(?:个|家)|(?:备?注|说明|填报说明|填表说明|日期|负责人|单位负责人|联系人|联系电话"
    r"|(?:填报|填表|制表|制单|审核|复核|经办)(?:人|单位|部门|日期|时间)?)[:：]"
)
_FORM = (
    "“{0}”不是名单：工作表“{1}”是填报的绩效目标表。"
    "名单的第一行写“单位名称”“项目名称”（可加“主管部门”“主管部门代码”），下面每行一个。"
)


_WANTED = (
    "名单应当是一个工作簿（.xlsx、.xls、.ods 等），第一行写“单位名称”“项目名称”，下面每行一个。"
    "请在表格软件中打开，另存为 .xlsx 后再运行。"
)
_KINDS = {"empty": "是空文件（0 字节）", "damaged": "打不开，文件已损坏", "encrypted": "设有打开密码"}
_SAID = frozenset({"too_large", "locked"})  # the reason has figures, or says whom to ask


def opened(path: Path) -> list[dict[str, str]]:
    """Return what `read` finds in a list on disk; raises UsageError that names it, also where it is no workbook."""
    if path.is_dir():
        raise UsageError(
            f"名单“{path}”是一个文件夹。请写明其中哪一个工作簿是名单，例如 {path / '名单.xlsx'}。"
        )
    if not path.is_file():
        raise UsageError(f"找不到名单“{path}”。请检查路径，或把文件名用引号括起来。")
    try:
        book = files.load(path.read_bytes(), path.name)
    except FileRejectedError as error:
        if error.code in _SAID:
            raise UsageError(f"名单“{path}”没有读取：{error.reason}") from error
        raise UsageError(f"名单“{path}”{_KINDS.get(error.code, '不是工作簿')}。{_WANTED}") from error
    except OSError as error:
        raise UsageError(f"名单“{path}”读不了，可能没有权限，或正被别的程序占用。请检查后再运行。") from error
    return read(book, path.name)


def read(book: Book, name: str) -> list[dict[str, str]]:
    """Return one dict for each line of the list: the fields of `_HEADINGS` that it fills, and where its last day stands.

    Raises:
        UsageError: no sheet has a heading row with 单位名称 or 项目名称, there is no line below it, or the sheet is a
            filled form.

    """
    for view in (View.of(grid) for grid in book.grids if grid.visible):
        row, columns = _heading(view)
        if not columns:
            continue
        if tables.find(view)[0]:
            raise UsageError(_FORM.format(name, view.grid.sheet))
        named = [columns[field] for field in ("agency", "project_name") if field in columns]
        below = (one for one in range(row + 1, view.height) if not _is_beside(view, one, named))
        lines = [_line(view, one, columns) for one in below if _columns(view, one) != columns]
        lines = [line for line in lines if "agency" in line or "project_name" in line]
        if lines:
            return lines
        raise UsageError(
            f"名单“{name}”的工作表“{view.grid.sheet}”第 {row + 1} 行是表头，下面没有内容。请每行填一个单位或项目。"
        )
    raise UsageError(
        f"名单“{name}”里没有找到表头。请在第一行写“单位名称”“项目名称”（可加“主管部门”“主管部门代码”），下面每行一个。"
    )


def _heading(view: View) -> tuple[int, dict[str, int]]:
    """Return the row of the headings and field → column, none where there is no such row.

    Of several rows that may be it, it has most headings: `填报单位：甲局` above a list is one label with its value.
    """
    rows = [(row, _columns(view, row)) for row in range(min(view.height, _ROWS_TO_SEARCH))]
    found = [one for one in rows if "agency" in one[1] or "project_name" in one[1]]
    return max(found, key=lambda one: (len(one[1]), not _is_label(view, one[0])), default=(0, {}))


def _is_label(view: View, row: int) -> bool:
    """Tell whether a row begins with a label and its colon, as none of headings does."""
    return view.text(row, view.filled(row)[0]).rstrip().endswith((":", "："))


def _columns(view: View, row: int) -> dict[str, int]:
    """Return field → column of a row of headings; of several the first."""
    found: dict[str, int] = {}
    for column in view.filled(row):
        label = view.label(row, column)
        field = _fields().get(label) or ("due" if _DUE.match(label) else None)
        if field:
            found.setdefault(field, column)
    return found


@cache
def _fields() -> dict[str, str]:
    """Return which field a heading names, by its key."""
    return {label_key(text): field for field, texts in _HEADINGS.items() for text in texts}


def _is_beside(view: View, row: int, named: Sequence[int]) -> bool:
    """Tell whether a row is a sum, a note or a signature: what it begins with, or holds in the place of a name."""
    places = {*view.filled(row)[:1], *named}
    return any(_NO_NAME.match("".join(view.text(row, column).split())) for column in places)


def _line(view: View, row: int, columns: Mapping[str, int]) -> dict[str, str]:
    line = {field: text for field, column in columns.items() if (text := view.text(row, column))}
    return line | ({"due_cell": Spot(row, columns["due"]).a1} if "due" in line else {})
