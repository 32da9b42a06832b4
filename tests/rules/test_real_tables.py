"""The nine real tables: what each rule sees by itself, and what is told in the end, as a page to read."""

from collections import Counter
from pathlib import Path

import pytest

from jixiao import checking, rules

PAGE = Path(__file__).resolve().parents[1] / "golden" / "findings-2024.md"
LEVELS = {"error": "错误", "warning": "警告", "hint": "提示"}


@pytest.fixture(scope="module")
def alone(examples):
    """What every rule says without the others: (number of the table, pointer) of each flag; 0 is the agency's own."""
    said = {}
    for rule in rules.catalogue():
        if rule.check is None:
            continue
        usable = [
            n
            for n, one in enumerate(examples)
            if one.form in rule.forms
            and all(one.at(need) is not None for need in rule.needs if need != "/department_code")
        ]
        if rule.scope == "document":
            found = [(n, flag) for n in usable for flag in rule.check(examples[n], given(rule, examples[n]))]
        else:
            found = [
                (usable[n], flag) for n, flag in rule.check([examples[n] for n in usable], rule.parameters)
            ]
        said[rule.id] = [(n, flag.pointer) for n, flag in found if isinstance(flag, rules.Flag)]
    return said


def given(rule, document):
    form, labels = checking._form_of(document.form, document.edition)
    return rules.Given.of(document, form.words(), labels).by(rule.parameters)


def projects(flags):
    return [n for n, _ in flags if n]


def rows(flags):
    """(table, row) of each flag, both counted from 1 as in the tables."""
    return sorted((n, int(pointer.split("/")[2]) + 1) for n, pointer in flags)


@pytest.mark.parametrize(
    ("rule", "in_projects", "in_agency"),
    [
        ("ST03", 8, 0), ("ST04", 8, 0), ("IN01", 1, 1), ("IN02", 1, 1), ("IN05", 5, 0), ("IN06", 7, 0), ("IN08", 3, 0),
        ("IN09", 1, 0), ("IN11", 2, 2), ("IN12", 0, 3), ("VA02", 31, 3), ("VA04", 4, 0), ("VA05", 3, 0), ("VA06", 10, 0),
        ("VA09", 3, 0), ("VA10", 4, 4), ("VA11", 3, 0), ("VA14", 3, 0), ("VA15", 1, 1), ("CO01", 3, 0), ("CO02", 5, 0),
        ("CO03", 6, 0), ("CO04", 16, 0), ("CS04", 2, 0), ("SA01", 3, 0), ("SA02", 5, 0), ("SA03", 1, 0), ("UN07", 0, 1),
        ("UN08", 0, 1), ("FI01", 0, 0), ("VA07", 0, 0), ("VA12", 0, 0), ("CO05", 0, 0), ("UN09", 0, 0), ("ST10", 0, 0),
    ],
)  # fmt: skip
def test_a_rule_by_itself_sees_what_was_counted_by_hand(alone, rule, in_projects, in_agency):
    assert (len(projects(alone[rule])), len(alone[rule]) - len(projects(alone[rule]))) == (
        in_projects,
        in_agency,
    )


def test_va01_counts_26_where_the_catalogue_has_27(alone):
    """“7个工作日内缴纳” was counted by hand as a number without operator; its 内 is one (≤)."""
    assert len(projects(alone["VA01"])) == 26
    assert (2, 1) not in rows(alone["VA01"])


def test_va03_counts_the_ten_exact_copies_and_the_one_cut_short(alone, examples):
    """The cut one (提升政务服务水平 → 政务服务水平) is a warning, the others are errors."""
    assert len(alone["VA03"]) == 11
    found = [
        one
        for verdict in checking.check_all(examples, "campaign")
        for one in verdict.findings
        if one.rule == "VA03"
    ]
    assert Counter(one.severity for one in found) == {"error": 10, "warning": 1}


def test_in03_sees_the_two_names_that_are_goals(alone):
    assert rows(alone["IN03"]) == [(3, 9), (8, 2)]


def test_va06_sees_the_ten_rows_that_were_listed(alone):
    assert rows(alone["VA06"]) == [
        (3, 8),
        (3, 9),
        (4, 3),
        (4, 7),
        (5, 2),
        (5, 8),
        (5, 9),
        (6, 2),
        (6, 8),
        (6, 9),
    ]


def test_va13_sees_the_two_time_limits_of_the_lifts(alone):
    assert rows(alone["VA13"]) == [(8, 5), (8, 6)]


def test_go02_sees_t1_and_t2_and_leaves_goal_1_of_t8_to_go03(alone):
    """By itself T8's goal about the canteen is no stranger than T3's 树立良好的政府形象: T8 has goals of its own."""
    assert projects(alone["GO02"]) == [1, 2]
    assert (8, "/goals/0") in alone["GO03"]


def test_go03_sees_each_project_that_shares_a_goal_once(alone):
    """T1 = T2 in three goals, T3 goal 1 = T1 goal 1, T4 goal 3 = T3 goal 3, T8 goal 1 = T6 goal 1."""
    assert alone["GO03"] == [(2, "/goals/0"), (3, "/goals/0"), (4, "/goals/2"), (8, "/goals/0")]


def test_go04_sees_t6_and_t1_where_go02_says_more(alone, examples):
    assert projects(alone["GO04"]) == [1, 6]
    told = [
        n
        for n, verdict in enumerate(checking.check_all(examples, "campaign"))
        for one in verdict.findings
        if one.rule == "GO04"
    ]
    assert told == [6]


def test_in10_sees_the_tables_with_less_than_six_measured_rows(alone):
    assert projects(alone["IN10"]) == [1, 2, 7, 8]


def test_in09_names_both_tables(examples):
    (found,) = [one for one in checking.check_all(examples, "campaign")[6].findings if one.rule == "IN09"]
    assert "10 行指标里有 9 行" in found.message
    assert "劳务派遣" in found.message


def page(examples):
    """All findings of the nine tables in the order of their cells, and how many of each rule."""
    verdicts = checking.check_all(examples, "campaign")
    counts = Counter((one.rule, one.severity) for verdict in verdicts for one in verdict.findings)
    levels = Counter(one.severity for verdict in verdicts for one in verdict.findings)
    yield "# 2024 年九张公开表的校验结果"
    yield ""
    yield "，".join(f"{LEVELS[level]} {levels[level]}" for level in LEVELS) + "。"
    yield ""
    yield "| 规则 | 级别 | 处数 | 查出什么 |"
    yield "|---|---|---|---|"
    titles = {rule.id: rule.title for rule in rules.catalogue()}
    for (rule, level), count in sorted(counts.items()):
        yield f"| {rule} | {LEVELS[level]} | {count} | {titles[rule]} |"
    for document, verdict in zip(examples, verdicts, strict=True):
        yield ""
        yield f"## {document.values.get('project_name') or document.values['agency']}"
        yield ""
        for one in verdict.findings:
            fix = f"（可自动改为“{one.fix.after}”）" if one.fix else ""
            yield f"- {one.cell} {LEVELS[one.severity]} {one.rule} {one.message}{one.suggestion}{fix}"
        for skipped in verdict.not_checked:
            yield f"- 未核对 {skipped.rule} {skipped.reason}"


def test_what_is_told_is_the_page(examples):
    """Write it anew with the text that the failed comparison shows, after reading it."""
    assert "\n".join(page(examples)) + "\n" == PAGE.read_text(encoding="utf-8")
