"""Findings → one `Mark` for each cell: its colour is the worst finding's, its note tells them all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from jixiao.model import SEVERITIES, Document, Finding, Mark, Severity, Spot

SHEET = "校验结果"
LEVELS: dict[Severity, str] = {"error": "错误", "warning": "警告", "hint": "提示"}
_MOST = 20  # findings in one note; the rest stand on the result page
_MOST_RULES = 1_000  # findings of one cell that its mark counts: their ids stand in one cell of the state
_QUOTED = (
    200  # characters of a quoted cell in a note: a program takes minutes to fit thousands; the page has all
)
_LONGEST_SENTENCE = 800  # characters of one finding in a note; Excel takes 32,767 for all of them
_QUOTE = re.compile(rf"(“[^”]{{{_QUOTED}}})[^”]+")

Checked = Sequence[tuple[Document, Sequence[Finding]]]


def marks(checked: Checked) -> list[Mark]:
    """Return one mark for each cell with findings that count, by sheet in the order of the documents, then by cell."""
    sheets = {document.sheet: None for document, _ in checked}
    cells: dict[tuple[str, Spot], list[Finding]] = {}
    for document, findings in checked:
        for finding in findings:
            if finding.reason is None:
                cells.setdefault((document.sheet, Spot.of(finding.cell)), []).append(finding)
    order = {sheet: at for at, sheet in enumerate(sheets)}
    found = []
    for (sheet, spot), ours in sorted(cells.items(), key=lambda one: (order[one[0][0]], one[0][1])):
        worst_first = sorted(ours, key=rank)
        rules = tuple(one.rule for one in worst_first[:_MOST_RULES])
        found.append(Mark(sheet, spot.a1, worst_first[0].severity, _note(worst_first), rules))
    return found


def rank(finding: Finding) -> int:
    """Return a number by which the worst finding comes first."""
    return SEVERITIES.index(finding.severity)


def _note(findings: Sequence[Finding]) -> str:
    lines = [_sentence(one) for one in findings[:_MOST]]
    more = len(findings) - len(lines)
    if more:
        lines.append(f"……还有 {more} 条，见“{SHEET}”表。")
    return "\n".join(lines)


def _sentence(finding: Finding) -> str:
    end = "" if finding.message.endswith(("。", "！", "？", "；")) else "。"
    advice = f"{end}建议：{finding.suggestion}" if finding.suggestion else ""
    text = _QUOTE.sub(r"\1……", f"【{LEVELS[finding.severity]} {finding.rule}】{finding.message}{advice}")
    return text if len(text) <= _LONGEST_SENTENCE else f"{text[:_LONGEST_SENTENCE]}……"


def counted(checked: Checked) -> Counter[Severity]:
    """Return how many findings of each severity there are, without those that are explained."""
    return Counter(one.severity for _, findings in checked for one in findings if one.reason is None)


def explained(checked: Checked) -> list[tuple[Document, Finding]]:
    """Return the findings that are kept with a reason, each with its document."""
    return [(document, one) for document, findings in checked for one in findings if one.reason is not None]
