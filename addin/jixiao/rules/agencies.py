"""Names of agencies: what a full name is to a name without its place, whose a project is, and which projects are one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from jixiao import wording
from jixiao.model import Document
from jixiao.values import key

# What stands before an agency's own name when it is written in full: 甘肃省临夏回族自治州和政县 …
_PLACES = re.compile(r"(?=(自治区|自治州|自治县|自治旗|地区|新区|开发区|街道|[省市州盟县区旗乡镇]))")
_LONGEST_PLACE = 12  # letters of a place before its 县, 市 …


def longer(short: str, known: Iterable[str]) -> list[str]:
    """Return the names that are this name with a place in front; all of them as `values.key` gives them."""
    return [name for name in known if short and name.endswith(short) and _is_place(name.removesuffix(short))]


def longer_of_each(names: Collection[str]) -> dict[str, list[str]]:
    """Return for each name that has any the names that are it with a place in front; all as `values.key` gives them.

    Each name is looked up by its own ends, so that time grows with the letters of all names, not with their pairs.
    """
    known = frozenset(names)
    found: dict[str, list[str]] = {}
    for name in sorted(known):
        for at in range(1, len(name)):
            if name[at:] in known and _is_place(name[:at]):
                found.setdefault(name[at:], []).append(name)
    return found


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


def owner(project: Document) -> str:
    """Return the full name of a project's agency: its department's where the agency is the end of that name."""
    agency, department = key(project.values["agency"] or ""), key(project.values.get("department") or "")
    return department if agency and department.endswith(agency) else agency


_ROUND = re.compile(r"第?[一二三四五六七八九十\d]+(?:批次?|期|次|阶段|季度|标段)|(?:19|20)\d\d年?度?")


def same_project(one: Document, other: Document) -> bool:
    """Tell whether two tables are of one project by name, whatever their batch (第二批), phase or year."""
    return _of_any_round(one.values["project_name"] or "") == _of_any_round(
        other.values["project_name"] or ""
    )


@lru_cache(maxsize=4096)
def _of_any_round(name: str) -> str:
    return key(_ROUND.sub("", name))


def project(document: Document) -> str:
    """Return how a message names a table's project: its name in quotation marks, or that none is filled in."""
    name = document.values["project_name"]
    return wording.quoted(name) if name else "（没有填项目名称）"
