"""The properties of a workbook: who made it, for whom, from what; blanked in a copy for publication."""

from __future__ import annotations

from jixiao.office.package import parts, scan
from jixiao.office.package.parts import Package
from jixiao.office.package.scan import Edit

_KEPT = {
    "core-properties": frozenset({"title", "created", "modified", "language"}),
    # TitlesOfParts names the hidden sheets too, so it goes with the company and the manager.
    "extended-properties": frozenset({"Application", "AppVersion", "ScaleCrop", "SharedDoc", "DocSecurity"}),
}
_PERSONS = frozenset({"creator", "lastModifiedBy", "Company", "Manager"})
AUTHORS = "作者、单位等文件属性"


def blank(package: Package) -> set[str]:
    """Take out of the properties all that tells of persons and of what was there; returns what is to be said."""
    said: set[str] = set()
    for one in parts.links(package, ""):
        if one.part is None or one.kind not in _KEPT:
            continue
        root = scan.parse(parts.read(package, one.part))
        away = [each for each in root.children if each.local not in _KEPT[one.kind]]
        parts.edit(package, one.part, [Edit(each.start, each.end, b"") for each in away])
        if any(each.local in _PERSONS and each.content.strip() for each in away):
            said.add(AUTHORS)
    return said
