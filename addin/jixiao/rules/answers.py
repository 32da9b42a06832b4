"""What counts as an answer in a cell: 不涉及 does, a placeholder does not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from jixiao.model import Document
from jixiao.rules.names import without_limit
from jixiao.values import key

DECLINED = ("不涉及", "不适用", "无", "没有")
MAY_BE_BLANK = ("社会成本指标", "生态环境成本指标")
# quick looks: most texts begin with a letter and have nothing of this
_PLAIN = re.compile(r"[\u4e00-\u9fff](?<![三指目待不无没暂未])[^不无没暂未xXｘＸ×*＊_＿]*")
_MAY_DECLINE = re.compile(r"[不无没暂未]")
_MAY_HOLD_A_PLACE = re.compile(
    r"[xXｘＸ×*＊_＿]\s*[xXｘＸ×*＊_＿]|^\s*(?:三\s*级|指\s*标|目\s*标|待|项\s*+目\s*+(?:名\s*+称\s*+)?\d*+\s*+$|[^\u4e00-\u9fff])"
)
_SAID_ALONE = re.compile(r"(?:本项目)?(?:无此项|暂无|未涉及)")
_TO_COME = re.compile(r"待填|待定|待补充|tbd|n/a|指标名称|[①-⑳]|\d{1,2}[.、]", re.IGNORECASE)
_NO_FIGURE = re.compile(
    r"[≥≤=><≧≦]?(?:[_xX○〇]+|\(_*\))?(?:%|‰|[人次个天年月日元辆部项场批]|万元|人次|个月|工作日)?"
)
_ONLY_SIGNS = re.compile(r"[*/\\|_.·。、,;:?~#^+=—–―‐‑\-×xX○〇□…]+")
_PRINTED = re.compile(r"(?:三级)?(?:指标|目标|指标值|目标值|项目|项目名称)[\d一二三四五六七八九十]*[:.…]*")
_CROSSES = re.compile(r"(?<![A-Za-z])(?:[xX]{2,}|×{2,}|(?<!\d)\*{2,}(?!\*)|_{2,})(?![A-Za-z0-9])")


@lru_cache(maxsize=1024)
def declines(text: str | None) -> bool:
    """Tell whether a text says that there is nothing to state (不涉及, 无, 没有)."""
    if text is None or not _MAY_DECLINE.search(text):
        return False
    said = key(text)
    return said in DECLINED or "不涉及" in said or bool(_SAID_ALONE.fullmatch(said))


@lru_cache(maxsize=1024)
def placeholder(text: str) -> bool:
    """Tell whether a text only holds the place of one: `*`, `/`, `……`, `XX`, `指标1`."""
    if not _MAY_HOLD_A_PLACE.search(text):
        return False
    bare = "".join(unicodedata.normalize("NFKC", text).split())
    if not bare:
        return False
    return any(
        (
            _ONLY_SIGNS.fullmatch(bare),
            _PRINTED.fullmatch(bare),
            _CROSSES.search(without_limit(bare)),
            _TO_COME.fullmatch(bare),
        )
    )


def states(text: str) -> bool:
    """Tell whether a text states something: it neither declines nor only holds a place."""
    return bool(_PLAIN.fullmatch(text)) or not (declines(text) or placeholder(text))


@lru_cache(maxsize=1024)
def without_figure(target: str) -> bool:
    """Tell whether a target has a sign or a measure and the figure left out: `≥%`, `≥__人`."""
    bare = "".join(unicodedata.normalize("NFKC", target).split())
    return bool(_NO_FIGURE.fullmatch(bare)) and bare[:1] in "≥≤=><≧≦%‰_"


def indicators(document: Document) -> Iterator[tuple[int, dict[str, Any]]]:
    """Return (number, indicator) of every row of the indicator block."""
    return enumerate(document.values.get("indicators") or ())


def unwritten(document: Document) -> tuple[tuple[str, str], ...]:
    """Return what may be told of goals that are still to be written, each as (rule, pointer): what they lack follows from it."""
    goals = range(len(document.values["goals"] or ()))
    return tuple((rule, f"/goals/{number}") for number in goals for rule in ("ST10", "GO01"))


def unanswered(indicator: dict[str, Any]) -> bool:
    """Tell whether an official row was left blank."""
    return indicator["name"] is None and indicator["target"] is None
