"""The ledgers of the summary workbook: 项目明细, 指标明细, 问题清单, 文件清单."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from jixiao import schemas, values
from jixiao.merging import cautions
from jixiao.merging.attendance import STATUSES, Attendance, Status
from jixiao.merging.entries import Entry, Place, filled
from jixiao.merging.ledger import FUNDS, Agency, FileLine, FileStatus, Ledger, Told, tally
from jixiao.merging.listing import Links, money
from jixiao.merging.since import Comparison, Kind
from jixiao.merging.unit_forms import NAMELESS
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
_PROJECTS = (
    Column("序号", 6, "number"),
    Column("单位", 22),
    Column("主管部门", 22),
    Column("年度", 7, "center"),
    Column("项目名称", 30),
    Column("年度资金总额（万元）", 13, "money_plain"),
    Column("当年财政拨款（万元）", 13, "money_plain"),
    Column("上年结转资金（万元）", 13, "money_plain"),
    Column("其他资金（万元）", 13, "money_plain"),
    Column("指标数", 7, "number"),
    Column("文件", 28, "link"),
    Column("工作表", 16),
    Column("单元格（总额、财政、结转、其他）", 18),
)
_INDICATORS = (
    Column("序号", 7, "number"),
    Column("单位", 20),
    Column("项目名称（整体表为空）", 24),
    Column("一级指标", 12),
    Column("二级指标", 16),
    Column("三级指标", 28),
    Column("指标值", 16),
    Column("文件", 26, "link"),
    Column("工作表", 14),
    Column("单元格", 8, "center"),
)
_FINDINGS = (
    Column("序号", 7, "number"),
    Column("级别", 8, "center"),
    Column("规则", 8, "center"),
    Column("问题", 48),
    Column("怎么改", 38),
    Column("文件", 26, "link"),
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
    Column("SHA-256（前 12 位）", 16, "center"),
)
_DEPARTMENTS = (
    Column("序号", 6, "number"),
    Column("主管部门", 34),
    Column("年度", 7, "center"),
    Column("单位数", 8, "number"),
    Column("项目数", 8, "number"),
    Column("年度资金总额（万元）", 16, "money_plain"),
    Column("当年财政拨款（万元）", 16, "money_plain"),
    Column("上年结转资金（万元）", 16, "money_plain"),
    Column("其他资金（万元）", 16, "money_plain"),
    Column("没有计入的（金额空白或不是数的项目）", 28, "wrapped"),
)
AGENCIES = (
    Column("单位", 24, "link"),
    Column("年度", 8, "center"),
    Column("项目数", 8, "number"),
    Column("年度资金总额", 15, "money_plain"),
    Column("当年财政拨款", 15, "money_plain"),
    Column("上年结转资金", 15, "money_plain"),
    Column("其他资金", 15, "money_plain"),
    Column("基本支出", 15, "money_plain"),
    Column("支出预算合计", 15, "money_plain"),
    Column("整体表来源", 30, "link"),
)
ALL_AGENCIES = "各单位合计"
_VERSIONS = (
    Column("序号", 6, "number"),
    Column("单位", 20),
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
    Column("主管部门", 22),
    Column("联系人", 10),
    Column("联系电话", 14),
    Column("结果", 10, "center"),
    Column("截止日期", 12, "center"),
    Column("最后保存", 16, "center"),
    Column("项目数", 7, "number"),
    Column("文件", 30, "link"),
    Column("说明", 50),
)
_CHANGES = (
    Column("序号", 6, "number"),
    Column("变化", 15, "center"),
    Column("单位", 22),
    Column("年度", 7, "center"),
    Column("项目名称（整体表为空）", 28),
    Column("上次：年度资金总额（万元）", 14, "money_plain"),
    Column("本次：年度资金总额（万元）", 14, "money_plain"),
    Column("增减（万元）", 12, "money_plain"),
    Column("其中有变动的（万元，上次 → 本次）", 34),
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


def paged(
    name: str, title: str, columns: Sequence[Column], count: int, rows: Iterator[Sequence[Cell]]
) -> Iterator[Table]:
    """Yield a sheet of rows, and further ones where a sheet is full; they are written one after the other."""
    for number in range(1, max(1, -(-count // tables.MOST_ROWS)) + 1):
        sheet = name if number == 1 else f"{name}({number})"
        yield Table(sheet, title, columns, islice(rows, tables.MOST_ROWS))


def departments(ledger: Ledger) -> Table:
    """Return 主管部门: the sums of the level above the agencies; what nobody stated is blank, never 0."""
    rows = [
        (
            number, one.name or "（主管部门未填）", _text(one.year), one.agencies, one.projects,
            *(money(one.funds[field].text) for field in FUNDS),
            "，".join(f"{title} {count} 个" for title, count in cautions.lacking(one.funds).items()) or None,
        )
        for number, one in enumerate(ledger.departments, 1)
    ]  # fmt: skip
    return Table("主管部门", f"各主管部门合计（共 {len(rows)} 个）", _DEPARTMENTS, rows)


def agencies(ledger: Ledger, links: Links, targets: Sequence[str]) -> Table:
    """Return 各单位合计: one row for each agency, for a summary whose first page cannot list them all."""
    pairs = zip(ledger.agencies, targets, strict=True)
    rows = (agency(one, target, links) for one, target in pairs)
    title = f"各单位合计（共 {len(ledger.agencies)} 个单位；金额单位：万元）"
    return Table(ALL_AGENCIES, title, AGENCIES, rows)


def agency(one: Agency, target: str, links: Links) -> list[Cell]:
    """Return the row of an agency: its sums, and what it states itself with the place; `target` is its unit form."""
    amounts: list[Cell] = [
        Item(money(one.funds[field].text), "money_lacking" if one.funds[field].unknown else None)
        for field in FUNDS
    ]
    name = one.name or NAMELESS
    head: list[Cell] = [Item(name, link=target), str(one.year or ""), len(one.projects), *amounts]
    if one.own is None:
        return [*head, None, None, Item("没有收到整体表", "wrapped")]
    own = one.own
    for field in ("basic", "expenditure_total"):
        amount = money(own.document.values[field])
        head.append(None if amount is None else Item(amount, link=links.cell(own.place(f"/{field}"))))
    places = own.place("/basic"), own.place("/expenditure_total")
    return [*head, Item(f"{links.shown(places[0])}、{places[1].cell}", link=links.cell(places[0]))]


def projects(ledger: Ledger, links: Links) -> Iterator[Table]:
    """Yield 项目明细: one row for each project that counts, every amount with its cell."""

    def rows() -> Iterator[Sequence[Cell]]:
        for number, one in enumerate(ledger.projects, 1):
            told, places = one.document.values, [one.place(f"/{field}") for field in FUNDS]
            amounts = [
                Item(money(told[field]), None if _is_amount(told[field]) else "error", links.cell(place))
                if told[field] is not None
                else None
                for field, place in zip(FUNDS, places, strict=True)
            ]
            cells = "、".join(place.cell for place in places)
            year, name = told["year"], told["project_name"]
            yield (
                number, one.agency, told["department"], _text(year), name, *amounts, len(filled(one.document)),
                links.to(places[0]), one.document.sheet, cells,
            )  # fmt: skip

    count = len(ledger.projects)
    return paged("项目明细", f"项目明细（共 {count} 个项目）", _PROJECTS, count, rows())


def indicators(ledger: Ledger, links: Links) -> Iterator[Table]:
    """Yield 指标明细: one row for each indicator, of projects first."""
    own = (agency.own for agency in ledger.agencies if agency.own)
    count = sum(ledger.indicators.values())
    rows = _indicator_rows(chain(ledger.projects, own), links)
    return paged("指标明细", f"指标明细（共 {count} 条指标）", _INDICATORS, count, rows)


def _indicator_rows(entries: Iterable[Entry], links: Links) -> Iterator[Sequence[Cell]]:
    number = 0
    for one in entries:
        project = one.document.values.get("project_name")
        for at, indicator in filled(one.document):
            number += 1
            place = one.place(f"/indicators/{at}/target")
            yield (
                number, one.agency, project, indicator["level1"], indicator["level2"], indicator["name"],
                indicator["target"], links.to(place), place.sheet, place.cell,
            )  # fmt: skip


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
            Item(links.name(one.path), "link", links.file(one.path)),
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
                number, Item(f"整体表{word}" if own else word, style), one.agency, _text(one.year), one.name,
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
            files = "、".join(one.files)
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


def _is_amount(value: object) -> bool:
    return not isinstance(money(value), str)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
