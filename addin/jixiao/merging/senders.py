"""Who sent: the agencies of a ledger, and which line of a list (名单) each of them is, where that is sure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from jixiao import values
from jixiao.merging import joining, places
from jixiao.merging.entries import Entry, blank
from jixiao.merging.joining import OWN_OFFICE
from jixiao.merging.ledger import Ledger
from jixiao.merging.twice import bare
from jixiao.rules.agencies import known_as, longer_of_each, may_abbreviate, name_of, named

# name as compared, with its 主管部门 where that is needed → its lines
Listed = Mapping[str, Sequence[Mapping[str, str]]]
_SHORTEST = 3  # letters of a name without its place that tell whose a file may be
_MOST_PAIRS = 40_000  # of names that are all held against each other


@dataclass
class Sender:
    """What one agency sent, as it is gathered."""

    name: str
    files: dict[str, None] = field(default_factory=dict)
    projects: dict[str, None] = field(default_factory=dict)
    years: Counter[int | None] = field(default_factory=Counter)
    editions: Counter[tuple[str, str]] = field(default_factory=Counter)
    written: dict[tuple[str, str], None] = field(default_factory=dict)  # agency and 主管部门 of its tables
    codes: set[str] = field(default_factory=set)  # beside its name
    count: int = 0
    usable: Counter[int | None] = field(
        default_factory=Counter
    )  # years of the tables that somebody has filled in


def listed(lines: Sequence[Mapping[str, str]]) -> dict[str, list[Mapping[str, str]]]:
    """Return the lines of a list by agency, in its order: one name under 主管部门 that are not one is as many agencies."""
    under: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for line in lines:
        if department := known_as(line.get("department")):
            under[known_as(line.get("agency"))][department] = None
    apart = {
        (name, department): _key(name, group[0])
        for name, departments in under.items()
        if len(groups := _groups(name, list(departments))) > 1
        for group in groups
        for department in group
    }
    found: dict[str, list[Mapping[str, str]]] = {}
    for line in lines:
        if name := known_as(line.get("agency")):
            key = apart.get((name, known_as(line.get("department"))), name)
            found.setdefault(key, []).append(line)
    return found


def _groups(name: str, departments: Sequence[str]) -> list[list[str]]:
    """Return the 主管部门 of a name, those together that may be one, in the list's order."""
    order = {one: number for number, one in enumerate(departments)}
    kinds = joining.kinds_of(departments)
    return [sorted(group, key=order.__getitem__) for kind in kinds for group in joining.by_place(name, kind)]


def _key(name: str, department: str) -> str:
    return f"{name}·{department}"


def senders(ledger: Ledger, known: Listed) -> dict[str, Sender]:
    """Return the agencies whose tables count, by their names as `known_as` gives them.

    Tables that joined another agency are their own sender's where a list has both names, and those of a name that the
    list has under several 主管部门 are of the one that theirs is.
    """
    apart = _apart(known)
    keys: dict[tuple[str, str], str | None] = {}  # of a name under a 主管部门
    found: dict[str, Sender] = {}
    for agency in ledger.agencies:
        for entry in (*agency.projects, *([agency.own] if agency.own else [])):
            name, written = agency.name or "", entry.document.values["agency"]
            if {known_as(name), known_as(written)} <= known.keys():
                name = name_of(written)
            department = known_as(entry.document.values.get("department"))
            pair = known_as(written), department
            if pair not in keys:
                keys[pair] = _meant(apart.get(pair[0], {}), department) if department else None
            key = keys[pair] or known_as(name)
            _add(found.setdefault(key, Sender(name or "（单位未填）")), entry)
    return found


def _apart(known: Listed) -> dict[str, dict[str, dict[str, str]]]:
    """Return the names that a list has under several 主管部门: of each the keys by these, as `joining.bare` has them."""
    found: defaultdict[str, defaultdict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for key, lines in known.items():
        name, department = (known_as(lines[0].get(field)) for field in ("agency", "department"))
        if key == _key(name, department):
            for one in (known_as(line.get("department")) for line in lines):
                found[name][joining.bare(one)][one] = key
    return {name: dict(keys) for name, keys in found.items()}


def _meant(keys: Mapping[str, Mapping[str, str]], department: str) -> str | None:
    """Return the one key of a name that a table's 主管部门 means, `None` where there is none or several may be meant."""
    known = department in keys.get(joining.bare(department), ())
    meant = [department] if known else joining.alike(keys, department)
    found = {keys[joining.bare(one)][one] for one in meant}
    return found.pop() if len(found) == 1 else None


def _add(sender: Sender, entry: Entry) -> None:
    """Add one of its tables to what an agency sent."""
    told = entry.document.values
    sender.files[entry.path] = None
    sender.written[known_as(told["agency"]), known_as(told.get("department"))] = None
    if code := named(told["agency"] or "")[1]:
        sender.codes.add(code)
    sender.years[told["year"]] += 1
    sender.usable[told["year"]] += not blank(entry.document)
    sender.editions[entry.document.form, entry.document.edition] += 1
    if entry.document.form == "project_target":
        name = told["project_name"] or ""
        sender.projects |= dict.fromkeys((values.key(name), bare(name, told["year"])))
        sender.count += 1


def matched(listed: Listed, known: Mapping[str, Sender]) -> dict[str, list[str]]:
    """Return the senders of each listed name.

    By its full name, as settled or as written; else by the one name with or without its place or 本级, or of its code.
    """
    found: defaultdict[str, list[str]] = defaultdict(list)
    codes, placed = _of_codes(listed), _placed(listed, known)
    for key, sender in known.items():
        exact = {key, *(short for short, _ in sender.written)} & listed.keys()
        for names in chain([exact], _guessed(sender, listed, placed, codes)):
            meant = {
                name
                for name in names
                if name == key or not _elsewhere(name, listed[name][0].get("department", ""), sender)
            }
            if meant and (names is exact or len(meant) == 1):
                for name in meant:
                    found[name].append(key)
            if meant:
                break
    for name, keys in found.items():
        if len(keys) > 1:  # 和政县财政局 and 临夏县财政局 both fit 财政局: only the very name is sure
            found[name] = [key for key in keys if key == name]
    return dict(found)


def named_in(path: str, agency: str) -> bool:
    """Tell whether a file's name or folders have an agency's name, or the file's name has it without its place."""
    name = name_of(agency)
    short = places.rest(name)
    return name in path or (len(short) >= _SHORTEST and short in path.rpartition("/")[2])


def abbreviated(missing: Sequence[str], strangers: Sequence[str]) -> dict[str, list[str]]:
    """Return for each listed name without a sender, and each sender off the list, the one other that abbreviates it.

    Where one of them may be several others, or there are very many, nothing is said.
    """
    if len(missing) * len(strangers) > _MOST_PAIRS:
        return {}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in missing:
        for other in strangers:
            alike = joining.same_department(name, other) or may_abbreviate(name, other)  # 康乐二中
            if alike and not places.contradict(places.chain(name), places.chain(other)):
                found[name].append(other)
                found[other].append(name)
    return {one: others for one, others in found.items() if len(others) == 1 == len(found[others[0]])}


def _placed(listed: Listed, known: Mapping[str, Sender]) -> dict[str, set[str]]:
    """Return for each name the listed ones that are it with its place, or without."""
    written = {short for sender in known.values() for short, _ in sender.written}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for short, names in longer_of_each(listed.keys() | written).items():
        found[short].update(name for name in names if name in listed)
        for name in names if short in listed else ():
            found[name].add(short)
    return found


def _guessed(
    sender: Sender, listed: Listed, placed: Mapping[str, set[str]], codes: Mapping[str, str]
) -> Iterator[set[str]]:
    """Yield the listed names that a sender may be, one way of looking after the other: most are found before any."""
    yield _alike(sender, listed, placed)
    yield _by_code(sender, codes)


def _alike(sender: Sender, listed: Listed, placed: Mapping[str, set[str]]) -> set[str]:
    """Return the listed names that are a sender's with or without its place, or 本级."""
    found: set[str] = set()
    for short, _ in sender.written:
        found |= placed.get(short, set())
        found |= {short.removesuffix(OWN_OFFICE), f"{short}{OWN_OFFICE}"} & listed.keys()
    return found


def _of_codes(listed: Listed) -> dict[str, str]:
    """Return for each code of the list the agency that alone has it: one that several have is their department's."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for name, lines in listed.items():
        for line in lines:
            for code in (line.get("department_code"), line.get("agency_code"), named(line["agency"])[1]):
                names[code or ""].add(name)
    return {code: name for code, (name, *more) in names.items() if code and not more}


def _by_code(sender: Sender, codes: Mapping[str, str]) -> set[str]:
    """Return the listed names of a sender's codes, unless the name beside the code is another one."""
    found = {codes[code] for code in sender.codes if code in codes}
    written = {short for short, _ in sender.written} - sender.codes
    return {name for name in found if all(name.endswith(one) or one.endswith(name) for one in written)}


def _elsewhere(name: str, department: str, sender: Sender) -> bool:
    """Tell whether a sender's tables name another place than the listed name and its 主管部门."""
    place = places.home(name, known_as(department)) or places.chain(name)
    homes = [places.home(*pair) or places.chain(pair[0]) for pair in sender.written]
    return any(places.contradict(place, home) for home in homes)
