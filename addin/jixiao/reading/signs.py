"""Operators and measures in cells of their own beside the targets, known by what stands there where no heading says it."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import replace
from functools import lru_cache

from jixiao.reading.headings import may_head_targets
from jixiao.reading.tables import Place
from jixiao.reading.view import View
from jixiao.values import measure_of, parse

KINDS = frozenset({"定性", "定量", "正向", "反向", "逆向", "正向指标", "反向指标", "逆向指标"})
_LONGEST = 8
_MOSTLY = 2  # to one cell of another kind


def completed(view: View, place: Place) -> Place:
    """Return the table with the columns of operators and measures whose headings are in no known words: 判断, 单位名称.

    An operator stands right of the name, a measure right of a target that has none itself.
    """
    columns = dict(place.columns)
    unknown = [pair for pair in place.columns if pair[0].startswith("other")]
    if "name" in columns and "target" not in columns and place.heading is not None:
        place = _with_targets(view, place, [column for _, column in unknown if column > columns["name"]])
        columns = dict(place.columns)
        unknown = [pair for pair in unknown if pair in place.columns]
    if not {"name", "target"} <= columns.keys() or place.heading is None or not unknown:
        return place
    found: dict[str, int] = {}
    for other, column in unknown:
        if (
            column > columns["name"]
            and "operator" not in columns | found
            and _hold(view, place, column, is_sign)
        ):
            found["operator"] = column
        elif (
            column > columns["target"]
            and "measure" not in columns | found
            and _hold(view, place, columns["target"], _is_number)
            and _hold(view, place, column, _is_measure)
        ):
            found["measure"] = column
        else:
            continue
        del columns[other]
    if not found:
        return place
    return replace(place, columns=tuple(sorted((columns | found).items(), key=lambda pair: pair[1])))


def _with_targets(view: View, place: Place, unknown: list[int]) -> Place:
    """Return the table with the one column of targets whose heading is in no known words: their operators tell it."""
    operator = dict(place.columns).get("operator")
    told = [
        column
        for column in unknown
        if may_head_targets(view.text(place.heading or 0, column))
        and (_hold(view, place, column, _is_target) if operator is None else column == operator + 1)
    ]
    if len(told) != 1:
        return place
    columns = (("target" if column == told[0] else name, column) for name, column in place.columns)
    return replace(place, columns=tuple(columns))


def unheaded(view: View, place: Place, headed: Container[int]) -> list[int]:
    """Return the columns without any heading right of the targets' one that hold parts of the targets.

    Where nothing is merged 指标值 stands above the operator alone, and number and measure beside it.
    """
    target = dict(place.columns).get("target")
    heading = place.heading
    if target is None or heading is None or target + 1 in headed or view.text(heading, target + 1):
        return []
    if _hold(view, place, target, is_sign):
        beside = [target + 1, target + 2]
    elif _hold(view, place, target, _is_number) and _hold(view, place, target + 1, _is_measure):
        beside = [target + 1]
    else:
        return []
    return [column for column in beside if column not in headed and not view.text(heading, column)]


def is_entangled(view: View, place: Place) -> bool:
    """Tell whether what stands right of the targets, below no known heading, is read together with them."""
    columns = dict(place.columns)
    target = columns.get("target", max(columns.values()))
    unknown = [column for name, column in place.columns if name.startswith("other") and column > target]
    headed = columns.values()
    beside = [c for c in (target + 1, target + 2) if c not in headed and not view.text(place.heading or 0, c)]
    rows = range((place.heading or 0) + 1, min(place.bottom, view.height))
    return any(_hold(view, place, column, _is_measure) for column in unknown) or any(
        view.text(row, target) and any(view.text(row, column) for column in beside) for row in rows
    )


@lru_cache(maxsize=1024)
def is_sign(text: str) -> bool:
    """Tell whether a text is an operator alone, or says 定性 in its place."""
    if len(text) > _LONGEST:
        return False
    return text == "定性" or (parse(f"{text}1").operator is not None and parse(text).value is None)


def _is_measure(text: str) -> bool:
    measure = measure_of(text) if len(text) <= _LONGEST else None
    return measure is not None and measure.exact


def _is_number(text: str) -> bool:
    told = parse(text) if len(text) <= _LONGEST * 2 else None
    return told is not None and told.value is not None and told.measure is None


def _is_target(text: str) -> bool:
    told = parse(text)
    return told.operator is not None and told.value is not None


def _hold(view: View, place: Place, column: int, kind: Callable[[str], bool]) -> bool:
    """Tell whether most cells of a column are of one kind, blank ones aside."""
    first = (place.heading or 0) + 1
    texts = [text for row in range(first, min(place.bottom, view.height)) if (text := view.text(row, column))]
    right = sum(map(kind, texts))
    return right > 0 and right >= _MOSTLY * (len(texts) - right)
