"""Tables and indicators as one CSV: a row for each table, then one for each of its indicators."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

TITLE, ENDING = "每张表一行、每个指标一行，金额为万元，可用 Excel 打开", ".csv"
_HEAD = ("类别", "文件", "工作表", "单元格", "表", "版本", "说明")
_INDICATOR = {"level1": "一级指标", "level2": "二级指标", "name": "三级指标", "target": "指标值"}
_NAMES = (
    "year",
    "department",
    "department_code",
    "agency",
    "project_name",
)  # repeated beside every indicator
_STATUS = {"rejected": "未能读取", "not_ours": "不是绩效目标表"}
# A cell that begins like this is a formula to a spreadsheet program, also behind blanks; a plain number is none.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def write(report: Mapping[str, Any]) -> bytes:
    """Return the tables as UTF-8 with a byte order mark, so that Excel knows it; what looks like a formula gets a `'` in front.

    Amounts stand in the table's own row alone, so that a column can be summed. A file that was not read has a row too.
    """
    import csv  # noqa: PLC0415 - `--help` names the formats, and must not pay for them

    fields = _fields()
    columns = (*_HEAD, *fields.values(), *_INDICATOR.values())
    stream = io.StringIO(newline="")
    out = csv.DictWriter(stream, columns, restval="", lineterminator="\r\n")
    out.writeheader()
    for row in _rows(report, fields):
        out.writerow({name: _harmless(value) for name, value in row.items()})
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8", "backslashreplace")


def _fields() -> dict[str, str]:
    """Return the columns of the fields of all forms: key → heading."""
    from jixiao import schemas  # noqa: PLC0415 - as above

    found: dict[str, str] = {}
    for form in schemas.DOCUMENTS:
        for key in schemas.schema(form)["properties"]:
            if key != "indicators":
                title = schemas.field(form, f"/{key}")["title"]
                found.setdefault(key, f"{title}（万元）" if schemas.is_money(form, key) else title)
    return {key: found[key] for key in (*_NAMES, *(key for key in found if key not in _NAMES))}


def _rows(report: Mapping[str, Any], fields: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for file in report["files"]:
        if file["status"] != "read":
            yield {"类别": _STATUS[file["status"]], "文件": file["path"], "说明": file["reason"]}
        for document in file["documents"]:
            yield from _document(file["path"], document, fields)


def _document(path: str, document: Mapping[str, Any], fields: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    from jixiao import schemas  # noqa: PLC0415 - as above

    values, cells, form = document["values"], document["cells"], document["form"]
    place = {"文件": path, "工作表": document["sheet"]}
    place |= {"表": schemas.schema(form)["title"], "版本": document["edition"]}
    kind = "项目" if form == "project_target" else "单位整体"
    told = {fields[key]: _text(value) for key, value in values.items() if key in fields}
    yield {**place, "类别": kind, "单元格": document["range"], **told}
    names = {fields[key]: _text(values[key]) for key in _NAMES if key in values}
    for number, one in enumerate(values["indicators"]):
        shown = {title: _text(one[key]) for key, title in _INDICATOR.items()}
        cell = cells.get(f"/indicators/{number}/target", "")
        yield {**place, **names, "类别": "指标", "单元格": cell, **shown}


def _text(value: Any) -> str:  # noqa: ANN401 - any value of a document
    if isinstance(value, list):
        return "\n".join(one for one in value if one)
    return "" if value is None else str(value)


def _harmless(value: object) -> str:
    text = str(value or "")
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
