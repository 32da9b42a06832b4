"""A table under the agency it was settled to, and where each of its values stands."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from jixiao import schemas, values
from jixiao.merging.records import FUNDS
from jixiao.model import Document
from jixiao.rules.agencies import known_as

_SOURCES = FUNDS[1:]
_BREAK = re.compile(r"\\[nrt]")  # as JSON has it
_POWER = re.compile("(?<=[0-9])[²³¹⁰⁴-⁹]+")
_STOP = re.compile(r'[。.;]"')  # at the end of a text
_OF_A_ROW = ("level1", "level2", "name", "target")


class Place(NamedTuple):
    """Where a value stands: file, sheet and cell."""

    path: str
    sheet: str
    cell: str


@dataclass(frozen=True)
class Entry:
    """A table of a file, under the agency it was settled to."""

    path: str
    agency: str | None
    document: Document

    def place(self, pointer: str) -> Place:
        """Return where a value of it stands."""
        return Place(self.path, self.document.sheet, self.document.cell(pointer))


def filled(document: Document) -> list[tuple[int, dict[str, Any]]]:
    """Return a table's indicators, each with its number; a printed row with neither name nor target is none."""
    rows = enumerate(document.values.get("indicators") or ())
    return [(number, one) for number, one in rows if one["name"] or one["target"]]


def blank(document: Document) -> bool:
    """Tell whether nobody has filled a table in: no goal, no indicator, and no amount but 0 or a sum of nothing."""
    told = document.values
    amounts = [told[field] for field in told if schemas.is_money(document.form, field)]
    return not (any(told.get("goals") or ()) or filled(document) or any(_says(one) for one in amounts))


def unasked(document: Document) -> list[str]:
    """Return the sources of money that a project's form never had, where those that it has make up the total.

    Then nothing is missing from a sum of such a source; where they do not, the rest may well belong there.
    """
    told = document.values
    total, *amounts = (values.decimal(told.get(field)) for field in FUNDS)
    known = [amount for amount in amounts if amount is not None]
    if len(known) == len(_SOURCES) or not known or sum(known, Decimal(0)) != total:
        return []
    return [field for field in _SOURCES if told.get(field) is None and document.does_without(f"/{field}")]


def gist(document: Document) -> str:
    """Return a digest of what a table's indicators say, of its goals where it has none; `""` where it has neither.

    The order of rows and the way of writing do not matter. The digest of an agency's own table is of its amounts too.
    """
    told, form = document.values, document.form
    rows = [[values.key(one["name"] or ""), values.key(one["target"] or "")] for _, one in filled(document)]
    rows = rows or [[values.key(goal)] for goal in told.get("goals") or () if goal]
    own = form == "agency_overall"
    amounts = [told[field] for field in sorted(told) if own and schemas.is_money(form, field)]
    text = json.dumps([form, sorted(rows), amounts])
    return hashlib.sha256(text.encode()).hexdigest() if rows else ""


def plain(document: Document) -> str:
    """Return a digest of what a table says, however it is written: with more spaces, in wider letters, `>=` for `≥`."""
    told = {**document.values}
    told |= {field: known_as(told[field]) for field in ("agency", "department") if told.get(field)}
    told["indicators"] = [[one[name] for name in _OF_A_ROW] for one in told.get("indicators") or ()]
    text = _POWER.sub(r"^\g<0>", json.dumps(told, ensure_ascii=False, sort_keys=True))  # 10³ is no 103
    text = unicodedata.normalize("NFKC", text)
    text = "".join(_BREAK.sub("", text).split()).replace(">=", "≥").replace("<=", "≤")
    return hashlib.sha256(_STOP.sub('"', text).encode("utf-8", "surrogatepass")).hexdigest()


def _says(amount: str | None) -> bool:
    """Tell whether an amount is one; of a formula without a result its text is kept."""
    return bool(amount) and not str(amount).startswith("=") and values.decimal(str(amount)) != 0
