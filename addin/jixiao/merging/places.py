"""Which places a name begins with, and which of them can be the same place, written more or less fully."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

# Each place by its level: province, city, county, township; 城乡建设局 and 城镇化办公室 begin with none.
_PLACE = re.compile(
    r"(?:[^\W\d_](?=县)|[^\W\d_省市州县区旗]{2,14}(?=自治[州县旗])|[^\W\d_]{2,8}?)"
    r"(?:(省|自治区)|(自治州|地区|[市州盟])|(自治县|自治旗|[县区旗])|(街道|(?<!城)乡|乡(?=人民政府|政府)|镇(?!化|居民)))"
)
# 临夏回族自治州 is 临夏州, and 东乡族自治县 is 东乡县, named for its people alone.
_PEOPLES = re.compile(
    r"(?<=..)(?:(?:[回藏土满苗侗壮瑶彝白傣黎羌畲水]|保安|东乡|撒拉|裕固|蒙古|哈萨克|朝鲜|土家|布依|哈尼|景颇|傈僳|维吾尔|柯尔克孜)族?)+"
    r"自治(?=[州县旗])|族?自治(?=[州县旗])"
)
_BEFORE = re.compile(r"(?:中国共产党|中共|中国人民政治协商会议|政协)?")
_LEVELS = 4
Chain = tuple[str, ...]  # a place of each level, "" where the name has none


def chain(name: str) -> Chain:
    """Return the places that a name begins with, by level: 甘肃省和政县教育局 has a province and a county."""
    return _parse(name)[0]


def rest(name: str) -> str:
    """Return what of a name stands behind the places that it begins with: 教育局 of 甘肃省和政县教育局."""
    return name[_parse(name)[1] :]


@lru_cache(maxsize=1024)
def _parse(name: str) -> tuple[Chain, int]:
    """Return the places that a name begins with, and where they end."""
    found, level = [""] * _LEVELS, -1
    before = _BEFORE.match(name)
    at = before.end() if before else 0
    while (match := _PLACE.match(name, at)) and level + 1 < _LEVELS:
        level = max((match.lastindex or 1) - 1, level + 1)  # 临夏市 in 临夏州 is a county's equal
        found[level] = _PEOPLES.sub("", match[0])
        at = match.end()
    return tuple(found), at


def home(name: str, department: str) -> Chain | None:
    """Return where an agency is by its own name and, above that, by its 主管部门; `None` where the latter names no place.

    城关镇中心卫生院 under 和政县卫生健康局 is in 和政县, 城关镇.
    """
    own, above = chain(name), chain(department)
    top = next((level for level, place in enumerate(own) if place), _LEVELS)
    return above[:top] + own[top:] if any(above) else None


def places(chains: Collection[Chain]) -> Mapping[Chain, Chain]:
    """Return for each chain the fullest one of its place; where it could be of two places it is one of its own."""
    alike: defaultdict[str, list[Chain]] = defaultdict(list)
    for one in chains:
        alike[_parted(one)[1]].append(one)
    kin = {one: frozenset(ones) for same in alike.values() for one, ones in _kin(same).items()}
    return {
        one: max(ones, key=lambda each: (sum(map(bool, each)), each))
        if all(kin[other] == ones for other in ones)
        else one
        for one, ones in kin.items()
    }


def _kin(same: Sequence[Chain]) -> dict[Chain, set[Chain]]:
    """Return for each of the chains with one lowest place those that it agrees with.

    Two that name the same levels agree only if they are equal; others are looked up by the levels that both name.
    """
    above = {one: _parted(one)[0] for one in same}
    filled: defaultdict[frozenset[int], list[Chain]] = defaultdict(list)
    for one, places in above.items():
        filled[frozenset(level for level, place in enumerate(places) if place)].append(one)
    found: dict[Chain, set[Chain]] = {one: set() for one in same}
    for own, ones in filled.items():
        for levels, others in filled.items():
            shared = sorted(own & levels)
            known: defaultdict[Chain, list[Chain]] = defaultdict(list)
            for other in others:
                known[tuple(above[other][level] for level in shared)].append(other)
            for one in ones:
                found[one].update(known.get(tuple(above[one][level] for level in shared), ()))
    return found


def contradict(one: Chain, other: Chain) -> bool:
    """Tell whether two chains cannot be of one agency: a county's is not another's, but may be under a prefecture."""
    if any(one) and any(other) and _parted(one)[1] == _parted(other)[1]:
        return not _agree(one, other)
    return any(left != right for left, right in zip(one, other, strict=True) if left and right)


def _agree(one: Chain, other: Chain) -> bool:
    """Tell whether two chains with one lowest place can be the same: nothing above it contradicts."""
    pairs = zip(_parted(one)[0], _parted(other)[0], strict=True)
    return all(left == right for left, right in pairs if left and right)


def _parted(one: Chain) -> tuple[Chain, str]:
    """Return what stands above the lowest place, and that place."""
    lowest = max(level for level, place in enumerate(one) if place)
    return one[:lowest] + ("",) * (_LEVELS - lowest), one[lowest]
