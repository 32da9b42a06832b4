"""Money given budget by budget: 一般公共预算, 政府性基金 and 国有资本经营 in rows of their own are one sum."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from jixiao import forms
from jixiao.model import Spot
from jixiao.reading import parts, spans
from jixiao.reading.fields import Found, label_spot, sought, value_of
from jixiao.reading.tables import Place
from jixiao.reading.view import View
from jixiao.reading.words import NO_BUDGET, appropriations, by_government, carried_over, sayings

FIELDS = ("fiscal_funds", "carryover_funds")
_YEARS = ("本年", "当年", "年度")
Labels = list[tuple[str, Spot]]


def summed(
    view: View, place: Place, form: forms.Form, told: str | None, of_year: int | None
) -> dict[str, Found]:
    """Return 当年财政拨款 and 上年结转 as the sums of their budgets' rows, none where one row or a total gives it."""
    found = {}
    for name, labels in zip(FIELDS, budgets(view, place, form), strict=True):
        one = sought(form.form, form.edition).get(name)
        if one is None:  # a form without what is carried over
            continue
        total = label_spot(view, place, one, set())
        if total is not None and _says_nothing_of(view.label(*total), labels):
            labels = [(view.label(*total), total), *labels]  # noqa: PLW2901 - the row that stands beside them
        elif labels and total is not None and _stands_alone(view, total, one.keys, labels):
            continue
        if labels:
            unit = told or form.money
            found[name] = parts.summed(
                [
                    (
                        view.text(*spot).rstrip("：: ") if word == view.label(*spot) else word,
                        value_of(view, place, one._replace(keys=(word,)), spot, unit, of_year),
                    )
                    for word, spot in labels
                ]
            )
    return found


def _says_nothing_of(total: str, labels: Labels) -> bool:
    """Tell whether a row is of 财政拨款结转 alone, and the others carry over 非财政拨款."""
    alone = "财政拨款" in total and NO_BUDGET not in total
    return alone and bool(labels) and all(carried_over().get(word) == NO_BUDGET for word, _ in labels)


def _stands_alone(view: View, total: Spot, keys: tuple[str, ...], labels: Labels) -> bool:
    """Tell whether a label gives the whole in one row: it is none of a budget's, and heads none of them."""
    said = {view.label(*total), *(word for word, _ in sayings(view.text(*total)))}
    known = appropriations().keys() | carried_over().keys()
    return not said & set(keys) <= known and not _heads(view, total, labels)


def budgets(view: View, place: Place, form: forms.Form) -> tuple[Labels, Labels]:
    """Return the first label of each budget of the year's money, and of what is carried over from the year before.

    Below 上年结转 they are its parts where the year's stand above, or below once more; beside it they always are.
    """
    kinds = {**appropriations(), **carried_over()}
    fiscal = sought(form.form, form.edition)[FIELDS[0]].keys
    spoken = place.labels.keys() | place.inline.keys()
    if spoken.isdisjoint({*fiscal, *appropriations()}):  # 中央补助 is no part of a 财政拨款 that is there
        kinds = {**by_government(), **carried_over()}
    of_year: dict[str, tuple[str, Spot]] = {}
    beside: dict[str, tuple[str, Spot]] = {}
    below: dict[str, tuple[str, Spot]] = {}
    run = of_year
    for spot, word in _events(view, place, form, kinds.keys()):
        budget = kinds.get(word)
        if budget is None:
            run = below if "结转" in word else of_year
        elif word in carried_over() or "结转" in _beside(view, place, spot):
            beside.setdefault(budget, (word, spot))
        else:
            run = of_year if budget in run or word.startswith(_YEARS) else run
            run.setdefault(budget, (word, spot))
    if not of_year:
        return list(below.values()), list(beside.values())
    return list(of_year.values()), list((beside or below).values())


def _events(view: View, place: Place, form: forms.Form, budgets_: AbstractSet[str]) -> list[tuple[Spot, str]]:
    """Return in reading order the labels of budgets, and in their columns those of other money, of the year's half."""
    half = spans.half(view, place, "money")
    of_money = {word for one in sought(form.form, form.edition).values() if one.is_money for word in one.keys}
    pairs = {
        (spot, word)
        for index in (place.labels, place.inline)
        for word, found in index.items()
        if word in budgets_ or word in of_money or "结转" in word
        for spot in found
        if spot.row < place.end and (half is None or half.holds(spot)) and not view.hidden_by_merge(*spot)
    }
    columns = {spot.column for spot, word in pairs if word in budgets_}
    return sorted((spot, word) for spot, word in pairs if spot.column in columns)


def _beside(view: View, place: Place, spot: Spot) -> str:
    """Return the label of the block that a label stands in: the one to its left, or above that."""
    column = spot.column - 1
    rows = (view.reach(row, column).top for row in range(spot.row, place.top, -1)) if column >= 0 else ()
    return next((view.label(row, column) for row in rows if view.text(row, column)), "")


def _heads(view: View, total: Spot, labels: Labels) -> bool:
    """Tell whether a label is that of a block, with its first budget right beside it, and has no amount of its own."""
    area = view.reach(*total)
    return any(spot.row == area.top and spot.column == area.right + 1 for _, spot in labels)
