"""What a verdict must not keep quiet: years that were added up, amounts that are lacking, what was seen and not counted."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from jixiao import schemas, values
from jixiao.merging.accounts import Accounts, Rows, slip_of
from jixiao.merging.ledger import FUNDS, Agency, Department, Sum
from jixiao.rules.agencies import known_as

_TOLERANCE = Decimal("0.005")  # 万元, as of UN05
_SENT = """
SELECT name, year, own IS NOT NULL, EXISTS (SELECT 1 FROM doc WHERE home = agency.n) FROM agency
WHERE name != 'null' ORDER BY sort
"""


def remarks(books: Accounts, agencies: Rows[Agency], departments: Sequence[Department]) -> Iterator[str]:
    """Yield the sentences about the whole that the tables give reason for."""
    yield from _years(departments)
    if several := of_whole_departments(agencies):
        yield f"注意：{whole_departments_told(several)}，它的金额里已有其他单位的，“汇总表”不把各单位的相加。"
    yield from _parted(books)
    yield from _twice(books)
    yield from _unread(books)


def lacking(funds: Mapping[str, Sum]) -> dict[str, int]:
    """Return for each field that has any, by its name in Chinese, how many of its amounts are blank or no amount."""
    return {
        schemas.field("project_target", f"/{field}")["title"]: funds[field].unknown
        for field in FUNDS
        if funds[field].unknown
    }


def not_asked(funds: Mapping[str, Sum]) -> dict[str, int]:
    """Return for each source that forms of some projects never had, by its name in Chinese, how many projects."""
    return {
        schemas.field("project_target", f"/{field}")["title"]: funds[field].unasked
        for field in FUNDS
        if funds[field].unasked
    }


def _years(departments: Sequence[Department]) -> Iterator[str]:
    """Say that the totals are of several years, and what each year has."""
    counts: Counter[int | None] = Counter()
    known: defaultdict[int | None, list[Decimal]] = defaultdict(list)
    for one in departments:
        counts[one.year] += one.projects
        total = one.funds["total_funds"].known
        known[one.year] += [] if total is None else [total]
    if len(counts) > 1:
        told = "，".join(
            f"{_of(year)} {counts[year]} 个项目{_sum(known[year])}"
            for year in sorted(counts, key=lambda year: year or 0)
        )
        yield f"注意：项目分属 {len(counts)} 个年度，合计是各年度相加的：{told}；请核对有没有放错年度的文件。"


def of_whole_departments(agencies: Rows[Agency]) -> list[str]:
    """Return the agencies whose own table states the projects of all agencies below them too, see UN05: theirs are in it."""
    below: dict[tuple[str, int | None], Decimal] = defaultdict(Decimal)
    for one in agencies:
        over, total = known_as(one.department), one.funds["total_funds"].known
        if over and total and over != known_as(one.name):
            below[over, one.year] += total
    found = []
    for one in agencies:
        rest = below.get((known_as(one.name), one.year))
        stated = values.decimal(one.own.document.values["projects"]) if rest and one.own else None
        if rest and stated is not None:
            whole = rest + (one.funds["total_funds"].known or 0)
            found += [one.name or ""] if abs(stated - whole) <= _TOLERANCE else []
    return found


def whole_departments_told(names: Sequence[str]) -> str:
    """Return who stated the whole of a department, the first by name."""
    more = f"等 {len(names)} 个单位" if len(names) > 1 else ""
    return f"“{names[0]}”{more}的整体表像是报的整个部门"


def _sum(amounts: Sequence[Decimal]) -> str:
    """Return what amounts make in words; that of none is not known, and not 0."""
    return f" {values.canonical(sum(amounts, Decimal(0)))} 万元" if amounts else "，金额未知"


def _parted(books: Accounts) -> Iterator[str]:
    """Say whose own table is of another year than all of its projects: nothing holds them against each other."""
    own: dict[str, list[int | None]] = {}
    projects: dict[str, list[int | None]] = {}
    both: set[str] = set()
    for name, year, stated, sent in books.base.execute(_SENT):
        if stated and sent:
            both.add(name)
        else:
            (own if stated else projects).setdefault(name, []).append(year)
    found = [name for name in own if name in projects and name not in both]
    if found:
        name = found[0]
        yield (
            f"注意：有 {len(found)} 个单位的整体表和项目表不是一个年度的，分开列出，没有一起核对，例如“{json.loads(name)}”："
            f"整体表（{_of(own[name][0])}）、项目表（{_of(projects[name][0])}）。请核对有没有放错年度的文件。"
        )


def _of(year: int | None) -> str:
    return f"{year} 年度" if year else "年度没有填"


def _twice(books: Accounts) -> Iterator[str]:
    """Say how much may be counted twice; see `disputes.of_nobody` and `disputes.may_be_one`."""
    rows = books.base.execute("SELECT t.rule, d.slip FROM twice t JOIN doc d ON d.n = t.doc").fetchall()
    slips = [slip_of(text) for _, text in rows]
    amounts = [values.decimal(one.funds[0]) for one in slips if one.form == "project_target"]
    told = []
    if amounts:
        total = values.canonical(sum((one for one in amounts if one is not None), Decimal(0)))
        told.append(f"{len(amounts)} 张项目表（共 {total} 万元）和另一张像是同一个项目")
    if own := len(slips) - len(amounts):
        told.append(f"{own} 张整体表和另一张像是同一个单位的")
    if told:
        rules = "、".join(sorted({rule for rule, _ in rows}))
        yield f"注意：有 {'，'.join(told)}，都计入了，可能算了两遍，见“问题清单”里的 {rules}。"


def _unread(books: Accounts) -> Iterator[str]:
    """Say that files hold what was seen and not counted, such as a table on a hidden sheet; the first as an example."""
    said = "FROM file WHERE json_array_length(json_extract(head, '$.remarks')) > 0"
    count = int(books.one(f"SELECT count(*) {said}"))  # our own words, here and below
    if count:
        path, head = books.base.execute(f"SELECT path, head {said} ORDER BY n LIMIT 1").fetchone()
        yield (
            f"注意：有 {count} 个文件里还有没有计入的内容，逐个见“文件清单”的“说明”。"
            f"例如“{path}”：{json.loads(head)['remarks'][0]}"
        )
