"""TOML and JSON that people write → data, and a sentence that names file, line and remedy where it is broken."""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any, NamedTuple, Protocol

from jixiao import resources
from jixiao.errors import FormError

_MARK = "\ufeff"  # Windows' Notepad writes it in front
_DEEP = "括号一层套一层，太深了，读不了。请改正后再试。"
_KINDS = {
    "string": "写成带引号的文字",
    "integer": "写成不带引号的整数",
    "number": "写成不带引号的数",
    "boolean": "写成 true 或 false",
    "array": "写成方括号里的一组",
    "object": "写成花括号或 [表头] 下的几项",
}
_LONGEST = 60  # letters of a wrong value that a sentence shows
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')


class Source(Protocol):
    """A file that people write, and where its values stand."""

    @property
    def name(self) -> str:
        """Its name for the sentences."""

    def at(self, pointer: str) -> str:
        """Return file and line of the value that a JSON Pointer names."""


def text(name: str) -> str:
    """Return the text of a file of `templates/` or `schema/`; raises FormError where it cannot be read as UTF-8."""
    try:
        return resources.text(name)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise FormError(
            f"{name} 第 {line} 行：不是 UTF-8 编码的文字。请用记事本打开，另存为 UTF-8 编码后再试。"
        ) from error
    except OSError as error:
        raise FormError(f"{name} 第 1 行：打不开这个文件。请检查它的权限后再试。") from error


class Written(NamedTuple):
    """One TOML as it is written: its name for the sentences, and its text."""

    name: str
    text: str

    def read(self) -> dict[str, Any]:
        """Return the data; raises FormError that names file, line and remedy."""
        try:
            data = tomllib.loads(self.text.removeprefix(_MARK))
        except RecursionError as error:
            raise FormError(f"{self.name} 第 {_deepest(self.text)} 行：{_DEEP}") from error
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            where = f"第 {line[1]} 行" if line else "末尾"
            raise FormError(
                f"{self.name} {where}：不是有效的 TOML（引号、括号或等号不成对，同一项写了两次，或者中文的名称没有加引号）。请改正后再试。"
            ) from error
        except ValueError as error:  # Python's own limit
            raise FormError(
                f"{self.name} 第 {_longest(self.text)} 行：有一个数太长，读不了。请改正后再试。"
            ) from error
        for pointer, value in _strange(data):
            raise FormError(
                f"{self.at(pointer)}：“{value}”是日期或没有大小的数，这里用不上。文字请加引号，数请写成普通的数。"
            )
        return data

    def at(self, pointer: str) -> str:
        """Return file and line of the value that a JSON Pointer names: they open every sentence about it.

        A key is found by the line that it opens; the n-th value of a list by the n-th `[[key]]`, or by the n-th
        line that opens with a brace; what shares a line with its parent is found there.
        """
        lines = self.text.splitlines()
        at, key = 0, ""
        for step in pointer.split("/")[1:]:
            found = _nth(lines, at, key, int(step)) if step.isdigit() else _key(lines, at, step, top=not key)
            at = at if found is None else found
            key = step
        return f"{self.name} 第 {at + 1} 行"


class Json(NamedTuple):
    """One JSON as it is written: its name for the sentences, and its text."""

    name: str
    text: str

    def read(self) -> Any:  # noqa: ANN401 - a JSON value is any of several types
        """Return the data; raises FormError that names file, line and remedy."""
        try:
            return json.loads(self.text.removeprefix(_MARK), object_pairs_hook=_once)
        except json.JSONDecodeError as error:
            wrong = "不是有效的 JSON（引号、括号不成对，少了或多了逗号，或者是空的）。请改正后再试。"
            raise FormError(f"{self.name} 第 {error.lineno} 行：{wrong}") from error
        except RecursionError as error:
            raise FormError(f"{self.name} 第 {_deepest(self.text)} 行：{_DEEP}") from error
        except _TwiceError as error:
            at = [n for n, one in enumerate(self.text.splitlines(), 1) if f'"{error}"' in one]
            raise FormError(f"{self.name} 第 {at[-1]} 行：“{error}”写了两次。请删去一个。") from error

    def at(self, pointer: str) -> str:
        """Return file and line of the value that a JSON Pointer names, or of the nearest one that holds it."""
        places = _places(self.text)
        while pointer not in places:
            pointer = pointer.rpartition("/")[0]
        return f"{self.name} 第 {places[pointer]} 行"


class _TwiceError(Exception):
    """A key stands twice in an object."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _TwiceError(next(key for key in keys if keys.count(key) > 1))
    return found


def _places(text: str) -> dict[str, int]:
    """Return the line of every value of a sound JSON, by its JSON Pointer; of a value with a key the key's."""
    places, open_, line, last = (
        {"": 1},
        list[list[Any]](),
        1,
        0,
    )  # of each bracket its pointer, and key or number
    for token in _TOKEN.finditer(text):
        line, last = line + text.count("\n", last, token.start()), token.start()
        word = token[0]
        if word in "}]":
            open_.pop()
        elif word == ",":
            open_[-1][1] = open_[-1][1] + 1 if isinstance(open_[-1][1], int) else None
        elif word != ":":
            if open_ and open_[-1][1] is None:
                open_[-1][1] = json.loads(word)
                places[f"{open_[-1][0]}/{open_[-1][1]}"] = line
                continue
            pointer = f"{open_[-1][0]}/{open_[-1][1]}" if open_ else ""
            places.setdefault(pointer, line)
            if word in "{[":
                open_.append([pointer, 0 if word == "[" else None])
    return places


def complaint(source: Source, pointer: str, keyword: str, value: Any, known: Mapping[str, Any]) -> str:  # noqa: ANN401 - a TOML value is any of several types
    """Return what is wrong with a value and what to do.

    Args:
        source: the file.
        pointer: the JSON Pointer of the value.
        keyword: the keyword of the schema that complains.
        value: what is written there.
        known: what the schema says of the place.

    """
    where, key = source.at(pointer), pointer.rpartition("/")[2]
    match keyword:
        case "required":
            missing = "、".join(one for one in known["required"] if one not in value)
            return f"{where}：缺少 {missing}。请补上这一项。"
        case "additionalProperties":
            extra = [one for one in value if one not in known["properties"]]
            allowed = "、".join(known["properties"])
            return f"{source.at(f'{pointer}/{extra[0]}')}：不认识 {'、'.join(extra)}。可用的写法：{allowed}。"
    above = pointer.split("/")[-2] if key.isdigit() else ""
    name = f"{above} 的第 {int(key) + 1} 个" if above else f"{key} " if key else "里面"
    return f"{where}：{name}写的是“{_short(value)}”，{_wanted(keyword, known, key)}"


def _wanted(keyword: str, known: Mapping[str, Any], key: str) -> str:
    """Return what a value must be, as an advice that ends the sentence."""
    limit, title = known.get(keyword), known.get("title") or key
    wanted = f"不合“{title}”的要求。请{known.get('x-how') or '参照其他文件的写法改正'}。"
    match keyword:
        case "enum":
            wanted = f"只能是 {'、'.join(map(str, known['enum']))} 之一。请改为其中一个。"
        case "type" if isinstance(limit, str):
            wanted = f"“{title}”请{_KINDS[limit]}。"
        case "minimum" | "maximum" if {"minimum", "maximum"} <= known.keys():
            wanted = f"应当在 {known['minimum']} 到 {known['maximum']} 之间。请改正。"
        case "minLength" | "minItems" if limit == 1:
            wanted = "不能是空的。请填上。"
        case "maxLength":
            wanted = f"最多 {limit} 个字。请缩短。"
        case "minItems" | "maxItems":
            wanted = f"{'至少' if keyword == 'minItems' else '最多'} {limit} 个。请改正。"
        case "uniqueItems":
            wanted = "里面有写了两次的。请删去一个。"
    return wanted


def _short(value: object) -> str:
    """Return a value as a sentence shows it: on one line, and not all of a long one."""
    said = "".join(one if one.isprintable() else " " for one in str(value))
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}……"


def _key(lines: list[str], at: int, key: str, *, top: bool) -> int | None:
    opens = re.compile(rf'\s*\[*"?{re.escape(key)}(?![\w-])')
    until = len(lines) if top else _end(lines, at)
    return next((n for n in range(at, until) if opens.match(lines[n])), None)


def _nth(lines: list[str], at: int, key: str, number: int) -> int | None:
    found = [n for n, one in enumerate(lines) if one.strip() == f"[[{key}]]"]
    if not found:
        inside = [n for n in range(at + 1, _end(lines, at)) if lines[n].strip()[:1] not in {"", "#"}]
        last = next((n for n in inside if not lines[n].lstrip().startswith("{")), len(lines))
        found = [n for n in inside if n < last]
    return found[number] if number < len(found) else None


def _end(lines: list[str], at: int) -> int:
    """Return where the table that holds line `at` ends: at the next header, or at the end."""
    return next((n for n in range(at + 1, len(lines)) if lines[n].startswith("[")), len(lines))


def _deepest(text: str) -> int:
    """Return the line with the most opening brackets."""
    counts = [line.count("[") + line.count("{") for line in text.splitlines()]
    return counts.index(max(counts)) + 1


def _longest(text: str) -> int:
    """Return the line with the most figures."""
    counts = [sum(map(str.isdigit, line)) for line in text.splitlines()]
    return counts.index(max(counts)) + 1


def _strange(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - a TOML value is any of several types
    """Yield the values that TOML knows and JSON does not: dates, times, and numbers such as `nan`."""
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _strange(one, f"{pointer}/{key}")
    elif isinstance(value, date | time) or (isinstance(value, float) and not math.isfinite(value)):
        yield pointer, value
