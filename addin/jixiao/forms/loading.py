"""A TOML of `templates/` → a form edition, refused with file, line and remedy where it is broken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao import schemas
from jixiao.errors import FormError
from jixiao.forms.layout import INDICATOR_COLUMNS, Cell, Form, Row
from jixiao.tomls import Written


def load(name: str, text: str) -> Form:
    """Read one edition; raises FormError that names file, line and remedy."""
    written = Written(name, text)
    data = written.read()
    for one in schemas.toml_violations("form.schema", data):
        known = schemas.toml_node("form.schema", one.pointer)
        raise FormError(written.complaint(one.pointer, one.keyword, one.value, known))
    form = _build(data)
    _cross_check(written, form)
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
    )


def _cross_check(written: Written, form: Form) -> None:
    """Hold a form against what a schema cannot say: its vocabulary, fields, blocks and width; raises FormError."""
    if form.vocabulary not in schemas.vocabularies():
        known = "、".join(schemas.vocabularies())
        raise FormError(
            f"{written.at('/vocabulary')}：没有叫“{form.vocabulary}”的词表。"
            f"请改为 {known} 之一，或在 schema/vocabulary 里加上它。"
        )
    _check_fields(written, form)
    for block in ("goals", "indicators"):
        if sum(row.repeat == block for row in form.rows) != 1:
            raise FormError(
                f'{written.at("/rows")}：repeat = "{block}" 的行应当正好一行。请补上或删去多余的。'
            )
    last = len(form.rows) - 1
    if form.rows[last].repeat != "indicators":
        raise FormError(f"{written.at(f'/rows/{last}')}：指标行应当是表的最后一块，请移到末尾。")
    for at, width in enumerate(_row_widths(form)):
        if width != len(form.widths):
            raise FormError(
                f"{written.at(f'/rows/{at}')}：这一行占 {width} 列，"
                f"表有 {len(form.widths)} 列（widths）。请调整 span。"
            )


def _check_fields(written: Written, form: Form) -> None:
    """Every field of the document's schema has one place, and every place has a field."""
    schema = schemas.schema(form.form)
    known = schema["properties"]
    for at, row in enumerate(form.rows):
        allowed = INDICATOR_COLUMNS if row.repeat == "indicators" else known
        for field in (one for cell in row.cells for one in (cell.field, *cell.sum) if one):
            if field not in allowed:
                where = written.at(f"/rows/{at}")
                raise FormError(f"{where}：“{field}”不是这张表的字段。可用的字段：{'、'.join(allowed)}。")
    places = [field for field, _, _ in form.fields()]
    demanded = set(schema["required"]) - {"year", "department_code", "indicators"}
    for field in known:
        count = places.count(field)
        if count > 1 or (count == 0 and field in demanded):
            raise FormError(
                f"{written.at('/rows')}：字段“{field}”应当出现一次，现在出现 {count} 次。请改正。"
            )


def _row_widths(form: Form) -> Iterator[int]:
    hanging: list[tuple[int, int]] = []
    for number, row in enumerate(form.rows):
        hanging = [(until, span) for until, span in hanging if until > number]
        yield sum(cell.span for cell in row.cells) + sum(span for _, span in hanging)
        hanging += [
            (number + cell.down if cell.down else 10_000, cell.span) for cell in row.cells if cell.down != 1
        ]
