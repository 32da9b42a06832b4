"""Findings → the 校验结果 page: the verdict, a row for each finding, and what was not checked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import east_asian_width

from jixiao import wording
from jixiao.marking.cells import LEVELS, SHEET, Checked, counted, explained, rank
from jixiao.marking.comparison import Since
from jixiao.model import Area, Box, Document, Finding, NotChecked, Page, Severity, Spot
from jixiao.office.tables import room

_BASES = "依据里写“已见”的核对过原文，“待核实”的还没有见到原文。"
_HEADINGS = ("序号", "级别", "规则", "工作表", "单元格", "项目/单位", "问题", "建议", "依据")
_WIDTHS = (6.0, 7.0, 8.0, 18.0, 9.0, 22.0, 42.0, 36.0, 26.0)
_LAST = len(_WIDTHS) - 1
_FIELD, _TEXT = 5, 6  # columns of 项目/单位 and of 问题
_LONGEST_TEXT = 32_767  # characters in one cell
_LINE, _HIGHEST, _TITLE = 16.5, 409.0, 30.0  # points: a line of text, Excel's highest row, a line of title
_TOP = 3  # rows above the findings: verdict, counts, headings
_MANY = 4  # equal findings from which on one row stands for all of them
_NAMED = 12  # cells that such a row names
# What a program moves to the next line as a whole: letters and figures, with the mark that must not begin a line.
_TOKEN = re.compile(r"[!-~]+[、，。；：）》”]?|.", re.DOTALL)
# What differs between findings that are alike: quoted words, addresses and numbers.
_PARTICULAR = re.compile(r"“[^”]*+”|\b[A-Z]{1,3}[0-9]{1,7}\b|-?[0-9]+(?:[.,][0-9]+)*")

Line = tuple[Document, str, str, str | None, str]  # document, level, rule, cell, text
Told = list[
    tuple[Document, list[Finding]]
]  # rows of the page: findings of one document that are told together


def result_page(
    checked: Checked,
    not_checked: Sequence[tuple[Document, NotChecked]],
    source_name: str,
    links: bool = True,  # noqa: FBT001, FBT002 - the word stands at every call
    compared: Since | None = None,
) -> Page:
    """Return the 校验结果 page: the verdict, the findings with the worst first, and what was not checked.

    Every finding has a row; where many of one table are alike, one row names them all and leads to the first. What
    is explained is not counted and stands below, with its reason.

    Args:
        checked: the documents of one workbook, each with its findings.
        not_checked: rules that could not be applied, each with its document; those that only wait for other tables
            are counted and have no row.
        source_name: the workbook's file name.
        links: make each address a link to its cell, which must then stand in the same workbook.
        compared: how the findings stand against those of the last check, where there was one.

    """
    counts, told, kept = counted(checked), _grouped(_sorted(checked)), explained(checked)
    open_ones = [(one, skip) for one, skip in not_checked if skip.reason not in wording.LATER.values()]
    said = _counted(counts, len(kept), source_name, len(checked), len(open_ones))
    said += _later([skip for _, skip in not_checked])
    if any(word in one.basis for _, findings in told for one in findings for word in ("已见", "待核实")):
        said += _BASES
    boxes = [
        _across(0, f"{SHEET}：{verdict(counts)}", "title"),
        _across(1, said + (f"\n{compared.sentence}" if compared else ""), "subtitle"),
        *(Box(_at(2, column), text, "header") for column, text in enumerate(_HEADINGS)),
    ]
    for number, (document, findings) in enumerate(told):
        boxes += _finding_row(_TOP + number, number + 1, document, findings, links=links)
    if not told:
        boxes.append(_across(_TOP, "没有发现问题。", "wrapped"))
    row = _TOP + max(len(told), 1) + 1
    boxes += _appendix(row, "已说明", "问题和说明", [_kept(*one) for one in kept])
    row += len(kept) + 3 if kept else 0
    boxes += _appendix(
        row, "未能核对", "原因", [(one, "未核对", skip.rule, None, skip.reason) for one, skip in open_ones]
    )
    return Page(
        sheet=SHEET,
        widths=_WIDTHS,
        boxes=tuple(boxes),
        heights=_heights(boxes),
        print_titles=(2, 2),
        landscape=True,
        frozen=_TOP,
        filtered=Area(_TOP - 1, 0, _TOP + len(told) - 1, _LAST) if told else None,
    )


def verdict(counts: Counter[Severity]) -> str:
    """Return the verdict on so many findings: 通过, or what must be mended."""
    return f"有 {counts['error']} 处错误须改" if counts["error"] else "通过"


def _sorted(checked: Checked) -> list[tuple[Document, Finding]]:
    """Return the findings that count by severity, then sheet, then cell."""
    order = {document.sheet: at for at, document in reversed(list(enumerate(one for one, _ in checked)))}
    found = [(document, one) for document, findings in checked for one in findings if one.reason is None]
    return sorted(found, key=lambda one: (rank(one[1]), order[one[0].sheet], Spot.of(one[1].cell)))


def _grouped(found: Sequence[tuple[Document, Finding]]) -> Told:
    """Put findings of one table, one rule and one wording together where they are many; order by the first of each."""
    alike: dict[tuple[object, ...], tuple[Document, list[Finding]]] = {}
    for document, finding in found:
        shape = _PARTICULAR.sub("…", finding.message), _PARTICULAR.sub("…", finding.suggestion)
        key = (id(document), finding.rule, finding.severity, *shape, finding.basis)
        alike.setdefault(key, (document, []))[1].append(finding)
    rank = {id(finding): number for number, (_, finding) in enumerate(found)}
    rows: Told = []
    for document, findings in alike.values():
        rows += [(document, findings)] if len(findings) >= _MANY else [(document, [one]) for one in findings]
    return sorted(rows, key=lambda row: rank[id(row[1][0])])


def _counted(
    counts: Counter[Severity], explained: int, source_name: str, documents: int, skipped: int
) -> str:
    said = "、".join(f"{word} {counts[severity]} 条" for severity, word in LEVELS.items())
    said += f"；已说明 {explained} 条，不计入" if explained else ""
    rest = f"另有 {skipped} 项未能核对，见表末。" if skipped else ""
    return f"{source_name}：共核对 {documents} 张表，{said}。{rest}"


def _later(not_checked: Sequence[NotChecked]) -> str:
    """Return a sentence for the rules that wait for other tables: nothing is amiss with them, so they have no rows."""
    waiting = {
        reason: {one.rule for one in not_checked if one.reason == reason} for reason in wording.LATER.values()
    }
    return "".join(f"有 {len(ids)} 条规则{reason}" for reason, ids in waiting.items() if ids)


def _cells(findings: Sequence[Finding]) -> str:
    cells = list(dict.fromkeys(one.cell for one in findings))
    more = f" 等 {len(cells)} 处" if len(cells) > _NAMED else ""
    return "、".join(cells[:_NAMED]) + more


def _told(findings: Sequence[Finding], texts: Sequence[str]) -> str:
    """Return one text for all findings of a row: once where all say the same, else each behind its cell."""
    if len(set(texts)) == 1:
        return texts[0]
    return "\n".join(f"{one.cell}：{text}" for one, text in zip(findings, texts, strict=True) if text)


def _finding_row(
    row: int, number: int, document: Document, findings: Sequence[Finding], *, links: bool
) -> list[Box]:
    first = findings[0]
    values = (
        LEVELS[first.severity],
        first.rule,
        document.sheet,
        _cells(findings),
        _subject(document),
        _told(findings, [one.message for one in findings]),
        _told(findings, [one.suggestion for one in findings]),
        first.basis,
    )
    styles = (first.severity, "center", "wrapped", "center", "wrapped", "wrapped", "wrapped", "wrapped")
    boxes = [Box(_at(row, 0), number, "center")]
    for column, (value, style) in enumerate(zip(values, styles, strict=True), 1):
        linked = links and _HEADINGS[column] == "单元格"
        boxes.append(
            Box(
                _at(row, column),
                value[:_LONGEST_TEXT],
                "link" if linked else style,
                link=_address(document.sheet, first.cell) if linked else None,
            )
        )
    return boxes


def _address(sheet: str, cell: str) -> str:
    quoted = sheet.replace("'", "''")
    return f"internal:'{quoted}'!{cell}"


def _subject(document: Document) -> str:
    """Return what the table is about: its project, else its agency."""
    for field in ("project_name", "agency"):
        value = document.values.get(field)
        if isinstance(value, str) and value:
            return value
    return ""


def _kept(document: Document, one: Finding) -> Line:
    end = "" if one.message.endswith(("。", "！", "？", "；")) else "。"
    return document, "已说明", one.rule, one.cell, f"{one.message}{end}\n说明：{one.reason}"


def _appendix(row: int, title: str, heading: str, lines: Sequence[Line]) -> Iterator[Box]:
    """Yield a block below the findings: what is not counted, or could not be judged."""
    if not lines:
        return
    yield _across(row, title, "subtitle")
    for column, text in enumerate(_HEADINGS[: _FIELD + 1]):
        yield Box(_at(row + 1, column), text, "header")
    yield Box(Area(row + 1, _TEXT, row + 1, _LAST), heading, "header")
    for number, (document, word, rule, cell, text) in enumerate(lines, 1):
        at = row + 1 + number
        values = (number, word, rule, document.sheet, cell, _subject(document))
        styles = ("center", "center", "center", "wrapped", "center", "wrapped")
        for column, (value, style) in enumerate(zip(values, styles, strict=True)):
            yield Box(_at(at, column), value, style)
        yield Box(Area(at, _TEXT, at, _LAST), text[:_LONGEST_TEXT], "wrapped")


def _at(row: int, column: int) -> Area:
    return Area(row, column, row, column)


def _across(row: int, text: str, style: str) -> Box:
    return Box(Area(row, 0, row, _LAST), text, style)


def _heights(boxes: Iterable[Box]) -> dict[int, float]:
    """Estimate heights in points at which wrapped text fits, also over merged columns, which never fit themselves."""
    heights: dict[int, float] = {}
    for box in boxes:
        most = room(sum(_WIDTHS[box.area.left : box.area.right + 1]))
        line, scale = (_TITLE, 2) if box.style == "title" else (_LINE, 1)
        lines = sum(_lines(text, int(most) // scale) for text in str(box.value or "").split("\n"))
        height = min(_HIGHEST, lines * line + 4)
        heights[box.area.top] = max(height, heights.get(box.area.top, 0.0))
    return heights


def _lines(text: str, most: int) -> int:
    """Count the lines that a text takes in so many half-width columns; addresses and numbers are not broken where they fit."""
    lines, used = 1, 0
    for token in _TOKEN.findall(text):
        width = _columns(token)
        if used + width <= most:
            used += width
            continue
        lines += (used > 0) + (width - 1) // most
        used = (width - 1) % most + 1
    return lines


def _columns(text: str) -> int:
    """Count half-width columns; a Chinese character takes two."""
    return sum(2 if east_asian_width(one) in "WFA" else 1 for one in text)
