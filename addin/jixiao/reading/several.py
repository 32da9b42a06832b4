"""Several indicators in the cells of one row: `1.甲⏎2.乙` beside `1.≥1个⏎2.≥2个`, taken apart by their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jixiao.model import Note, Severity
from jixiao.patterns import late
from jixiao.reading.lines import Line
from jixiao.values import parse

_MARK = late(
    r"\s*(?:[(（](?P<a>\d{1,2}|[一二三四五六七八九十])[)）][、.．]?|(?P<b>\d{1,2}|[一二三四五六七八九十])(?:[、．]|[.](?!\d)|[.](?=20\d\d[年.-]))"
    r"|(?P<c>[①-⑳]))\s*"
)
Told = tuple[Line, str, Severity]
_DECIMAL = late(r"\s*\d+[.．]\d")  # beside a name, 1．5公里 is a figure
_HAN = "一二三四五六七八九十"
_ADVICE = "请一行填写一条指标，三级指标和指标值各占一格；表里的行不够可以插入行。"
_MOST = 99  # indicators of one cell: more are no table, and each keeps the whole cell


def apart(lines: Sequence[Line]) -> tuple[list[Line], list[Told]]:
    """Return the rows with those of several indicators as one row for each, and what is to be told of them."""
    found: list[Line] = []
    told: list[Told] = []
    for line in lines:
        name, target = line.texts.get("name", ""), line.texts.get("target", "")
        if "\n" not in name and "\n" not in target:
            found.append(_unnumbered(line, name, target))
            continue
        targets = _numbered(target) or _lines(target)
        names = _numbered(name) or _line_by_line(name, targets)
        if len(names) > 1 and len(targets) == len(names):
            found += _each(line, names, targets)
            text = f"第 {line.row + 1} 行一格里写了 {len(names)} 条指标，已逐条读取。"
            told.append((found[-len(names)], text, "hint"))
            continue
        found.append(line)
        if len(names) > 1:
            has = f"指标值有 {len(targets)} 个" if targets else "指标值空着"
            text = f"第 {line.row + 1} 行的三级指标里写了 {len(names)} 条，{has}，对不上，只当一条读取。"
            told.append((line, text, "warning"))
    return found, told


def notes(kept: Sequence[Line], told: Sequence[Told]) -> list[Note]:
    """Return what is told of the rows that count, each at its name."""
    numbers = {
        id(line): number for number, line in enumerate(kept)
    }  # comparing rows would take every pair of them
    return [
        Note("ST09", f"/indicators/{numbers[id(line)]}/name", text, severity, _ADVICE)
        for line, text, severity in told
        if id(line) in numbers
    ]


def numbered(texts: Sequence[str]) -> str:
    """Return texts as a cell's lines that `apart` takes apart again, one as it is."""
    return texts[0] if len(texts) == 1 else "\n".join(f"{n}、{text}" for n, text in enumerate(texts, 1))


def unnumbered(text: str) -> str:
    """Return a line without the number that it bears in a list."""
    mark = _MARK.match(text)
    return text[mark.end() :] if mark and not _DECIMAL.match(text) and text[mark.end() :] else text


def _unnumbered(line: Line, name: str, target: str) -> Line:
    """Return a row whose name and target bear the same number, as the first of a list that has one item, without it."""
    one, other = _MARK.match(name), _MARK.match(target)
    if not one or not other or _number(one) != _number(other):
        return line
    texts = {"name": name[one.end() :], "target": target[other.end() :]}
    if not all(texts.values()) or _DECIMAL.match(target):
        return line
    return replace(line, texts={**line.texts, **texts})


def _each(line: Line, names: Sequence[str], targets: Sequence[str]) -> Iterator[Line]:
    for name, target in zip(names, targets, strict=True):
        yield replace(line, texts={**line.texts, "name": name, "target": target})


def _numbered(text: str) -> list[str]:
    """Return the items of a list that numbers its lines from 1 on, without the numbers; none where it does not."""
    items: list[str] = []
    for one in text.splitlines():
        mark = _MARK.match(one)
        if mark and _number(mark) == len(items) + 1:
            items.append(one[mark.end() :].strip())
        elif items and one.strip():
            items[-1] += one.strip()
        elif one.strip():
            return []
    return items if all(items) else []


def _lines(text: str) -> list[str]:
    return [one.strip() for one in text.splitlines() if one.strip()]


def _line_by_line(name: str, targets: Sequence[str]) -> list[str]:
    """Return the names of a cell that stand line by line beside as many targets, each with its operator and number."""
    names = _lines(name)
    if not 1 < len(names) <= _MOST or len(names) != len(targets):
        return []
    told = [parse(one) for one in targets]
    of_one = len({one.measure for one in told}) == 1 and len({one.operator for one in told}) > 1  # ≥3元, ≤5元
    return names if not of_one and all(one.operator and one.value for one in told) else []


def _number(mark: re.Match[str]) -> int:
    text = mark[mark.lastgroup or 0]
    if text.isascii():
        return int(text)
    return _HAN.index(text) + 1 if text in _HAN else ord(text) - ord("①") + 1
