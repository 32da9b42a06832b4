"""项目支出 of a unit's table given project by project, in rows of its own block."""

from __future__ import annotations

from collections.abc import Mapping

from jixiao import forms
from jixiao.model import Spot
from jixiao.reading import parts
from jixiao.reading.fields import Found, block, label_spot, sought
from jixiao.reading.lines import SUM
from jixiao.reading.tables import Place
from jixiao.reading.view import View
from jixiao.values import key, money, unit_kept

FIELD = "projects"
_BESIDE = ("basic", "personnel", "operating", "expenditure_total")  # their amounts stand in the same column


def summed(
    view: View, place: Place, form: forms.Form, told: str | None, head: Mapping[str, Found]
) -> dict[str, Found]:
    """Return the sum of the projects' amounts, or that of their subtotal's row, none where one row gives the amount.

    Args:
        view: the sheet.
        place: the table.
        form: its edition.
        told: the unit of money that the form prints.
        head: the fields that were read; 项目支出 is a project's name where its block lists them.

    """
    found = head.get(FIELD)
    fields = sought(form.form, form.edition)
    label = label_spot(view, place, fields[FIELD], set()) if FIELD in fields else None
    if found is None or label is None or found.value is None or parts.amount(found) is not None:
        return {}
    column = next((head[one].spot for one in _BESIDE if one in head and parts.amount(head[one])), None)
    first = view.reach(*label).right + 1
    if column is None or not first < column.column:
        return {}
    rows = [
        (name, _amount(view, Spot(row, column.column), told or form.money))
        for row in block(view, place, label)
        if (name := view.text(row, first))
    ]
    whole = next((one for name, one in rows if SUM.fullmatch(key(name)) and parts.amount(one)), None)
    listed = [(name, one) for name, one in rows if not SUM.fullmatch(key(name))]
    if whole is None and not any(parts.amount(one) for _, one in listed):
        return {}
    return {FIELD: whole or parts.summed(listed)}


def _amount(view: View, spot: Spot, unit: str) -> Found:
    raw, code = view.value(*spot), view.grid.formats.get(spot, "")
    return Found(money(raw, unit, code), raw, spot, unit_kept(raw, unit, code))
