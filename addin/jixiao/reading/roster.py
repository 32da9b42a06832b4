"""A list of agencies and projects (名单): columns recognised by their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jixiao.errors import FileRejectedError, UsageError
from jixiao.model import Book, Spot
from jixiao.office import files
from jixiao.reading import tables
from jixiao.reading.view import View
from jixiao.reading.words import LEAD, label_key

_HEADINGS = {
    "agency": (
        *("单位名称", "实施单位", "单位", "预算单位", "项目单位", "申报单位", "填报单位", "报送单位"),
        *("实施单位名称", "预算单位名称", "项目单位名称", "申报单位名称", "填报单位名称", "部门（单位）名称"),
        *("单位全称", "责任单位", "承担单位", "使用单位", "二级预算单位", "基层单位", "所属单位", "下属单位"),
        *("学校名称", "学校", "部门/单位", "部门及单位名称"),
    ),
    "department": (
        *(
            "主管部门",
            "主管部门及代码",
            "主管部门名称",
            "主管单位",
            "部门",
            "部门名称",
            "预算部门",
            "一级预算单位",
        ),
        *("预算部门名称", "一级预算单位名称", "主管局"),
    ),
    "department_code": ("主管部门代码", "部门代码", "主管部门编码", "部门编码"),
    "agency_code": (
        *("单位代码", "预算代码", "代码", "预算单位代码", "单位预算代码"),
        *("单位编码", "预算编码", "编码", "预算单位编码", "单位预算编码"),
    ),
    "project_name": ("项目名称", "项目"),
    "contact": ("联系人", "经办人", "填报人", "联系人姓名"),
    "phone": ("联系电话", "电话", "联系方式", "手机", "手机号码"),
    "due": ("应报日期", "应报时间"),
}
# A heading of the last day to send, however it is written; a project's own end (项目实施期限) is none.
_DUE = re.compile(r"(?!.*(?:项目|合同|实施|建设|执行)).*(?:截止|[报交].*[期时]限|^(?:最后)?[期时]限$)")
# Headings of names in other words; 主管单位 and 施工单位 are none of theirs.
_AGENCY = re.compile(
    r"(?:(?:应当?|拟|需)?(?:报送?|上报|申报|填报|编报)|各|各?预算|基层预算|基层|所在|用款|部门)?单位(?:部门)?(?:名称|全称|名单?)?"
    r"|(?:机构|机关)(?:名称|全称|名)?|(?:项目|实施|所属|下属|部门)单位(?:全称|名)|(?:学校|医院|乡镇|乡镇街道|街道|企业)(?:名称|全称|名)"
)
_PROJECT = re.compile(r"(?:支出|专项|预算|绩效)?项目(?:支出)?(?:名称?|全称)")
_NAMES = frozenset({"agency", "project_name"})
_WHOSE = ("agency", "agency_code", "department", "department_code")
_ROWS_TO_SEARCH = 20
_NOTE = re.compile(r"(?:备?注|说明|填报说明|填表说明)[:：]")
_DAY = re.compile(r"20\d\d(?:年\d{1,2}月\d{1,2}[日号]|[-/.]\d{1,2}[-/.]\d{1,2})")
# What stands below the names of a list, or between them, and is none of them.
_NO_NAME = re.compile(
    r"(?:合计|总计|小计|共计)|共\d+(?:个|家)|(?:备?注|说明|填报说明|填表说明|日期|负责人|单位负责人|联系人|联系电话"
    r"|(?:填报|填表|制表|制单|审核|复核|经办)(?:人|单位|部门|日期|时间)?)[:：]"
)
# What heads a group of names: 一、教育系统, 县直部门, 乡镇（14个）.
_GROUP = re.compile(
    r"(?:(?:[省市州县区]直|党群|党委|政府|行政|事业|企业|参公|其他|所属|下属|基层|二级|各|[、和及])+(?:机关|部门|单位|学校)"
    r"|[^\W\d]{1,8}(?:系统|片区)|各?乡镇(?:[、和]?街道)?)类?(?:[(（]共?\d{1,4}[个家][)）])?"
)
_NUMERALS = frozenset("0123456789一二三四五六七八九十")
_FORM = (
    "“{0}”不是名单：工作表“{1}”是填报的绩效目标表。"
    "名单的第一行写“单位名称”“项目名称”（可加“主管部门”“主管部门代码”），下面每行一个。"
)
_SIDEWAYS = (
    "名单“{0}”的工作表“{1}”好像是横排的：{2} 是表头“{3}”，不是名称。"
    "请改成竖排：第一行写“单位名称”“项目名称”，下面每行一个。"
)
_FAULTY = (
    "名单“{0}”的工作表“{1}”里 {2} 是{3}，读不出名称。"
    "请用表格软件打开，重新计算（或直接填写名称）并保存后再试。"
)
_BLANK = "名单“{0}”的工作表“{1}”第 {2} 行是表头，下面没有内容。请每行填一个单位或项目。"
_NO_HEADING = "名单“{0}”里没有找到表头。请在第一行写“单位名称”“项目名称”（可加“主管部门”“主管部门代码”），下面每行一个。"
_WANTED = (
    "名单应当是一个工作簿（.xlsx、.xls、.ods 等），第一行写“单位名称”“项目名称”，下面每行一个。"
    "请在表格软件中打开，另存为 .xlsx 后再运行。"
)
_KINDS = {"empty": "是空文件（0 字节）", "damaged": "打不开，文件已损坏", "encrypted": "设有打开密码"}
_SAID = frozenset({"too_large", "locked"})  # the reason has figures, or says whom to ask


class _Block(NamedTuple):
    """One of the lists that stand side by side: the columns that are its own, and field → column; whether of departments."""

    span: range
    fields: dict[str, int]
    departments: bool = False


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
    """Return one dict for each line of the list: the fields of `_HEADINGS` that it fills, and where it stands.

    All sheets that are seen and have the headings are read, and lists that stand side by side. A line of a further
    sheet that another one has already is not told again.

    Raises:
        UsageError: no sheet has a heading row with 单位名称 or 项目名称, there is no line below it, or all are filled
            forms.

    """
    wrong: list[str] = []
    found: list[dict[str, str]] = []
    known: set[tuple[str | None, str | None]] = set()
    for view in (View.of(grid) for grid in book.grids if grid.visible):
        row, blocks = _heading(view)
        if not blocks:
            continue
        if tables.find(view)[0]:
            wrong.append(_FORM.format(name, view.grid.sheet))
            continue
        below = list(_below(view, row, blocks))
        lines = [line for block in blocks for line in _lines(view, below, block, name)]
        if not lines:
            wrong.append(_BLANK.format(name, view.grid.sheet, row + 1))
        found += [line for line in lines if _named(line) not in known]
        known.update(map(_named, lines))
    if not found:
        raise UsageError(wrong[0] if wrong else _NO_HEADING.format(name))
    return found


def _below(view: View, row: int, blocks: list[_Block]) -> Iterator[int]:
    """Yield the rows below the headings but for these where they stand again, and a note's further numbers."""
    noted = False
    for one in range(row + 1, view.height):
        filled = view.filled(one)
        text = view.text(one, filled[0]) if filled else ""
        if _heads(view, one) == blocks or (noted and len(filled) == 1 and LEAD.match(text)):
            continue
        noted = bool(_NOTE.match("".join(text.split())))
        yield one


def _named(line: Mapping[str, str]) -> tuple[str | None, str | None]:
    return line.get("agency"), line.get("project_name")


def _heading(view: View) -> tuple[int, list[_Block]]:
    """Return the row of the headings and the lists below it; none where there is no such row.

    Of several rows that may be it, it has most headings: `填报单位：甲局` above a list is one label with its value,
    and 单位名单 its title.
    A list of departments alone has no other names.
    """
    rows = [(row, _heads(view, row)) for row in range(min(view.height, _ROWS_TO_SEARCH))]
    found = [one for one in rows if one[1]]
    return max(
        found,
        key=lambda one: (
            not one[1][0].departments,
            len(one[1][0].fields),
            not _is_label(view, one[0]),
            len(view.filled(one[0])),
        ),
        default=(0, []),
    )


def _is_label(view: View, row: int) -> bool:
    """Tell whether a row begins with a label and its colon, as none of headings does."""
    return view.text(row, view.filled(row)[0]).rstrip().endswith((":", "："))


def _heads(view: View, row: int) -> list[_Block]:
    """Return the lists that a row heads, of departments where it names nobody else."""
    if blocks := _blocks(view, row, _NAMES):
        return blocks
    return [
        _Block(
            one.span,
            {"agency" if field == "department" else field: at for field, at in one.fields.items()},
            departments=True,
        )
        for one in _blocks(view, row, frozenset({"department"}))
    ]


def _blocks(view: View, row: int, wanted: frozenset[str]) -> list[_Block]:
    """Return the lists that a row heads, side by side, each with one of the fields that are wanted.

    A further list begins where the row's first heading stands again, or that of the names does.
    """
    labels = {column: _label(view, row, column) for column in view.filled(row)}
    names = [column for column, label in labels.items() if _field(label) in wanted]
    if not names:
        return []
    first = next(iter(labels))
    starts = [column for column, label in labels.items() if label == labels[first]]
    if len(starts) == 1:
        starts += [column for column in names[1:] if labels[column] == labels[names[0]]]
    ends = [*starts[1:], max(view.width(row), view.width(row - 1))]
    spans = [range(*span) for span in zip([0, *starts[1:]], ends, strict=True)]
    blocks = [_Block(span, _columns(view, row, span)) for span in spans]
    return [one for one in blocks if wanted & one.fields.keys()]


def _columns(view: View, row: int, columns: Sequence[int]) -> dict[str, int]:
    """Return field → column of a list's headings, of several of a field the first; what has none in their row may have it in the row above."""
    found: dict[str, int] = {}
    for at in (row, row - 1):
        for column in columns:
            alone = view.reach(at, column).left == view.reach(at, column).right
            free = at == row or (at >= 0 and alone and column not in view.filled(row))
            field = _field(_label(view, at, column)) if free and column in view.filled(at) else None
            if field:
                found.setdefault(field, column)
    return found


def _label(view: View, row: int, column: int) -> str:
    """Return the label of a cell, with that of the heading which stands over several columns: 主管部门 over 代码, 名称."""
    own = view.label(row, column)
    over = max((one for one in view.filled(row - 1) if one <= column), default=None)
    if over is None or (view.merged and view.reach(row - 1, over).right < column):
        return own
    both = view.label(row - 1, over) + own
    return both if both in _fields() else own


def _field(label: str) -> str | None:
    """Return the field that a heading names."""
    known = _fields().get(label)
    others = {"due": _DUE.match, "agency": _AGENCY.fullmatch, "project_name": _PROJECT.fullmatch}
    return known or next((field for field, matches in others.items() if matches(label)), None)


@cache
def _fields() -> dict[str, str]:
    """Return which field a heading names, by its key."""
    return {label_key(text): field for field, texts in _HEADINGS.items() for text in texts}


def _lines(view: View, rows: Sequence[int], block: _Block, name: str) -> Iterator[dict[str, str]]:
    """Yield the lines of a list; a project without an agency is of the one above it, as people leave out what repeats."""
    above: dict[str, str] = {}
    for number, line in enumerate(line for row in rows for line in _line(view, row, block, name)):
        heading = next((line[one] for one in sorted(_NAMES & line.keys()) if _heads_names(line[one])), None)
        if number == 0 and heading:
            raise UsageError(_SIDEWAYS.format(name, view.grid.sheet, line["cell"], heading))
        if "agency" in line or line.get("department", above.get("department")) != above.get("department"):
            above = {field: line[field] for field in _WHOSE if field in line}
        yield above | line


def _heads_names(text: str) -> bool:
    """Tell whether a text in the place of a name is a heading: the list goes sideways."""
    return _fields().get(label_key(text)) in {*_NAMES, *_WHOSE}


def _line(view: View, row: int, block: _Block, name: str) -> Iterator[dict[str, str]]:
    """Yield the line of a list that a row is, unless it is blank, a sum, a note, a signature or heads a group of names.

    A cell that is merged with those below it holds for all of their rows.
    """
    begins = [column for column in view.filled(row) if column in block.span][:1]
    names = [block.fields[field] for field in _NAMES & block.fields.keys()]
    if not {*names} & {*view.filled(row)} or any(_is_beside(view.text(row, one)) for one in begins + names):
        return
    spots = {field: Spot(_top(view, row, column), column) for field, column in block.fields.items()}
    line = {field: text for field, spot in spots.items() if (text := view.text(*spot))}
    if "agency" in line:
        line["agency"] = _unnumbered(line["agency"])
    if {*line} == {"agency"} and _GROUP.fullmatch("".join(line["agency"].split())):
        return
    for spot in (spots[field] for field in sorted(_NAMES & line.keys())):
        if fault := view.grid.faults.get(spot):
            kind = "还没有算出结果的公式" if fault.startswith("=") else f"错误值 {fault}"
            raise UsageError(_FAULTY.format(name, view.grid.sheet, spot.a1, kind))
    at = next(spots[field] for field in ("agency", "project_name") if field in line)
    line |= {"sheet": view.grid.sheet, "cell": at.a1}
    yield line | ({"due_cell": spots["due"].a1} if "due" in line else {})


def _top(view: View, row: int, column: int) -> int:
    """Return the row in which the text of a cell stands: where it is merged downwards, its first."""
    area = view.reach(row, column)
    return area.top if area.left == column else row


def _unnumbered(name: str) -> str:
    """Return a name without its number in the list: 甲局 of 一、甲局; 三、四号楼管理处 has none."""
    plain = LEAD.sub("", name)
    return name if plain[:1] in _NUMERALS else plain or name


def _is_beside(text: str) -> bool:
    """Tell whether what a row begins with, or holds in the place of a name, is of a sum, a note or a signature."""
    bare = "".join(text.split())
    return bool(_NO_NAME.match(bare) or _DAY.fullmatch(bare))
