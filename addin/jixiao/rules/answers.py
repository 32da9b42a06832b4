"""What counts as an answer in a cell: 不涉及 does, a placeholder does not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from jixiao.model import Document
from jixiao.values import key

DECLINED = ("不涉及", "不适用", "无", "没有")
MAY_BE_BLANK = ("社会成本指标", "生态环境成本指标")
_ONLY_SIGNS = re.compile(r"[*/\\|_.·。、,;:?~#^+=—–―‐‑\-×xX○〇□…]+")
_PRINTED = re.compile(r"(?:三级)?(?:指标|目标|指标值|目标值)[\d一二三四五六七八九十]*[:.…]*")
_CROSSES = re.compile(r"(?<![A-Za-z])(?:[xX]{2,}|×{2,}|\*{2,}|_{3,})(?![A-Za-z0-9])")


def declines(text: str | None) -> bool:
    """Tell whether a text says that there is nothing to state (不涉及, 无, 没有)."""
    if text is None:
        return False
    said = key(text)
    return said in DECLINED or "不涉及" in said


@lru_cache(maxsize=65536)
def placeholder(text: str) -> bool:
    """Tell whether a text only holds the place of one: `*`, `/`, `……`, `XX`, `指标1`."""
    bare = "".join(unicodedata.normalize("NFKC", text).split())
    if not bare:
        return False
    return bool(_ONLY_SIGNS.fullmatch(bare) or _PRINTED.fullmatch(bare) or _CROSSES.search(bare))


def indicators(document: Document) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (number, indicator) of every row of the indicator block."""
    yield from enumerate(document.values.get("indicators") or ())


def unanswered(indicator: dict[str, Any]) -> bool:
    """Tell whether an official row was left blank."""
    return indicator["name"] is None and indicator["target"] is None
