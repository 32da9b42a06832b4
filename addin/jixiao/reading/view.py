"""A grid as reading sees it: what each cell says, how far it reaches, whether it is a label."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from jixiao import forms
from jixiao.model import Area, CellValue, Grid, Spot
from jixiao.values import key, shown, without_latex

_UNIT = r"(?:金额)?(?:单位)?[:：]?\s*(?:人民币)?(万元|元)"
_IN_BRACKETS = re.compile(rf"[(（\[【]\s*{_UNIT}\s*[)）\]】]|单位\s*[:：]\s*(?:人民币)?(万元|元)")
_REMARK = re.compile(
    r"[(（\[【]\s*(?:金额)?(?:单位)?[:：]?\s*(?:人民币)?(?:万元|元|盖章|公章|签章|章|必填)\s*[)）\]】]"
)
_LEAD = re.compile(r"^\s*(?:[(（]?[一二三四五六七八九十0-9]{1,2}[)）]?[、.．]|[①-⑳]|[*★●])\s*")
_AMONG = re.compile(r"^\s*其\s*中\s*[:：]?\s*(?=\S)")


@lru_cache(maxsize=65536)
def label_key(text: str) -> str:
    """Return a label for comparison: without remarks in brackets, numbering, `其中`, white space and punctuation."""
    bare = _AMONG.sub("", _LEAD.sub("", _REMARK.sub("", text)))
    return key(bare).strip("*")


@lru_cache(maxsize=4096)
def unit_in(text: str) -> str | None:
    """Return the unit of money that a label prints in brackets, or after `单位：`."""
    if "元" not in text:
        return None
    match = _IN_BRACKETS.search(text)
    return (match[1] or match[2]) if match else None


@cache
def known_labels() -> frozenset[str]:
    """Return the keys of all labels, other spellings included, of all editions."""
    words: set[str] = set()
    for form in forms.catalogue():
        for cell in form.labels():
            words.update(label_key(text) for text in (cell.label, *cell.aliases))
    words |= {
        label_key(text)
        for text in [
            "主管部门代码",
            "主管部门编码",
            "部门代码",
            "项目编码",
            "项目代码",
            "项目属性",
            "项目性质",
            "项目类别",
            "项目期",
            "项目期限",
            "起止时间",
            "项目负责人",
            "负责人",
            "联系电话",
            "联系人",
            "电话",
            "填报人",
            "填报日期",
            "填报时间",
            "项目类型",
            "资金来源",
            "中期资金总额",
            "中期目标",
            "长期目标",
            "立项依据",
            "项目概况",
            "预算执行率",
            "分值",
            "权重",
            "备注",
        ]
    }
    return frozenset(words)


@dataclass(frozen=True)
class View:
    """One sheet with the look-ups that reading needs."""

    grid: Grid
    covers: dict[tuple[int, int], Area] = field(default_factory=dict)

    @classmethod
    def of(cls, grid: Grid) -> View:
        """Index the merged areas of a sheet; areas far larger than any form are left aside."""
        covers = {}
        for area in grid.merges or ():
            if (area.bottom - area.top + 1) * (area.right - area.left + 1) <= 20_000:
                for row in range(area.top, area.bottom + 1):
                    for column in range(area.left, area.right + 1):
                        covers[row, column] = area
        return cls(grid, covers)

    @property
    def height(self) -> int:
        """Rows of the sheet."""
        return len(self.grid.rows)

    @property
    def merged(self) -> bool:
        """Whether merged areas can be seen at all."""
        return self.grid.merges is not None

    def value(self, row: int, column: int) -> CellValue:
        """Return a cell's value as it is, faults as their text, `None` outside the sheet."""
        fault = self.grid.faults.get(Spot(row, column)) if self.grid.faults else None
        if fault is not None:
            return fault
        if 0 <= row < len(self.grid.rows):
            cells = self.grid.rows[row]
            if 0 <= column < len(cells):
                return cells[column]
        return None

    def text(self, row: int, column: int) -> str:
        """Return a cell's text as a person sees it, without outer white space."""
        value = self.value(row, column)
        if value is None:
            return ""
        if isinstance(value, str):
            plain = without_latex(value).replace("\r\n", "\n").replace("\r", "\n")
            return plain.strip()
        return shown(value, self.grid.formats.get(Spot(row, column), ""))

    def label(self, row: int, column: int) -> str:
        """Return the label key of a text cell, `""` for anything else."""
        value = self.value(row, column)
        return label_key(value) if isinstance(value, str) and len(value) <= 60 else ""

    def is_label(self, row: int, column: int) -> bool:
        """Tell whether the cell holds a label of any form."""
        return self.label(row, column) in known_labels()

    def reach(self, row: int, column: int) -> Area:
        """Return the merged area that the cell belongs to, the cell itself where there is none."""
        return self.covers.get((row, column)) or Area(row, column, row, column)

    def hidden_by_merge(self, row: int, column: int) -> bool:
        """Tell whether a merge hides the cell: it is covered and not the first of its area."""
        area = self.covers.get((row, column))
        return area is not None and (row, column) != (area.top, area.left)

    def width(self, row: int) -> int:
        """Cells of a row."""
        return len(self.grid.rows[row]) if 0 <= row < len(self.grid.rows) else 0

    def filled(self, row: int) -> list[int]:
        """Return the columns of the row's cells that hold something."""
        if not 0 <= row < len(self.grid.rows):
            return []
        return [
            c
            for c in range(len(self.grid.rows[row]))
            if self.text(row, c) and not self.hidden_by_merge(row, c)
        ]
