"""A TOML of `templates/` → a form edition, refused with file, line and remedy where it is broken."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from jixiao import schemas
from jixiao.errors import FormError
from jixiao.forms.layout import INDICATOR_COLUMNS, Cell, Form, Row


def load(name: str, text: str) -> Form:
    """Read one edition; raises FormError that names file, line and remedy."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"第 {line[1]} 行" if line else "末尾"
        raise FormError(
            f"{name} {where}：不是有效的 TOML（引号、括号或等号不成对）。请改正这一行后再试。"
        ) from error
    for violation in schemas.form_violations(data):
        raise FormError(_complaint(name, text, violation))
    form = _build(data)
    _cross_check(name, text, form)
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


def _cross_check(name: str, text: str, form: Form) -> None:
    """Hold a form against what a schema cannot say: its vocabulary, fields, blocks and width; raises FormError."""
    if form.vocabulary not in schemas.vocabularies():
        known = "、".join(schemas.vocabularies())
        raise FormError(
            f"{name} {_line(text, '/vocabulary')}：没有叫“{form.vocabulary}”的词表。"
            f"请改为 {known} 之一，或在 schema/vocabulary 里加上它。"
        )
    _check_fields(name, text, form)
    for block in ("goals", "indicators"):
        if sum(row.repeat == block for row in form.rows) != 1:
            raise FormError(
                f'{name} {_line(text, "/rows")}：repeat = "{block}" 的行应当正好一行。请补上或删去多余的。'
            )
    last = len(form.rows) - 1
    if form.rows[last].repeat != "indicators":
        raise FormError(f"{name} {_line(text, f'/rows/{last}')}：指标行应当是表的最后一块，请移到末尾。")
    for at, width in enumerate(_row_widths(form)):
        if width != len(form.widths):
            raise FormError(
                f"{name} {_line(text, f'/rows/{at}')}：这一行占 {width} 列，"
                f"表有 {len(form.widths)} 列（widths）。请调整 span。"
            )


def _check_fields(name: str, text: str, form: Form) -> None:
    """Every field of the document's schema has one place, and every place has a field."""
    schema = schemas.schema(form.form)
    known = schema["properties"]
    for at, row in enumerate(form.rows):
        allowed = INDICATOR_COLUMNS if row.repeat == "indicators" else known
        for field in (one for cell in row.cells for one in (cell.field, *cell.sum) if one):
            if field not in allowed:
                where = _line(text, f"/rows/{at}")
                raise FormError(
                    f"{name} {where}：“{field}”不是这张表的字段。可用的字段：{'、'.join(allowed)}。"
                )
    places = [field for field, _, _ in form.fields()]
    demanded = set(schema["required"]) - {"year", "department_code", "indicators"}
    for field in known:
        count = places.count(field)
        if count > 1 or (count == 0 and field in demanded):
            raise FormError(
                f"{name} {_line(text, '/rows')}：字段“{field}”应当出现一次，现在出现 {count} 次。请改正。"
            )


def _row_widths(form: Form) -> Iterator[int]:
    hanging: list[tuple[int, int]] = []
    for number, row in enumerate(form.rows):
        hanging = [(until, span) for until, span in hanging if until > number]
        yield sum(cell.span for cell in row.cells) + sum(span for _, span in hanging)
        hanging += [
            (number + cell.down if cell.down else 10_000, cell.span) for cell in row.cells if cell.down != 1
        ]


def _complaint(name: str, text: str, violation: schemas.Violation) -> str:
    where, key = _line(text, violation.pointer), violation.pointer.rpartition("/")[2]
    value = violation.value
    known = schemas.form_node(violation.pointer)
    match violation.keyword:
        case "required":
            missing = "、".join(key for key in known["required"] if key not in value)
            return f"{name} {where}：缺少 {missing}。请补上这一项。"
        case "additionalProperties":
            extra = "、".join(key for key in value if key not in known["properties"])
            allowed = "、".join(known["properties"])
            return f"{name} {where}：不认识 {extra}。可用的写法：{allowed}。"
        case "enum":
            return f"{name} {where}：{key} 写的是“{value}”，只能是 {'、'.join(known['enum'])} 之一。请改为其中一个。"
        case _:
            return f"{name} {where}：{key} 写的是“{value}”，不合 {known.get('title', key)} 的要求。请参照其他版本的写法改正。"


def _line(text: str, pointer: str) -> str:
    """Say in which line of a TOML a value stands: of its key, or of its `[[rows]]` header for what is inside."""
    keys = pointer.split("/")[1:]
    lines = text.splitlines()
    at = 0
    if keys[:1] == ["rows"] and len(keys) > 1:
        headers = [n for n, line in enumerate(lines) if line.strip() == "[[rows]]"]
        at = headers[min(int(keys[1]), len(headers) - 1)] if headers else 0
        keys = keys[2:3]
    for n in range(at, len(lines)):
        if keys and re.match(rf"\s*\[*{re.escape(keys[0])}\b", lines[n]):
            return f"第 {n + 1} 行"
    return f"第 {at + 1} 行"
