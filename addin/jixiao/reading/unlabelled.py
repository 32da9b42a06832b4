"""An agency without its label: a line below the title that holds its budget code and its name, `512001某县教育局`."""

from __future__ import annotations

import re
from collections.abc import Collection

from jixiao.model import Spot
from jixiao.reading.fields import Found
from jixiao.reading.tables import Place
from jixiao.reading.view import View
from jixiao.reading.words import AGENCY
from jixiao.values import parted

_YEAR = re.compile(r"20\d\d")
_MOST_CELLS = 3  # of such a line: beside the agency the year, the unit of money


def agency(view: View, place: Place, known: Collection[str]) -> dict[str, Found]:
    """Return the agency that stands so above the first label, nothing where the table names one or its department."""
    if place.title is None or not {"agency", "department"}.isdisjoint(known):
        return {}
    for row in range(place.title[0] + 1, place.end):
        filled = view.filled(row)
        if len(filled) > _MOST_CELLS or any(place.is_label(view, row, column) for column in filled):
            break
        for column in filled:
            name, code = parted(view.text(row, column))
            if code and not _YEAR.fullmatch(code) and AGENCY.fullmatch(name):
                return {"agency": Found(view.text(row, column), view.value(row, column), Spot(row, column))}
    return {}
