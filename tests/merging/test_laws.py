"""Laws of the ledger: order does not matter, amounts in = amounts out, twice is once."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from jixiao import checking, merging
from jixiao.merging.extracting import Extract, Extracted
from jixiao.values import canonical, decimal

AGENCIES = ("和政县机关事务管理局", "临夏县机关事务管理局", "机关事务管理局", "和政县教育局", None)
LAWS = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
MONEY = st.none() | st.just("约50") | st.decimals(0, 99999, places=6).map(canonical)
TABLE = st.fixed_dictionaries({
    "form": st.sampled_from(["project_target", "project_target", "agency_overall"]),
    "year": st.sampled_from([2024, 2025, None]),
    "agency": st.sampled_from(AGENCIES),
    "department": st.sampled_from(AGENCIES),
    "name": st.sampled_from(["水费", "电费", "水 费", None]),
    "amount": MONEY,
})  # fmt: skip
TIME = st.none() | st.integers(1, 3).map(lambda day: datetime(2024, 1, day, tzinfo=UTC))
FILE = st.tuples(st.lists(TABLE, max_size=3), TIME, st.integers(1, 2).map(float))


@pytest.fixture(scope="session")
def made(examples):
    """Return `made(files)`: an extract for each drawn file."""
    blank = {one.form: one for one in examples}

    def document(told):
        base = blank[told["form"]]
        values = {**base.values, "year": told["year"], "agency": told["agency"]}
        if told["form"] == "project_target":
            values |= {
                "department": told["department"],
                "project_name": told["name"],
                "total_funds": told["amount"],
            }
        else:
            values["basic"] = told["amount"]
        return replace(base, values=values)

    def build(files):
        extracts = []
        for number, (tables, modified, saved) in enumerate(files):
            documents = [document(one) for one in tables]
            found = tuple(
                Extracted(*pair)
                for pair in zip(documents, checking.check_all(documents, "workbook"), strict=True)
            )
            status, code = ("read", None) if documents else ("not_ours", "no_form")
            extracts.append(Extract(f"f/{number}.xlsx", status, code, None, "", found, (), modified, saved))
        return extracts

    return build


@LAWS
@given(files=st.lists(FILE, max_size=6), data=st.data())
def test_the_order_of_files_does_not_matter(made, files, data):
    extracts = made(files)
    shuffled = data.draw(st.permutations(extracts))
    assert merging.merge_report(merging.build(shuffled)) == merging.merge_report(merging.build(extracts))


@LAWS
@given(files=st.lists(FILE, max_size=6))
def test_every_file_and_every_amount_is_accounted_for(made, files):
    extracts = made(files)
    report = merging.merge_report(merging.build(extracts))
    balance = report["balance"]
    kinds = ("merged", "duplicate", "superseded", "rejected", "not_ours")
    assert sum(balance[kind] for kind in kinds) == balance["files"] == len(files)
    fates = ("documents", "documents_duplicate", "documents_superseded")
    assert (
        sum(balance[fate] for fate in fates)
        == balance["documents_found"]
        == sum(len(one[0]) for one in files)
    )
    amounts = [decimal(one["total_funds"]) for one in report["projects"]]
    known = sum((one for one in amounts if one is not None), Decimal(0))
    assert Decimal(report["totals"]["total_funds"] or 0) == known
    assert sum(Decimal(one["total_funds"] or 0) for one in report["agencies"]) == known
    assert sum(one["projects"] for one in report["agencies"]) == len(report["projects"])


@LAWS
@given(files=st.lists(FILE, min_size=1, max_size=5), data=st.data())
def test_a_file_given_twice_changes_nothing_but_the_count_of_duplicates(made, files, data):
    extracts = made(files)
    again = data.draw(st.sampled_from([one for one in extracts if one.documents] or [None]))
    if again is None:
        return
    once = merging.merge_report(merging.build(extracts))
    twice = merging.merge_report(merging.build([*extracts, replace(again, path="f/~copy.xlsx")]))
    for key in ("totals", "agencies", "projects", "indicators", "agency_indicators"):
        assert twice[key] == once[key]
    assert twice["balance"]["documents"] == once["balance"]["documents"]
    assert twice["balance"]["merged"] == once["balance"]["merged"]


@LAWS
@given(files=st.lists(FILE, min_size=1, max_size=5), data=st.data())
def test_an_annotated_copy_in_which_nothing_was_changed_changes_nothing(made, files, data):
    extracts = made(files)
    source = data.draw(st.sampled_from([one for one in extracts if one.documents] or [None]))
    if source is None:
        return
    name, saved = data.draw(st.sampled_from(["f/~.校验.xlsx", "e/0.校验.xlsx"])), data.draw(st.integers(0, 9))
    copy = replace(source, path=name, saved=float(saved), copy=True)
    once, beside = (merging.merge_report(merging.build(ones)) for ones in (extracts, [*extracts, copy]))
    for key in ("totals", "agencies", "projects", "indicators", "findings", "remarks"):
        assert beside[key] == once[key]
    assert beside["balance"]["not_ours"] == once["balance"]["not_ours"] + 1


@LAWS
@given(files=st.lists(st.tuples(FILE, st.booleans()), min_size=1, max_size=6), data=st.data())
def test_copies_in_any_order_are_accounted_for(made, files, data):
    extracts = [
        replace(one, path=one.path.replace(".xlsx", ".校验.xlsx"), copy=True)
        if copy and one.documents
        else one
        for one, (_, copy) in zip(made([file for file, _ in files]), files, strict=True)
    ]
    report = merging.merge_report(merging.build(data.draw(st.permutations(extracts))))
    assert report == merging.merge_report(merging.build(extracts))
    assert report["balance"]["documents"] == sum(
        one["projects"] + bool(one["source"]) for one in report["agencies"]
    )
    assert bool(report["balance"]["documents"]) == any(one.documents for one in extracts)


NOBODY_S = {"form": "project_target", "year": 2025, "agency": None, "department": None, "name": "电费"}


@LAWS
@example(files=[([{**NOBODY_S, "amount": amount} for amount in (None, "约50")], None, 1.0)])
@given(files=st.lists(FILE, max_size=6))
def test_what_is_superseded_is_always_told(made, files):
    """Each at its own cell, as an error; of two tables of nobody, which both count, CS01 only warns."""
    report = merging.merge_report(merging.build(made(files)))
    errors = [one for one in report["findings"] if (one["rule"], one["severity"]) == ("CS01", "error")]
    told = Counter((one["path"], one["sheet"]) for one in errors)
    superseded = Counter(
        (one["path"], table["sheet"])
        for one in report["sources"]
        for table in one["tables"]
        if table["fate"] == "superseded"
    )
    assert told == superseded
