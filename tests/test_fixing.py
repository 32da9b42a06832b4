"""Fixes that findings offer become changes: each listed, each made only where the cell still holds what it started from."""

from jixiao import fixing
from jixiao.model import Finding, Fix


def finding(pointer, cell, before, after, rule="ST11"):
    return Finding(rule, "hint", pointer, cell, "", "", "", Fix(before, after))


def test_every_offered_fix_is_listed_with_rule_cell_before_and_after(table):
    document = table(sheet="项目1")
    findings = [
        finding("/project_name", "B3", "电 费", "电费"),
        Finding("FI01", "error", "/total_funds", "C5", "", "", ""),
        finding("/agency", "B4", "和政县\n局", "和政县局", "ST99"),
    ]
    changes = fixing.offered([(document, findings)])
    assert [one.line for one in changes] == [
        "项目1!B3（ST11）：“电 费” → “电费”",
        "项目1!B4（ST99）：“和政县\n局” → “和政县局”",
    ]
    assert [one.cell for one in fixing.offered([(document, findings)], ["ST99"])] == ["B4"]


def test_a_cell_is_changed_once_at_most(table):
    found = [finding("/agency", "B4", "甲 ", "甲"), finding("/agency", "B4", "甲 ", "乙", "ST04")]
    assert [one.after for one in fixing.offered([(table(), found)])] == ["甲"]


def test_only_a_cell_that_holds_what_the_fix_started_from_is_changed(table):
    """| cell holds | becomes |: another text, a formula, a blank or a cell that is gone stay as they are."""
    changes = fixing.offered(
        [(table(sheet="表"), [finding("/agency", f"B{row}", "甲 ", "甲") for row in range(1, 6)])]
    )
    values = {("表", "B1"): "甲 ", ("表", "B2"): "乙", ("表", "B3"): '="甲 "', ("表", "B4"): None}
    done = fixing.apply(changes, values)
    assert done.values == {("表", "B1"): "甲"}
    assert [one.cell for one in done.made] == ["B1"]
    assert [one.cell for one in done.stale] == ["B2", "B3", "B4", "B5"]


def test_line_breaks_of_any_kind_are_the_same_text(table):
    changes = fixing.offered([(table(sheet="表"), [finding("/agency", "B1", "甲\n乙", "甲乙")])])
    assert fixing.apply(changes, {("表", "B1"): "甲\r\n乙"}).values == {("表", "B1"): "甲乙"}


def test_money_becomes_a_number_and_other_figures_stay_text(table):
    """Law: a sum formula counts numbers only; `007` of an agency's code stays as it is written."""
    changes = fixing.offered(
        [
            (
                table(sheet="表"),
                [
                    finding("/total_funds", "C5", "1,000 ", "1000", "FI02"),
                    finding("/agency", "B4", "007 ", "007"),
                    finding("/indicators/0/target", "E9", "95", "≥95%"),
                ],
            )
        ]
    )
    now = {("表", "C5"): "1,000 ", ("表", "B4"): "007 ", ("表", "E9"): 95.0}
    assert fixing.apply(changes, now).values == {
        ("表", "C5"): 1000.0,
        ("表", "B4"): "007",
        ("表", "E9"): "≥95%",
    }


def test_applying_twice_does_nothing_more(table):
    changes = fixing.offered([(table(sheet="表"), [finding("/agency", "B1", "甲 ", "甲")])])
    once = fixing.apply(changes, {("表", "B1"): "甲 "}).values
    assert fixing.apply(changes, once).values == {}


def test_a_figure_kept_as_text_becomes_a_number_and_a_number_stays(table):
    """| 500 as text | 500 |: they look alike, but a sum formula counts the second only."""
    changes = fixing.offered(
        [(table(sheet="表"), [finding("/total_funds", row, "500", "500", "FI02") for row in ("C5", "C6")])]
    )
    assert changes[0].line == "表!C5（FI02）：“500” → 数字 500"
    done = fixing.apply(changes, {("表", "C5"): "500", ("表", "C6"): 500.0})
    assert done.values == {("表", "C5"): 500.0}
    assert [one.cell for one in done.stale] == ["C6"]
