"""Which names mean the same agency: a name without its place joins the full one, and only where that is sure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jixiao import values
from jixiao.model import Document

# What stands before an agency's own name when it is written in full: 甘肃省临夏回族自治州和政县 …
_PLACE = re.compile(r"(?:\w{1,12}?(?:自治区|自治州|自治县|自治旗|地区|新区|开发区|街道|省|市|州|盟|县|区|旗|乡|镇))+")
Group = tuple[str, str]


@dataclass(frozen=True)
class Names:
    """The agencies of a campaign.

    Attributes:
        groups: for each document, the group it belongs to.
        shown: group → the agency's name as written.
        joined: group → for each shorter name that joined it, its documents (by number).
        alike: group of a short name that did not join → the full names it might have meant.

    """

    groups: tuple[Group, ...]
    shown: Mapping[Group, str | None]
    joined: Mapping[tuple[str, Group], tuple[int, ...]]
    alike: Mapping[Group, tuple[str, ...]]


def join(documents: Sequence[Document]) -> Names:
    """Settle the agency of each document.

    A name without its place (机关事务管理局) joins a full one (和政县机关事务管理局) only if the document's own
    主管部门 ends in it and exactly one agency of the campaign can be meant. Different place names never join: an
    agency can be meant only where it does not contradict the place that the document's 主管部门 names.
    """
    spelled: dict[str, str] = {}
    for document in sorted(documents, key=lambda one: one.form != "agency_overall"):
        name = _text(document, "agency")
        spelled.setdefault(values.key(name), name)
    known = sorted(name for name in spelled if name)
    targets = [_target(document, known) for document in documents]
    places = _places(documents, targets)
    groups = tuple(
        (target, "") if target else _own(document, places)
        for document, target in zip(documents, targets, strict=True)
    )
    joined: defaultdict[tuple[str, Group], list[int]] = defaultdict(list)
    for number, (document, target) in enumerate(zip(documents, targets, strict=True)):
        if target:
            joined[values.key(_text(document, "agency")), groups[number]].append(number)
    alike = {
        group: tuple(spelled[name] for name in _longer(group[0], known))
        for group, target in zip(groups, targets, strict=True)
        if not target and group[0] and _longer(group[0], known)
    }
    return Names(
        groups=groups,
        shown={group: spelled[group[0]] or None for group in groups},
        joined={pair: tuple(numbers) for pair, numbers in joined.items()},
        alike=alike,
    )


def _text(document: Document, field: str) -> str:
    value = document.values.get(field)
    return value if isinstance(value, str) else ""


def _longer(short: str, known: Iterable[str]) -> list[str]:
    """Return the known names that are this name with a place in front."""
    return [name for name in known if name.endswith(short) and _PLACE.fullmatch(name.removesuffix(short))]


def _target(document: Document, known: Sequence[str]) -> str | None:
    """Return the one full name that a document's agency joins, `None` where it stands for itself."""
    short, department = values.key(_text(document, "agency")), values.key(_text(document, "department"))
    if not short or not department.endswith(short):
        return None
    meant = [
        name
        for name in _longer(short, known)
        if department == short or department.endswith(name) or name.endswith(department)
    ]
    return meant[0] if len(meant) == 1 else None


def _places(documents: Sequence[Document], targets: Sequence[str | None]) -> dict[str, set[str]]:
    """Return, for each name that joined nothing, the full names its documents give themselves by 主管部门."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for document, target in zip(documents, targets, strict=True):
        if target is None:
            short, department = values.key(_text(document, "agency")), values.key(_text(document, "department"))
            if short and _longer(short, [department]):
                found[short].add(department)
    return found


def _own(document: Document, places: Mapping[str, set[str]]) -> Group:
    """Return the group of a name that joined nothing; one short name of several places is several agencies."""
    short, department = values.key(_text(document, "agency")), values.key(_text(document, "department"))
    several = places.get(short, set())
    return short, department if len(several) > 1 and department in several else ""
