"""Document → verdict: schema first, then rules; four outcomes, nothing told twice, the same for every scope."""

from dataclasses import replace

import pytest

from jixiao import checking, rules
from jixiao.model import Note, Spot


@pytest.fixture(scope="module")
def verdicts(examples):
    return checking.check_all(examples, "campaign")


IN_YUAN = "| 年度资金总额 | 1000000 |\n| 当年财政拨款 | 900000 |\n| 上年结转资金 | 100000 |"


@pytest.mark.parametrize(
    "how",
    [{}, {"form": "agency_overall"}, {"text": IN_YUAN, "money": "元"}],
    ids=["project", "agency", "money in 元"],
)
def test_a_well_filled_table_has_no_finding(table, how):
    assert checking.check(table(**how)).findings == ()


def test_the_blank_income_sources_are_warnings_at_their_cells_and_un03_names_them(examples, verdicts):
    agency = verdicts[0]
    blanks = [one for one in agency.findings if one.rule == "SC01"]
    assert [(one.pointer, one.severity) for one in blanks] == [
        ("/fiscal_funds", "warning"),
        ("/carryover_funds", "warning"),
        ("/other_funds", "warning"),
    ]
    assert [one.rule for one in agency.not_checked] == ["UN03"]
    assert all(
        examples[0].cell(one.pointer) in skipped.reason for one in blanks for skipped in agency.not_checked
    )


def test_the_repeated_name_is_an_error_in_a_project_and_a_warning_across_an_agencys_duties(verdicts):
    found = [
        (one.severity, one.message) for verdict in verdicts for one in verdict.findings if one.rule == "IN02"
    ]
    assert [severity for severity, _ in found] == ["warning", "error"]
    assert "加强业务培训" in found[0][1]
    assert "全年预计接待批次" in found[1][1]
    assert "365人/次" in found[1][1]
    assert "28000人/次" in found[1][1]


def test_rules_of_a_wider_scope_are_listed_until_it_is_given(table):
    documents = [table(), table("| 项目名称 | 水费 |")]

    def open_rules(verdict):
        return {one.rule for one in verdict.not_checked}

    campaign = {"CS01", "CS02", "CS05", "CS06", "CS07", "UN05", "UN06", "UN09"}
    workbook = {"GO03", "IN09", "SA03", "ST01", "ST02"}
    assert open_rules(checking.check(documents[0])) == campaign | workbook
    assert open_rules(checking.check_all(documents, "document")[0]) == campaign | workbook
    assert open_rules(checking.check_all(documents, "workbook")[0]) == campaign
    assert open_rules(checking.check_all(documents, "campaign")[0]) == set()


def test_a_campaign_of_several_workbooks_is_put_together_from_pieces(examples):
    """Workbooks judged apart, then completed, are the campaign judged at once."""
    books = [examples[:3], examples[3:]]
    apart = [verdict for book in books for verdict in checking.check_all(book, "workbook")]
    said = [[] for _ in examples]
    for number, one in checking.compare(examples):
        said[number].append(one)
    whole = tuple(checking.completed(*one) for one in zip(examples, apart, said, strict=True))
    assert whole == checking.check_all(examples, "campaign")


def test_only_the_rules_of_the_scope_speak_when_compared(table):
    found = {one.rule for _, one in checking.compare([table("| 其他资金 | 约 |"), table()])}
    assert found == {"CS01"}


def test_a_blank_name_is_not_compared_and_said_so(table):
    verdicts = checking.check_all([table("| 项目名称 | |"), table("| 项目名称 | |")], "workbook")
    assert [one.rule for one in verdicts[1].findings] == ["SC01"]
    assert "项目名称没有填" in next(one.reason for one in verdicts[1].not_checked if one.rule == "ST02")


def test_findings_stand_in_the_order_of_the_sheet(verdicts):
    for verdict in verdicts:
        assert list(verdict.findings) == sorted(
            verdict.findings, key=lambda one: (Spot.of(one.cell), one.rule, one.pointer)
        )


def test_a_level_word_over_several_rows_is_told_once(table):
    text = "| 产出指际 | 数量指标 | 楼数 | =2栋 |\n| 产出指际 | 质量指标 | 足额率 | =100% |"
    document = table(text)
    document.cells["/indicators/1/level1"] = document.cells["/indicators/0/level1"]
    assert [one.pointer for one in checking.check(document).findings if one.rule == "SC03"] == [
        "/indicators/0/level1"
    ]


def test_a_value_that_a_better_rule_speaks_of_is_not_told_by_the_schema(table):
    found = checking.check(table("| 产出指标 | 成本指标 | 用电费用 | ≤9万元 |")).findings
    assert [one.rule for one in found if one.pointer == "/indicators/0/level2"] == ["ST05"]


def test_what_reading_noticed_becomes_a_hint_of_its_rule(table):
    notes = (
        Note("ST05", "/indicators/0/level2", "“数量”按“数量指标”理解。"),
        Note("ST01", "", "按新版核对。"),
    )
    found = checking.check(table(notes=notes)).findings
    assert [(one.rule, one.severity, one.message) for one in found] == [
        ("ST01", "hint", "按新版核对。"),
        ("ST05", "hint", "“数量”按“数量指标”理解。"),
    ]
    assert all(one.suggestion and one.basis for one in found)


@pytest.mark.parametrize("field", ["fiscal_funds", "carryover_funds", "other_funds", "total_funds"])
def test_a_sum_with_a_blank_or_wrong_part_is_not_checked_and_names_the_cell(table, field):
    document = table()
    for value in (None, "约9"):
        document.values[field] = value
        verdict = checking.check(document)
        assert "FI01" not in {one.rule for one in verdict.findings}
        reason = next(one.reason for one in verdict.not_checked if one.rule == "FI01")
        assert document.cell(f"/{field}") in reason


def test_every_finding_of_a_broken_table_has_words_and_a_known_rule(table):
    text = """
        | 年度 | |
        | 实施单位 | 机关事务管理局 |
        | 年度资金总额 | -1 |
        | 其他资金 | 约 |
        | 目标1 | …… |
        | 投入指标 | 数量 | * | |
        | 产出指标 | 经济效益指标 | | 9 |
        """
    known = {rule.id for rule in rules.catalogue()}
    found = checking.check(table(text)).findings
    assert {"SC01", "SC02", "ST04", "ST05", "ST06", "ST07", "ST08", "ST10", "FI02"} <= {
        one.rule for one in found
    }
    for one in found:
        assert one.rule in known
        assert one.message
        assert one.suggestion
        assert one.basis


def test_a_shifted_table_has_the_same_findings_at_other_cells(table):
    """Findings follow the document's cells, not any address of the form."""
    here = table("| 其他资金 | 5万元 |")
    there = replace(
        here, cells={pointer: Spot(Spot.of(a1).row + 7, 9).a1 for pointer, a1 in here.cells.items()}
    )
    strip = [
        [(one.rule, one.pointer, one.message) for one in checking.check(one).findings]
        for one in (here, there)
    ]
    assert sorted(strip[0]) == sorted(strip[1])
    assert [one.cell for one in checking.check(there).findings] == [
        there.cells["/total_funds"],
        there.cells["/other_funds"],
    ]


def test_a_word_that_was_understood_is_offered_as_a_fix_but_not_where_a_figure_would_go(table):
    pointer = "/indicators/3/level1"
    note = (Note("ST05", pointer, "“产出”按“产出指标”理解。"),)
    (found,) = checking.check(table(notes=note, raw={pointer: "产出"})).findings
    assert (found.fix.before, found.fix.after) == ("产出", "产出指标")
    (found,) = checking.check(table(notes=note, raw={pointer: "产出指标（50分）"})).findings
    assert found.fix is None


def test_tables_judged_together_are_told_what_each_is_told_alone(examples):
    many = [replace(one, sheet=f"{one.sheet}{turn}") for turn in range(15) for one in examples]
    together = checking.check_all(many, "document")
    assert list(together) == [checking.check(one) for one in many]


def test_what_a_table_never_had_is_gathered_once(table):
    """A list that lacks a column has as many as it has rows, and each is asked for: half a minute for 30,000 rows."""
    document = table(notes=(Note("ST09", "/indicators", "", lacks=("/indicators/0/level2",)),))
    assert document.lacks is document.lacks
    assert replace(document, notes=()).lacks == frozenset()
