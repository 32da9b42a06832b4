"""Safe fixes offered by findings → the changes to make, each listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jixiao import schemas
from jixiao.model import CellValue, Document, Finding
from jixiao.values import decimal, shown


@dataclass(frozen=True)
class Change:
    """One change to one cell.

    Attributes:
        rule: the rule that offers it.
        sheet: the sheet.
        cell: the cell.
        before: its text before.
        after: its text after.
        number: whether an amount of money stands there, which must be a number for formulas to count it.

    """

    rule: str
    sheet: str
    cell: str
    before: str
    after: str
    number: bool = False

    @property
    def line(self) -> str:
        """The change as a person reads it."""
        after = f"数字 {self.after}" if self.before == self.after else f"“{self.after}”"
        return f"{self.sheet}!{self.cell}（{self.rule}）：“{self.before}” → {after}"


@dataclass(frozen=True)
class Applied:
    """What applying did.

    Attributes:
        values: what to write, by sheet and cell.
        made: the changes behind it.
        stale: changes that were left out, because the cell holds something else by now, or a formula.

    """

    values: Mapping[tuple[str, str], CellValue]
    made: tuple[Change, ...]
    stale: tuple[Change, ...]


def offered(
    checked: Iterable[tuple[Document, Sequence[Finding]]], rules: Iterable[str] = ()
) -> tuple[Change, ...]:
    """Return the changes that findings offer, one at most for a cell, in the order of the findings.

    What a reason explains is left as it is. Where two rules offer something for one cell, the first is taken; checking again offers the second.

    Args:
        checked: documents, each with its findings.
        rules: ids of the rules whose fixes are wanted; none for all.

    """
    wanted = frozenset(rules)
    found: dict[tuple[str, str], Change] = {}
    for document, findings in checked:
        for one in findings:
            if one.fix is None or one.reason is not None or (wanted and one.rule not in wanted):
                continue
            number = schemas.is_money(document.form, one.pointer.split("/")[1])
            if one.fix.before == one.fix.after and not number:
                continue
            change = Change(one.rule, document.sheet, one.cell, one.fix.before, one.fix.after, number)
            found.setdefault((document.sheet, one.cell), change)
    return tuple(found.values())


def apply(changes: Iterable[Change], values: Mapping[tuple[str, str], CellValue]) -> Applied:
    """Return what becomes of cells; a cell that does not hold the text that the change starts from is left alone.

    Args:
        changes: what to do.
        values: what the cells hold now, by sheet and cell; a formula with its `=`.

    """
    made: list[Change] = []
    stale: list[Change] = []
    written: dict[tuple[str, str], CellValue] = {}
    for one in changes:
        at = (one.sheet, one.cell)
        now = values.get(at)
        same = one.before == one.after and not isinstance(now, str)  # a number already
        if at in written or now is None or same or _text(now) != _lines(one.before):
            stale.append(one)
            continue
        written[at] = _as(one, now)
        made.append(one)
    return Applied(written, tuple(made), tuple(stale))


def _text(value: CellValue) -> str:
    return _lines(value) if isinstance(value, str) else shown(value)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _as(one: Change, now: CellValue) -> CellValue:
    """Return what to write: a number where money stands, or where the cell held one, else the text."""
    is_number = isinstance(now, int | float) and not isinstance(now, bool)
    number = decimal(one.after) if one.number or is_number else None
    return one.after if number is None else float(number)
