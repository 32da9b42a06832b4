"""TOML that people write → data, and a sentence that names file, line and remedy where it is broken."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any, NamedTuple

from jixiao.errors import FormError


class Written(NamedTuple):
    """One TOML as it is written: its name for the sentences, and its text."""

    name: str
    text: str

    def read(self) -> dict[str, Any]:
        """Return the data; raises FormError that names file, line and remedy."""
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            where = f"第 {line[1]} 行" if line else "末尾"
            raise FormError(
                f"{self.name} {where}：不是有效的 TOML（引号、括号或等号不成对，或者同一项写了两次）。请改正后再试。"
            ) from error

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

    def complaint(self, pointer: str, keyword: str, value: Any, known: Mapping[str, Any]) -> str:  # noqa: ANN401 - a TOML value is any of several types
        """Return what is wrong with a value and what to do.

        Args:
            pointer: the JSON Pointer of the value.
            keyword: the keyword of the schema that complains.
            value: what is written there.
            known: what the schema says of the place.

        """
        where, key = self.at(pointer), pointer.rpartition("/")[2]
        written = f"“{value}”" if not key or key.isdigit() else f"{key} 写的是“{value}”，"
        match keyword:
            case "required":
                missing = "、".join(one for one in known["required"] if one not in value)
                return f"{where}：缺少 {missing}。请补上这一项。"
            case "additionalProperties":
                extra = [one for one in value if one not in known["properties"]]
                allowed = "、".join(known["properties"])
                return (
                    f"{self.at(f'{pointer}/{extra[0]}')}：不认识 {'、'.join(extra)}。可用的写法：{allowed}。"
                )
            case "enum":
                allowed = "、".join(str(one) for one in known["enum"])
                return f"{where}：{written}只能是 {allowed} 之一。请改为其中一个。"
            case _:
                wanted = known.get("title", key)
                return f"{where}：{written}不合“{wanted}”的要求。请参照其他文件的写法改正。"


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
