"""What rooms hand each other: `Grid`, `Book`, `Document`, `Finding`, `Verdict`, `Mark`, `Page`; none of it changes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from typing import Any, Literal, NamedTuple

Severity = Literal["error", "warning", "hint"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")
LIST_SHEET = "_jixiao_lists"
STAMP_SHEET = "_jixiao"
CellValue = str | int | float | bool | date | datetime | time | timedelta | None
_A1 = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


@cache
def _letters(column: int) -> str:
    letters, n = "", column + 1
    while n:
        n, rest = divmod(n - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class Spot(NamedTuple):
    """One cell, counted from 0."""

    row: int
    column: int

    @property
    def a1(self) -> str:
        """The address as a person reads it: `Spot(0, 0).a1 == "A1"`."""
        return f"{_letters(self.column)}{self.row + 1}"

    @classmethod
    def of(cls, a1: str) -> Spot:
        """Read an address such as `B3` or `$B$3`; raises ValueError for anything else."""
        match = _A1.fullmatch(a1)
        if match is None:
            raise ValueError(a1)
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - 64
        return cls(int(match[2]) - 1, column - 1)


class Area(NamedTuple):
    """A rectangle of cells, both corners included, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def a1(self) -> str:
        """The range as a person reads it; one cell is written as one address."""
        first, last = Spot(self.top, self.left), Spot(self.bottom, self.right)
        return first.a1 if first == last else f"{first.a1}:{last.a1}"

    def holds(self, row: int, column: int) -> bool:
        """Tell whether the cell lies inside."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True)
class Grid:
    """A sheet's values and merged areas, as any program or file gives them.

    Attributes:
        sheet: the sheet's name.
        rows: values from A1 on; a blank cell and a cell covered by a merge are `None`.
        merges: merged areas, or `None` where the reader of this kind of file cannot see them.
        visible: False for hidden and very hidden sheets.
        formats: number formats of the numeric cells whose format matters (percent), by cell.
        faults: cells that hold an error (`"#REF!"`) or a formula without a cached value (its text, `"=A1+B1"`).
        blind: what could not be seen here, as Chinese phrases (`"百分比格式"`).
        hidden: the rows that nobody sees, counted from 0; those without values may be left out.
        hidden_columns: the columns that nobody sees, likewise.
        worked_out: formulas without a cached value whose result we worked out ourselves; it stands in `rows`.

    """

    sheet: str
    rows: Sequence[Sequence[CellValue]]
    merges: tuple[Area, ...] | None = None
    visible: bool = True
    formats: Mapping[Spot, str] = field(default_factory=dict)
    faults: Mapping[Spot, str] = field(default_factory=dict)
    blind: tuple[str, ...] = ()
    hidden: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    worked_out: Mapping[Spot, str] = field(default_factory=dict)


class Reason(NamedTuple):
    """Why a warning or hint is kept: for which rule, at which cell, and for what content.

    Attributes:
        sheet: the sheet.
        cell: the cell.
        rule: the rule whose finding is explained.
        value: a digest of what stood there when the reason was given; with any other content the reason is void.
        text: the reason.
        day: when it was given, `2026-11-24`.

    """

    sheet: str
    cell: str
    rule: str
    value: str
    text: str
    day: str


class Book(NamedTuple):
    """A workbook as read: its sheets, the stamps of our templates, its own last-saved time, the reasons recorded in it."""

    grids: tuple[Grid, ...]
    stamps: frozenset[tuple[str, str]] = frozenset()
    modified: datetime | None = None
    reasons: tuple[Reason, ...] = ()


class Note(NamedTuple):
    """Something that reading saw and checking must tell: a rule's id, where, the sentence, and what to do.

    Without advice of its own the rule's is given. `lacks` are the fields that this kind of form never had: told here
    once, they need no finding of their own. Without a text it is no finding, and its `lacks` are for the rules to tell.
    """

    rule: str
    pointer: str
    text: str
    severity: Severity = "hint"
    advice: str = ""
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """One filled table: values as the contract writes them, and the cell of each.

    Attributes:
        form: `project_target` or `agency_overall`.
        edition: the form's edition, such as `gs-2024`.
        sheet: the sheet it stands on.
        area: where on the sheet.
        money: `万元` or `元` as printed on the form, `None` where nothing says it; values are 万元 always.
        values: the JSON document that the schema judges; money is a decimal string in 万元.
        cells: JSON Pointer → A1, for every field of the form, blank ones too.
        headings: indicator field → the cell of its heading, in a list of projects the one above the project's first row;
            the block ends where `area` ends.
        raw: JSON Pointer → the clerk's own text or number, where it differs from the value.
        faults: JSON Pointer → error text or uncalculated formula in that cell.
        notes: what reading saw on the way (an edition chosen on a tie, a synonym understood …).
        blind: what the reader of this kind of file could not see.
        reasons: why warnings and hints on it are kept.

    """

    form: str
    edition: str
    sheet: str
    area: Area
    money: str | None
    values: dict[str, Any]
    cells: dict[str, str]
    headings: dict[str, str] = field(default_factory=dict)
    raw: dict[str, CellValue] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    blind: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()

    def at(self, pointer: str) -> Any:  # noqa: ANN401 - a JSON value is any of five types
        """Return the value a JSON Pointer names, `None` where there is none."""
        value: Any = self.values
        keys = pointer.split("/")
        if len(keys) == 2:  # a field of the form, as most are
            return value.get(keys[1])
        for key in keys[1:]:
            try:
                value = value[int(key)] if isinstance(value, list) else value[key]
            except (KeyError, IndexError, TypeError, ValueError):
                return None
        return value

    @property
    def last_indicator_row(self) -> int:
        """The row, from 0, where the block of indicators ends: above the fields that stand below it, or with the table."""
        inside = [a1 for name, a1 in self.cells.items() if name.startswith("/indicators/")]
        last = max((Spot.of(a1).row for a1 in (*self.headings.values(), *inside)), default=self.area.bottom)
        rows = (Spot.of(a1).row for name, a1 in self.cells.items() if not name.startswith("/indicators"))
        return min((row - 1 for row in rows if row > last), default=self.area.bottom)

    def does_without(self, pointer: str) -> bool:
        """Tell whether the table is a form of another place that never had this field; reading has told so."""
        if pointer in self.lacks:
            return True
        return pointer not in self.cells and any(
            (note.rule, note.pointer, note.severity) == ("ST09", pointer, "warning") for note in self.notes
        )

    @cached_property
    def lacks(self) -> frozenset[str]:
        """The fields that a known kind of form never had, of which one note tells."""
        return frozenset(pointer for note in self.notes for pointer in note.lacks)

    def cell(self, pointer: str) -> str:
        """Return the cell of a value, of the nearest field that holds it, or of the table's first cell."""
        while pointer:
            if pointer in self.cells:
                return self.cells[pointer]
            pointer = pointer.rpartition("/")[0]
        return Spot(self.area.top, self.area.left).a1


class Fix(NamedTuple):
    """A change that is safe to make: the cell's text before and after."""

    before: str
    after: str


class Finding(NamedTuple):
    """One problem at one cell, in words, with what to do; with a recorded `reason` it is explained and not counted."""

    rule: str
    severity: Severity
    pointer: str
    cell: str
    message: str
    suggestion: str
    basis: str
    fix: Fix | None = None
    reason: str | None = None


class NotChecked(NamedTuple):
    """A rule that could not be applied, and why."""

    rule: str
    reason: str


@dataclass(frozen=True)
class Verdict:
    """What checking says of one document: problems in the order of the sheet, and what could not be judged."""

    findings: tuple[Finding, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()


class Mark(NamedTuple):
    """What a cell shall show: the worst severity among its findings, the note's text, the rules that found them."""

    sheet: str
    cell: str
    severity: Severity
    note: str
    rules: tuple[str, ...] = ()


class Box(NamedTuple):
    """One cell, or one merged area, of a page.

    Attributes:
        area: where.
        value: text, a number, or `None`.
        style: the name of a style in `office.writing`.
        formula: an Excel formula (with its `=`), whose cached value is `value`.
        link: a relative file or an inside address (`internal:'汇总表'!A1`, `external:a.xlsx#'表'!B3`).

    """

    area: Area
    value: str | int | float | None
    style: str
    formula: str | None = None
    link: str | None = None


class Dropdown(NamedTuple):
    """A list on the cells of `area`, written by whoever writes the page.

    Attributes:
        area: the cells.
        source: an Excel formula over defined names, or the words themselves.
        prompt_title: heading of the input prompt (at most 32 characters).
        prompt: text of the input prompt (at most 255 characters).
        error: what is said when another word is typed; empty where free text is allowed.
        blank: whether Excel lets everything pass while the list is empty (`ignore_blank`); a list that depends
            on another cell must not allow it.

    """

    area: Area
    source: str | tuple[str, ...]
    prompt_title: str = ""
    prompt: str = ""
    error: str = ""
    blank: bool = True


class NamedList(NamedTuple):
    """One column of words on the very hidden list sheet, under the defined name that the dropdowns use."""

    name: str
    words: tuple[str, ...]


class NumberCheck(NamedTuple):
    """Only numbers of at least 0 are accepted in the cells of `area`."""

    area: Area
    prompt_title: str
    prompt: str
    error: str


class Prompt(NamedTuple):
    """An input prompt without any restriction."""

    area: Area
    title: str
    text: str


class Alarm(NamedTuple):
    """A conditional format: the cells of `area` turn to the alarm colour where `formula` is true."""

    area: Area
    formula: str


@dataclass(frozen=True)
class Page:
    """What a sheet shall look like.

    Attributes:
        sheet: the sheet's name, already safe and unique.
        widths: column widths in characters.
        boxes: the cells.
        heights: row → height in points.
        folded: rows that are grouped, so that they can be folded away before printing.
        dropdowns: lists on cells.
        numbers: number checks on cells.
        prompts: input prompts.
        alarms: conditional formats.
        print_titles: first and last row to repeat on every printed page.
        landscape: paper orientation.
        protected: lock all that is not an input cell.
        frozen: rows kept in view.
        filtered: the area with filter buttons.
        stamp: form and edition of the table on it.
        charts: native charts to place on the page.
        breaks: rows that begin a new printed page.
        lists: the named lists that its dropdowns need; pages of one workbook share them by name.

    """

    sheet: str
    widths: tuple[float, ...]
    boxes: tuple[Box, ...]
    heights: Mapping[int, float] = field(default_factory=dict)
    folded: frozenset[int] = frozenset()
    dropdowns: tuple[Dropdown, ...] = ()
    numbers: tuple[NumberCheck, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    print_titles: tuple[int, int] | None = None
    landscape: bool = False
    protected: bool = False
    frozen: int = 0
    filtered: Area | None = None
    stamp: tuple[str, str] | None = None
    charts: tuple[Chart, ...] = ()
    breaks: tuple[int, ...] = ()
    lists: tuple[NamedList, ...] = ()


class Chart(NamedTuple):
    """A native bar chart of the numbers in `values` under the names in `categories`, both areas of its own page.

    Attributes:
        at: where its upper left corner stands.
        title: what stands above the bars.
        categories: the names.
        values: the numbers.
        height: in points.
        step: from one number of the scale to the next, `None` for what the program finds fit.

    """

    at: Spot
    title: str
    categories: Area
    values: Area
    height: float = 216.0
    step: float | None = None
