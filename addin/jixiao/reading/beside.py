"""Where the value of a label stands: the cell beside it or below it, of an amount the one in the column of amounts."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.model import Spot
from jixiao.reading.amounts import Choice, is_amount
from jixiao.reading.tables import Place
from jixiao.reading.view import View
from jixiao.reading.words import label_key

TOTALS = tuple(label_key(text) for text in ("合计", "总计"))
_WHOLES = frozenset((*TOTALS, *map(label_key, ("总额", "小计", "资金总额"))))
_SUMS = frozenset(map(label_key, ("小计", "共计")))  # of all rows where they stand below the last
_FEWEST = 3  # cells of a line of a list
_OF_PARTS = frozenset((*TOTALS, *_SUMS))
_FAR = 10_000  # beyond any form
AMOUNT_COLUMN = label_key("预算金额")


def value_spot(view: View, label: Spot, place: Place) -> Spot:
    """Return the cell that holds a label's text: below it in a row of labels, else beside it."""
    return (
        _below_all(view, label, place)
        or _below(view, label, place)
        or _below_headings(view, label, place)
        or cell_beside(view, label, place)
    )


def _below_all(view: View, label: Spot, place: Place) -> Spot | None:
    """Return the cell below a label of a row that holds labels alone, with values right below them and nothing else there.

    Where each label has room for its value beside it, what stands below may be labels in words that nobody knows.
    """
    labels = view.filled(label.row)
    if len(labels) < 2 or not all(view.is_label(label.row, column) for column in labels):
        return None
    last = max((column for _, column in place.columns), default=_FAR)
    beside = [view.reach(label.row, column).right + 1 for column in labels]
    if all(column <= last and column not in labels for column in beside):
        return None
    bottom = max(view.reach(label.row, column).bottom for column in labels)
    row = next((row for row in (bottom + 1, bottom + 2) if view.filled(row)), place.end)
    under = set(view.filled(row))
    if row >= place.end or len(under) < 2 or not under.issubset(labels):
        return None
    return None if any(view.is_label(row, column) for column in under) else Spot(row, label.column)


def _below_headings(view: View, label: Spot, place: Place) -> Spot | None:
    """Return the cell below a label of several rows that stands among the headings of a list of one line, else `None`.

    Beside it a heading reaches over several others: 部门名称 | 年度预算申请, and 资金总额, 基本支出 below that.
    """
    area = view.reach(*label)
    right = next((column for column in view.filled(label.row) if column > area.right), None)
    if area.bottom == area.top or right is None or place.is_label(view, label.row, right):
        return None
    over = view.reach(label.row, right)
    under = [c for c in view.filled(over.bottom + 1) if over.left <= c <= over.right]
    listed = len(view.filled(area.bottom + 1)) >= _FEWEST and view.text(area.bottom + 1, label.column)
    if over.bottom >= area.bottom or len(under) < 2 or not listed:
        return None
    below = Spot(area.bottom + 1, label.column)
    return below if below.row < place.end and not place.is_label(view, *below) else None


def amount_spot(view: View, label: Spot, place: Place, choice: Choice | None) -> Spot:
    """Return the cell that holds a label's amount; of several columns or rows of money the one that was chosen."""
    if choice and choice.down and choice.spot:
        return choice.spot
    at = (choice.spot if choice else None) or value_spot(view, label, place)
    at = at if choice else _in_its_column(view, label, at, place)
    at = _of_all_rows(view, label, _under_a_last_heading(view, label, at, place), place)
    headed = (
        at != label and view.label(*at) in _OF_PARTS
    )  # 财政拨款, 小计 beside or below it, and then the amount
    return amount_spot(view, at, place, choice) if headed else at


def cell_beside(view: View, label: Spot, place: Place) -> Spot:
    """Return the cell that holds a label's value: to its right, or below it where the right is a label."""
    row, column = label
    first: Spot | None = None
    copy: Spot | None = None
    right = at = view.reach(row, column).right + 1
    limit = max(view.width(row), at + 1)
    while at < limit:
        if view.hidden_by_merge(row, at):
            at = view.reach(row, at).right + 1
            continue
        if view.label(row, at) and view.label(row, at) == view.label(row, column):
            copy = copy or Spot(
                row, at
            )  # a merged label whose text was filled into all its cells, or the value
            at = view.reach(row, at).right + 1
            continue
        if place.is_label(view, row, at):
            break
        if view.text(row, at):
            if first is None or at <= edge(view, place) or is_amount(view, Spot(row, at)):
                return Spot(row, at)
            break  # a note right of the table
        first = first or Spot(row, at)
        at = view.reach(row, at).right + 1
    if first is not None or copy is not None:
        return _aligned(view, label, first, place) if first else copy or label
    below = view.reach(row, column).bottom + 1
    if (
        below < place.bottom
        and not place.is_label(view, below, column)
        and not view.hidden_by_merge(below, column)
    ):
        return Spot(below, column)
    return Spot(row, right)


def edge(view: View, place: Place) -> int:
    """Return the last column of a table, which is that of its indicators' headings; beyond it stand notes."""
    heading = place.heading
    if (
        heading is None or not place.columns or not view.merged
    ):  # without any merge a value may stand anywhere right of its label
        return _FAR
    return max(view.reach(heading, column).right for _, column in place.columns)


def _below(view: View, spot: Spot, place: Place) -> Spot | None:
    """Return the cell below a label in a row of labels whose values stand under them, else `None`.

    What stands left of them may be the label of their block.
    """
    filled, below = view.filled(spot.row), view.reach(*spot).bottom + 1
    labels = [
        column
        for column in filled
        if place.is_label(view, spot.row, column) or view.label(spot.row, column) in _WHOLES
    ]
    if len(labels) < 3 or below >= place.bottom or place.is_label(view, below, spot.column):
        return None
    if any(column > labels[0] for column in set(filled).difference(labels)):
        return None
    beside = any(column != spot.column and not _between(view, spot, column) for column in labels)
    told = beside and len(labels) == len(filled)
    return Spot(below, spot.column) if told or _have_amounts_below(view, spot.row, labels, place) else None


def _have_amounts_below(view: View, row: int, labels: list[int], place: Place) -> bool:
    """Tell whether each label of a row has an amount somewhere under it, but those left of the first that has one."""
    under = [any(_amounts_below(view, Spot(row, column), place)) for column in labels]
    first = under.index(True) if True in under else len(under)
    return len(under) - first > 1 and all(under[first:])


def _amounts_below(view: View, heading: Spot, place: Place) -> Iterator[bool]:
    """Yield for each row below a heading whether it has an amount there, down to the next label or text; blanks have none."""
    for row in range(view.reach(*heading).bottom + 1, place.end):
        text = view.text(row, heading.column)
        if text and (
            place.is_label(view, row, heading.column) or not is_amount(view, Spot(row, heading.column))
        ):
            return
        yield bool(text)


def _in_its_column(view: View, label: Spot, at: Spot, place: Place) -> Spot:
    """Return the blank cell right of a label where its neighbours have their amounts, not a share or remark behind it."""
    first = Spot(label.row, view.reach(*label).right + 1)
    if at.row != label.row or at.column <= first.column or view.text(*first):
        return at
    for row in (row for n in (1, 2, 3) for row in (label.row - n, label.row + n)):
        beside = place.top <= row < place.end and place.is_label(view, row, label.column)
        behind = not is_amount(view, at) or is_amount(view, Spot(row, at.column))
        if beside and behind and is_amount(view, Spot(row, first.column)):
            return first
    return at


def _under_a_last_heading(view: View, label: Spot, at: Spot, place: Place) -> Spot:
    """Return the amount below the last of several headings, which has a blank cell to its right; else the cell given."""
    below = Spot(view.reach(*label).bottom + 1, label.column)
    left = view.reach(label.row, label.column - 1) if label.column else None
    headed = left is not None and place.is_label(view, left.top, left.left)
    if not headed or view.text(*at) or below.row >= place.bottom or place.is_label(view, *below):
        return at
    return below if is_amount(view, below) else at


def _of_all_rows(view: View, heading: Spot, first: Spot, place: Place) -> Spot:
    """Return where the total stands where amounts stand below their heading; of several without one, the cell below.

    Some forms list tasks or funds row by row, with 财政拨款 and 其他资金 as headings.
    """
    if first.row == heading.row or first.column != heading.column:
        return first
    rows = rows_below(view, heading, place)
    for row in rows:
        if any(view.label(row, column).endswith(TOTALS) for column in view.filled(row)):
            return Spot(row, first.column)
    sums = [row for row in rows if any(view.label(row, column) in _SUMS for column in view.filled(row))]
    if len(rows) > 1 and sums == rows[-1:]:
        return Spot(rows[-1], first.column)
    return first if len(rows) < 2 else Spot(rows[-1] + 1, first.column)


def spot_below(view: View, heading: Spot, place: Place) -> Spot:
    """Return the cell below a heading of amounts that holds their total, of several rows without one the cell below them."""
    return _of_all_rows(view, heading, Spot(view.reach(*heading).bottom + 1, heading.column), place)


def rows_below(view: View, heading: Spot, place: Place) -> list[int]:
    """Return the rows that have an amount below a heading, down to the next label or text there."""
    below = enumerate(_amounts_below(view, heading, place), view.reach(*heading).bottom + 1)
    return [row for row, has_amount in below if has_amount]


def _between(view: View, spot: Spot, column: int) -> bool:
    """Tell whether a cell stands between two labels of a row."""
    first, last = sorted((spot.column, column))
    return view.reach(spot.row, first).right + 1 < last


def _aligned(view: View, label: Spot, first: Spot, place: Place) -> Spot:
    """Choose the cell of a blank value: without merges, the column where the neighbours' values stand."""
    if view.merged:
        return first
    row, column = label
    headed = [spot.column for spot in place.labels.get(AMOUNT_COLUMN, ()) if spot.column > column]
    if headed:
        return Spot(row, min(headed))
    for other in (row - 1, row + 1, row - 2, row + 2, row - 3, row + 3):
        if place.top <= other < place.end and place.is_label(view, other, column):
            for at in range(column + 1, view.width(other)):
                if place.is_label(view, other, at):
                    break
                if view.text(other, at):
                    return Spot(row, at) if at >= first.column else first
    return first
