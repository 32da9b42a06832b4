"""Ledger → the JSON of the contract."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from jixiao import values
from jixiao.merging import attendance
from jixiao.merging.attendance import Attendance
from jixiao.merging.checked import VERSION, finding
from jixiao.merging.differences import Difference
from jixiao.merging.entries import Entry, Place, filled
from jixiao.merging.ledger import FUNDS, STATUSES, Agency, Ledger
from jixiao.model import Finding

_OWN = ("basic", "expenditure_total")


def merge_report(ledger: Ledger) -> dict[str, Any]:
    """Return the JSON of `merge`, all of it in memory."""
    return {key: list(part) if isinstance(part, Iterator) else part for key, part in parts(ledger).items()}


def is_report(path: Path) -> bool:
    """Tell whether a file is the JSON of an earlier merge, by how `merge_text` begins."""
    begin = f'{{\n  "version": {VERSION},\n  "balance": {{\n'.encode()
    try:
        with path.open("rb") as stream:
            return stream.read(len(begin)) == begin
    except OSError:
        return False


def merge_text(ledger: Ledger) -> Iterator[str]:
    """Yield the text of the same JSON bit by bit: a province's would not fit into memory."""
    lead = "{"
    for key, part in parts(ledger).items():
        yield f"{lead}\n  {json.dumps(key)}: "
        lead = ","
        if not isinstance(part, Iterator):
            yield _indented(part, "  ")
            continue
        inner = "["
        for one in part:
            yield f"{inner}\n    {_indented(one, '    ')}"
            inner = ","
        yield "[]" if inner == "[" else "\n  ]"
    yield "\n}\n"


def _indented(data: Any, margin: str) -> str:  # noqa: ANN401 - any JSON value
    return json.dumps(data, ensure_ascii=False, indent=2).replace("\n", f"\n{margin}")


def parts(ledger: Ledger) -> dict[str, Any]:
    """Return the JSON of `merge` by its keys; lists that grow with the files are iterators."""
    own = (agency.own for agency in ledger.agencies if agency.own)
    return {
        "version": VERSION,
        "balance": {
            "files": len(ledger.files),
            **{status: ledger.count(status) for status in STATUSES},
            "documents": ledger.fates["counted"],
            "documents_found": sum(ledger.fates.values()),
            "documents_duplicate": ledger.fates["duplicate"],
            "documents_superseded": ledger.fates["superseded"],
            "balanced": True,  # a ledger that does not balance is never built
        },
        "sources": (
            {
                "path": line.path,
                "status": line.status,
                "code": line.code,
                "reason": line.reason,
                "sha256": line.sha256,
                "documents": line.documents,
                "remarks": list(line.remarks),
                "tables": [one._asdict() for one in line.tables],
            }
            for line in ledger.files
        ),
        "totals": {
            "projects": len(ledger.projects),
            "indicators": ledger.indicators.get("project_target", 0),
            "agency_indicators": ledger.indicators.get("agency_overall", 0),
            **{field: ledger.totals[field].text for field in FUNDS},
            "unknown": {field: ledger.totals[field].unknown for field in FUNDS},
            "not_asked": {field: ledger.totals[field].unasked for field in FUNDS},
        },
        "agencies": (_agency(one) for one in ledger.agencies),
        "departments": [
            {
                "department": one.name,
                "year": one.year,
                "agencies": one.agencies,
                "projects": one.projects,
                **{field: one.funds[field].text for field in FUNDS},
                "unknown": {field: one.funds[field].unknown for field in FUNDS},
                "not_asked": {field: one.funds[field].unasked for field in FUNDS},
            }
            for one in ledger.departments
        ],
        "projects": (_project(one) for one in ledger.projects),
        "indicators": _indicators(ledger.projects),
        "agency_indicators": _indicators(own),
        "findings": (
            {**finding(one.what), "path": one.path, "sheet": one.sheet}
            for one in ledger.findings
            if isinstance(one.what, Finding)
        ),
        "not_checked": (
            {"rule": one.what.rule, "path": one.path, "sheet": one.sheet, "reason": one.what.reason}
            for one in ledger.not_checked
            if not isinstance(one.what, Finding)
        ),
        "remarks": list(ledger.remarks),
        "differences": (_difference(one) for one in ledger.differences),
        "roster": _attendance(ledger.attendance) if ledger.attendance else None,
    }


def _difference(one: Difference) -> dict[str, Any]:
    return {
        "agency": one.agency,
        "table": one.table,
        "field": one.field,
        "counted": one.counted,
        "counted_source": _place(one.counted_at) if one.counted_at else None,
        "other": one.other,
        "other_source": _place(one.other_at) if one.other_at else None,
        "why": one.why,
    }


def _attendance(known: Attendance) -> dict[str, Any]:
    return {
        **{status: known.count(status) for status in attendance.STATUSES},
        "year": known.year,
        "editions": dict(known.editions),
        "agencies": [
            {
                "agency": one.agency,
                **{
                    key: one.told.get(key) or None
                    for key in ("department", "department_code", "contact", "phone")
                },
                "status": one.status,
                "due": one.due.isoformat() if one.due else None,
                "arrived": one.arrived.isoformat() if one.arrived else None,
                "projects": one.projects,
                "files": list(one.files),
                "remarks": list(one.remarks),
            }
            for one in known.lines
        ],
    }


def _agency(one: Agency) -> dict[str, Any]:
    own = one.own
    return {
        "agency": one.name,
        "department": one.department,
        "year": one.year,
        "projects": len(one.projects),
        **{field: one.funds[field].text for field in FUNDS},
        **{field: _amount(own.document.values[field]) if own else None for field in _OWN},
        "source": _place(own.place("/expenditure_total")) if own else None,
    }


def _amount(text: str | None) -> str | None:
    """Return an amount, `None` for what is none."""
    return None if values.decimal(text) is None else text


def _typed(text: str | None) -> str | None:
    """Return an amount or what was typed in its place, `None` for a formula that no program has worked out."""
    return None if text and text.startswith("=") else text


def _project(one: Entry) -> dict[str, Any]:
    told = one.document.values
    return {
        "agency": one.agency,
        **{field: told[field] for field in ("department", "year", "project_name")},
        **{field: _typed(told[field]) for field in FUNDS},
        "source": _place(one.place("/total_funds")),
    }


def _indicators(entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    for one in entries:
        for at, indicator in filled(one.document):
            yield {
                "agency": one.agency,
                "project_name": one.document.values.get("project_name"),
                **{field: indicator[field] for field in ("level1", "level2", "name", "target")},
                "source": _place(one.place(f"/indicators/{at}/target")),
            }


def _place(place: Place) -> dict[str, str]:
    return {"path": place.path, "sheet": place.sheet, "cell": place.cell}
