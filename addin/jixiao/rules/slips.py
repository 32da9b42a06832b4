"""Names that differ as a slip of a pinyin keyboard makes them differ, found in time that grows with the letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jixiao import wording

_SHORTEST = 4


def slips(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield (earlier, later) numbers of names with one letter of the same sound in another's place, or two swapped.

    第一小学 and 第二小学 are no slips of each other: their letters sound different.
    """
    known: dict[tuple[int, str], list[int]] = {}
    for number, name in enumerate(names):
        if len(name) < _SHORTEST:
            continue
        found: set[int] = set()
        for at in range(len(name)):
            for key in (
                (at, name[:at] + name[at + 1 :]),
                (~at, name[:at] + "".join(sorted(name[at : at + 2])) + name[at + 2 :]),
            ):
                for other in known.get(key, ()):
                    if other not in found and names[other] != name and _slip(names[other], name):
                        found.add(other)
                        yield other, number
                known.setdefault(key, []).append(number)


def _slip(one: str, other: str) -> bool:
    places = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(places) == 1:
        return wording.sounds_alike(one[places[0]], other[places[0]])
    return len(places) == 2
