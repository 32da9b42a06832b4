"""Forms that came back as they were handed out, without even a name: no submission, told with their file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby

from jixiao.merging.accounts import Accounts, slip_of
from jixiao.merging.records import Slip
from jixiao.rules.agencies import known_as

_BLANK = "SELECT file, n, slip FROM doc WHERE json_extract(slip, '$[10]') ORDER BY n"
_ONLY = "里面只有没有填写的空白表（工作表{0}），没有可以计入的内容。"
_BESIDE = "工作表{0}是没有填写的空白表，{1}也没有填，没有计入；用不着的请删去。"


def set_aside(books: Accounts) -> None:
    """Take forms that nobody has filled in and that have no name off the books; a file of these alone is no submission."""
    rows = [row for row in books.base.execute(_BLANK).fetchall() if not _named(slip_of(row[2]))]
    for file, ones in groupby(rows, key=lambda row: row[0]):
        spare = {number: slip_of(text) for _, number, text in ones}
        told = [(books.one("SELECT path FROM file WHERE n = ?", file), one.agency) for one in spare.values()]
        books.base.executemany(
            "INSERT INTO spare VALUES (?, ?)", [one for one in told if isinstance(one[1], str)]
        )
        sheets = "、".join(f"“{one.sheet}”" for one in spare.values())
        names = {"项目名称" if one.form == "project_target" else "单位名称": None for one in spare.values()}
        take_off(books, file, list(spare), _ONLY.format(sheets), _BESIDE.format(sheets, "、".join(names)))


def take_off(books: Accounts, file: int, tables: Sequence[int], reason: str, remark: str) -> None:
    """Take tables off the books: a remark where their file has others, the reason why it is none of ours where not."""
    books.base.executemany("DELETE FROM doc WHERE n = ?", [(number,) for number in tables])
    head = json.loads(books.one("SELECT head FROM file WHERE n = ?", file))
    if books.one("SELECT count(*) FROM doc WHERE file = ?", file):
        head["remarks"] = [*head["remarks"], remark]
    else:
        head |= {"status": "not_ours", "code": "other_file", "reason": reason}
    books.base.execute("UPDATE file SET head = ? WHERE n = ?", (json.dumps(head), file))


def senders(books: Accounts) -> dict[str, list[str]]:
    """Return the files in which agencies, by their names as `known_as` gives them, sent such forms."""
    found: dict[str, list[str]] = {}
    for path, agency in books.base.execute("SELECT DISTINCT path, agency FROM spare ORDER BY path"):
        found.setdefault(known_as(agency), []).append(path)
    return found


def _named(slip: Slip) -> bool:
    name = slip.project_name if slip.form == "project_target" else slip.agency
    return bool(name)
