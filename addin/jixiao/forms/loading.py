"""A TOML of `templates/` → a form edition, refused with file, line and remedy where it is broken."""

from __future__ import annotations

from typing import Any

from jixiao import schemas
from jixiao.errors import FormError
from jixiao.forms.faults import faults
from jixiao.forms.layout import Cell, Form, Row
from jixiao.tomls import Written


def load(name: str, text: str) -> Form:
    """Read one edition; raises FormError that names file, line and remedy."""
    written = Written(name, text)
    data = written.read()
    schemas.demand("form.schema", written, data)
    form = _build(data)
    for pointer, wrong in faults(form):
        raise FormError(f"{written.at(pointer)}：{wrong}")
    return form


def _build(data: dict[str, Any]) -> Form:
    rows = tuple(
        Row(
            cells=tuple(_cell(cell) for cell in row["cells"]),
            repeat=row.get("repeat", ""),
            at_least=row.get("at_least", 1),
            spare=row.get("spare", 0),
            open=row.get("open", 1),
        )
        for row in data["rows"]
    )
    rest = {key: value for key, value in data.items() if key not in {"rows", "titles", "widths", "landscape"}}
    return Form(
        **rest,
        rows=rows,
        titles=tuple(data.get("titles", ())),
        widths=tuple(data["widths"]),
        landscape=data.get("landscape", False),
    )


def _cell(data: dict[str, Any]) -> Cell:
    down = data.get("down", 1)
    return Cell(
        label=data.get("label", ""),
        aliases=tuple(data.get("aliases", ())),
        field=data.get("field", ""),
        column=data.get("column", ""),
        span=data.get("span", 1),
        down=0 if down == "end" else down,
        sum=tuple(data.get("sum", ())),
        number=data.get("number", ""),
        free=data.get("free", False),
    )
