"""Names that differ as a slip of a pinyin keyboard makes them differ, found in time that grows with the letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from jixiao import wording

_SHORTEST, _LONGEST = 4, 200  # letters; what is longer is no name, and looking at each place of it takes long
_NUMERALS = frozenset("0123456789〇零一二两三四五六七八九十百")


def slips(names: Sequence[str]) -> list[tuple[int, int]]:
    """Return (earlier, later) numbers of names with one letter of the same sound in another's place, or two swapped.

    第一小学 and 第二小学 are no slips of each other: their letters sound different. Nor are 第十二 and 第二十: a numeral
    is not mistyped so. One place of the names is looked at after the other: names that are equal without it meet in a
    bucket, and in a bucket only letters of one sound; so neither time nor memory grows with the pairs of names.
    """
    found: dict[tuple[int, int], tuple[int, bool]] = {}
    alike = Counter(
        map(len, names)
    )  # a slip leaves the length: most names of one workbook have one of their own
    long = [
        (number, name)
        for number, name in enumerate(names)
        if _SHORTEST <= len(name) <= _LONGEST and alike[len(name)] > 1
    ]
    for at in range(max((len(name) for _, name in long), default=0)):
        long = [(number, name) for number, name in long if at < len(name)]
        for pair in _misheard(long, at):
            found.setdefault(pair, (at, False))
        for pair in _swapped(long, at):
            found.setdefault(pair, (at, True))
    differ = (pair for pair in found if names[pair[0]] != names[pair[1]])
    return sorted(differ, key=lambda pair: (pair[1], *found[pair], pair[0]))


def _misheard(names: Sequence[tuple[int, str]], at: int) -> Iterator[tuple[int, int]]:
    """Yield the names that differ in the letter at one place only, whose sound they share."""
    buckets: dict[str, list[tuple[int, str]]] = {}
    for number, name in names:
        buckets.setdefault(name[:at] + name[at + 1 :], []).append((number, name[at]))
    for bucket in buckets.values():
        if len(bucket) > 1:
            sounds: dict[str, list[int]] = {}
            for number, letter in bucket:
                for sound in wording.readings(letter):
                    sounds.setdefault(sound, []).append(number)
            for alike in sounds.values():
                yield from combinations(alike, 2)


def _swapped(names: Sequence[tuple[int, str]], at: int) -> Iterator[tuple[int, int]]:
    """Yield the names that differ in the order of two neighbouring letters only."""
    buckets: dict[str, list[int]] = {}
    for number, name in names:
        two = name[at : at + 2]
        if not _NUMERALS.issuperset(two):
            buckets.setdefault(name[:at] + "".join(sorted(two)) + name[at + 2 :], []).append(number)
    for bucket in buckets.values():
        yield from combinations(bucket, 2)
