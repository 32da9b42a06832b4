"""其他资金 given source by source: 事业收入, 经营收入, 自有资金 and the like in rows of their own are one sum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from jixiao import forms
from jixiao.model import Spot
from jixiao.reading import parts, spans
from jixiao.reading.fields import Found, sought, value_of
from jixiao.reading.tables import Place
from jixiao.reading.view import View
from jixiao.reading.words import appropriations, label_key, other_sources

FIELD = "other_funds"
_TOTAL = {"project_target": "total_funds", "agency_overall": "income_total"}
_REST = label_key("其他")
_WHOLES = frozenset(
    map(label_key, ("其他资金", "其他来源资金", "单位资金", "单位自有资金", "非财政拨款资金"))
)
_Rows = Sequence[tuple[str, Found]]


def summed(
    view: View, place: Place, form: forms.Form, told: str | None, head: Mapping[str, Found]
) -> dict[str, Found]:
    """Return 其他资金 where several sources give it, or one that the form calls otherwise; none where its own row does.

    Args:
        view: the sheet.
        place: the table.
        form: its edition.
        told: the unit of money that the form prints.
        head: the fields that were read; the total tells whether a row is a source or the heading of others.

    """
    fields = sought(form.form, form.edition)
    labels = sources(view, place, form)
    one = fields[FIELD]
    if not labels or (len(labels) == 1 and labels[0][0] in one.keys):
        return {}
    year = head["year"].value if "year" in head else None
    of_year = year if isinstance(year, int) else None
    rows = [
        (
            view.text(*spot).rstrip("：: ") if word == view.label(*spot) else word,
            value_of(view, place, one._replace(keys=(word,)), spot, told or form.money, of_year),
        )
        for word, spot in labels
    ]
    return {FIELD: added(rows, head, form.form)}


def added(rows: _Rows, head: Mapping[str, Found], form: str) -> Found:
    """Return the sum of labelled sources, without those that break another one down."""
    return parts.summed(_without_breakdown(rows, _left(head, _TOTAL[form])))


def sources(view: View, place: Place, form: forms.Form) -> list[tuple[str, Spot]]:
    """Return the first label of each source, in reading order; 其他 is one only in the column of 财政拨款."""
    fields, half = sought(form.form, form.edition), spans.half(view, place, "money")
    fiscal = {*fields["fiscal_funds"].keys, *appropriations()}
    wanted = other_sources() | set(fields[FIELD].keys)
    first: dict[str, Spot] = {}
    columns = set[int]()
    for index in (place.labels, place.inline):
        for word, spots in index.items():
            inside = [
                spot
                for spot in spots
                if spot.row < place.end
                and (half is None or half.holds(spot))
                and not view.hidden_by_merge(*spot)
            ]
            if word in fiscal:
                columns.update(spot.column for spot in inside)
            elif word in wanted and inside:
                first.setdefault(word, inside[0])
    found = [(spot, word) for word, spot in first.items() if word != _REST or spot.column in columns]
    return [(word, spot) for spot, word in sorted(found)]


def _left(head: Mapping[str, Found], total: str) -> Decimal | None:
    """Return what of the total is neither 财政拨款 nor carried over, `None` where that is not known."""
    whole, fiscal = (parts.amount(head[one]) if one in head else None for one in (total, "fiscal_funds"))
    carried = parts.amount(head["carryover_funds"]) if "carryover_funds" in head else None
    return None if whole is None or fiscal is None else whole - fiscal - (carried or 0)


def _without_breakdown(rows: _Rows, left: Decimal | None) -> _Rows:
    """Return the rows without those that break down the one above them, as their amounts, 其中 and the total tell."""
    if _sum(rows) == left:
        return rows
    breakdowns = list(_breakdowns(rows))
    fitting = [kept for kept, _ in breakdowns if _sum(kept) == left]
    return [*fitting, *(kept for kept, is_marked in breakdowns if is_marked), rows][0]


def _breakdowns(rows: _Rows) -> Iterator[tuple[_Rows, bool]]:
    """Yield the rows without some that may break down the one above them, and whether 其中 says that they do."""
    for at, (label, one) in enumerate(rows[:-1]):
        for end in range(len(rows), at + 1, -1):
            whole, part = parts.amount(one) or 0, _sum(rows[at + 1 : end])
            marked = "其中" in rows[at + 1][0]
            if part and (part == whole or (part < whole and (marked or label_key(label) in _WHOLES))):
                yield [*rows[: at + 1], *rows[end:]], marked and part == whole


def _sum(rows: _Rows) -> Decimal:
    return sum((parts.amount(one) or Decimal(0) for _, one in rows), Decimal(0))
