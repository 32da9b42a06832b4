"""OLE containers (.xls and its like): which streams stand in one, and whether its sheets are bounded."""

from __future__ import annotations

import struct
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jixiao.errors import FileRejectedError
from jixiao.office.sniffing import damaged, encrypted, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.office.limits import Limits

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SPECIAL = 0xFFFFFFFA  # sector numbers from here on are marks, not sectors
_MINI = 4096  # a shorter stream lives in 64-byte sectors inside the root's own stream
_PAIR = struct.Struct("<HH")
_ENTRY = struct.Struct("<64sHBB3I")
_BOUNDSHEET, _FILEPASS, _DIMENSIONS, _BOF, _EOF, _MULRK = 0x85, 0x2F, 0x200, 0x809, 0x0A, 0xBD
# NUMBER, LABEL, RSTRING, BOOLERR, RK, MULRK, LABELSST, FORMULA: row and column are their first four bytes
_CELLS = frozenset({0x203, 0x204, 0xD6, 0x205, 0x27E, _MULRK, 0xFD, 0x06})
_GHOST = 65_536 * 256  # room that calamine reserves for a DIMENSIONS record; more than a whole sheet is a lie
_RECORDS = (
    4_000_000  # at least 4 bytes each in a stream of at most 64 MB; sheets that share bytes count twice
)


@dataclass(frozen=True)
class _Entry:
    name: str
    left: int
    right: int
    child: int
    start: int
    size: int


@dataclass(frozen=True)
class Compound:
    """An OLE container.

    Attributes:
        data: the whole file.
        sector: bytes per sector, 512 or 4096.
        fat: the next sector of each.
        mini: the next mini sector of each.
        entries: the directory.

    """

    data: bytes
    sector: int
    fat: array[int]
    mini: array[int]
    entries: tuple[_Entry, ...]

    def root(self) -> frozenset[str]:
        """Return the names that stand at the top, without those of embedded objects."""
        return frozenset(self._top())

    def _top(self) -> dict[str, _Entry]:
        found, todo, seen = {}, [self.entries[0].child], set()
        while todo:
            index = todo.pop()
            if index in seen or index >= len(self.entries):
                continue
            seen.add(index)
            entry = self.entries[index]
            found[entry.name] = entry
            todo += [entry.left, entry.right]
        return found

    def top(self, name: str) -> bytes:
        """Return a stream at the top that can be done without: nothing where it is not there, or broken."""
        entry = self._top().get(name)
        try:
            return self._content(entry) if entry else b""
        except FileRejectedError:
            return b""

    def stream(self, *names: str) -> bytes:
        """Return the first stream of that name, in the order of the directory as calamine takes it."""
        for name in names:
            for entry in self.entries:
                if entry.name == name:
                    return self._content(entry)
        raise damaged()

    def _content(self, entry: _Entry) -> bytes:
        if entry.size >= _MINI:
            return _chain(self.data, entry.start, self.fat, self.sector, self.sector)[: entry.size]
        home = _chain(self.data, self.entries[0].start, self.fat, self.sector, self.sector)
        return _chain(home, entry.start, self.mini, 64, 0)[: entry.size]


def open_compound(data: bytes) -> Compound:
    """Return the container; raises FileRejectedError (`damaged`) where its chains are broken or run in circles."""
    try:
        (shift,) = struct.unpack_from("<H", data, 30)
        sector = {9: 512, 12: 4096}[shift]
        fat_size, directory = struct.unpack_from("<II", data, 44)
        mini_start, mini_size, extra = struct.unpack_from("<III", data, 60)
        sectors = len(data) // sector + 1
        if max(fat_size, mini_size) > sectors:
            raise damaged()
        fat = array("I")
        numbers = _fat_sectors(data, sector, extra)
        if len(numbers) > sectors:
            raise damaged()
        for index in numbers:
            fat.frombytes(_sector(data, index, sector, sector))
        _check_circles(fat)
        mini = array("I")
        if mini_size:
            mini.frombytes(_chain(data, mini_start, fat, sector, sector))
        _check_circles(mini)
        listing = _chain(data, directory, fat, sector, sector)
        entries = tuple(_entry(listing[at : at + 128], shift) for at in range(0, len(listing) - 127, 128))
        if not entries:
            raise damaged()
        return Compound(data, sector, fat, mini, entries)
    except (struct.error, KeyError, IndexError, ValueError) as error:
        raise damaged() from error


def _fat_sectors(data: bytes, sector: int, extra: int) -> list[int]:
    """Return the sectors that hold the FAT: 109 in the header, the others in a chain of their own."""
    found: list[int] = list(struct.unpack_from("<109I", data, 76))
    seen: set[int] = set()
    while extra < _SPECIAL:
        if extra in seen:
            raise damaged()
        seen.add(extra)
        numbers = struct.unpack(f"<{sector // 4}I", _sector(data, extra, sector, sector))
        found += numbers[:-1]
        extra = numbers[-1]
    return [number for number in found if number < _SPECIAL]


def _sector(data: bytes, index: int, size: int, skip: int) -> bytes:
    """Return one sector; the last may be cut short by the file's end, and is filled up."""
    piece = data[skip + index * size : skip + index * size + size]
    if not piece:
        raise damaged()
    return piece.ljust(size, b"\0")


def _chain(data: bytes, start: int, table: array[int], size: int, skip: int) -> bytes:
    """Return the sectors that follow each other from `start`; the table has no circles."""
    pieces: list[bytes] = []
    index = start
    while index < _SPECIAL:
        if index >= len(table):  # more sectors than the table knows of
            raise damaged()
        pieces.append(_sector(data, index, size, skip))
        index = table[index]
    return b"".join(pieces)


def _check_circles(table: array[int]) -> None:
    """Refuse a table with a chain that bites its tail: calamine would follow it until the memory is full."""
    fresh, on_the_way, sound = 0, 1, 2
    state = bytearray(len(table))
    for start in range(len(table)):
        way, index = [], start
        while index < len(table) and state[index] == fresh:
            state[index] = on_the_way
            way.append(index)
            index = table[index]
        if index < len(table) and state[index] == on_the_way:
            raise damaged()
        for done in way:
            state[done] = sound


def _entry(record: bytes, shift: int) -> _Entry:
    """Return one line of the directory."""
    name, length, _, _, left, right, child = _ENTRY.unpack_from(record)
    start, low, high = struct.unpack_from("<III", record, 116)
    size = low if shift == 9 else low + (high << 32)
    return _Entry(name[: max(length - 2, 0)].decode("utf-16-le", "replace"), left, right, child, start, size)


def check_biff(stream: bytes, limits: Limits) -> None:
    """Refuse a workbook stream with a password, or with cells spread wider than we can hold.

    Raises FileRejectedError: `encrypted` for a FILEPASS record, `damaged`, `too_large`. calamine reads every
    sheet as it opens a file, so the bound holds for all sheets together.
    """
    places: list[int] = []
    for kind, at, length in records(stream, 0):
        if kind == _FILEPASS:
            raise encrypted()
        if kind == _BOUNDSHEET and length >= 4:
            places += struct.unpack_from("<I", stream, at)
        if kind == _EOF:
            break
    budget, told = limits.cells, 0
    for place in places:
        cells, count = _extent(stream, place)
        budget -= cells
        told += count
        if budget < 0:
            raise too_large(f"各表铺开有 {limits.cells - budget} 格以上", f"{limits.cells} 格")
        if told > _RECORDS:
            raise too_large(f"各表有 {told} 条记录以上", f"{_RECORDS} 条")


def _extent(stream: bytes, place: int) -> tuple[int, int]:
    """Return the cells in the rectangle that a sheet's values span, and the number of its records."""
    last_row = last_column = -1
    depth, count = 0, 0
    for kind, at, length in records(stream, place):
        count += 1
        if kind in _CELLS and length >= 4:
            row, column = _PAIR.unpack_from(stream, at)
            if kind == _MULRK:  # many cells of one row; the last column stands at the end
                column = _PAIR.unpack_from(stream, at + length - 4)[1]
            last_row = max(last_row, row)
            last_column = max(last_column, column)
        elif kind == _DIMENSIONS:
            _check_dimensions(stream[at : at + length])
        elif kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
    return (last_row + 1) * (last_column + 1), count


def _check_dimensions(record: bytes) -> None:
    """Refuse a DIMENSIONS record for which calamine would reserve more than a whole sheet."""
    layout = {14: "<IIHHH", 10: "<5H"}.get(len(record))
    if layout is None:
        raise damaged()
    top, bottom, _, right = struct.unpack_from(layout, record)[:4]
    if bottom and right and (bottom < top or (bottom - top) * right > _GHOST):
        raise damaged()


def records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Yield kind, position and length of each record's body; raises FileRejectedError where one is cut off."""
    end = len(stream)
    while at + 4 <= end:
        kind, length = _PAIR.unpack_from(stream, at)
        at += 4
        if at + length > end:
            raise damaged()
        yield kind, at, length
        at += length
