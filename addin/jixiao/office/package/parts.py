"""A package in memory: its members, what has been changed, and the relationships and types that hold it together."""

from __future__ import annotations

import posixpath
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from jixiao.office import guard
from jixiao.office.package import scan
from jixiao.office.sniffing import damaged

if TYPE_CHECKING:
    from zipfile import ZipInfo

_LINK_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_STRICT_LINKS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EMPTY_LINKS = f'{_HEAD}<Relationships xmlns="{_LINK_SPACE}"/>'.encode()


@dataclass(frozen=True)
class Package:
    """The members of a workbook file.

    Attributes:
        infos: what the zip directory says, in its order.
        original: part → content as it came.
        changed: part → content as it shall be; new parts too, in the order in which they came.

    """

    infos: tuple[ZipInfo, ...]
    original: dict[str, bytes]
    changed: dict[str, bytes] = field(default_factory=dict)


class Link(NamedTuple):
    """One relationship: its id, the last word of its type, and the part it leads to (None where outside)."""

    id: str
    kind: str
    part: str | None


def unpack(data: bytes) -> Package:
    """Return the package; raises FileRejectedError: `encrypted`, `damaged`, `too_large`."""
    infos = guard.directory(data)
    contents = guard.inflate(data, infos, guard.Limits())
    for info, (_, content) in zip(infos, contents, strict=True):
        if zlib.crc32(content) != info.CRC:
            raise damaged()
    original = dict(contents)
    if len({_key(name) for name in original}) != len(infos):
        raise damaged()  # two members of one name: readers would not agree which of them counts
    return Package(tuple(infos), original)


def pack(package: Package) -> bytes:
    """Return the file: members keep their order, names, dates and contents, new ones follow, dated 1980."""
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo  # noqa: PLC0415 - a button click must not pay for it

    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for old in package.infos:
            info = ZipInfo(old.filename, old.date_time)
            info.compress_type, info.external_attr, info.comment = (
                old.compress_type,
                old.external_attr,
                old.comment,
            )
            archive.writestr(info, package.changed.get(old.filename, package.original[old.filename]))
        for name, content in package.changed.items():
            if name not in package.original:
                info = ZipInfo(name)
                info.compress_type = ZIP_DEFLATED
                archive.writestr(info, content)
    return out.getvalue()


def find(package: Package, path: str) -> str | None:
    """Return the member that a part name means; part names do not distinguish case."""
    return _members(package).get(_key(path))


def read(package: Package, part: str) -> bytes:
    """Return a part's XML in UTF-8; raises FileRejectedError (`damaged`) where the part is missing."""
    content = package.changed.get(part, package.original.get(part))
    if content is None:
        raise damaged()
    return scan.normal(content)


def write(package: Package, part: str, content: bytes) -> None:
    """Set a part's content."""
    package.changed[part] = content


def fresh(package: Package, stem: str, ending: str) -> str:
    """Return a part name that no member has: `stem`, the next free number, `ending`."""
    taken, number = _members(package), 1
    while _key(f"{stem}{number}{ending}") in taken:
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
        path = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), unquote(target)))
        found.append(
            Link(
                one.attributes.get("Id", ""),
                kind.rpartition("/")[2],
                members.get(_key(path)) if inside else None,
            )
        )
    return found


def link(package: Package, part: str, kind: str, target: str) -> str:
    """Add a relationship from a part to another and return its id."""
    name = find(package, _links_of(part)) or _links_of(part)
    data = read(package, name) if find(package, name) else _EMPTY_LINKS
    root = scan.parse(data)
    taken, number = {one.attributes.get("Id", "").casefold() for one in root.children}, len(root.children) + 1
    while f"rid{number}" in taken:
        number += 1
    path = scan.quoted(posixpath.relpath("/" + target, posixpath.join("/", posixpath.dirname(part))))
    line = f'<{root.prefix}Relationship Id="rId{number}" Type="{scan.RELATIONSHIPS}/{kind}" Target="{path}"/>'
    write(package, name, scan.splice(data, scan.amend(data, root, {}, line.encode())))
    return f"rId{number}"


def declare(package: Package, part: str, content_type: str) -> None:
    """Say in the package's list of content types what a new part holds."""
    _say(package, f'Override PartName="/{part}" ContentType="{content_type}"')


def declare_ending(package: Package, ending: str, content_type: str) -> None:
    """Say what parts with this ending hold, where nothing has been said of it yet."""
    root = scan.parse(read(package, _types(package)))
    if all(one.attributes.get("Extension", "").casefold() != ending for one in root.all("Default")):
        _say(package, f'Default Extension="{ending}" ContentType="{content_type}"')


def _say(package: Package, line: str) -> None:
    types = _types(package)
    data = read(package, types)
    root = scan.parse(data)
    edits = scan.amend(data, root, {}, f"<{root.prefix}{line}/>".encode())
    write(package, types, scan.splice(data, edits))


def _types(package: Package) -> str:
    types = find(package, "[Content_Types].xml")
    if types is None:
        raise damaged()
    return types


def _links_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _members(package: Package) -> dict[str, str]:
    return {_key(name): name for name in (*package.original, *package.changed)}
