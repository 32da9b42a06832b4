"""Names of agencies cut short as offices cut them: 卫健局 is 卫生健康局, 一中 is 第一中学."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from itertools import combinations
from typing import NamedTuple

from jixiao.rules.agencies import may_abbreviate

_SAID_SHORT = (
    ("第", ""),
    ("中学", "中"),
    ("小学", "小"),
    ("办公室", "办"),
    ("联合会", "联"),
    ("委员会", "委"),
)
_LEFT_OUT = frozenset({"县", "市", "区", "州", "乡", "镇", "人民", "机关", "管理"})
_PLACES = frozenset("省市州盟县区旗乡镇")
_LONGEST = 60  # letters of a name; what is longer is none
_MOST = 300  # names of one place and one last letter that are all held against each other


class _Name(NamedTuple):
    name: str
    plain: str
    letters: frozenset[str]


def shortened(names: Collection[str]) -> dict[str, list[str]]:
    """Return for each name that may be others cut short these others; all as `known_as` gives them.

    A short name begins, behind its place, and ends as the long one does, and has its letters in their order: 卫健局.
    Where one piece alone is left out that must be a word that says nothing: 康乐县医院 is no 康乐县中医医院, but 康乐县人民医院.
    Of very many names in one place nothing is said.
    """
    near: defaultdict[tuple[str, str], list[_Name]] = defaultdict(list)
    for name in sorted(names, key=lambda one: (len(one), one)):
        plain = _plain(name)
        if 0 < len(plain) <= _LONGEST:
            near[plain[:2], plain[-1]].append(_Name(name, plain, frozenset(plain)))
    found: dict[str, list[str]] = {}
    for several in near.values():
        for one, other in combinations(several if len(several) <= _MOST else (), 2):
            if (
                one.letters <= other.letters or other.letters <= one.letters
            ):  # of most pairs there is no more to ask
                ended = one.plain == one.name and other.plain != other.name
                short, long = sorted((one.plain, other.plain), key=len)
                if short == long or _is_cut(short, long, ended=ended):
                    found.setdefault(one.name, []).append(other.name)
    return found


def _plain(name: str) -> str:
    for long, short in _SAID_SHORT:
        name = name.replace(long, short)
    return name.removeprefix("中共")


def _is_cut(short: str, long: str, *, ended: bool) -> bool:
    """Tell whether a name may be a longer one with letters left out; `ended`: it says the long one's last word short too."""
    if len(short) == len(long) or short[-1] != long[-1] or not may_abbreviate(short, long):
        return False
    begin = next(at for at, letter in enumerate(long) if short[at : at + 1] != letter)
    left, more = short[begin:], long[begin:]
    while left and left[-1] == more[-1]:
        left, more = left[:-1], more[:-1]
    if not left and more in _LEFT_OUT:
        return True
    return bool(left or ended) and short[begin - 1] not in _PLACES
