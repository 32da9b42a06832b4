"""Who sent: the agencies of a ledger, and which line of a list (名单) each of them is, where that is sure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from jixiao import values
from jixiao.merging import places
from jixiao.merging.entries import Entry, blank
from jixiao.merging.joining import OWN_OFFICE
from jixiao.merging.ledger import Ledger
from jixiao.rules.agencies import known_as, longer, name_of, named

Listed = Mapping[str, Sequence[Mapping[str, str]]]  # name as compared → its lines on the list


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


def senders(ledger: Ledger, listed: Collection[str] = ()) -> dict[str, Sender]:
    """Return the agencies whose tables count, by their names as `known_as` gives them.

    Tables that joined another agency are their own sender's where a list has both names.
    """
    found: dict[str, Sender] = {}
    for agency in ledger.agencies:
        for entry in (*agency.projects, *([agency.own] if agency.own else [])):
            name, written = agency.name or "", entry.document.values["agency"]
            if {known_as(name), known_as(written)} <= set(listed):
                name = name_of(written)
            _add(found.setdefault(known_as(name), Sender(name or "（单位未填）")), entry)
    return found


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
        sender.projects[values.key(told["project_name"] or "")] = None
        sender.count += 1


def matched(listed: Listed, known: Mapping[str, Sender]) -> dict[str, list[str]]:
    """Return the senders of each listed name.

    By its full name, as settled or as written; else by the one name with or without its place or 本级, or of its code.
    """
    found: defaultdict[str, list[str]] = defaultdict(list)
    codes = _of_codes(listed)
    for key, sender in known.items():
        exact = {key, *(short for short, _ in sender.written)} & listed.keys()
        for names in (exact, _alike(sender, listed), _by_code(sender, codes)):
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


def _alike(sender: Sender, listed: Listed) -> set[str]:
    """Return the listed names that are a sender's with or without its place, or 本级."""
    found = set()
    for short, _ in sender.written:
        found.update(longer(short, listed))
        found.update(one for one in listed if longer(one, [short]))
        found.update({short.removesuffix(OWN_OFFICE), f"{short}{OWN_OFFICE}"} & listed.keys())
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
