"""Files and folders → what is found in each, alone and beside the others, and the JSON of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jixiao import reasons
from jixiao.merging import running
from jixiao.merging import sources as inputs
from jixiao.merging.batches import Bounds
from jixiao.merging.extracting import Extract
from jixiao.merging.running import Progress
from jixiao.model import SEVERITIES, Document, Finding, Verdict

if TYPE_CHECKING:
    from jixiao.rules.profiles import Profile

VERSION = 1


def check(
    paths: Sequence[Path],
    *,
    progress: Progress | None = None,
    profile: Profile | None = None,
    bounds: Bounds | None = None,
    passwords: Sequence[str] = (),
) -> list[Extract]:
    """Read and check files and folders; several files are also judged together, as a merge would judge them.

    Raises:
        UsageError: a path is not there, or holds no file.
        JixiaoError: no worker process can be started.

    """
    found = inputs.find(paths)
    inputs.need(found, paths)
    extracts = list(
        running.run(found, progress=progress, profile=profile, bounds=bounds, passwords=passwords)
    )
    if not _several(extracts):
        return extracts
    from jixiao.merging import judging  # noqa: PLC0415 - one file alone needs nothing of it

    judged = judging.together(extracts, profile)
    if _several(judged):
        return judged
    # but for its own annotated copy a workbook is alone: it is judged so
    return [
        one if one.status == "read" == now.status else now for one, now in zip(extracts, judged, strict=True)
    ]


def _several(extracts: Sequence[Extract]) -> bool:
    return sum(one.status == "read" for one in extracts) > 1


def files_report(extracts: Iterable[Extract]) -> dict[str, Any]:
    """Return the JSON of `read` and `check` for the files as they were read."""
    files = [_file(one) for one in extracts]
    documents = [document for file in files for document in file["documents"]]
    tally = Counter(
        finding["severity"] if finding["reason"] is None else "explained"
        for document in documents
        for finding in document["findings"]
    )
    totals = {"files": len(files), "documents": len(documents)}
    return {
        "version": VERSION,
        "files": files,
        "totals": totals | {word: tally[word] for word in (*SEVERITIES, "explained")},
    }


def _file(one: Extract) -> dict[str, Any]:
    return {
        "path": one.path,
        "status": one.status,
        "code": one.code,
        "reason": one.reason,
        "sha256": one.sha256,
        "remarks": list(one.remarks),
        "documents": [document(each.document, each.verdict) for each in one.documents],
    }


def document(one: Document, verdict: Verdict) -> dict[str, Any]:
    """Return one table with its values, cells and findings."""
    return {
        "form": one.form,
        "edition": one.edition,
        "sheet": one.sheet,
        "range": one.area.a1,
        "money": one.money,
        "values": one.values,
        "cells": one.cells,
        "findings": [finding(each) for each in verdict.findings],
        "not_checked": [{"rule": each.rule, "reason": each.reason} for each in verdict.not_checked],
        "reasons": [
            {"rule": each.rule, "cell": each.cell, "date": each.day, "reason": each.text, "state": state}
            for each, state in reasons.states(one, verdict.findings)
        ],
    }


def finding(one: Finding) -> dict[str, Any]:
    """Return one finding."""
    return {
        "rule": one.rule,
        "severity": one.severity,
        "cell": one.cell,
        "pointer": one.pointer,
        "message": one.message,
        "suggestion": one.suggestion,
        "basis": one.basis,
        "fix": {"before": one.fix.before, "after": one.fix.after} if one.fix else None,
        "reason": one.reason,
    }
