"""The ledgers of the summary workbook: 项目明细, 指标明细, 问题清单, 文件清单."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from jixiao.merging.ledger import FUNDS, Entry, FileLine, FileStatus, Ledger, Place, Told, tally
from jixiao.merging.listing import Links, money
from jixiao.model import Finding
from jixiao.office.tables import MOST_ROWS, Cell, Column, Item, Table

STATUS_WORDS: dict[FileStatus, str] = {
    "merged": "已汇总",
    "duplicate": "重复",
    "superseded": "被替代",
    "rejected": "未能读取",
    "not_ours": "与填报无关",
}
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
    Column("说明", 56),
    Column("SHA-256（前 12 位）", 16, "center"),
)


def projects(ledger: Ledger, links: Links) -> Table:
    """Return 项目明细: one row for each project that counts, every amount with its cell."""

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
                number, one.agency, told["department"], _text(year), name, *amounts, len(told["indicators"]),
                links.to(places[0]), one.document.sheet, cells,
            )  # fmt: skip

    return Table("项目明细", f"项目明细（共 {len(ledger.projects)} 个项目）", _PROJECTS, rows())


def indicators(ledger: Ledger, links: Links) -> Iterator[Table]:
    """Yield 指标明细: one row for each indicator, of projects first; a further page where one is full."""
    own = [agency.own for agency in ledger.agencies if agency.own]
    entries = (*ledger.projects, *own)
    count = sum(len(one.document.values["indicators"]) for one in entries)
    rows = _indicator_rows(entries, links)
    for number in range(1, max(1, -(-count // MOST_ROWS)) + 1):
        name = "指标明细" if number == 1 else f"指标明细({number})"
        yield Table(name, f"指标明细（共 {count} 条指标）", _INDICATORS, islice(rows, MOST_ROWS))


def _indicator_rows(entries: Sequence[Entry], links: Links) -> Iterator[Sequence[Cell]]:
    number = 0
    for one in entries:
        project = one.document.values.get("project_name")
        for at, indicator in enumerate(one.document.values["indicators"]):
            number += 1
            place = one.place(f"/indicators/{at}/target")
            yield (
                number, one.agency, project, indicator["level1"], indicator["level2"], indicator["name"],
                indicator["target"], links.to(place), place.sheet, place.cell,
            )  # fmt: skip


def findings(ledger: Ledger, links: Links) -> Table:
    """Return 问题清单: errors first, then warnings, hints, what is explained, and what could not be judged."""
    ranks = [*SEVERITY_WORDS, "explained", ""]
    told = sorted((*ledger.findings, *ledger.not_checked), key=lambda one: ranks.index(_severity(one)))
    rows = (_finding_row(number, one, links) for number, one in enumerate(told[:MOST_ROWS], 1))
    explained = tally(ledger)["explained"]
    kept = f"，{explained} 个已说明" if explained else ""
    title = f"问题清单（共 {len(ledger.findings) - explained} 个问题{kept}，{len(ledger.not_checked)} 项未能核对）"
    return Table("问题清单", title, _FINDINGS, rows)


def _severity(one: Told) -> str:
    if not isinstance(one.what, Finding):
        return ""
    return one.what.severity if one.what.reason is None else "explained"


def _finding_row(number: int, one: Told, links: Links) -> Sequence[Cell]:
    what = one.what
    if isinstance(what, Finding):
        place = Place(one.path, one.sheet, what.cell)
        level, advice = Item(SEVERITY_WORDS[what.severity], what.severity), what.suggestion
        if what.reason is not None:
            level, advice = Item("已说明", "center"), f"已说明：{what.reason}"
        return number, level, what.rule, what.message, advice, links.to(place), one.sheet, what.cell
    file = Item(one.path, "link", links.file(one.path))
    return number, "未核对", what.rule, what.reason, None, file, one.sheet, None


def files(ledger: Ledger, links: Links) -> Table:
    """Return 文件清单: every file, what became of it, and why."""
    rows = [
        (
            number,
            Item(one.path, "link", links.file(one.path)),
            Item(STATUS_WORDS[one.status], _STATUS_STYLES.get(one.status)),
            one.documents,
            _said(one),
            (one.sha256 or "")[:12],
        )
        for number, one in enumerate(ledger.files, 1)
    ]
    return Table("文件清单", f"文件清单（共 {len(rows)} 个文件）", _FILES, rows)


def _said(one: FileLine) -> str:
    """Return a file's reason, and its remarks where the reason does not hold them already."""
    reason = one.reason or ""
    return "".join((reason, *(remark for remark in one.remarks if remark not in reason)))


def _is_amount(value: object) -> bool:
    return not isinstance(money(value), str)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
