"""The sheets of a summary that list what is to be seen to: 问题清单, 文件清单, 版本差异, 与上次相比, 报送情况."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import islice

from jixiao import schemas, values
from jixiao.merging.attendance import STATUSES, Attendance, Status
from jixiao.merging.entries import Place
from jixiao.merging.ledger import FileLine, FileStatus, Ledger, Told, tally
from jixiao.merging.listing import Links, as_text, money, paged
from jixiao.merging.since import Comparison, Kind
from jixiao.model import Finding
from jixiao.office import tables
from jixiao.office.tables import Cell, Column, Item, Table

STATUS_WORDS: dict[FileStatus, str] = {
    "merged": "已汇总",
    "duplicate": "重复",
    "superseded": "被替代",
    "rejected": "未能读取",
    "not_ours": "与填报无关",
}
FATE_WORDS = {"counted": "计入", "duplicate": "重复", "superseded": "被替代"}
SEVERITY_WORDS = {"error": "错误", "warning": "警告", "hint": "提示"}
_STATUS_STYLES = {"rejected": "error", "superseded": "error", "duplicate": "hint"}
_FINDINGS = (
    Column("序号", 7, "number"),
    Column("级别", 8, "center"),
    Column("规则", 8, "center"),
    Column("问题", 50),
    Column("怎么改", 50),
    Column("文件", 30, "link"),
    Column("工作表", 14),
    Column("单元格", 8, "center"),
)
_FILES = (
    Column("序号", 7, "number"),
    Column("文件", 40, "link"),
    Column("结果", 12, "center"),
    Column("表数", 7, "number"),
    Column("其中的表（工作表：项目或单位，结果）", 44),
    Column("说明", 56),
    Column("SHA-256\n（前 12 位）", 18, "center"),
)
_VERSIONS = (
    Column("序号", 6, "number"),
    Column("单位", 23),
    Column("表", 22),
    Column("栏目", 24),
    Column("计入的内容", 26),
    Column("计入：文件", 24, "link"),
    Column("工作表、单元格", 16),
    Column("未计入的内容", 26),
    Column("未计入：文件", 24, "link"),
    Column("工作表、单元格", 16),
    Column("为什么", 14),
)
_ATTENDANCE = (
    Column("序号", 6, "number"),
    Column("单位", 26),
    Column("代码", 10, "center"),
    Column("主管部门", 23),
    Column("联系人", 10),
    Column("联系电话", 16),
    Column("结果", 10, "center"),
    Column("截止日期", 13, "center"),
    Column("最后保存", 20, "center"),
    Column("项目数", 7, "number"),
    Column("文件", 30, "link"),
    Column("说明", 50),
)
_CHANGES = (
    Column("序号", 6, "number"),
    Column("变化", 15, "center"),
    Column("单位", 23),
    Column("年度", 7, "center"),
    Column("项目名称\n（整体表为空）", 28),
    Column("上次：年度资金\n总额（万元）", 16, "money_plain"),
    Column("本次：年度资金\n总额（万元）", 16, "money_plain"),
    Column("增减\n（万元）", 13, "money_plain"),
    Column("其中有变动的\n（万元，上次 → 本次）", 34),
    Column("文件", 28, "link"),
    Column("工作表", 16),
    Column("单元格", 8, "center"),
)
CHANGE_WORDS: dict[Kind, tuple[str, str | None]] = {
    "new": ("新增", "hint"),
    "gone": ("减少", "error"),
    "amounts": ("金额变动", "warning"),
    "words": ("内容变动", None),
}
ATTENDANCE_WORDS: dict[Status, tuple[str, str | None]] = {
    "late": ("迟交", "warning"),
    "missing": ("未收到", "error"),
    "unknown": ("名单外", "hint"),
}
WHY_WORDS = {
    "prefer": "按 --prefer",
    "later": "保存较晚",
    "blank": "另一份没有填写",
    "mixed": "看起来较晚，不一定可靠",
    "order": "时间相同，按次序",
}


def findings(ledger: Ledger, links: Links) -> Iterator[Table]:
    """Yield 问题清单: errors first, then warnings, hints, what is explained, and what could not be judged."""
    rows = (_finding_row(number, one, links) for number, one in enumerate(ledger.ranked, 1))
    found, open_ones, explained = len(ledger.findings), len(ledger.not_checked), tally(ledger)["explained"]
    kept = f"，{explained} 个已说明" if explained else ""
    title = f"问题清单（共 {found - explained} 个问题{kept}，{open_ones} 项未能核对）"
    return paged("问题清单", title, _FINDINGS, found + open_ones, rows)


def _finding_row(number: int, one: Told, links: Links) -> Sequence[Cell]:
    what = one.what
    if isinstance(what, Finding):
        place = Place(one.path, one.sheet, what.cell)
        level, advice = Item(SEVERITY_WORDS[what.severity], what.severity), what.suggestion
        if what.reason is not None:
            level, advice = Item("已说明", "center"), f"已说明：{what.reason}"
        return number, level, what.rule, what.message, advice, links.to(place), one.sheet, what.cell
    file = Item(links.name(one.path), "link", links.file(one.path))
    return number, "未核对", what.rule, what.reason, None, file, one.sheet, None


def files(ledger: Ledger, links: Links) -> Iterator[Table]:
    """Yield 文件清单: every file, what became of it, and why."""
    rows = (
        (
            number,
            _file(one, links),
            Item(STATUS_WORDS[one.status], _STATUS_STYLES.get(one.status)),
            one.documents,
            "；".join(
                f"{each.sheet}：{each.name or '名称未填'}，{FATE_WORDS[each.fate]}" for each in one.tables
            ),
            _said(one),
            (one.sha256 or "")[:12],
        )
        for number, one in enumerate(ledger.files, 1)
    )
    count = len(ledger.files)
    return paged("文件清单", f"文件清单（共 {count} 个文件）", _FILES, count, rows)


def _file(one: FileLine, links: Links) -> Item:
    """Return a file's name, linked unless nothing is there any more: what a shortcut points at may be gone."""
    name = links.name(one.path)
    if one.sha256 or os.path.exists(one.path):  # noqa: PTH110 - `Path.exists` raises where a folder is shut
        return Item(name, "link", links.file(one.path))
    return Item(name, "wrapped")


def versions(ledger: Ledger, links: Links) -> Table:
    """Return 版本差异: one row for each place where a version that was not counted says something else."""

    def rows() -> Iterator[Sequence[Cell]]:
        for number, one in enumerate(islice(ledger.differences, tables.MOST_ROWS), 1):
            cells: list[Cell] = [number, one.agency, one.table, one.field]
            for text, place in ((one.counted, one.counted_at), (one.other, one.other_at)):
                cells += [text, None, None]
                if place:
                    cells[-2:] = [links.to(place), f"{place.sheet} › {place.cell}"]
            yield (*cells, WHY_WORDS[one.why])

    title = "版本差异（同一张表来了内容不同的几份，每行是一处不同）"
    return Table("版本差异", title, _VERSIONS, rows())


def changes(known: Comparison, links: Links) -> Table:
    """Return 与上次相比: one row for each table that is new or gone, or says something else than at the last merge."""

    def rows() -> Iterator[Sequence[Cell]]:
        for number, one in enumerate(islice(known.changes, tables.MOST_ROWS), 1):
            word, style = CHANGE_WORDS[one.kind]
            before, after = one.before.get("total_funds"), one.after.get("total_funds")
            own = one.form == "agency_overall"
            more = None if own else _difference(before if one.before else "0", after if one.after else "0")
            parts = [
                f"{schemas.field(one.form, f'/{field}')['title']} {one.before[field] or '空白'} → {amount or '空白'}"
                for field, amount in one.after.items()
                if one.before and field != "total_funds" and one.before[field] != amount
            ]
            gone = one.kind == "gone"
            file = Item(links.name(one.place.path), "wrapped") if gone else links.to(one.place)
            yield (
                number, Item(f"整体表{word}" if own else word, style), one.agency, as_text(one.year), one.name,
                money(before), money(after), more,
                "，".join(parts), file, one.place.sheet, one.place.cell,
            )  # fmt: skip

    title = f"与上次汇总（{known.last:%Y-%m-%d %H:%M}）相比（减少的，文件和单元格是上次的）"
    return Table("与上次相比", title, _CHANGES, rows())


def _difference(before: str | None, after: str | None) -> Cell:
    """Return how much more it is now, blank where either is no amount."""
    one, two = values.decimal(before), values.decimal(after)
    return None if one is None or two is None else float(two - one)


def attendance(known: Attendance, links: Links) -> Table:
    """Return 报送情况: every agency of the list, and every sender that the list does not have."""
    words: dict[Status, tuple[str, str | None]] = {"received": (known.in_time, None), **ATTENDANCE_WORDS}

    def rows() -> Iterator[Sequence[Cell]]:
        for number, one in enumerate(known.lines, 1):
            word, style = words[one.status]
            told = [one.told.get(key) for key in ("code", "department", "contact", "phone")]
            arrived = f"{one.arrived.astimezone():%Y-%m-%d %H:%M}" if one.arrived else None
            files = "、".join(map(links.name, one.files))
            file = Item(files, "link", links.file(one.files[0])) if one.files else None
            yield (
                number, one.agency, *told, Item(word, style), one.due.isoformat() if one.due else None, arrived,
                one.projects, file, "".join(one.remarks),
            )  # fmt: skip

    counts = "，".join(f"{words[one][0]} {known.count(one)} 个" for one in STATUSES)
    return Table("报送情况", f"报送情况（{counts}；年度应为 {known.year or '未知'}）", _ATTENDANCE, rows())


def _said(one: FileLine) -> str:
    """Return a file's reason, and its remarks where the reason does not hold them already."""
    reason = one.reason or ""
    return "".join((reason, *(remark for remark in one.remarks if remark not in reason)))
