"""Names of agencies: what a full name is to a name without its place, whose a project is, and which projects are one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jixiao.model import Document
from jixiao.values import key

# What stands before an agency's own name when it is written in full: 甘肃省临夏回族自治州和政县 …
_PLACE = re.compile(
    r"(?:\w{1,12}?(?:自治区|自治州|自治县|自治旗|地区|新区|开发区|街道|省|市|州|盟|县|区|旗|乡|镇))+"
)


def longer(short: str, known: Iterable[str]) -> list[str]:
    """Return the names that are this name with a place in front; all of them as `values.key` gives them."""
    return [
        name
        for name in known
        if short and name.endswith(short) and _PLACE.fullmatch(name.removesuffix(short))
    ]


def owner(project: Document) -> str:
    """Return the full name of a project's agency: its department's where the agency is the end of that name."""
    agency, department = key(project.values["agency"] or ""), key(project.values.get("department") or "")
    return department if agency and department.endswith(agency) else agency


_ROUND = re.compile(r"第?[一二三四五六七八九十\d]+(?:批次?|期|次|阶段|季度|标段)|(?:19|20)\d\d年?度?")


def same_project(one: Document, other: Document) -> bool:
    """Tell whether two tables are of one project by name, whatever their batch (第二批), phase or year."""
    first, second = (key(_ROUND.sub("", each.values["project_name"] or "")) for each in (one, other))
    return first == second
