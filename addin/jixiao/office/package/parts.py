"""A package in memory: its members, what has been changed, and the relationships and types that hold it together."""

from __future__ import annotations

import posixpath
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from jixiao.office import guard
from jixiao.office.guard import part_key
from jixiao.office.limits import Limits
from jixiao.office.package import scan
from jixiao.office.package.scan import Edit
from jixiao.office.sniffing import damaged

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence
    from zipfile import ZipInfo

_LINK_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_STRICT_LINKS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LINKS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_EMPTY_LINKS = f'{_HEAD}<Relationships xmlns="{_LINK_SPACE}"/>'.encode()


@dataclass(frozen=True)
class Package:
    """The members of a workbook file.

    Attributes:
        infos: what the zip directory says, in its order.
        original: part → content as it came.
        changed: part → content as it shall be; new parts too, in the order in which they came.
        removed: parts that shall be no more.
        undo: what leads back, the last change first when read backwards: a part and the edits to make in it.

    """

    infos: tuple[ZipInfo, ...]
    original: dict[str, bytes]
    changed: dict[str, bytes] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    undo: list[tuple[str, tuple[Edit, ...]]] = field(default_factory=list)


class Link(NamedTuple):
    """One relationship: its id, the last word of its type, and the part it leads to (None where outside)."""

    id: str
    kind: str
    part: str | None


def unpack(data: bytes) -> Package:
    """Return the package; raises FileRejectedError: `encrypted`, `damaged`, `too_large`."""
    infos = guard.directory(data)
    contents = guard.inflate(data, infos, Limits())
    for info, (_, content) in zip(infos, contents, strict=True):
        if zlib.crc32(content) != info.CRC:
            raise damaged()
    return Package(tuple(infos), dict(contents))


def pack(package: Package) -> bytes:
    """Return the file: members keep their order, names, dates and contents, new ones follow, dated 1980."""
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo  # noqa: PLC0415 - a button click must not pay for it

    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for old in package.infos:
            if old.filename in package.removed:
                continue
            info = ZipInfo(old.filename, old.date_time)
            info.compress_type, info.external_attr, info.comment = (
                old.compress_type,
                old.external_attr,
                old.comment,
            )
            archive.writestr(info, package.changed.get(old.filename, package.original[old.filename]))
        for name, content in package.changed.items():
            if name not in package.original and name not in package.removed:
                info = ZipInfo(name)
                info.compress_type = ZIP_DEFLATED
                archive.writestr(info, content)
    return out.getvalue()


def find(package: Package, path: str) -> str | None:
    """Return the member that a part name means; part names do not distinguish case."""
    return _members(package).get(part_key(path))


def read(package: Package, part: str) -> bytes:
    """Return a part's XML in UTF-8; raises FileRejectedError (`damaged`) where the part is missing."""
    content = raw(package, part)
    if content is None:
        raise damaged()
    return scan.normal(content)


def raw(package: Package, part: str) -> bytes | None:
    """Return a part as it stands, None where it is missing."""
    return None if part in package.removed else package.changed.get(part, package.original.get(part))


def write(package: Package, part: str, content: bytes) -> None:
    """Set the content of a new part."""
    package.removed.discard(part)
    package.changed[part] = content


def edit(package: Package, part: str, edits: Sequence[Edit]) -> None:
    """Change a part, and note down what leads back."""
    if not edits:
        return
    before, data = raw(package, part), read(package, part)
    if before is not None and before != data:  # another encoding comes back too
        package.undo.append((part, (Edit(0, len(data), before),)))
    package.undo.append((part, tuple(scan.inverse(data, edits))))
    package.changed[part] = scan.splice(data, edits)


def remove(package: Package, gone: Iterable[str]) -> None:
    """Take parts away, with their own relationships and what the list of content types says of them."""
    away = set(gone)
    away |= {held for part in away if (held := find(package, _links_of(part))) is not None}
    package.removed.update(away)
    types = _types(package)
    paths = {part_key(one) for one in away}
    said = scan.parse(read(package, types)).all("Override") if away else ()
    lines = [one for one in said if part_key(one.attributes.get("PartName", "")) in paths]
    edit(package, types, [Edit(one.start, one.end, b"") for one in lines])


def unlink(package: Package, part: str, ids: Container[str]) -> None:
    """Take relationships of a part away."""
    held = find(package, _links_of(part))
    if held is None:
        return
    lines = [
        one
        for one in scan.parse(read(package, held)).all("Relationship")
        if one.attributes.get("Id", "") in ids
    ]
    edit(package, held, [Edit(one.start, one.end, b"") for one in lines])


def reached(package: Package) -> set[str]:
    """Return the parts that relationships lead to, from the package on."""
    found: set[str] = set()
    ahead = [""]
    while ahead:
        for one in links(package, ahead.pop()):
            if one.part is not None and one.part not in found:
                found.add(one.part)
                ahead.append(one.part)
    return found


def names(package: Package) -> list[str]:
    """Return the members as they shall be."""
    return list(_members(package).values())


def links_of(package: Package, part: str) -> str | None:
    """Return the member with a part's relationships, None where it has none."""
    return find(package, _links_of(part))


def external(package: Package, part: str) -> int:
    """Count a part's relationships that lead out of the package."""
    held = links_of(package, part)
    found = scan.parse(read(package, held)).all("Relationship") if held else ()
    return sum(one.attributes.get("TargetMode") == "External" for one in found)


def fresh(package: Package, stem: str, ending: str) -> str:
    """Return a part name that no member has: `stem`, the next free number, `ending`.

    A name of which a relationship speaks is not free either: a part that is missing must not be found in ours.
    """
    taken, number = _members(package), 1
    spoken = b"\n".join(raw(package, name) or b"" for key, name in taken.items() if key.endswith(".rels"))
    spoken = spoken.replace(b"\0", b"").lower()  # in UTF-16 too
    last = stem.rpartition("/")[2].casefold()
    while part_key(f"{stem}{number}{ending}") in taken or f"{last}{number}{ending}".encode() in spoken:
        number += 1
    return f"{stem}{number}{ending}"


def links(package: Package, part: str) -> list[Link]:
    """Return the relationships of a part; of the package itself for an empty name."""
    held = find(package, _links_of(part))
    if held is None:
        return []
    found, members = [], _members(package)
    for one in scan.parse(read(package, held)).all("Relationship"):
        kind, target = one.attributes.get("Type", ""), one.attributes.get("Target", "")
        if kind.startswith(_STRICT_LINKS):
            raise scan.strict()
        inside = one.attributes.get("TargetMode", "Internal") != "External"
        path = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target))
        found.append(
            Link(
                one.attributes.get("Id", ""),
                kind.rpartition("/")[2],
                members.get(part_key(path)) if inside else None,
            )
        )
    return found


def link(package: Package, part: str, kind: str, target: str) -> str:
    """Add a relationship from a part to another and return its id."""
    name = find(package, _links_of(part)) or _links_of(part)
    if find(package, name) is None:
        write(package, name, _EMPTY_LINKS)
        declare_ending(package, "rels", _LINKS_TYPE)  # some writers name each part by itself instead
    data = read(package, name)
    root = scan.parse(data)
    taken, number = {one.attributes.get("Id", "").casefold() for one in root.children}, len(root.children) + 1
    while f"rid{number}" in taken:
        number += 1
    path = scan.quoted(posixpath.relpath("/" + target, posixpath.join("/", posixpath.dirname(part))))
    line = f'<{root.prefix}Relationship Id="rId{number}" Type="{scan.RELATIONSHIPS}/{kind}" Target="{path}"/>'
    edit(package, name, scan.amend(data, root, {}, line.encode()))
    return f"rId{number}"


def said_of(package: Package, part: str) -> str:
    """Return the content type of a part, empty where nothing is said of it."""
    root = scan.parse(read(package, _types(package)))
    for one in root.all("Override"):
        if part_key(one.attributes.get("PartName", "")) == part_key(part):
            return one.attributes.get("ContentType", "")
    ending = part.rpartition(".")[2].casefold()
    found = (one for one in root.all("Default") if one.attributes.get("Extension", "").casefold() == ending)
    return next((one.attributes.get("ContentType", "") for one in found), "")


def declare(package: Package, part: str, content_type: str) -> None:
    """Say in the package's list of content types what a new part holds; once, even where a part that is gone was named."""
    types = _types(package)
    data = read(package, types)
    said = scan.parse(data).all("Override")
    named = next(
        (one for one in said if part_key(one.attributes.get("PartName", "")) == part_key(part)), None
    )
    if named is None:
        _say(package, f'Override PartName="/{part}" ContentType="{content_type}"')
    elif named.attributes.get("ContentType") != content_type:
        edit(package, types, scan.amend(data, named, {"ContentType": content_type}))


def declare_ending(package: Package, ending: str, content_type: str) -> None:
    """Say what parts with this ending hold, where nothing has been said of it yet."""
    root = scan.parse(read(package, _types(package)))
    if all(one.attributes.get("Extension", "").casefold() != ending for one in root.all("Default")):
        _say(package, f'Default Extension="{ending}" ContentType="{content_type}"')


def _say(package: Package, line: str) -> None:
    types = _types(package)
    data = read(package, types)
    root = scan.parse(data)
    edit(package, types, scan.amend(data, root, {}, f"<{root.prefix}{line}/>".encode()))


def _types(package: Package) -> str:
    types = find(package, "[Content_Types].xml")
    if types is None:
        raise damaged()
    return types


def _links_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _members(package: Package) -> dict[str, str]:
    return {
        part_key(name): name for name in (*package.original, *package.changed) if name not in package.removed
    }
