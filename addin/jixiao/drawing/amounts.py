"""Amounts of a form as cell values, and the sum formulas that stand in their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from jixiao import values as grammar
from jixiao.forms import Cell, Form
from jixiao.model import Spot

_IN_YUAN = Decimal(10000)
_TOLERANCE = Decimal("0.005")  # 万元: half of the last printed place
_DIGITS = 15  # what a spreadsheet keeps of a number


def factor(form: Form) -> Decimal:
    """Return by what an amount in 万元 is multiplied to stand on the form."""
    return _IN_YUAN if form.money == "元" else Decimal(1)


def exact(value: object) -> Decimal | None:
    """Return the amount (万元) of canonical text that a spreadsheet can hold, `None` for all else."""
    if not isinstance(value, str):
        return None
    number = grammar.decimal(value)
    if number is None or grammar.canonical(number) != value or len(number.as_tuple().digits) > _DIGITS:
        return None
    return number


def written(form: Form, cell: Cell, values: Mapping[str, Any], sums: Mapping[str, Cell]) -> tuple[Any, bool]:
    """Return what a money cell shows (a number on the form's scale, text, `None`), and whether a formula gives it.

    A formula stands where it says what the document says: nothing at all, or exactly the given sum. A field that
    the document leaves out is calculated; one that it states, if only as blank, is reproduced.
    """
    given, calculated = values.get(cell.field), _amount(cell.field, values, sums)
    if cell.sum:
        parts = [_amount(part, values, sums) for part in cell.sum]
        total = sum((part for part in parts if part is not None), Decimal(0))
        blank = all(part is None for part in parts)
        if cell.field not in values or (given is None and blank):
            return None if blank else _number(total * factor(form)), True
        if calculated == total and None not in parts:
            return _number(total * factor(form)), True
    return given if calculated is None else _number(calculated * factor(form)), False


def formula(parts: Sequence[Spot]) -> str:
    """Return the sum formula over cells; blank while all of them are blank."""
    refs = _refs(parts)
    return f'=IF(COUNT({refs})=0,"",ROUND(SUM({refs}),6))'


def broken(form: Form, total: Spot, parts: Sequence[Spot]) -> str:
    """Return the condition that a sum and its parts are all there and do not agree."""
    refs, limit = _refs(parts), grammar.canonical(_TOLERANCE * factor(form))
    return (
        f"=AND(COUNT({total.a1},{refs})={len(parts) + 1},ABS(ROUND(SUM({total.a1})-SUM({refs}),6))>{limit})"
    )


def _amount(field: str, values: Mapping[str, Any], sums: Mapping[str, Cell]) -> Decimal | None:
    if field in values or field not in sums:
        return exact(values.get(field))
    parts = [_amount(part, values, sums) for part in sums[field].sum]
    numbers = [part for part in parts if part is not None]
    return sum(numbers, Decimal(0)) if numbers else None


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _refs(parts: Sequence[Spot]) -> str:
    """Write cells below each other as a range, others as a list."""
    first = parts[0]
    if all(part == Spot(first.row + at, first.column) for at, part in enumerate(parts)):
        return f"{first.a1}:{parts[-1].a1}"
    return ",".join(part.a1 for part in parts)
