"""Samples of how to fill in a form, which a notice brings along: called so and nobody's; no submission, told with their file."""

from __future__ import annotations

import re
from itertools import groupby

from jixiao import wording
from jixiao.merging import spares
from jixiao.merging.accounts import Accounts, slip_of
from jixiao.merging.records import Slip
from jixiao.rules.answers import placeholder

_WORDS = ("样表", "样例", "示例", "范例", "例表")
_TABLES = """
SELECT d.file, d.n, d.slip, f.path FROM doc d JOIN file f ON f.n = d.file
WHERE instr(f.path || ' ' || json_extract(d.slip, '$[1]') || ' ' || coalesce(json_extract(d.slip, '$[6]'), ''), ?)
"""
_CALLED = re.compile("|".join(_WORDS))
_AGENCY = re.compile(f"××|{_CALLED.pattern}")
# A project may well be about one (典型示例推广), and its sheet and file called as it is.
_PROJECT = re.compile(
    rf"××|^[（(【]?(?:{_CALLED.pattern})(?:[）)】：:]|(?:项目)?[一二三\d]?$)|[（(【](?:{_CALLED.pattern})[）)】]$"
)
_ONLY = (
    "里面只有填写样表（工作表{0}，写的是{1}），没有可以计入的内容。确是报送的表，请写上实际的单位和项目名称。"
)
_BESIDE = "工作表{0}像是填写样表（写的是{1}），没有计入。确是报送的表，请写上实际的单位和项目名称。"


def set_aside(books: Accounts) -> None:
    """Take samples off the books: tables whose file, sheet or project is called one, and whose agency or project is nobody's.

    Only both together are sure: agencies fill in the very sheet that is called 样表, and leave an XX in a name.
    """
    rows = {row for word in _WORDS for row in books.base.execute(_TABLES, (word,))}
    found = []
    for file, number, text, path in sorted(rows):
        slip = slip_of(text)
        if name := _nobody(slip, path.rpartition("/")[2]):
            found.append((file, number, slip, name))
    for file, ones in groupby(found, key=lambda row: row[0]):
        several = list(ones)
        sheets = "、".join(wording.quoted(slip.sheet) for _, _, slip, _ in several)
        names = "、".join(dict.fromkeys(wording.quoted(name) for *_, name in several))
        words = _ONLY.format(sheets, names), _BESIDE.format(sheets, names)
        spares.take_off(books, file, [number for _, number, _, _ in several], *words)


def _nobody(slip: Slip, file: str) -> str | None:
    """Return the name of a sample that is nobody's, the agency's or else the project's; `None` where it is no sample."""
    agency, project = (one if isinstance(one, str) else "" for one in (slip.agency, slip.project_name))
    if (placeholder(agency) or _AGENCY.search(agency)) and _CALLED.search(f"{file} {slip.sheet} {project}"):
        return agency
    nobody = placeholder(project) or _PROJECT.search(project)
    return project if nobody and _CALLED.search(f"{file} {slip.sheet}") else None
