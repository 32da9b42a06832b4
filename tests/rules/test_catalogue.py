"""The catalogue: found without registration, complete manuals, a page that is not stale."""

from pathlib import Path

import pytest

import jixiao.rules.__main__ as generator
from jixiao import rules, wording
from jixiao.model import SEVERITIES
from jixiao.schemas import field

FOLDER = Path(rules.__file__).parent
FILES = {path.stem[:4].upper(): path for path in FOLDER.glob("[a-z][a-z][0-9][0-9]_*.py")}
RULES = [rule for rule in rules.catalogue() if not rule.id.startswith("SC")]


def test_every_file_is_a_rule_and_every_rule_a_file():
    assert {rule.id for rule in RULES} == set(FILES)


def test_the_issues_rules_are_there():
    wanted = (
        {f"ST{n:02}" for n in range(1, 12)} | {f"FI{n:02}" for n in range(1, 6)} | {"CO01", "IN01", "IN02"}
    )
    assert wanted | {f"UN{n:02}" for n in range(1, 6)} <= set(FILES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_declares_what_it_is(rule):
    assert rule.scope in rules.SCOPES
    assert set(rule.forms) <= set(rules.ALL_FORMS)
    assert rule.forms
    assert rule.severity in SEVERITIES
    for prefix in rule.supersedes:
        assert any(one.id.startswith(prefix) for one in rules.catalogue()), prefix
    for pointer in rule.needs:
        assert any(field(form, pointer) for form in rule.forms), pointer


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_manual_has_every_heading_with_text_and_marks_its_source(rule):
    found = rules.sections(rule.manual)
    assert tuple(found) == rules.HEADINGS
    assert all(found.values())
    assert "已见" in rule.basis or "待核实" in rule.basis


def test_the_schemas_own_ids_are_listed():
    assert {keyword.rule for keyword in wording.KEYWORDS.values()} == {
        rule.id for rule in rules.catalogue() if rule.id.startswith("SC")
    }


def test_the_page_is_not_stale():
    """Write it anew with: python -m jixiao.rules > addin/jixiao/rules/README.md."""
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == generator.page()
