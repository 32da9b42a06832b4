"""What is kept of a file: JSON that comes back equal, and foreign bytes that run nothing."""

import json
import pickle
import zlib
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.merging import extract, records
from jixiao.merging.extracting import Extract, Extracted
from jixiao.merging.records import ForeignRecordError
from jixiao.model import Area, Document, Finding, Fix, NotChecked, Note, Reason, Verdict

TEXT = st.text(max_size=8) | st.just("\ud83d")  # half an emoji: broken workbooks hold it
NAIVE = st.datetimes().map(
    lambda one: one.replace(fold=0)
)  # no spreadsheet knows of the hour that comes twice
AWARE = NAIVE.map(lambda one: one.replace(tzinfo=UTC))
TEXTS = st.dictionaries(TEXT, TEXT, max_size=3)
CELL = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | TEXT
    | st.dates()
    | NAIVE
    | AWARE
    | st.times().map(lambda one: one.replace(fold=0))
    | st.timedeltas()
)
JSON = st.recursive(
    st.none() | st.integers() | TEXT, lambda one: st.lists(one, max_size=2) | TEXTS, max_leaves=5
)
SEVERITY = st.sampled_from(["error", "warning", "hint"])
KNOWN = {
    "form": st.sampled_from(["project_target", "agency_overall"]),
    "area": st.tuples(*[st.integers(0, 99)] * 4).map(lambda four: Area(*four)),
    "money": st.none() | TEXT,
    "values": st.dictionaries(TEXT, JSON, max_size=4),
    "raw": st.dictionaries(TEXT, CELL, max_size=3),
    "severity": SEVERITY,
    "fix": st.none() | st.builds(Fix, TEXT, TEXT),
    "copy": st.booleans(),
    "status": st.sampled_from(["read", "rejected", "not_ours"]),
    "code": st.none() | TEXT,
    "reason": st.none() | TEXT,
    "sha256": st.none() | TEXT,
    "modified": st.none() | AWARE | NAIVE,
    "saved": st.none() | st.floats(allow_nan=False),
    "file": st.none() | st.just(Path("甲.xlsx")),
    **dict.fromkeys(("cells", "headings", "faults"), TEXTS),
    **dict.fromkeys(("blind", "remarks", "lacks"), st.lists(TEXT, max_size=2).map(tuple)),
}


def of(kind, **known):
    """Every field of a record, also one that is new tomorrow: texts where nothing else is known."""
    strategies = KNOWN | known
    names = [one.name for one in fields(kind)] if is_dataclass(kind) else kind._fields
    return st.builds(kind, **{name: strategies.get(name, TEXT) for name in names})


def several(kind, **known):
    return st.lists(of(kind, **known), max_size=2).map(tuple)


VERDICT = of(Verdict, findings=several(Finding), not_checked=several(NotChecked, reason=TEXT))
TABLE = of(Extracted, document=of(Document, notes=several(Note), reasons=several(Reason)), verdict=VERDICT)
EXTRACT = of(Extract, documents=st.lists(TABLE, max_size=2).map(tuple))


@given(EXTRACT)
def test_what_was_kept_comes_back_equal(one):
    kept = records.load(records.dump(records.record(one)))
    back = records.extract_of(kept, one.path, saved=one.saved, file=one.file)
    assert back == one
    assert repr(back) == repr(one)  # 1 is no 1.0, a list no tuple, and dicts keep their order


@pytest.fixture(scope="module")
def kept(workbook, seed):
    return records.dump(records.record(extract("甲.xlsx", workbook(*seed[:3]))))


def test_a_real_workbook_comes_back_equal(workbook, seed, kept):
    one = extract("甲.xlsx", workbook(*seed[:3]))
    assert records.extract_of(records.load(kept), "甲.xlsx") == one


class Trap:
    def __reduce__(self):
        return (Path("踩到了").touch, ())


def line_with(kept, change):
    line, _, rest = kept.partition(b"\n")
    data = json.loads(line)
    change(data)
    return json.dumps(data).encode() + b"\n" + rest


FOREIGN = {
    "nothing": lambda _: b"",
    "pickle": lambda _: pickle.dumps(Trap()),
    "deep JSON": lambda _: b"[" * 100_000 + b"]" * 100_000,
    "cut": lambda kept: kept[:-1],
    "another magic": lambda kept: line_with(kept, lambda data: data.__setitem__(0, "x")),
    "a head without its fields": lambda kept: line_with(kept, lambda data: data[1].pop("status")),
    "another status": lambda kept: line_with(kept, lambda data: data[1].__setitem__("status", "fine")),
    "a moment that is none": lambda kept: line_with(
        kept, lambda data: data[1].__setitem__("modified", "今天")
    ),
    "slips of another shape": lambda kept: line_with(kept, lambda data: data[2][0].pop()),
    "negative lengths": lambda kept: line_with(kept, lambda data: data.__setitem__(3, [-1, 5, 5])),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_foreign_bytes_are_noticed_and_run_nothing(kept, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ForeignRecordError):
        records.load(FOREIGN[name](kept))
    assert not list(tmp_path.iterdir())


TABLES = {
    "no deflate": b"x",
    "a bomb": zlib.compress(b"[" + b" " * (65 << 20) + b"]"),
    "no JSON": zlib.compress(b"{"),
    "another shape": zlib.compress(b"[[], []]"),
    "a number for a text": zlib.compress(json.dumps([[1] * 13, [[], []]]).encode()),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_foreign_table_is_noticed(name):
    with pytest.raises(ForeignRecordError):
        records.unpack(TABLES[name])


@pytest.mark.parametrize(
    "value",
    [datetime(2024, 1, 1, tzinfo=UTC), date(2024, 1, 1), time(8, 30), timedelta(days=-1, microseconds=3)],
)
def test_moments_stay_what_they_are(value):
    assert records._cell(json.loads(json.dumps(records._moment(value)))) == value
