"""Form editions: labels, blocks, bindings to document fields, read from `templates/*.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from jixiao import resources, schemas
from jixiao.errors import FormError, UsageError

INDICATOR_COLUMNS = ("level1", "level2", "name", "target")


@dataclass(frozen=True)
class Cell:
    """One cell of a form's row: a printed label, an input field, or neither (an empty box).

    Attributes:
        label: the printed text, `""` for an input.
        aliases: other spellings of the label that are read as the same.
        field: the document field that stands here, `""` for a label.
        column: for a heading of the indicator block, the field below it.
        span: columns it takes.
        down: rows it takes; 0 = to the end of the form.
        sum: fields whose sum this field is.
        number: the printed number of a repeated line, such as `目标{n}：`.

    """

    label: str = ""
    aliases: tuple[str, ...] = ()
    field: str = ""
    column: str = ""
    span: int = 1
    down: int = 1
    sum: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True)
class Row:
    """One row of a form, or a block of like rows (`repeat` is `goals` or `indicators`)."""

    cells: tuple[Cell, ...]
    repeat: str = ""
    at_least: int = 1
    spare: int = 0
    open: int = 1


@dataclass(frozen=True)
class Form:
    """A form edition.

    Attributes:
        form: which table, `project_target` or `agency_overall`.
        edition: which edition, such as `gs-2024`.
        name: its Chinese name for lists.
        since: the first year of use; the newest wins a tie.
        title: the printed title; `titles` are other spellings of it.
        caption: the printed year line with `{year}`.
        money: the printed unit of money.
        vocabulary: the id of its vocabulary.
        source: where the layout is known from.
        widths: column widths in characters.
        landscape: paper orientation.
        rows: the layout.

    """

    form: str
    edition: str
    name: str
    since: int
    title: str
    titles: tuple[str, ...]
    caption: str
    money: str
    vocabulary: str
    source: str
    widths: tuple[float, ...]
    landscape: bool
    rows: tuple[Row, ...]

    @property
    def key(self) -> str:
        """The edition's full name, such as `project_target@gs-2024`."""
        return f"{self.form}@{self.edition}"

    def words(self) -> schemas.Vocabulary:
        """Return its vocabulary."""
        return schemas.vocabulary(self.vocabulary)

    def fields(self) -> Iterator[tuple[str, Cell, str]]:
        """Yield (field, its label cell, label of the block around it), repeated blocks left out, `goals` too.

        The label of a field is the nearest label to its left in the same row; the block around it is the label
        that spans several rows there.
        """
        open_blocks: list[tuple[int, Cell]] = []
        for number, row in enumerate(self.rows):
            label = Cell()
            open_blocks = [(until, cell) for until, cell in open_blocks if until > number]
            for cell in row.cells:
                if cell.label:
                    label = cell
                    if cell.down > 1:
                        open_blocks.append((number + cell.down, cell))
                elif cell.field and row.repeat != "indicators":
                    yield cell.field, label, open_blocks[-1][1].label if open_blocks else ""

    def columns(self) -> Iterator[tuple[str, Cell]]:
        """Yield (indicator field, its heading)."""
        for row in self.rows:
            for cell in row.cells:
                if cell.column:
                    yield cell.column, cell

    def labels(self) -> Iterator[Cell]:
        """Yield every label cell of the form."""
        for row in self.rows:
            yield from (cell for cell in row.cells if cell.label)

    def block(self, repeat: str) -> Row:
        """Return the row that repeats as `goals` or `indicators`; raises KeyError where the form has none."""
        for row in self.rows:
            if row.repeat == repeat:
                return row
        raise KeyError(repeat)


@cache
def catalogue() -> tuple[Form, ...]:
    """Return every edition, by form and newest first; raises FormError for a broken TOML."""
    forms = [load(name, resources.text(name)) for name in resources.names("templates/*.toml")]
    return tuple(
        sorted(forms, key=lambda one: (one.form != "project_target", one.form, -one.since, one.edition))
    )


def find(form: str, edition: str | None = None) -> Form:
    """Return one edition, the newest where none is asked for; raises UsageError with what there is."""
    known = [one for one in catalogue() if form in (one.form, one.title, one.name)]
    if not known:
        names = "、".join(dict.fromkeys(f"{one.form}（{one.title}）" for one in catalogue()))
        raise UsageError(f"没有叫“{form}”的表。可用的表：{names}。用 jixiao forms 查看全部。")
    if edition is None:
        return known[0]
    for one in known:
        if one.edition == edition:
            return one
    names = "、".join(one.edition for one in known)
    raise UsageError(
        f"{known[0].title}没有“{edition}”这个版本。可用的版本：{names}。用 jixiao forms 查看全部。"
    )


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
