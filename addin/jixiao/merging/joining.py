"""Which names mean the same agency or department: one joins another only where that is sure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jixiao.merging import places
from jixiao.model import Document
from jixiao.rules.agencies import known_as, longer, longer_of_each, may_abbreviate, name_of, named

_MOST_DEPARTMENTS = 200  # of one name that are all held against each other
OWN_OFFICE = "本级"  # 水务局（本级）is the department's own office, and often all that it is


@dataclass(frozen=True)
class Names:
    """The agencies of a campaign; a group is an agency's name as `known_as` gives it, `""` where it is blank.

    Attributes:
        groups: for each document, the group it belongs to.
        shown: group → the agency's name as written.
        joined: (name, group that it joined) → the documents that did, by number.
        mixed: of each group whose one short name stands under 主管部门 that are not one, the first document of each.

    """

    groups: tuple[str, ...]
    shown: Mapping[str, str | None]
    joined: Mapping[tuple[str, str], tuple[int, ...]]
    mixed: Mapping[str, tuple[int, ...]]


def join(documents: Sequence[Document]) -> Names:
    """Settle the agency of each document.

    A name without its place (机关事务管理局) joins a full one (和政县机关事务管理局) only if the document's own
    主管部门 ends in it and exactly one agency of the campaign can be meant. Different place names never join: an
    agency can be meant only where it does not contradict the place that the document's 主管部门 names, and one
    short name under 主管部门 of several places is as many agencies; 主管部门 of one place are one, however written.
    水务局（本级）is 水务局, with its place or without, unless both have sent a table of their own: then they are told
    apart. A code and the words of a seal are no part of a name; a mere code is the agency that has it elsewhere.
    """
    written = [known_as(_text(document, "agency")) for document in documents]
    departments = [known_as(_text(document, "department")) for document in documents]
    own = _with_own_office(_decoded(written, documents), documents)
    spelled: dict[str, str] = {}
    for field in ("agency", "department"):
        for document in sorted(documents, key=lambda one: one.form != "agency_overall"):
            name = _text(document, field)
            key, plain = known_as(name), name_of(name)
            spelled[key] = plain if plain == key else spelled.get(key, plain)
    known = {name for name in own if name}
    whole = {name.removesuffix(OWN_OFFICE) for name in known} - {""}
    full = {
        short: [name for name in names if name in known]
        for short, names in longer_of_each(known | whole).items()
    }
    sent = {name for name, one in zip(own, documents, strict=True) if one.form == "agency_overall"}
    targets = [
        _target(*pair, full) or _whole_target(*pair, full, sent)
        for pair in zip(own, departments, strict=True)
    ]
    apart = _apart(own, departments, known)
    groups = [
        target or apart.get((name, department)) or name
        for name, department, target in zip(own, departments, targets, strict=True)
    ]
    for group, name in zip(groups, own, strict=True):
        spelled.setdefault(group, f"{spelled[name]}（{group.removeprefix(name + '·')}）")
    joined: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, pair in enumerate(zip(written, groups, strict=True)):
        if pair[0] != pair[1]:
            joined[pair].append(number)
    return Names(
        groups=tuple(groups),
        shown={group: spelled[group] or None for group in groups},
        joined={pair: tuple(numbers) for pair, numbers in joined.items()},
        mixed=dict(_mixed(own, departments, groups)),
    )


def _mixed(
    own: Sequence[str], departments: Sequence[str], groups: Sequence[str]
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield groups of one short name with the first document of each 主管部门: 信息中心 of 自然资源局, of 卫生健康委员会."""
    first: defaultdict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for number, (name, department, group) in enumerate(zip(own, departments, groups, strict=True)):
        if name and department and not any(places.chain(name)):
            first[group, name].setdefault(department, number)
    for (group, name), known in first.items():
        kinds = [] if any(one.endswith(name) for one in known) else kinds_of(list(known))
        if len(kinds) > 1:
            yield group, tuple(sorted(min(known[one] for one in kind) for kind in kinds))


def kinds_of(departments: Sequence[str]) -> list[list[str]]:
    """Return the departments, those together that may be one, as `known_as` gives them: 卫生健康委员会 and 县卫健委.

    Of very many no short forms are looked for: that would take every pair of them.
    """
    names: defaultdict[str, list[str]] = defaultdict(list)
    for one in departments:
        names[bare(one)].append(one)
    if len(names) > _MOST_DEPARTMENTS:
        return list(names.values())
    found: list[list[str]] = []
    for one in names:
        kin = [kind for kind in found if any(may_abbreviate(one, other) for other in kind)]
        found = [kind for kind in found if kind not in kin]
        found.append([*(each for kind in kin for each in kind), one])
    return [[one for name in kind for one in names[name]] for kind in found]


def by_place(name: str, departments: Sequence[str]) -> list[list[str]]:
    """Return the departments of one kind by place: of agencies of this name under 甲县教育局 and 乙县教育局 there are two.

    One that names no place is with the others where all of these are of one place.
    """
    homes = {one: places.home(name, one) for one in departments}
    full = places.places({home for home in homes.values() if home})
    if len(set(full.values())) < 2:
        return [[*departments]]
    found: defaultdict[places.Chain | None, list[str]] = defaultdict(list)
    for one, home in homes.items():
        found[full[home] if home else None].append(one)
    return list(found.values())


def alike(names: Mapping[str, Collection[str]], department: str) -> list[str]:
    """Return those of some departments, by `bare`, that may be this one: as `kinds_of` tells it, and of no other place."""
    own, chain = bare(department), places.chain(department)
    if own in names or len(names) > _MOST_DEPARTMENTS:
        found = [*names.get(own, ())]
    else:
        found = [one for other, ones in names.items() if may_abbreviate(own, other) for one in ones]
    return [one for one in found if not places.contradict(chain, places.chain(one))]


def same_department(one: str, other: str) -> bool:
    """Tell whether two names of departments may be of one, by what stands behind their places."""
    names = bare(one), bare(other)
    return names[0] == names[1] or may_abbreviate(*names)


def bare(department: str) -> str:
    """Return what stands behind the places of a department's name, as `known_as` gives it: 教育局 of 甲县教育局, 县教育局."""
    return places.rest(department).lstrip("省市县区")


def _apart(
    own: Sequence[str], departments: Sequence[str], agencies: Collection[str]
) -> dict[tuple[str, str], str]:
    """Return the group of (name, 主管部门) pairs of one name under departments of several places: 办公室 of two counties.

    The group is the one 主管部门 there that is the name with its place, else the name and the place; also where that
    主管部门 is an agency of its own, which only those join whose own 主管部门 it is.
    """
    homes: defaultdict[str, dict[str, places.Chain]] = defaultdict(dict)
    for name, department in set(zip(own, departments, strict=True)):
        home = places.home(name, department) if name else None
        if home:
            homes[name][department] = home
    apart: dict[tuple[str, str], str] = {}
    for name, known in homes.items():
        full = places.places(set(known.values()))
        named: defaultdict[places.Chain, list[str]] = defaultdict(list)
        for department in longer(name, known):
            named[full[known[department]]].append(department)
        for department, home in known.items() if len(set(full.values())) > 1 else ():
            place = full[home]
            full_name = named[place][0] if len(named[place]) == 1 else None
            group = f"{name}·{''.join(place)}" if full_name is None or full_name in agencies else full_name
            apart[name, department] = group
    return apart


def _decoded(names: Sequence[str], documents: Sequence[Document]) -> list[str]:
    """Return the names, a mere code as the one agency that is written with this code elsewhere, or the 主管部门 of this code."""
    known: defaultdict[str, set[str]] = defaultdict(set)
    for name, document in zip(names, documents, strict=True):
        code = named(_text(document, "agency"))[1]
        if code and code != name:
            known[code].add(name)
        if department := known_as(_text(document, "department")):
            known[_text(document, "department_code")].add(department)
    return [next(iter(known[name])) if name and len(known.get(name, ())) == 1 else name for name in names]


def _with_own_office(names: Sequence[str], documents: Sequence[Document]) -> list[str]:
    """Return the names, 水务局本级 as 水务局 where that is an agency too and not both have a table of their own."""
    known = frozenset(names)
    own = {name for name, one in zip(names, documents, strict=True) if one.form == "agency_overall"}
    whole = {name: name.removesuffix(OWN_OFFICE) for name in known if name.endswith(OWN_OFFICE)}
    joined = {name: one for name, one in whole.items() if one in known and not {name, one} <= own}
    return [joined.get(name, name) for name in names]


def fullest(departments: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return for each 主管部门, its name and its code (`""`: none), the name under which it is summed.

    Departments of one code are one, by the fullest of their names, where the others are its end (教育局, 甲县教育局);
    where they are not, each stands for itself. A code without a name is the department of that code.
    """
    names: defaultdict[str, list[str]] = defaultdict(list)
    for name, code in departments:
        if name and code:
            names[code].append(name)
    full = {code: max(ones, key=len) for code, ones in names.items()}
    sure = {
        code: name
        for code, name in full.items()
        if all(known_as(name).endswith(known_as(one)) for one in names[code])
    }
    return {(name, code): sure.get(code) or name or code for name, code in departments}


def _text(document: Document, field: str) -> str:
    value = document.values.get(field)
    return value if isinstance(value, str) else ""


def _target(short: str, department: str, full: Mapping[str, Sequence[str]]) -> str | None:
    """Return the one full name that a document's agency joins, `None` where it stands for itself."""
    if not short or not department.endswith(short):
        return None
    meant = [
        name
        for name in full.get(short, ())
        if department == short or department.endswith(name) or name.endswith(department)
    ]
    return meant[0] if len(meant) == 1 else None


def _whole_target(
    name: str, department: str, full: Mapping[str, Sequence[str]], sent: Collection[str]
) -> str | None:
    """Return the one full name that 水务局本级 joins by its 主管部门, `None` where both have a table of their own."""
    if not name.endswith(OWN_OFFICE):
        return None
    target = _target(name.removesuffix(OWN_OFFICE), department, full)
    return None if {name, target} <= {*sent} else target
