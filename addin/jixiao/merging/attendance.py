"""A list of agencies (名单) and a ledger → who sent, late or not, who did not, and who is not on the list."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from jixiao import forms, rules, values, wording
from jixiao.merging import days, senders, spares
from jixiao.merging.ledger import FileLine, Ledger, tell_lacking
from jixiao.merging.senders import Sender
from jixiao.merging.twice import bare
from jixiao.model import Finding
from jixiao.rules import profiles
from jixiao.rules.agencies import known_as, named
from jixiao.rules.profiles import Profile
from jixiao.rules.slips import slips

Status = Literal["received", "late", "missing", "unknown"]
_MISSING = "CS02"  # the rule that says so
_BLANK = f"收到的都是没有填写的空白表，没有可用的表（{_MISSING}）。"
_REMIND = "请按“报送情况”页的联系人催报；文件来了却读不出的，先按“文件清单”里的办法处理，再汇总一次。"
STATUSES: tuple[Status, ...] = ("received", "late", "missing", "unknown")
_MOST_NAMED = 10
_SLIP = "与“{0}”只差一点，像是打错了字：是不是“{0}”？请核对（CS06）。"
_SHORT = "像是“{0}”的简称或全称：是不是同一个单位？是的请写成一样（CS05）。"


@dataclass(frozen=True)
class Attendee:
    """One agency: of the list, or a sender that the list does not have (`unknown`).

    Attributes:
        agency: its name, as the list has it.
        told: what else the list says of it: `department`, `department_code`, its own `code` or else that one, `contact`,
            `phone`; its `sheet` and `cell`.
        status: what became of it.
        due: the day until which it was to send.
        arrived: when the last of its files that count was saved, `None` where nothing tells.
        files: those files.
        projects: how many of its projects count.
        remarks: what is not as it should be, as Chinese sentences.

    """

    agency: str
    told: Mapping[str, str]
    status: Status
    due: date | None
    arrived: datetime | None
    files: tuple[str, ...]
    projects: int
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Attendance:
    """Who sent what, the list's agencies first, in its order.

    Attributes:
        year: the year that the tables should be of, `None` where nothing was counted.
        editions: form → the edition that they should be of.
        lines: the agencies.
        unread: what stands on the list as a last day and is none, each with its cell.

    """

    year: int | None
    editions: Mapping[str, str]
    lines: tuple[Attendee, ...]
    unread: tuple[str, ...] = ()

    def count(self, status: Status) -> int:
        """Return how many agencies have this status."""
        return sum(line.status == status for line in self.lines)

    @property
    def in_time(self) -> str:
        """What `received` is called: beside 迟交, where there is a last day, no word that may mean both."""
        return "按时收到" if any(line.due for line in self.lines) else "已收到"

    @property
    def sentence(self) -> str:
        """The whole in words, for the verdict."""
        listed = len(self.lines) - self.count("unknown")
        told = f"名单上 {listed} 个单位：{self.in_time} {self.count('received')} 个"
        told += f"，迟交 {self.count('late')} 个" if self.count("late") else ""
        told += f"，未收到 {self.count('missing')} 个" if self.count("missing") else "，全部收到"
        told += f"；名单外来了 {self.count('unknown')} 个" if self.count("unknown") else ""
        wrong = sum(bool(line.remarks) and line.status in {"received", "late"} for line in self.lines)
        told += f"；{wrong} 个单位的年度、版本或项目要核对" if wrong else ""
        told = f"{told}，见“报送情况”。"
        if self.unread:
            told += f"名单上的截止日期{_listed(self.unread)}看不懂，没有用上；请写成例如 2026-09-30。"
        return told


def attend(
    lines: Sequence[Mapping[str, str]], ledger: Ledger, *, due: date | None = None, year: int | None = None
) -> Attendance:
    """Compare a list with what was counted.

    Args:
        lines: the list as `reading.roster` gives it; an agency may have several lines, one for each project.
        ledger: what was counted.
        due: the last day for all; a line's own day goes before it.
        year: the year expected; where it is not given, that of most tables.

    """
    listed = senders.listed(lines)
    sent = senders.senders(ledger, listed)
    asked = year
    if year is None:
        years = _most(count for one in sent.values() for count in one.years.elements() if count)
        year = years if isinstance(years, int) else None
    editions: dict[str, str] = {}
    for form in ("project_target", "agency_overall"):
        usual = _most(of[1] for one in sent.values() for of in one.editions.elements() if of[0] == form)
        if isinstance(usual, str):
            editions[form] = usual
    matched = senders.matched(listed, sent)
    taken = {key for keys in matched.values() for key in keys}
    lost = [one for one in listed if not matched.get(one)], [one for one in sent if one not in taken]
    near = {_SLIP: _near(*lost), _SHORT: senders.abbreviated(*lost)}
    last = days.of_list([line.get("due", "") for line in lines], due)
    files = {line.path: line for line in ledger.files}
    found, spare = [], spares.senders(ledger.books)
    on_list = {name: told[0]["agency"] for name, told in listed.items()}
    as_sent = {key: one.name for key, one in sent.items()}
    for name, told in listed.items():
        own = [sent[key] for key in matched.get(name, ())]
        attendee = _attendee(told, own, files, (due, last), (year, editions))
        attendee = _usable(attendee, own, spare.get(name, ()), asked)
        found.append(_asked(attendee, name, near, as_sent))
    for key, sender in sent.items():
        if key not in taken:
            stranger = _stranger(sender, files, (year, editions))
            found.append(_asked(stranger, key, near, on_list))
    unread = [
        f"{line.get('due_cell', '')}“{line['due']}”"
        for line in lines
        if line.get("due") and line["due"] not in last
    ]
    return Attendance(year, editions, tuple(found), tuple(unread))


def tell(known: Attendance, ledger: Ledger, roster: str, profile: Profile | None = None) -> None:
    """Enter a finding into the ledger for every agency that is missing, at its cell of the list, unless a profile has none."""
    rule = next(one for one in rules.catalogue() if one.id == _MISSING)
    for line in known.lines:
        if line.status == "missing":
            finding = Finding(
                rule=rule.id,
                severity=rule.severity,
                pointer="/agency",
                cell=line.told["cell"],
                message=f"名单上的{wording.quoted(line.agency)}没有报送：{''.join(line.remarks)}",
                suggestion=_REMIND,
                basis=rule.basis,
            )
            if told := profiles.as_set(finding, profile, known.year):
                tell_lacking(ledger.books, roster, line.told["sheet"], told)


def _near(missing: Sequence[str], strangers: Sequence[str]) -> dict[str, list[str]]:
    """Return for each listed name without a sender, and each sender off the list, the others that differ by a slip."""
    names, found = [*missing, *strangers], defaultdict[str, list[str]](list)
    for one, other in slips(names):
        if one < len(missing) <= other:
            found[names[one]].append(names[other])
            found[names[other]].append(names[one])
    return found


def _asked(
    line: Attendee, key: str, near: Mapping[str, Mapping[str, Sequence[str]]], names: Mapping[str, str]
) -> Attendee:
    """Return a line that asks whether it is one of the names that are near to its own, each in the words of how."""
    asked = (how.format(names[one]) for how, found in near.items() for one in found.get(key, ()))
    return replace(line, remarks=(*line.remarks, *asked))


def _most(ones: Iterable[object]) -> object:
    """Return the commonest; of several the last in order, which is the newest year or edition."""
    counted = Counter(ones)
    return max(counted, key=lambda one: (counted[one], str(one)), default=None)


def _attendee(
    told: Sequence[Mapping[str, str]],
    own: Sequence[Sender],
    files: Mapping[str, FileLine],
    days_of: tuple[date | None, Mapping[str, date]],
    expected: tuple[int | None, Mapping[str, str]],
) -> Attendee:
    name = told[0]["agency"]
    due = next((days_of[1][line["due"]] for line in told if line.get("due") in days_of[1]), days_of[0])
    known = {
        key: next((line[key] for line in told if line.get(key)), "")
        for key in ("department", "department_code", "contact", "phone", "sheet", "cell")
    }
    code = next((line["agency_code"] for line in told if line.get("agency_code")), named(name)[1])
    known["department_code"] = known["department_code"] or code or ""
    known["code"] = code or known["department_code"]
    if not own:
        remarks = [*_unread(name, files), f"这个单位的表一张也没有计入（{_MISSING}）。"]
        return Attendee(name, known, "missing", due, None, (), 0, tuple(remarks))
    (sender,) = own
    arrived = _arrived(sender, files)
    late = bool(arrived and due and arrived >= _end(due))
    remarks = []
    if known_as(name) not in {known_as(sender.name), *(short for short, _ in sender.written)}:
        remarks.append(f"表里写的单位是“{sender.name}”，按名单对应为“{name}”，请核对。")
    remarks += _wrong(sender, *expected)
    projects = [line["project_name"] for line in told if line.get("project_name")]
    lacking = [
        one
        for one in dict.fromkeys(projects)
        if sender.projects.keys().isdisjoint((values.key(one), bare(one, expected[0])))
    ]
    if lacking:
        remarks.append(f"没有收到名单上的项目：{_listed(lacking)}。")
    status: Status = "late" if late else "received"
    return Attendee(name, known, status, due, arrived, tuple(sender.files), sender.count, tuple(remarks))


def _usable(line: Attendee, own: Sequence[Sender], spare: Sequence[str], year: int | None) -> Attendee:
    """Return a line, missing where nothing that was sent can be used: nobody has filled it in, or it is of another year."""
    if not own:
        return replace(line, files=tuple(spare), remarks=(_BLANK,)) if spare else line
    usable, why = own[0].usable, None
    if not usable.total():
        why = _BLANK
    elif year and not any(count for of, count in usable.items() if of in {year, None}):
        why = f"收到的表没有一张是 {year} 年度的，没有可用的表（{_MISSING}）。"
    return replace(line, status="missing", remarks=(why, *line.remarks)) if why else line


def _stranger(
    sender: Sender, files: Mapping[str, FileLine], expected: tuple[int | None, Mapping[str, str]]
) -> Attendee:
    remarks = ("名单上没有这个单位，已照常计入。请核对单位名称或名单。", *_wrong(sender, *expected))
    arrived = _arrived(sender, files)
    return Attendee(sender.name, {}, "unknown", None, arrived, tuple(sender.files), sender.count, remarks)


def _wrong(sender: Sender, year: int | None, editions: Mapping[str, str]) -> Iterator[str]:
    for found, count in sorted(sender.years.items(), key=str):
        if found != year:
            yield f"有 {count} 张表的年度是 {found or '空白'}，应为 {year}。"
    for (form, edition), count in sorted(sender.editions.items()):
        if edition != editions[form]:
            known, usual = (forms.find(form, one).name for one in (edition, editions[form]))
            yield f"有 {count} 张表用的是“{known}”，其他单位多用“{usual}”，请核对是不是旧表。"


def _unread(name: str, files: Mapping[str, FileLine]) -> Iterator[str]:
    """Name the files that may be a missing agency's, by their names, and could not be read."""
    for path, line in files.items():
        if line.status == "rejected" and senders.named_in(path, name):
            yield f"文件“{path}”可能是这个单位的，但未能读取：{line.reason}"


def _arrived(sender: Sender, files: Mapping[str, FileLine]) -> datetime | None:
    times = [files[path].time for path in sender.files]
    known = [one for one in times if one is not None]
    return datetime.fromtimestamp(max(known), UTC) if known else None


def _end(due: date) -> datetime:
    """Return the end of a day, local time."""
    last = due + timedelta(days=1)
    return datetime(last.year, last.month, last.day).astimezone()


def _listed(names: Sequence[str]) -> str:
    more = f"等 {len(names)} 个" if len(names) > _MOST_NAMED else ""
    return "、".join(names[:_MOST_NAMED]) + more
