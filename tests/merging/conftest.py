"""A folder of real workbooks, drawn and written by the product itself."""

import json
import os
from datetime import datetime
from pathlib import Path

import pytest

from jixiao import drawing, forms, merging
from jixiao.merging import running
from jixiao.office import writing

EXAMPLES = Path(__file__).resolve().parents[2] / "templates" / "examples"
DAY = 24 * 3600


@pytest.fixture(scope="session")
def seed():
    """The nine real tables of 2024 as data, the agency's own first."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(EXAMPLES.glob("*.json"))]


@pytest.fixture(scope="session")
def workbook():
    """Return `workbook(table, …)`: the bytes of a workbook with one sheet for each table."""

    def build(*tables, saved=datetime(2024, 1, 1)):  # noqa: DTZ001 - as a workbook writes it
        pages = []
        for one in tables:
            form = forms.find(one["form"], one["edition"])
            name = drawing.sheet_name(one["sheet"], [page.sheet for page in pages])
            pages.append(drawing.draw(form, name, one["values"]))
        return writing.workbook(pages, saved=saved)

    return build


@pytest.fixture
def send(tmp_path, workbook):
    """Return `send(name, table, …, day=n)`: puts a workbook into the folder, its file saved on day n."""

    def put(name, *tables, day=1, data=None, **settings):
        path = tmp_path / "报送" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(workbook(*tables, **settings) if data is None else data)
        os.utime(path, (day * DAY, day * DAY))
        return path

    return put


@pytest.fixture
def gather(tmp_path, monkeypatch):
    """Return `gather()`: the merge report of the folder, paths relative to it, read in this process."""

    def merge(**settings):
        monkeypatch.chdir(tmp_path)
        extracts = running.run(merging.find([Path("报送")]), workers=0)
        return merging.merge_report(merging.build(extracts, **settings))

    return merge


@pytest.fixture
def changed():
    """Return `changed(table, field=value)`: the table with other values."""

    def change(table, **values):
        return {**table, "values": {**table["values"], **values}}

    return change
