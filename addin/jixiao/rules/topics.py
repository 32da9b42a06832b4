"""Whether two texts speak of the same thing: shared pairs of letters, without the words that every table uses."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_EVERYWHERE = re.compile(
    r"工作|服务|保障|提高|提升|提供|加强|做好|良好|正常|运行|水平|质量|及时|资金|经费|项目|单位|干部|有效|完成|情况|满意度?|数量|指标|进行|开展|确保|保证|"
    r"持续|全面|相关|各项|促进|推动|实现|落实|以上|以下|年度|全年|使用|管理|建设|支付|按时|足额|能力|条件|环境|改善|优化|效果|影响|标准|符合|达到|要求|专项|"
    r"补助|补贴|费用|本级|县级|市级|政府|机关|中心"
)
_OF_EVERYWHERE = frozenset(_EVERYWHERE.pattern)
_NO_WORD = re.compile(r"[0-9.%]|[^\w]|[的和与及等为了在对上下中各]")


def near(one: str, other: str) -> bool:
    """Tell whether two texts share two neighbouring letters that are no everyday word."""
    return not pairs(one).isdisjoint(pairs(other))


@lru_cache(maxsize=1024)
def letters(text: str) -> frozenset[str]:
    """Return the letters of a text outside everyday words."""
    return frozenset("".join(_telling(text)))


def speaks_of(text: str, wanted: frozenset[str]) -> bool:
    """Tell whether a text has one of these letters outside everyday words; one that no such word has settles it."""
    shared = wanted.intersection(text)
    if not shared:
        shared = wanted.intersection(unicodedata.normalize("NFKC", text))
    return not shared <= _OF_EVERYWHERE or (bool(shared) and not wanted.isdisjoint(letters(text)))


@lru_cache(maxsize=1024)
def pairs(text: str) -> frozenset[str]:
    """Return the telling pairs of letters of a text; two letters may stand one apart (水费 in 水电费)."""
    found = set()
    for piece in _telling(text):
        if len(piece) == 1:
            found.add(piece)
        for at in range(len(piece) - 1):
            found.add(piece[at : at + 2])
            if at + 2 < len(piece):
                found.add(piece[at] + piece[at + 2])
    return frozenset(found)


@lru_cache(maxsize=1024)
def _telling(text: str) -> list[str]:
    """Return what is left of a text between everyday words, figures and signs."""
    return _NO_WORD.sub(" ", _EVERYWHERE.sub(" ", unicodedata.normalize("NFKC", text))).split()
