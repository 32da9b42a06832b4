"""Tables that count and may be one: the same indicators under two names or from a 主管部门 too, or a draft that lacks a year.

Of one agency two names may be one project's where they differ in how they are written, or in an end.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import groupby, takewhile
from typing import NamedTuple

from jixiao import values
from jixiao.merging import places
from jixiao.merging.accounts import Accounts, slip_of
from jixiao.merging.joining import OWN_OFFICE
from jixiao.merging.records import Slip
from jixiao.rules.agencies import known_as, may_abbreviate
from jixiao.rules.slips import slips

_ALIKE = """
SELECT d.n, d.file, d.slip, d.team FROM doc d
JOIN (
    SELECT json_extract(slip, '$[11]') AS gist FROM doc WHERE fate = 'counted' GROUP BY gist HAVING count(*) > 1
) s ON s.gist = json_extract(d.slip, '$[11]')
WHERE d.fate = 'counted' AND NOT json_extract(d.slip, '$[10]') ORDER BY s.gist, d.n
"""
_FILLED = """
SELECT d.n, d.slip, t.shown FROM doc d JOIN team t ON t.n = d.team
WHERE d.fate = 'counted' AND NOT json_extract(d.slip, '$[10]') {0} ORDER BY d.n
"""
_UNSURE = "AND (json_extract(slip, '$[5]') IS NULL OR json_extract(slip, '$[2]') IS NULL)"
_SHORTEST = 4  # letters of a name of which another one may be made
_PARTING = frozenset(
    "0123456789abcdefghijklmnopqrstuvwxyz〇一二两三四五六七八九十甲乙丙丁东西南北上下内外前后左右春夏秋冬男女大中小新旧"
)
_MOST = 64  # tables of one form that are all held against each other; of more only equal names are looked up
_NUMBER = re.compile(
    r"\s*(?:[①-⑳]|[(（](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|项目[一二三四五六七八九十\d]{0,3}\s*[:：、]"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[、．.](?![\d一二三四五六七八九十])|\s))\s*"
)
_YEAR = r"(?<![\d\-~至—－])(?:{0}|{1})(?![\d\-~至—－]|年[\-~至—－])(?:年度|年)?|^本?年度"
# What somebody put behind a name to tell versions apart: 电费（最终版）, 电费-修改稿2.
_VERSION = re.compile(
    r"[-—_ (\[【]\s{0,3}(?:(?:最终|最新|修改|修订|修正|送审)[稿版]?|(?:终|定|初|第?[一二三四五六七八九\d])[稿版])\d{0,2}[)\]】]?$"
)
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_TEN_THOUSAND = Decimal(10000)  # 元 of a 万元


class Pair(NamedTuple):
    """Two tables that count and may be one project, by number."""

    earlier: int
    later: int


class _Table(NamedTuple):
    number: int
    file: int
    team: int
    project: bool
    year: int | None
    agency: str
    department: str
    home: places.Chain
    name: str
    total: Decimal | None
    sure: bool  # its indicators or goals tell it from others


def pairs(books: Accounts) -> Iterator[Pair]:
    """Yield each table with the first of those before it that may be the same project, in the order of the tables."""
    rows = books.base.execute(_ALIKE)
    found: list[Pair] = []
    for _, same in groupby(rows, key=lambda row: slip_of(row[2]).gist):
        found += _of_one_form([_table(*row) for row in same])
    return iter(sorted(found, key=lambda one: one.later))


def drafts(books: Accounts) -> Iterator[Pair]:
    """Yield each table with the first before it of one agency and name, where only one of the two says the year, or the agency.

    A project without an agency is its 主管部门's; what lacks both is nobody's, and told elsewhere.
    """
    first: dict[tuple[str, str, str], dict[tuple[int | None, bool], int]] = {}
    unsure = {key for _, slip, key in _named(books, _UNSURE) if key}
    for number, slip, key in _named(books, "") if unsure else ():
        if key not in unsure:  # of many thousands hardly any is kept
            continue
        known = first.setdefault(key, {})
        own = slip.year, bool(slip.agency)
        earlier = next((at for other, at in known.items() if _is_draft(own, other)), None)
        known.setdefault(own, number)
        if earlier:
            yield Pair(earlier, number)


def _named(books: Accounts, which: str) -> Iterator[tuple[int, Slip, tuple[str, str, str] | None]]:
    """Yield the tables that count by number, each with its form, owner and name, `None` where it lacks one."""
    for number, text, shown in books.base.execute(_FILLED.format(which)):
        slip = slip_of(text)
        whose = json.loads(shown) if slip.agency else slip.department
        owner = known_as(whose) if isinstance(whose, str) else ""
        name = slip.project_name if slip.form == "project_target" else slip.form
        whole = owner and isinstance(name, str)
        yield number, slip, (slip.form, owner, bare(name, slip.year)) if whole else None


def _is_draft(one: tuple[int | None, bool], other: tuple[int | None, bool]) -> bool:
    """Tell of two tables, by the year and whether there is an agency, whether one may be the other before it was filled in."""
    return one != other and (one[0] == other[0] or None in {one[0], other[0]})


def _of_one_form(tables: list[_Table]) -> Iterator[Pair]:
    """Yield the pairs among tables of the same indicators."""
    near = (tables[:at] for at in range(len(tables))) if len(tables) <= _MOST else _looked_up(tables)
    for one, before in zip(tables, near, strict=True):
        other = next((each for each in before if _may_be_one(each, one)), None)
        if other:
            yield Pair(other.number, one.number)


def _looked_up(tables: list[_Table]) -> Iterator[list[_Table]]:
    """Yield for each of very many tables the first of its own agency, its 主管部门, and those that it is over, by name."""
    first: dict[tuple[object, ...], _Table] = {}
    for one in tables:
        own, agency, over = (
            (one.year, one.name, one.team),
            (one.year, one.name, one.total, "agency", one.agency),
            (one.year, one.name, one.total, "department", one.department),
        )
        wanted = (own, (*agency[:4], one.department), (*over[:4], one.agency))
        found = {first[key].number: first[key] for key in wanted if key in first}
        yield [found[number] for number in sorted(found)]
        for key in (own, agency, over):
            first.setdefault(key, one)


def _table(number: int, file: int, text: str, team: int) -> _Table:
    slip = slip_of(text)
    agency, department, name = (
        one if isinstance(one, str) else "" for one in (slip.agency, slip.department, slip.project_name)
    )
    agency, department = known_as(agency), known_as(department)
    project = slip.form == "project_target"  # what an agency's own table says of money is in its gist
    home = places.home(agency, department) or places.chain(agency)
    return _Table(
        number,
        file,
        team,
        project,
        slip.year,
        agency,
        department,
        home,
        bare(name, slip.year) if project else slip.form,
        values.decimal(slip.funds[0]) if project else Decimal(0),
        bool(slip.gist),
    )


def _may_be_one(one: _Table, other: _Table) -> bool:
    """Tell whether two tables of the same indicators may be one project; of one agency, whatever the amounts."""
    own = _of_one_agency(one, other)
    if one.total is None or other.total is None or not one.name or places.contradict(one.home, other.home):
        return False
    if one.year != other.year and one.year and other.year:
        return False
    alike = one.total in {other.total, other.total * _TEN_THOUSAND, other.total / _TEN_THOUSAND}
    if not alike and not (own and one.sure):
        return False
    if one.name == other.name:
        return own or _near(one, other)
    if own:
        return one.total == other.total and one.file != other.file and _is_renamed(one.name, other.name)
    return _with_agency(one, other) or _with_agency(other, one)


def _is_renamed(*names: str) -> bool:
    """Tell whether one name may be the other with its last letter changed, or more words: 电梯维修, 电梯维保, 电梯维修改造.

    What counts or parts two of a kind (一号楼, 第二批, 东区) makes another project, and a letter before the last does: 水费
    and 电费, 李家村道路 and 王家村道路 may well have one amount and the same indicators. A slip of the keyboard is CS07's to tell.
    """
    short, long = sorted(names, key=len)
    begin = _shared(short, long)
    end = _shared(short[begin:][::-1], long[begin:][::-1])
    lost, more = short[begin : len(short) - end], long[begin : len(long) - end]
    if len(short) < _SHORTEST or not _PARTING.isdisjoint(lost + more) or slips(names):
        return False
    return not lost or (len(lost) == len(more) == 1 and not end)


def _shared(one: str, other: str) -> int:
    """Return how many letters two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _of_one_agency(one: _Table, other: _Table) -> bool:
    """Tell whether two tables are of one agency: without one a table is its 主管部门's, or any agency's below it."""
    if one.agency and other.agency:
        return one.team == other.team
    names = one.agency or one.department, other.agency or other.department
    return may_abbreviate(*names) or may_abbreviate(one.department, other.department)


def _near(one: _Table, other: _Table) -> bool:
    """Tell whether two agencies may be one, or one the 主管部门 of the other; a table of nobody may be anybody's."""
    names = {one.agency.removesuffix(OWN_OFFICE), other.agency.removesuffix(OWN_OFFICE)}
    if not one.project and one.agency != other.agency and len(names) == 1:
        return False  # a department and its own office have each a table of their own
    if one.agency and other.agency:
        return may_abbreviate(one.agency, other.agency) or _over(one, other) or _over(other, one)
    return not (one.agency or one.department) or not (other.agency or other.department)


def _over(one: _Table, other: _Table) -> bool:
    """Tell whether a table is of the other one's 主管部门."""
    return may_abbreviate(one.agency, other.department)


def _with_agency(one: _Table, other: _Table) -> bool:
    """Tell whether a 主管部门 has put the agency's name to its project's: 第一中学水费 is 水费 of 第一中学."""
    return (
        _over(one, other)
        and other.name in one.name
        and may_abbreviate(one.name.replace(other.name, "", 1), other.agency)
    )


@lru_cache(maxsize=1024)
def bare(name: str, year: int | None) -> str:
    """Return a project's name for comparison without its number, its version, the word 项目 and the year that the table is of."""
    plain = _NUMBER.sub("", name, count=1) if _NUMBER.match(name) else name
    plain = _VERSION.sub("", unicodedata.normalize("NFKC", plain).strip())
    if year:
        plain = re.sub(_YEAR.format(year, str(year).translate(_DIGITS)), "", plain)
    short = values.key(plain).removeprefix("项目").removesuffix("项目")
    return short or values.key(name)
