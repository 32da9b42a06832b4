"""The indicator library: a project's name and goals → good level-3 indicators for each level 2, from `templates/library`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

from jixiao import resources, schemas, tomls
from jixiao.errors import FormError
from jixiao.schemas import Vocabulary
from jixiao.tomls import Written
from jixiao.values import key

_SCHEMA = "library.schema"
_NONE = "不涉及"
_SAME = "同"
_OPEN = "（填数）"
_NAME_COUNTS = 4
_LONGEST = 2_000  # letters of a project's name and goals that are looked at; a hostile goal may have 32,000


@dataclass(frozen=True)
class Entry:
    """One level-3 indicator (三级指标) of the library.

    Attributes:
        name: its name; `不涉及` where a subject has nothing to say under a level 2.
        operator: `≥`, `≤` or `=`; `None` for `不涉及`.
        measure: its measure (计量单位); `None` for `不涉及`.
        value: the number in use everywhere, such as `95`; `None` where it depends on the project.

    """

    name: str
    operator: str | None = None
    measure: str | None = None
    value: str | None = None

    @property
    def declines(self) -> bool:
        """Tell whether this is the answer `不涉及`."""
        return self.operator is None

    @cached_property
    def key(self) -> str:
        """Return its name as names are compared."""
        return key(self.name)

    @property
    def is_open(self) -> bool:
        """Tell whether the number of its target has to be found by the project."""
        return not self.declines and self.value is None

    @property
    def target(self) -> str:
        """The target (指标值) as it is written: `≥95%`, or with `（填数）` where the number has to be found."""
        return _NONE if self.declines else f"{self.operator}{self.value or _OPEN}{self.measure}"

    @cached_property
    def shown(self) -> str:
        """The entry as a person reads it: `消防工程验收合格率，≥95%`; typed with a half-width `=` it would be a formula."""
        return self.name if self.declines else f"{self.name}，{self.target.replace('=', '＝')}"


NOT_INVOLVED = Entry(_NONE)


class Subject(NamedTuple):
    """What projects are about: one TOML of the library.

    Attributes:
        name: such as `公务用车`.
        keywords: words of a project's name or goals that recognise it.
        hidden: longer words in which a keyword does not count (`会议` in `会议室`).
        unless: words that tell that a project is about something else, whatever keywords it has (`灌溉` beside `用水`).
        general: whether it is an activity (维修, 设备购置) that yields to the thing it is done to.
        entries: level-2 word (二级指标) → its level-3 indicators, the best first.

    """

    name: str
    keywords: tuple[str, ...]
    hidden: tuple[str, ...]
    unless: tuple[str, ...]
    general: bool
    entries: Mapping[str, tuple[Entry, ...]]


def catalogue() -> tuple[Subject, ...]:
    """Return every subject of the library but for the broken ones."""
    return _read()[0]


def unused() -> tuple[str, ...]:
    """Return what is wrong with the TOMLs of the library that this process has passed over."""
    return _read()[1] if _read.cache_info().currsize else ()


@cache
def _read() -> tuple[tuple[Subject, ...], tuple[str, ...]]:
    sound, bad = [], []
    for name in resources.names("templates/library/*.toml"):
        try:
            sound.append(load(name, tomls.text(name)))
        except FormError as error:
            bad.append(str(error))
    return tuple(sound), tuple(bad)


def load(name: str, text: str) -> Subject:
    """Read one subject; raises FormError that names file, line and remedy."""
    written = Written(name, text)
    data = written.read()
    schemas.demand(_SCHEMA, written, data)
    lists = data["indicators"]
    _cross_check(written, lists)
    return Subject(
        name=data["subject"],
        keywords=tuple(data["keywords"]),
        hidden=tuple(data.get("except", ())),
        unless=tuple(data.get("unless", ())),
        general=data.get("general", False),
        entries={level2: _entries(lists, level2) for level2 in lists},
    )


def about(project_name: str | None, goals: Iterable[str | None]) -> str:
    """Return a project's name and goals as the text that `subjects` and `suggest` take; blank ones may be `None`."""
    return "\n".join("".join((one or "").split()) for one in (project_name, *goals))


def subjects(text: str) -> tuple[Subject, ...]:
    """Return the subjects that a project is about, best first; none where nothing is recognised.

    Args:
        text: the project's name on the first line, then its goals, as `about` writes them. Goals count where
            the name names the subject too, or names none: they are often copied from another table.

    """
    return _subjects(text[:_LONGEST])


def suggest(level2: str, text: str, words: Vocabulary) -> tuple[Entry, ...]:
    """Return what could stand under a level 2 (二级指标) of a project, best first.

    Args:
        level2: a level-2 word of the vocabulary, or another spelling that it knows.
        text: the project's name and goals, as `about` writes them.
        words: the vocabulary of the form; nothing is suggested for a word that it does not list.

    """
    meant = words.synonyms.get("level2", {}).get(level2, level2)
    return _suggest(meant, text[:_LONGEST]) if words.parents(meant) else ()


def under(subject: Subject, level2: str, words: Vocabulary) -> tuple[Entry, ...]:
    """Return what one subject has under a level 2 (二级指标), as `suggest` takes it."""
    meant = words.synonyms.get("level2", {}).get(level2, level2)
    return subject.entries.get(meant, ()) if words.parents(meant) else ()


def offered(level2: str) -> tuple[Entry, ...]:
    """Return what any subject has under a level 2: subject by subject, each entry once, `不涉及` at the end."""
    return tuple(sorted(_once(catalogue(), level2), key=lambda one: one.declines))


def sentence(level2: str, text: str, words: Vocabulary) -> str:
    """Return `此处可写：消防工程验收合格率，≥95%` with the best entry, or nothing where none fits."""
    return next((f"此处可写：{one.shown}" for one in suggest(level2, text, words)), "")


@lru_cache(maxsize=1024)
def _suggest(level2: str, text: str) -> tuple[Entry, ...]:
    return _once(_subjects(text), level2)


def _once(found: tuple[Subject, ...], level2: str) -> tuple[Entry, ...]:
    """Return the entries of several subjects in their order, each name once."""
    named: dict[str, Entry] = {}
    for subject in found:
        for one in subject.entries.get(level2, ()):
            named.setdefault(one.name, one)
    return tuple(named.values())


@lru_cache(maxsize=1024)
def _subjects(text: str) -> tuple[Subject, ...]:
    name, _, goals = text.partition("\n")
    scores = [(_score(one, name, name), _score(one, goals, text), one) for one in catalogue()]
    named = any(in_name for in_name, _, _ in scores)
    ranked = [
        (one.general, -(_NAME_COUNTS * in_name + in_goals), one)
        for in_name, in_goals, one in scores
        if (in_name if named else in_goals)
    ]
    return tuple(one for _, _, one in sorted(ranked, key=lambda rank: rank[:2]))


def _score(subject: Subject, text: str, beside: str) -> int:
    """Return how much of a text speaks of a subject, none where what stands beside it tells of something else.

    That is the letters of its keywords in it, each keyword once.
    """
    if any(word in beside for word in subject.unless):
        return 0
    for word in subject.hidden:
        text = text.replace(word, " ")
    return sum(len(word) for word in subject.keywords if word in text)


def _entries(lists: Mapping[str, Any], level2: str) -> tuple[Entry, ...]:
    written = lists[level2]
    if written == _NONE:
        return (NOT_INVOLVED,)
    if isinstance(written, str):
        return _entries(lists, written.removeprefix(_SAME))
    return tuple(Entry(**one) for one in written)


def _cross_check(toml: Written, lists: Mapping[str, Any]) -> None:
    """Hold a subject against what a schema cannot say: the vocabularies, its own references and names."""
    known = _level2_words()
    for level2, written in lists.items():
        if level2 not in known:
            raise FormError(
                f"{toml.at(f'/indicators/{level2}')}：词表里没有叫“{level2}”的二级指标。可用的二级指标：{'、'.join(known)}。"
            )
        if isinstance(written, str) and written != _NONE:
            meant = written.removeprefix(_SAME)
            if not isinstance(lists.get(meant), list):
                raise FormError(
                    f"{toml.at(f'/indicators/{level2}')}：“{written}”所指的“{meant}”没有列出指标。请改为列出了指标的二级指标，或在这里列出指标。"
                )
    for pointer, repeated in _repeated(lists):
        raise FormError(f"{toml.at(pointer)}：“{repeated}”在这个主题里已经有了。请删去一个或改名。")


def _repeated(lists: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for level2, written in lists.items():
        for number, one in enumerate(written if isinstance(written, list) else ()):
            if one["name"] in seen:
                yield f"/indicators/{level2}/{number}", one["name"]
            seen.add(one["name"])


@cache
def _level2_words() -> tuple[str, ...]:
    """Return the level-2 words of all vocabularies that close every list, in their order."""
    every = [schemas.vocabulary(name) for name in schemas.vocabularies()]
    closed = [words for words in every if words.closed == frozenset(words.level1)]
    found = [child for words in closed for parent in words.level1 for child in words.level2[parent]]
    return tuple(dict.fromkeys(found))
