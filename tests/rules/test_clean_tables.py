"""Clean tables of many subjects, as a careful clerk fills them: no error, and hardly a warning."""

import re
from collections import Counter
from pathlib import Path

import pytest

from jixiao import checking

FOLDER = Path(__file__).resolve().parents[1] / "clean"
TABLES = sorted(FOLDER.glob("*.md"))
KNOWN = {
    "03-公务用车": {"CS04": 1, "VA01": 2},  # 三公: a hint; 70辆 and 100% without an operator
    "12-消防设施改造": {"VA01": 3},  # 3台, 100%, 0起 without an operator: two of them hints
}


@pytest.fixture(scope="module")
def documents(table):
    """Every clean table by name."""

    def read(path):
        head, _, shown = path.read_text(encoding="utf-8").partition("\n")
        form, edition = re.search(r"（(\w+) (\S+)）", head).groups()
        return table(shown.strip(), form=form, edition=edition, sheet=path.stem)

    return {path.stem: read(path) for path in TABLES}


def test_there_are_enough_tables_of_both_vocabularies(documents):
    editions = Counter((one.form, one.edition) for one in documents.values())
    assert sum(editions.values()) >= 15
    assert editions["project_target", "gs-2024"] >= 10
    assert editions["project_target", "mof-2015"] >= 4


@pytest.mark.parametrize("name", [path.stem for path in TABLES])
def test_a_clean_table_draws_what_is_known_and_nothing_else(documents, name):
    found = checking.check(documents[name]).findings
    assert Counter(one.rule for one in found) == KNOWN.get(name, {})
    assert not [one for one in found if one.severity == "error"]


def test_there_is_less_than_one_warning_for_each_table(documents):
    verdicts = [checking.check(document) for document in documents.values()]
    warnings = sum(one.severity == "warning" for verdict in verdicts for one in verdict.findings)
    assert warnings < len(verdicts)


def test_clean_tables_of_one_year_do_not_disturb_each_other(documents):
    """Seen together they draw what each draws alone: nobody's goals, indicators or thresholds are another's."""
    for year in {one.values["year"] for one in documents.values()}:
        own = [one for one in documents.values() if one.values["year"] == year]
        together = checking.check_all(own, "campaign")
        assert [len(verdict.findings) for verdict in together] == [
            len(checking.check(one).findings) for one in own
        ]
