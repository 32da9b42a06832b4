"""Names of agencies: what of a text is the name, what a full name is to one without its place, whose a project is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from jixiao import wording
from jixiao.model import Document
from jixiao.rules.slips import slips
from jixiao.values import key, parted

# What stands before an agency's own name when it is written in full: 甘肃省临夏回族自治州和政县 …
_PLACES = re.compile(r"(?=(自治区|自治州|自治县|自治旗|地区|新区|开发区|街道|[省市州盟县区旗乡镇]))")
_COUNTY = "省市州县区旗"  # 县水务局 is the county's own, said without its name
_LONGEST_PLACE = 12  # letters of a place before its 县, 市 …
_SEAL = re.compile(
    r"[（(\[]\s{0,3}(?:[^\W\d_]{0,4}\s{0,3}[盖公签印]\s{0,3}章|章)\s{0,3}[)）\]]"
)  # where one goes
_NUMERALS = frozenset("0123456789一二三四五六七八九十")
_SHORTEST_NAME = 2  # letters that can stand for an agency
_SHORTEST_CODE = 3  # 第一小学（2） has none


@lru_cache(maxsize=1024)
def named(text: str) -> tuple[str, str | None]:
    """Return the name in what stands in an agency's cell, and the code beside it: 甲局（301）（盖章）is 甲局, 301.

    Of a mere code the name is `""`.
    """
    bare = _SEAL.sub("", text).strip()
    name, code = parted(bare)
    if code is None and bare.isdecimal() and len(bare) >= _SHORTEST_CODE:
        return "", bare
    return (name, code) if code and len(code) >= _SHORTEST_CODE else (bare, None)


def name_of(text: str | None) -> str:
    """Return an agency's name without its code and the words of a seal; the code where there is nothing else."""
    name, code = named(text or "")
    return name or code or ""


@lru_cache(maxsize=1024)
def known_as(text: str | None) -> str:
    """Return an agency's name for comparison: `values.key` of its name alone."""
    return key(name_of(text))


def longer(short: str, known: Iterable[str]) -> list[str]:
    """Return the names that are this name with a place in front; all of them as `known_as` gives them."""
    return [name for name in known if short and name.endswith(short) and _is_placed(name, len(short))]


def longer_of_each(names: Collection[str]) -> dict[str, list[str]]:
    """Return for each name that has any the names that are it with a place in front; all as `known_as` gives them.

    Each name is looked up by its own ends, so that time grows with the letters of all names, not with their pairs.
    """
    known = frozenset(names)
    found: dict[str, list[str]] = {}
    for name in sorted(known):
        for at in range(1, len(name)):
            if name[at:] in known and _is_placed(name, len(name) - at):
                found.setdefault(name[at:], []).append(name)
    return found


def _is_placed(name: str, letters: int) -> bool:
    """Tell whether before its last letters a name has a place, whose last word may be their first: 和政+县水务局."""
    at = len(name) - letters
    return at > 0 and (_is_place(name[:at]) or (name[at] in _COUNTY and _is_place(name[: at + 1])))


def _is_place(text: str) -> bool:
    """Tell whether a text is places only; read from left to right, since a pattern would try every way to part it."""
    if not text.isalnum():
        return False
    ends = {0}
    for match in _PLACES.finditer(text):
        start, end = match.span(1)
        if any(start - letters in ends for letters in range(1, _LONGEST_PLACE + 1)):
            ends.add(end)
    return len(text) in ends


def may_abbreviate(one: str, other: str) -> bool:
    """Tell whether the letters of one name stand in the other in their order, no numeral between: 和政一中 in 和政县第一中学."""
    short, long = sorted((one, other), key=len)
    at = 0
    for letter in long:
        if at < len(short) and letter == short[at]:
            at += 1
        elif letter in _NUMERALS:
            return False
    return at == len(short) >= _SHORTEST_NAME


def owner(project: Document) -> str:
    """Return the full name of a project's agency: its department's where the agency is the end of that name."""
    agency, department = known_as(project.values["agency"]), known_as(project.values.get("department"))
    return department if agency and department.endswith(agency) else agency


_ROUND = re.compile(r"第?[一二三四五六七八九十\d]+(?:批次?|期|次|阶段|季度|标段)|(?:19|20)\d\d年?度?")


def same_project(one: Document, other: Document) -> bool:
    """Tell whether two tables are of one project by name, whatever their batch (第二批), phase or year, or a slip in it."""
    names = [_of_any_round(each.values["project_name"] or "") for each in (one, other)]
    return names[0] == names[1] or (len(names[0]) == len(names[1]) and bool(slips(names)))


@lru_cache(maxsize=1024)
def _of_any_round(name: str) -> str:
    return key(_ROUND.sub("", name))


def project(document: Document) -> str:
    """Return how a message names a table's project: its name in quotation marks, or that none is filled in."""
    name = document.values["project_name"]
    return wording.quoted(name) if name else "（没有填项目名称）"
