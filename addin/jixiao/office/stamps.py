"""What a workbook of ours says that it is: form and edition, on a sheet, in a name and in a property."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Stamps: TypeAlias = frozenset[tuple[str, str]]  # form, edition
NAME = "jixiao_template"
PROPERTY = "JixiaoTemplate"
_STAMP = re.compile(r"([a-z0-9_]+)@([a-z0-9.-]+)")
# Every stretch has its most letters: a comment that repeats the beginning a thousand times costs no minute.
_NAMED = re.compile(rb"name=[\"']jixiao_template[\"'][^<>]{0,500}>([^<]{0,2000})<")
_OWNED = re.compile(
    rb"<property\b[^<>]{0,500}\bname=[\"']JixiaoTemplate[\"'][^<>]{0,500}>\s{0,200}<[^<>]{0,200}>([^<]{0,2000})<"
)


def text(stamps: Iterable[tuple[str, str]]) -> str:
    """Return the stamps as the name and the property hold them, each once."""
    return ";".join(dict.fromkeys(f"{form}@{edition}" for form, edition in stamps))


def of_text(held: str) -> Stamps:
    """Return the stamps in what the name or the property holds."""
    return frozenset((form, edition) for form, edition in _STAMP.findall(held))


def of_lines(lines: Sequence[Sequence[Any]]) -> Stamps:
    """Return the stamps on the lines of the stamp sheet: headings, then sheet, form, edition."""
    return frozenset(
        (line[1], line[2]) for line in lines[1:] if len(line) > 2 and _STAMP.fullmatch(f"{line[1]}@{line[2]}")
    )


def of_parts(parts: Mapping[str, bytes]) -> Stamps:
    """Return the stamps in a package's defined name and custom property, which survive a lost sheet."""
    return frozenset(
        stamp
        for path, pattern in (("xl/workbook.xml", _NAMED), ("docprops/custom.xml", _OWNED))
        for match in pattern.finditer(parts.get(path, b""))
        for stamp in of_text(match[1].decode("utf-8", "replace"))
    )
