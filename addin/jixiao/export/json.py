"""The report as JSON, the very document that `check --json` prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TITLE, ENDING = "与 check --json 相同的全部内容：字段、单元格、问题", ".json"


def write(report: Mapping[str, Any]) -> bytes:
    """Return the report as UTF-8 JSON."""
    import json  # noqa: PLC0415 - `--help` names the formats, and must not pay for them

    return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")
