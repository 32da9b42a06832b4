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


ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in (FOLDER / "rows.txt").read_text(encoding="utf-8").splitlines()[4:]
]
LEVEL1 = {
    **dict.fromkeys(("经济成本指标", "社会成本指标", "生态环境成本指标"), "成本指标"),
    **dict.fromkeys(("数量指标", "质量指标", "时效指标"), "产出指标"),
    **dict.fromkeys(("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"), "效益指标"),
    "服务对象满意度指标": "满意度指标",
}
DOUBTFUL = {
    "社会关注度",
    "施工质量符合国家规范",
    "公厕保洁标准",
    "垃圾清运及时率",
}  # a reviewer may ask about these


@pytest.fixture(scope="module")
def told(table):
    """What each row draws in a table by itself: (rule, severity) of its findings."""

    def judge(level2, name, target):
        edition = "mof-2015" if level2 == "可持续影响指标" else "gs-2024"
        money = "| 年度资金总额 | 23000 |\n| 当年财政拨款 | 22990 |\n| 主管部门及代码 | 白银市某局（123） |\n"
        document = table(f"{money}| {LEVEL1[level2]} | {level2} | {name} | {target} |", edition=edition)
        found = checking.check(document).findings
        return {(one.rule, one.severity) for one in found if one.pointer.startswith("/indicators/0/")}

    return {(name, target): judge(level2, name, target) for level2, name, target in ROWS}


def test_rows_of_many_places_draw_no_error_and_no_doubt_but_for_a_bare_number(told):
    assert len(told) >= 190
    for (name, target), found in told.items():
        if name not in DOUBTFUL:
            assert {rule for rule, _ in found} <= {"VA01", "SA02"}, (name, target, found)
        assert "error" not in {severity for _, severity in found}
        if ("VA01", "warning") in found:
            assert target[0].isdigit()


def test_one_row_in_twelve_draws_a_warning_at_most(told):
    assert 12 * sum(("warning" in {severity for _, severity in found}) for found in told.values()) <= len(
        told
    )
