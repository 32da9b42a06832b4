"""A package with unusual names and paths of parts, as calamine understands it: a copy in memory with the usual ones.

Open XML finds every part by its relationships. calamine follows them, but takes no workbook part that is not called
`workbook.xml`, no shared strings elsewhere than beside it, and no `.` or `..` on the way to a sheet.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from io import BytesIO
from typing import NamedTuple

from jixiao.office.guard import part_key
from jixiao.office.markup import in_attribute

_RELATION_TAG = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_DOTS = re.compile(rb"Target\s*=\s*[\"'](?:[^\"']*/)?\.\.?/")
_MAIN = re.compile(
    rb"<Relationship\s(?=[^>]*/officeDocument[\"'])[^>]*\bTarget\s*=\s*[\"']/?xl/workbook\.xml[\"']"
)
_WORKBOOK = re.compile(rb"<(?:\w+:)?workbook[\s>]")
_HEAD = 8_192  # bytes in which the workbook part has its first tag
_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_USUAL = {"sharedStrings": "sharedStrings.xml", "styles": "styles.xml"}


class Relation(NamedTuple):
    """One relationship: its id, its type, and the key of the part that it leads to, empty where outside."""

    id: str
    type: str
    part: str

    @property
    def kind(self) -> str:
        """The last word of its type."""
        return self.type.rpartition("/")[2]


def relations(content: bytes, folder: str) -> list[Relation]:
    """Return the relationships of a part that stands in `folder`, which is empty or ends in a slash."""
    found = []
    for tag in _RELATION_TAG.findall(content.decode("utf-8", "replace")):
        said = attributes(tag)
        target = said.get("Target", "")
        path = posixpath.normpath(posixpath.join("/", folder, target))
        inside = said.get("TargetMode", "Internal") != "External"
        found.append(Relation(said.get("Id", ""), said.get("Type", ""), part_key(path) if inside else ""))
    return found


def attributes(tag: str) -> dict[str, str]:
    """Return a start tag's attributes without their prefixes."""
    return {
        key.rpartition(":")[2]: _unescaped(double or single)
        for key, double, single in _ATTRIBUTE.findall(tag)
    }


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    import html  # noqa: PLC0415 - knows two thousand names of characters, and hardly any workbook writes one

    return html.unescape(text)


def main_part(content: bytes) -> str:
    """Return the key of the part that the package's own relationships call its document, empty where there is none."""
    return next((one.part for one in relations(content, "") if one.kind == "officeDocument"), "")


def relations_of(part: str) -> str:
    """Return the key of the part that holds another one's relationships."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def is_workbook(content: bytes) -> bool:
    """Tell whether a part is the workbook part of an .xlsx or .xlsm."""
    return _WORKBOOK.search(content, 0, _HEAD) is not None


def straight(data: bytes, parts: list[tuple[str, bytes]]) -> tuple[bytes, list[tuple[str, bytes]]]:
    """Return the package and its members as calamine understands them: the same ones where they are usual already."""
    held = {part_key(name): (name, content) for name, content in parts}
    own = held.get("_rels/.rels", ("", b""))[1]
    if _is_usual(own, held.get("xl/_rels/workbook.xml.rels", ("", b""))[1]):
        return data, parts
    main = main_part(own)
    if main not in held or not is_workbook(held[main][1]):
        return data, parts
    ties = held.get(relations_of(main), ("", b""))[1]
    folder = main[: -len(main.rpartition("/")[2])]
    found = relations(ties, folder)
    olds = {f"{folder}workbook.xml": main, f"{folder}_rels/workbook.xml.rels": relations_of(main)}
    for one in found:
        if one.kind in _USUAL and one.part:
            olds.setdefault(f"{folder}{_USUAL[one.kind]}", one.part)
    names = {old: new for new, old in olds.items() if part_key(new) != old and old in held}
    if not names and not _DOTS.search(own) and not _DOTS.search(ties):
        return data, parts
    taken = {part_key(new) for new in names.values()}
    kept = {key: names.get(key, name) for key, (name, _) in held.items() if key in names or key not in taken}
    changed = {
        "_rels/.rels": _written(relations(own, ""), kept),
        relations_of(main): _written(found, kept),
    }
    straightened = [(name, changed.get(key, held[key][1])) for key, name in kept.items()]
    return _packed(straightened), straightened


def _is_usual(own: bytes, ties: bytes) -> bool:
    """Tell at a glance whether names and paths are as most programs write them."""
    there = all(
        f"/{kind}".encode() not in ties or re.search(rf'"(?:/xl/)?{re.escape(name)}"'.encode(), ties)
        for kind, name in _USUAL.items()
    )
    return there and _MAIN.search(own) is not None and not _DOTS.search(own) and not _DOTS.search(ties)


def _written(found: list[Relation], names: Mapping[str, str]) -> bytes:
    """Return relationships anew, with whole paths; those that lead nowhere are left out."""
    lines = "".join(
        f'<Relationship Id="{in_attribute(one.id)}" Type="{in_attribute(one.type)}"'
        f' Target="/{in_attribute(names[one.part])}"/>'
        for one in found
        if one.part in names
    )
    return f'<Relationships xmlns="{_SPACE}">{lines}</Relationships>'.encode()


def _packed(parts: list[tuple[str, bytes]]) -> bytes:
    from zipfile import ZipFile  # noqa: PLC0415 - hardly any workbook needs it

    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()
