"""Sums that no program has worked out yet: a script that fills in a table leaves its formulas without results.

A spreadsheet program works them out as it opens the file, so a person sees them. What does more than add up cells of its
own sheet, as our templates do, is left alone, and said to have no result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal, DecimalException
from math import isfinite
from typing import NamedTuple

from jixiao.model import CellValue, Spot

_TOKEN = re.compile(
    r"(?P<cell>\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6})(?![A-Z0-9(])|(?P<number>[0-9]+(?:\.[0-9]+)?)"
    r'|(?P<word>SUM|ROUND|COUNT|IF)(?=\()|(?P<sign>""|[-+*/(),:=])'
)
_LONGEST = 200  # letters of a formula
_DEEPEST = 8  # brackets in brackets, and formulas on formulas
_MOST = 200_000  # letters of formulas and cells that are looked at for one sheet
_MOST_DIGITS = 9
_Result = Decimal | str | None  # a number; a text, which is one cell's; or of a blank cell nothing


class _UnknownError(Exception):
    """A formula that is more than a sum, or one over something that is no number."""


class _Token(NamedTuple):
    kind: str
    text: str


_END = _Token("sign", "")


def worked_out(rows: list[list[CellValue]], faults: Mapping[Spot, str]) -> dict[Spot, str]:
    """Blank the cells of a sheet that have faults; sums that lack only their result get it. Returns the other faults."""
    for row, column in faults:
        rows[row][column] = None
    sheet = _Sheet(rows, faults)
    left: dict[Spot, str] = {}
    found: dict[Spot, float | str | None] = {}
    for spot, text in faults.items():
        try:
            found[spot] = _shown(sheet.result(spot))
        except (_UnknownError, DecimalException):
            left[spot] = text
    for (row, column), shown in found.items():
        rows[row][column] = shown
    return left


def _shown(result: _Result) -> float | str | None:
    """Return what a cell shows of a result; raises _UnknownError for a number that is too large for one."""
    if not isinstance(result, Decimal):
        return result or None
    number = float(_kept(result))
    if not isfinite(number):
        raise _UnknownError
    return number


class _Sheet:
    """What the formulas of one sheet refer to, and what those came to that were worked out."""

    def __init__(self, rows: list[list[CellValue]], faults: Mapping[Spot, str]) -> None:
        self.rows, self.faults, self.room = rows, faults, _MOST
        self.known: dict[Spot, _Result] = {}
        self.under_way: set[Spot] = set()

    def result(self, spot: Spot) -> _Result:
        """Return what the formula in a cell comes to; raises _UnknownError."""
        if spot not in self.known:
            text = self.faults[spot]
            far = spot in self.under_way or len(self.under_way) >= _DEEPEST
            self.room -= len(text)
            if far or self.room < 0 or len(text) > _LONGEST or not text.startswith("="):
                raise _UnknownError
            self.under_way.add(spot)
            try:
                self.known[spot] = _Reader(self, text[1:]).whole()
            finally:
                self.under_way.discard(spot)
        return self.known[spot]

    def value(self, spot: Spot) -> _Result:
        """Return what a cell holds, `None` where it is blank; raises _UnknownError for a date and the like."""
        self.room -= 1
        if self.room < 0:
            raise _UnknownError
        if spot in self.faults:
            return self.result(spot)
        line = self.rows[spot.row] if spot.row < len(self.rows) else []
        held = line[spot.column] if spot.column < len(line) else None
        if held is None or isinstance(held, str):
            return held
        if isinstance(held, bool) or not isinstance(held, int | float) or not isfinite(held):
            raise _UnknownError
        return Decimal(repr(held))


class _Reader:
    """Works out one formula from left to right."""

    def __init__(self, sheet: _Sheet, text: str) -> None:
        self.sheet, self.tokens, self.at, self.depth = sheet, list(_tokens(text)), 0, 0

    def whole(self) -> _Result:
        """Return what the formula comes to; raises _UnknownError."""
        result = self._sum()
        if self._next() != _END:
            raise _UnknownError
        return Decimal(0) if result is None else result

    def _next(self) -> _Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else _END

    def _take(self, *signs: str) -> str:
        """Return the next token's text and go past it, where it is one of these signs; `""` where not."""
        token = self._next()
        if token.kind != "sign" or token.text not in signs:
            return ""
        self.at += 1
        return token.text

    def _need(self, sign: str) -> None:
        if not self._take(sign):
            raise _UnknownError

    def _sum(self) -> _Result:
        left = self._product()
        while sign := self._take("+", "-"):
            right = _number(self._product())
            left = _number(left) + right if sign == "+" else _number(left) - right
        return left

    def _product(self) -> _Result:
        left = self._factor()
        while sign := self._take("*", "/"):
            right = _number(self._factor())
            left = _number(left) * right if sign == "*" else _number(left) / right
        return left

    def _factor(self) -> _Result:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _UnknownError
        result = self._one()
        self.depth -= 1
        return result

    def _one(self) -> _Result:
        token = self._next()
        self.at += 1
        if token.kind == "number":
            return Decimal(token.text)
        if token.kind == "word":
            return self._call(token.text)
        if token.kind == "cell":
            return self.sheet.value(_spot(token.text))
        if token.text == '""':
            return ""
        if token.text in {"-", "+"}:
            signed = self._factor()
            return -_number(signed) if token.text == "-" else signed
        if token.text != "(":
            raise _UnknownError
        inner = self._sum()
        self._need(")")
        return inner

    def _call(self, word: str) -> _Result:
        self._need("(")
        if word in {"SUM", "COUNT"}:
            numbers = [one for one in self._listed() if isinstance(one, Decimal)]
            return sum(numbers, Decimal(0)) if word == "SUM" else Decimal(len(numbers))
        first = self._sum()
        if word == "ROUND":
            self._need(",")
            digits = _number(self._sum())
            self._need(")")
            if abs(digits) > _MOST_DIGITS:
                raise _UnknownError
            return _kept(_number(first)).quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP)
        self._need("=")
        same = _is_same(first, self._sum())
        self._need(",")
        yes = self._sum()
        self._need(",")
        no = self._sum()
        self._need(")")
        return yes if same else no

    def _listed(self) -> Iterator[_Result]:
        """Yield what SUM and COUNT are given; a cell that they refer to may hold a text, which they pass over."""
        while True:
            token = self._next()
            after = self.tokens[self.at + 1 : self.at + 2]
            if token.kind == "cell" and after and after[0].text in {":", ",", ")"}:
                self.at += 1
                first = last = _spot(token.text)
                if self._take(":"):
                    last = self._cell()
                (top, bottom), (left, right) = map(sorted, zip(first, last, strict=True))
                for row in range(top, bottom + 1):
                    for column in range(left, right + 1):
                        yield self.sheet.value(Spot(row, column))
            else:
                result = self._sum()
                yield result if result is None else _number(result)
            if self._take(")"):
                return
            self._need(",")

    def _cell(self) -> Spot:
        token = self._next()
        if token.kind != "cell":
            raise _UnknownError
        self.at += 1
        return _spot(token.text)


def _tokens(text: str) -> Iterator[_Token]:
    text = text.replace(" ", "")
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise _UnknownError
        yield _Token(match.lastgroup, match[0])
        at = match.end()


def _spot(address: str) -> Spot:
    return Spot.of(address.replace("$", ""))


def _number(result: _Result) -> Decimal:
    if isinstance(result, str):
        raise _UnknownError
    return result or Decimal(0)


def _kept(number: Decimal) -> Decimal:
    """Return a number in the fifteen digits that a spreadsheet program keeps, and no -0."""
    return Decimal(f"{number:.15g}") + 0


def _is_same(one: _Result, other: _Result) -> bool:
    """Tell whether two are equal to a spreadsheet program: a blank cell is 0 and no text, and capitals are no others."""
    if one is None or other is None:
        return not one and not other
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return _kept(one) == _kept(other)
    return isinstance(one, str) and isinstance(other, str) and one.lower() == other.lower()
