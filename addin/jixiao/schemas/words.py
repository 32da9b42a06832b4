"""A vocabulary (词表): the words of the indicator levels, read from the `enum` and `if/then` of its JSON Schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jixiao.errors import FormError
from jixiao.tomls import Source

_ID = "https://jixiao.invalid/schema/vocabulary/{}.json"


@dataclass(frozen=True)
class Vocabulary:
    """The closed words of a form.

    Attributes:
        name: the vocabulary's id, its file name without ending.
        title: its Chinese name.
        short: two or three letters for defined names, which must be short.
        level1: the level-1 words (一级指标) in their official order.
        level2: level-1 word → its level-2 words (二级指标); words only offered, not demanded, where not in `closed`.
        closed: the level-1 words whose level-2 list is closed.
        synonyms: level → other spellings → the word meant.
        obsolete: level → words of older families, which are warned about.

    """

    name: str
    title: str
    short: str
    level1: tuple[str, ...]
    level2: Mapping[str, tuple[str, ...]]
    closed: frozenset[str]
    synonyms: Mapping[str, Mapping[str, str]]
    obsolete: Mapping[str, tuple[str, ...]]

    def parents(self, level2: str) -> tuple[str, ...]:
        """Return the level-1 words that list this level-2 word."""
        return self._parents.get(level2, ())

    @cached_property
    def _parents(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for parent in self.level1:
            for word in dict.fromkeys(self.level2.get(parent, ())):
                found[word] = (*found.get(word, ()), parent)
        return found


def loaded(name: str, source: Source, data: Mapping[str, Any], others: Iterable[Vocabulary]) -> Vocabulary:
    """Return the words of a vocabulary that its schema has found well written.

    Raises:
        FormError: it contradicts itself, or one of the other vocabularies; the text names file, line and remedy.

    """
    for pointer, wrong in _faults(name, data, others):
        raise FormError(f"{source.at(pointer)}：{wrong}")
    level2: dict[str, tuple[str, ...]] = {}
    closed = set()
    for branch in data.get("allOf", ()):
        parent = branch["if"]["properties"]["level1"]["const"]
        words = branch["then"]["properties"]["level2"]
        level2[parent] = tuple(words.get("enum", words.get("examples", ())))
        if "enum" in words:
            closed.add(parent)
    return Vocabulary(
        name=name,
        title=data["title"],
        short=data["x-short"],
        level1=tuple(data["properties"]["level1"]["enum"]),
        level2=level2,
        closed=frozenset(closed),
        synonyms=data.get("x-synonyms", {}),
        obsolete={level: tuple(words) for level, words in data.get("x-obsolete", {}).items()},
    )


def _faults(name: str, data: Mapping[str, Any], others: Iterable[Vocabulary]) -> Iterator[tuple[str, str]]:
    """Yield where and why a vocabulary cannot be used, with the remedy."""
    if data["$id"] != _ID.format(name):
        yield "/$id", f"$id 应当与文件名一致。请改为 {_ID.format(name)}。"
    for one in others:
        if one.short == data["x-short"]:
            yield "/x-short", f"x-short 与词表 {one.name} 的相同（{one.short}）。请换两三个别的字母。"
    level1 = data["properties"]["level1"]["enum"]
    seen: set[str] = set()
    for at, branch in enumerate(data.get("allOf", ())):
        parent = branch["if"]["properties"]["level1"]["const"]
        where = f"/allOf/{at}/if/properties/level1/const"
        if parent not in level1:
            yield where, f"“{parent}”不是这份词表的一级指标。可用的：{'、'.join(level1)}。请改为其中一个。"
        if parent in seen:
            yield where, f"“{parent}”的二级指标写了两处。请合为一处。"
        seen.add(parent)
    known = {"level1": set(level1), "level2": set(_level2_of(data))}
    for level, pairs in data.get("x-synonyms", {}).items():
        for other, word in pairs.items():
            if word not in known[level]:
                yield (
                    f"/x-synonyms/{level}/{other}",
                    f"“{other}”所指的“{word}”不在这份词表里。请改为词表里的词。",
                )


def _level2_of(data: Mapping[str, Any]) -> Iterator[str]:
    for branch in data.get("allOf", ()):
        words = branch["then"]["properties"]["level2"]
        yield from words.get("enum", words.get("examples", ()))
