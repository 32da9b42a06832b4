"""What is wrong with a form edition that a schema cannot say: its vocabulary, fields, sums, labels, blocks and widths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jixiao import schemas
from jixiao.forms.layout import INDICATOR_COLUMNS, MAY_LACK, TARGET_PARTS, Cell, Form
from jixiao.values import key

_Faults = Iterator[tuple[str, str]]
_FAR = 10_000  # beyond the last row
_OF_INDICATORS = (*INDICATOR_COLUMNS, *TARGET_PARTS)


def faults(form: Form) -> _Faults:
    """Yield where (a JSON Pointer into the TOML) and what is wrong, with the remedy; the gravest first."""
    yield from _of_vocabulary(form)
    yield from _of_cells(form)
    yield from _of_fields(form)
    yield from _of_blocks(form)
    yield from _of_widths(form)
    yield from _of_columns(form)
    yield from _of_sums(form)
    yield from _of_labels(form)


def _of_vocabulary(form: Form) -> _Faults:
    if form.vocabulary in schemas.broken():
        yield "/vocabulary", f"词表 {form.vocabulary} 写错了：{schemas.broken()[form.vocabulary]}"
    elif form.vocabulary not in schemas.vocabularies():
        known = "、".join(schemas.vocabularies())
        yield (
            "/vocabulary",
            f"没有叫“{form.vocabulary}”的词表。请改为 {known} 之一，或在 schema/vocabulary 里加上它。",
        )


def _of_cells(form: Form) -> _Faults:
    """A cell is one thing: a label, a field, an input that is not read, or empty."""
    for at, row in enumerate(form.rows):
        for number, cell in enumerate(row.cells):
            where = f"/rows/{at}/cells/{number}"
            if bool(cell.label) + bool(cell.field) + cell.free > 1:
                yield where, "一格里只能写 label、field、free 之一。请把标签和填写格分成两格。"
            for name, is_right, place in (
                ("aliases", cell.label, "标签（label）"),
                ("column", cell.label, "标签（label）"),
                ("sum", cell.field, "填写格（field）"),
                ("number", cell.field == "goals", '总体目标的填写格（field = "goals"）'),
            ):
                if getattr(cell, name) and not is_right:
                    yield where, f"{name} 只能写在{place}里。请移到那一格，或删去。"


def _of_fields(form: Form) -> _Faults:
    """Every field of the document's schema has one place, and every place has a field."""
    schema = schemas.schema(form.form)
    known = [name for name in schema["properties"] if name not in {"year", "department_code", "indicators"}]
    for at, row in enumerate(form.rows):
        allowed = _OF_INDICATORS if row.repeat == "indicators" else known
        for number, cell in enumerate(row.cells):
            for field in (one for one in (cell.field, *cell.sum) if one and one not in allowed):
                where = f"/rows/{at}/cells/{number}"
                yield where, f"“{field}”不是这里能用的字段。可用的字段：{'、'.join(allowed)}。"
    places = [field for field, _, _ in form.fields()]
    for field in known:
        count = places.count(field)
        if count > 1 or (count == 0 and field in set(schema["required"]) - MAY_LACK):
            title = schemas.field(form.form, f"/{field}").get("title", "")
            yield "/rows", f"字段“{field}”（{title}）应当出现一次，现在出现 {count} 次。请改正。"


def _of_blocks(form: Form) -> _Faults:
    for block in ("goals", "indicators"):
        if sum(row.repeat == block for row in form.rows) != 1:
            yield "/rows", f'repeat = "{block}" 的行应当正好一行。请补上或删去多余的。'
    last = len(form.rows) - 1
    if form.rows[last].repeat != "indicators":
        yield f"/rows/{last}", "指标行应当是表的最后一块，请移到末尾。"
    for at, row in enumerate(form.rows):
        fields = [cell.field for cell in row.cells if cell.field]
        if (row.repeat == "goals") != ("goals" in fields) or ("goals" in fields and len(fields) > 1):
            yield (
                f"/rows/{at}",
                '总体目标（field = "goals"）应当单独在 repeat = "goals" 的行里。请把它和别的字段分开。',
            )
        if row.repeat and any(cell.down != 1 for cell in row.cells if not cell.label):
            yield f"/rows/{at}", "重复的行里，填写格不能占几行。请去掉 down。"


def _of_widths(form: Form) -> _Faults:
    hanging: list[tuple[int, int]] = []
    for at, row in enumerate(form.rows):
        hanging = [(until, span) for until, span in hanging if until > at]
        width = sum(cell.span for cell in row.cells) + sum(span for _, span in hanging)
        if width != len(form.widths):
            yield (
                f"/rows/{at}",
                f"这一行占 {width} 列，表有 {len(form.widths)} 列（widths）。请调整 span，或上面几行的 down。",
            )
        hanging += [
            (at + cell.down if cell.down else _FAR, cell.span) for cell in row.cells if cell.down != 1
        ]


def _of_columns(form: Form) -> _Faults:
    """The headings stand right above the indicators, each over the field that it names."""
    last = len(form.rows) - 1
    headings = {} if last < 1 else {at: cell for at, cell in _columns(form, last - 1) if cell.column}
    below = {at: cell for at, cell in _columns(form, last) if cell.field}
    for where, names in (
        (last - 1, [cell.column for cell in headings.values()]),
        (last, [cell.field for cell in below.values()]),
    ):
        for name in _OF_INDICATORS:
            if names.count(name) > 1 or (name in INDICATOR_COLUMNS and name not in names):
                kind = "column" if where < last else "field"
                wanted = "指标行" if where == last else "指标行上面紧挨着的表头行"
                yield (
                    f"/rows/{max(where, 0)}",
                    f'{wanted}里 {kind} = "{name}" 应当正好一格，现在有 {names.count(name)} 格。请改正。',
                )
    if {at: cell.column for at, cell in headings.items()} != {at: cell.field for at, cell in below.items()}:
        yield (
            f"/rows/{last}",
            "指标行的填写格（field）与上面表头（column）的次序、列数不一致。请让它们上下对齐。",
        )


def _columns(form: Form, number: int) -> Iterator[tuple[tuple[int, int], Cell]]:
    """Yield the cells of a row, each with its first column and how many it takes."""
    for at, left, cell in form.placed():
        if at == number:
            yield (left, cell.span), cell


def _of_sums(form: Form) -> _Faults:
    parts: Mapping[str, Any] = {
        cell.field: cell.sum for row in form.rows for cell in row.cells if cell.field and cell.sum
    }
    for at, row in enumerate(form.rows):
        for number, cell in enumerate(row.cells):
            where = f"/rows/{at}/cells/{number}/sum"
            for field in (cell.field, *cell.sum) if cell.sum else ():
                if not schemas.is_money(form.form, field):
                    yield where, f"“{field}”不是金额，不能相加。请改为金额的字段。"
                elif field not in {one for one, _, _ in form.fields()}:
                    yield where, f"表上没有“{field}”这一格，不能相加。请从 sum 里删去，或加上这一格。"
            if cell.field in _all_parts(cell.sum, parts):
                yield where, f"“{cell.field}”是它自己的合计。请从 sum 里删去。"


def _all_parts(fields: tuple[str, ...], sums: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return the parts of a sum, and theirs."""
    found: set[str] = set()
    ahead = list(fields)
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead += sums.get(one, ())
    return found


def _of_labels(form: Form) -> _Faults:
    """No spelling names two fields, but for one that the block around it tells apart."""
    known: dict[tuple[str, str], str] = {}
    for field, cell, block in form.fields():
        where = _place(form, field)
        if not cell.label:
            yield where, f"“{field}”左边没有标签，读不出来。请在同一行它的左边加上标签。"
        for text in dict.fromkeys(map(key, (cell.label, *cell.aliases))):
            other = known.setdefault((text, block), field)
            if other != field:
                yield where, f"标签“{text}”已经用在“{other}”上，分不清是哪一个。请改名，或从 aliases 里删去。"


def _place(form: Form, field: str) -> str:
    """Return the pointer of the cell that holds a field."""
    return next(
        f"/rows/{at}/cells/{number}"
        for at, row in enumerate(form.rows)
        for number, cell in enumerate(row.cells)
        if cell.field == field and row.repeat != "indicators"
    )
