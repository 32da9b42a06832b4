"""A good indicator from the library for a row that lacks one: what a clerk may write there, no figure invented."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from jixiao import library
from jixiao.model import Document

if TYPE_CHECKING:
    from jixiao.rules import Given

_about = lru_cache(maxsize=256)(library.about)  # every flag of a table asks for the same


def here(document: Document, given: Given, number: int) -> str:
    """Return `此处可写：干部职工满意度，≥95%。` for an indicator row, nothing where the library has nothing that fits."""
    level2 = document.values["indicators"][number]["level2"]
    shown = under(document, given, level2, number) if level2 else ""
    return f"此处可写：{shown}。" if shown else ""


def under(document: Document, given: Given, level2: str, number: int = 0) -> str:
    """Return an indicator with its target that fits a project and a level 2 (二级指标), `""` where there is none.

    A figure that depends on the project stays open: `≤（填数）天`. None is named that the table has already, and rows of
    one level 2 are told different ones: followed together they must not repeat each other.

    Args:
        document: the table.
        given: its vocabulary, and the names that it has.
        level2: the level 2 that lacks an indicator.
        number: the row that it is told at.

    """
    rows = document.values["indicators"] or ()
    text = _about(document.values.get("project_name"), tuple(document.values["goals"] or ()))
    fitting = [
        one
        for one in library.suggest(level2, text, given.words)
        if not one.declines and one.key not in given.names
    ]
    if not fitting:
        return ""
    above = sum(one["level2"] == level2 for one in rows[:number]) if len(fitting) > 1 else 0
    return fitting[above % len(fitting)].shown
