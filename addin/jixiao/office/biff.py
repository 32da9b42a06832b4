"""What calamine cannot tell of an .xls: errors, hidden rows and columns, number formats that add to a number ([MS-XLS] 2.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from jixiao.model import Spot
from jixiao.office.cells import PERCENT_BUILT_IN, Facts, spelled
from jixiao.office.compound import records
from jixiao.values import is_dressed

_BIFF8 = 0x0600
_BOF, _EOF, _BOUNDSHEET, _FORMAT, _XF = 0x809, 0x0A, 0x85, 0x41E, 0xE0
_NUMBER, _RK, _MULRK, _FORMULA, _BOOLERR = 0x203, 0x27E, 0xBD, 0x06, 0x205
_ROW, _ZERO_HIGH, _COLINFO, _HIDDEN = 0x208, 0x20, 0x7D, 0x01
_MOST = 256  # columns of a sheet
_HEAD = struct.Struct("<HHH")  # row, column, number of the cell's format
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def inspect(stream: bytes) -> dict[str, Facts] | None:
    """Return the facts of a workbook stream by sheet, `None` of one older than Excel 97.

    The stream passed `compound.check_biff`. Raises FileRejectedError (`damaged`) where a record is cut off.
    """
    codes, styles, sheets = dict(PERCENT_BUILT_IN), list[int](), dict[str, int]()
    for number, (kind, at, length) in enumerate(records(stream, 0)):
        if number == 0 and (kind != _BOF or length < 4 or _short(stream, at) != _BIFF8):
            return None
        body = stream[at : at + length]
        if kind == _BOUNDSHEET and length > 8:
            sheets[_text(body[8:], body[6], body[7])] = struct.unpack_from("<I", body)[0]
        elif kind == _FORMAT and length > 5:
            codes[_short(body, 0)] = _text(body[5:], _short(body, 2), body[4])
        elif kind == _XF and length >= 4:
            styles.append(_short(body, 2))
        elif kind == _EOF:
            break
    dressed = {number: spelled(code) for number, code in codes.items()}
    wanted = {at: dressed[one] for at, one in enumerate(styles) if is_dressed(dressed.get(one, ""))}
    return {name: _facts(stream, place, wanted) for name, place in sheets.items()}


def _facts(stream: bytes, place: int, wanted: dict[int, str]) -> Facts:
    """Return the facts of the sheet that begins at a place of the stream."""
    facts, depth = Facts(), 0
    for kind, at, length in records(stream, place):
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
        elif kind in (_ROW, _COLINFO):
            _hide(facts, kind, stream[at : at + length])
        elif kind in (_FORMULA, _BOOLERR) and (error := _error(kind, stream[at : at + length])):
            row, column, _ = _HEAD.unpack_from(stream, at)
            facts.faults[Spot(row, column)] = error
        elif wanted and kind in (_NUMBER, _RK, _MULRK, _FORMULA) and length > 6:
            for spot, style in _numbers(kind, stream[at : at + length]):
                if style in wanted:
                    facts.formats[spot] = wanted[style]
    return facts


def _hide(facts: Facts, kind: int, body: bytes) -> None:
    """Note a row or some columns that nobody sees."""
    if kind == _ROW and len(body) >= 14 and body[12] & _ZERO_HIGH:
        facts.hidden.add(_short(body, 0))
    elif kind == _COLINFO and len(body) >= 10 and body[8] & _HIDDEN:
        facts.hidden_columns.update(range(_short(body, 0), min(_short(body, 2) + 1, _MOST)))


def _error(kind: int, body: bytes) -> str:
    """Return the error of a cell, `""` where it holds none."""
    if kind == _BOOLERR and len(body) >= 8 and body[7]:
        return _ERRORS.get(body[6], "#VALUE!")
    if kind == _FORMULA and len(body) >= 14 and body[6] == 2 and body[12:14] == b"\xff\xff":
        return _ERRORS.get(body[8], "#VALUE!")
    return ""


def _numbers(kind: int, body: bytes) -> Iterator[tuple[Spot, int]]:
    """Yield the cells of a record with the numbers of their formats."""
    row, column, style = _HEAD.unpack_from(body)
    yield Spot(row, column), style
    if kind == _MULRK:
        for number in range(1, (len(body) - 6) // 6):
            yield Spot(row, column + number), _short(body, 4 + 6 * number)


def _short(body: bytes, at: int) -> int:
    return int.from_bytes(body[at : at + 2], "little")


def _text(body: bytes, letters: int, flags: int) -> str:
    """Return the text of a string record: two bytes for a letter, or one where its flag says so."""
    if flags & 1:
        return body[: 2 * letters].decode("utf-16-le", "replace")
    return body[:letters].decode("latin-1")
