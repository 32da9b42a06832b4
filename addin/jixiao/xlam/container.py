"""Streams → a compound file, the file system in a file of MS-CFB version 3: no dates, no gaps, always the same."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

_SECTOR, _MINI_SECTOR, _CUTOFF = 512, 64, 4096  # a shorter stream than the cutoff lives in mini sectors
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD  # 2.1 sector numbers with a meaning
_NOBODY = 0xFFFFFFFF  # 2.6.1: no sibling, no child
_STORAGE, _STREAM, _ROOT = 1, 2, 5  # 2.6.1 object types
_RED, _BLACK = 0, 1
_IN_HEADER = 109  # sectors of the table that the header itself can name; more would need a DIFAT


@dataclass(eq=False)
class _Entry:
    """A directory entry (2.6.1) on its way to its place."""

    name: str
    kind: int
    data: bytes = b""
    children: list[_Entry] = field(default_factory=list)
    number: int = 0
    left: int = _NOBODY
    right: int = _NOBODY
    child: int = _NOBODY
    colour: int = _BLACK
    start: int = 0
    size: int = 0

    @property
    def order(self) -> tuple[int, bytes]:
        """2.6.4: the shorter name first, then by its letters in upper case; ours are ASCII."""
        return len(self.name), self.name.upper().encode("ascii")


class _Sectors:
    """Sectors in a row and the table that chains them (2.3 FAT, 2.4 mini FAT)."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.data = bytearray()
        self.table: list[int] = []

    def put(self, data: bytes) -> int:
        """Append data as one chain and return where it starts."""
        count = -(-len(data) // self.size)
        if not count:
            return _END
        start = len(self.table)
        self.data += data.ljust(count * self.size, b"\0")
        self.table += [*range(start + 1, start + count), _END]
        return start


def container(streams: dict[str, bytes]) -> bytes:
    """Return the compound file with these streams.

    Args:
        streams: a stream's path, such as `PROJECT` or `VBA/dir`, and its bytes.

    Raises:
        ValueError: the streams are too long for a file without a DIFAT, about 7 MB.

    """
    root = _tree(streams)
    entries = _numbered(root)
    sectors, mini = _Sectors(_SECTOR), _Sectors(_MINI_SECTOR)
    for entry in entries:
        if entry.kind == _STREAM:
            entry.size = len(entry.data)
            entry.start = (mini if entry.size < _CUTOFF else sectors).put(entry.data)
    root.start, root.size = sectors.put(bytes(mini.data)), len(mini.data)
    mini_table = _numbers(mini.table, _FREE)
    mini_start = sectors.put(mini_table)
    directory = b"".join(map(_record, entries))
    spare = -len(directory) // 128 % (_SECTOR // 128)
    start = sectors.put(directory + _record(_Entry("", 0)) * spare)
    return _with_table(sectors, start, mini_start, len(mini_table) // _SECTOR)


def _tree(streams: dict[str, bytes]) -> _Entry:
    root = _Entry("Root Entry", _ROOT)
    for path, data in streams.items():
        *folders, name = path.split("/")
        place = root
        for folder in folders:
            found = [one for one in place.children if one.name == folder]
            if not found:
                place.children.append(_Entry(folder, _STORAGE))
            place = found[0] if found else place.children[-1]
        place.children.append(_Entry(name, _STREAM, data))
    return root


def _numbered(root: _Entry) -> list[_Entry]:
    """Return all entries, each with its number and its place among its siblings."""
    entries: list[_Entry] = []
    waiting = [root]
    while waiting:
        entry = waiting.pop(0)
        entry.number = len(entries)
        entries.append(entry)
        entry.children.sort(key=lambda one: one.order)
        waiting += entry.children
    for entry in entries:
        full = (len(entry.children) + 1).bit_length() - 1
        entry.child = _balanced(entry.children, full)
    return entries


def _balanced(siblings: Sequence[_Entry], black: int) -> int:
    """Make a red-black tree (2.6.4) of sorted siblings and return its top: only an unfilled last level is red."""
    if not siblings:
        return _NOBODY
    middle = len(siblings) // 2
    top = siblings[middle]
    top.colour = _BLACK if black > 0 else _RED
    top.left = _balanced(siblings[:middle], black - 1)
    top.right = _balanced(siblings[middle + 1 :], black - 1)
    return top.number


def _record(entry: _Entry) -> bytes:
    """2.6.1 Compound File Directory Entry: 128 bytes, without class ids and dates."""
    name = (entry.name + "\0").encode("utf-16-le") if entry.name else b""
    return (
        name.ljust(64, b"\0")
        + struct.pack("<HBB", len(name), entry.kind, entry.colour if entry.name else _RED)
        + struct.pack("<III", entry.left, entry.right, entry.child)
        + bytes(16 + 4 + 8 + 8)
        + struct.pack("<IQ", entry.start, entry.size)
    )


def _with_table(sectors: _Sectors, directory: int, mini_start: int, mini_sectors: int) -> bytes:
    """Append the table of all sectors (2.3), its own included, and put the header (2.2) in front."""
    per_sector = _SECTOR // 4
    used = len(sectors.table)
    count = -(-used // (per_sector - 1))  # each sector of the table tells of itself and of 127 others
    if count > _IN_HEADER:
        raise ValueError("the streams are too long for this writer")
    table = _numbers([*sectors.table, *[_FAT] * count], _FREE)
    places = [*range(used, used + count)] + [_FREE] * (_IN_HEADER - count)
    header = (
        bytes.fromhex("D0CF11E0A1B11AE1")
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)  # version 3, little-endian, 512 and 64 bytes a sector
        + bytes(6)
        + struct.pack("<IIII", 0, count, directory, 0)
        + struct.pack("<IIIII", _CUTOFF, mini_start, mini_sectors, _END, 0)
        + struct.pack(f"<{_IN_HEADER}I", *places)
    )
    return header + bytes(sectors.data) + table


def _numbers(table: list[int], filler: int) -> bytes:
    """Return sector numbers as whole sectors."""
    padded = table + [filler] * (-len(table) % (_SECTOR // 4))
    return struct.pack(f"<{len(padded)}I", *padded)
