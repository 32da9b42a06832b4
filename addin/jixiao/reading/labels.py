"""The labels of the forms: which are names', which are money's, and where on a sheet they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import takewhile

from jixiao import forms, schemas
from jixiao.model import Spot
from jixiao.reading.view import View
from jixiao.reading.words import LONGEST_LABEL, known_labels, label_key, may_say, sayings
from jixiao.values import decimal, key, money

_LONGEST_HALF = 4  # of a label that is broken over two cells
_MOST_LETTERS = 6  # of one that stands letter by letter


@cache
def names(form: str) -> frozenset[str]:
    """Return the labels of names, each of which stands on a form once."""
    return _labels_of(form, "project_name") | signing(form)


@cache
def signing(form: str) -> frozenset[str]:
    """Return the labels of those who sign a form: the agency and the department above it."""
    return _labels_of(form, "agency") | _labels_of(form, "department")


def _labels_of(form: str, name: str) -> frozenset[str]:
    return frozenset(
        label_key(text)
        for one in forms.catalogue()
        if one.form == form
        for field, cell, _ in one.fields()
        if field == name
        for text in (cell.label, *cell.aliases)
    )


@cache
def key_labels(form: str, kind: str = "") -> frozenset[str]:
    """Return the label keys of a form's fields, all but the goals; or of a kind: `goals`, `money`, `total`, `sources`, `uses`."""
    wanted = {
        "goals": {"goals"},
        "money": {name for name in schemas.schema(form)["properties"] if schemas.is_money(form, name)},
        "total": {"total_funds", "fiscal_funds", "personnel", "basic", "projects"},
        "sources": {"fiscal_funds", "carryover_funds", "other_funds"},
        "uses": {"personnel", "operating", "basic", "projects"},
    }.get(kind)
    return frozenset(
        label_key(text)
        for one in forms.catalogue()
        if one.form == form
        for field, cell, _ in one.fields()
        if (field in wanted if wanted else field != "goals")
        for text in (cell.label, *cell.aliases)
    )


@cache
def titles() -> tuple[tuple[str, str], ...]:
    """Return the titles of all forms, by key, each with its form; the longest first."""
    pairs = {(key(text), form.form) for form in forms.catalogue() for text in (form.title, *form.titles)}
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


def index(view: View, top: int, last: int) -> tuple[dict[str, list[Spot]], dict[str, list[Spot]]]:
    """Index the labels of rows, and those that hold their value behind a colon."""
    labels: dict[str, list[Spot]] = {}
    inline: dict[str, list[Spot]] = {}
    for row in range(top, min(last + 1, view.height)):
        cells = view.texts[row]
        for column in view.filled_in[row]:
            text = cells[column]
            if column and cells[column - 1] == text and not view.merged:
                continue  # filled into all cells that were merged
            if len(text) <= LONGEST_LABEL:
                labels.setdefault(label_key(text), []).append(Spot(row, column))
            if len(text) <= _LONGEST_HALF and (whole := _broken(view, row, column)):
                labels.setdefault(whole, []).append(Spot(row, column))
            if may_say(text):
                for word, _ in sayings(text):
                    inline.setdefault(word, []).append(Spot(row, column))
    return labels, inline


def _broken(view: View, row: int, column: int) -> str:
    """Return the label that is broken over this cell and the next, or goes on letter by letter below it, else `""`."""
    first, second = view.text(row, column), view.text(row + 1, column)
    whole = label_key(first + second)
    if whole in known_labels() and whole != label_key(second):  # 其中, and a source below it
        return whole
    if len(first) > 1 or len(second) != 1 or first.isascii():
        return ""
    cells = (view.text(at, column) for at in range(row, row + _MOST_LETTERS))
    letters = "".join(takewhile(lambda text: len(text) == 1, cells))
    wholes = (letters[:end] for end in range(len(letters), 2, -1))
    return next((whole for whole in wholes if whole in known_labels()), "")


def with_amounts(view: View, inline: Mapping[str, Sequence[Spot]]) -> set[str]:
    """Return the labels that have an amount behind them in their own cell: what is explained has none."""
    return {
        word
        for word, spots in inline.items()
        for said, value in (pair for spot in spots for pair in sayings(view.text(*spot)))
        if said == word and decimal(money(value, "万元")) is not None
    }
