"""Rules that compare projects: what is one project, whose it is, and that time grows with the tables, not their square."""

import re
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao import checking, rules
from jixiao.rules.agencies import longer, longer_of_each, same_project
from jixiao.rules.slips import slips

OTHER = "| 目标1 | 按月核对线路电费 |"


def flagged(rule, *documents):
    verdicts = checking.check_all(documents, "campaign")
    return [
        (n, one.severity)
        for n, verdict in enumerate(verdicts)
        for one in verdict.findings
        if one.rule == rule
    ]


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ("| 项目名称 | 线路改造电费 |\n" + OTHER, [(1, "error")]),
        ("| 项目名称 | 各统办楼电费（第二批） |\n" + OTHER, []),
        ("| 项目名称 | 2024年各统办楼电费 |\n" + OTHER, []),
        ("| 项目名称 | 中学电费 |\n| 实施单位 | 和政县中学 |\n" + OTHER, [(1, "hint")]),
        ("| 项目名称 | 各统办楼电费 |\n| 实施单位 | 和政县中学 |\n" + OTHER, []),
    ],
)
def test_in09_batches_are_no_copies_and_other_agencies_are_only_hinted_at(table, shown, found):
    assert flagged("IN09", table(), table(shown)) == found


@pytest.mark.parametrize("blank", ["项目名称", "实施单位"])
def test_in09_a_project_or_agency_that_is_not_filled_in_is_said_in_words(table, blank):
    nameless = table(f"| {blank} | |", sheet="甲")
    other = table("| 项目名称 | 水费 |\n| 实施单位 | 和政县教育局 |", sheet="乙")
    for verdict in checking.check_all((nameless, other), "campaign"):
        told = [one.message for one in verdict.findings if one.rule in {"IN09", "GO03"}]
        assert not any("None" in one for one in told)


def test_a_slip_in_a_projects_name_is_one_finding_also_in_one_workbook(table):
    """The two are of one project, so that its goals and rows are no copies of another's."""
    later = checking.check_all(
        (table("| 项目名称 | 统办楼电梯维护 |"), table("| 项目名称 | 统办楼电梯围护 |")), "workbook"
    )[1]
    found = {
        one.rule for one in later.findings if one.pointer in {"/project_name", "/goals/0", "/indicators"}
    }
    assert found - {"GO02", "GO04"} == {"CS07"}


def test_in09_a_few_common_rows_are_no_copy(table):
    rows = """
        | 成本指标 | 经济成本指标 | 线路改造成本 | ≤100万元 |
        | 产出指标 | 数量指标 | 改造线路长度 | ≥900米 |
        | 产出指标 | 质量指标 | 工程验收合格率 | =100% |
        | 产出指标 | 时效指标 | 电费缴纳时限 | ≤10天 |
        | 效益指标 | 生态效益指标 | 用电量下降率 | ≥2% |
        | 满意度指标 | 服务对象满意度指标 | 干部职工满意度 | ≥95% |
        """
    assert (
        flagged("IN09", table(), table("| 项目名称 | 线路改造 |\n| 目标1 | 改造线路 |\n" + rows.strip()))
        == []
    )


def test_in09_a_copy_is_found_though_its_rows_are_in_every_table(table):
    """The rows that it shares stand in more tables than are kept of each; only two are its own and the original's."""
    rows = [f"| 产出指标 | 数量指标 | 巡查{kind}次数 | ≥12次 |" for kind in ("道路", "桥梁", "隧道", "边坡")]
    others = [
        table(f"| 项目名称 | 第{n}路段养护 |\n| 目标1 | 养护{n}号 |\n" + "\n".join(rows), sheet=f"表{n}")
        for n in range(30)
    ]
    own = [*rows, "| 产出指标 | 数量指标 | 清雪次数 | ≥3次 |"]
    first = table("| 项目名称 | 冬季养护 |\n| 目标1 | 清雪 |\n" + "\n".join(own), sheet="冬季")
    copy = table("| 项目名称 | 春季养护 |\n| 目标1 | 防汛 |\n" + "\n".join(own), sheet="春季")
    assert flagged("IN09", *others, first, copy) == [(31, "error")]


def test_in09_the_table_that_was_copied_most_is_named_and_each_copy_told_once(table):
    copies = [
        table(f"| 项目名称 | {name}电费 |\n| 目标1 | {name}按时缴费 |", sheet=name)
        for name in ("东楼", "西楼", "南楼")
    ]
    assert flagged("IN09", *copies) == [(1, "error"), (2, "error")]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("道路维修第一批", "道路维修第二批", True),
        ("2023年道路维修", "道路维修", True),
        ("道路维修", "桥梁维修", False),
        ("一号楼维修", "二号楼维修", False),
    ],
)
def test_one_project_by_name(table, one, other, same):
    assert same_project(table(f"| 项目名称 | {one} |"), table(f"| 项目名称 | {other} |")) is same


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("和政县机关事务管里局", "和政县机关事务管理局", True),
        ("和政县机关事务局管理", "和政县机关事务管理局", False),
        ("和政县机关事管务理局", "和政县机关事务管理局", True),
        ("和政县机关事务理管局", "和政县机关事务管理局", True),
        ("和政县第一小学", "和政县第二小学", False),
        ("和政县第十二小学", "和政县第二十小学", False),
        ("兰州市第12中学", "兰州市第21中学", False),
        ("和政县东关小学", "和政县西关小学", False),
        ("电费", "店费", False),  # too short to tell
        ("和政县财政局", "和政县财政局", False),
    ],
)
def test_a_slip_is_a_letter_of_the_same_sound_or_two_swapped(one, other, found):
    assert slips([one, other]) == ([(0, 1)] if found else [])


NAMES = st.lists(
    st.text(st.sampled_from("理里力局中县市第一十2"), min_size=3, max_size=6), max_size=12, unique=True
)


@given(NAMES)
def test_slips_among_many_are_the_slips_of_each_two(names):
    pairs = [(a, b) for b in range(len(names)) for a in range(b)]
    assert sorted(slips(names)) == sorted((a, b) for a, b in pairs if slips([names[a], names[b]]))


@given(st.lists(st.text(st.sampled_from("和政县市自治区省财局"), min_size=1, max_size=9), max_size=12))
def test_names_without_their_place_among_many_are_those_of_each(names):
    known = sorted(set(names))
    assert longer_of_each(names) == {one: found for one in known if (found := longer(one, known))}


PLACE = re.compile(
    r"(?:\w{1,12}?(?:自治区|自治州|自治县|自治旗|地区|新区|开发区|街道|省|市|州|盟|县|区|旗|乡|镇))+"
)


@given(st.text(st.sampled_from("和政县市自治区街道新%"), max_size=14), st.integers(0, 12))
def test_a_place_is_what_its_pattern_says(text, letters):
    text = "甲" * letters + text
    assert (longer("局", [f"{text}局"]) != []) is bool(PLACE.fullmatch(text))


def test_a_name_made_of_places_ends_too():
    """A pattern tries every way to part it: two to the power of sixty."""
    assert longer("局", ["县" * 60 + "甲局"]) == []
    assert longer("局", ["县" * 60 + "局"]) == ["县" * 60 + "局"]


def test_comparing_looks_at_each_table_a_bounded_number_of_times(table):
    """Ten times as many tables are ten times as many comparisons, even if all hold the same rows."""
    rule = next(one for one in rules.catalogue() if one.id == "IN09")
    document = table()

    class Counted(dict):
        looks = 0

        def __getitem__(self, key):
            Counted.looks += key == "project_name"
            return super().__getitem__(key)

    def looks(count):
        Counted.looks = 0
        many = [
            replace(document, values=Counted(document.values, project_name=f"楼{chr(0x4E00 + n)}"))
            for n in range(count)
        ]
        list(rule.check(many, rule.parameters))
        return Counted.looks

    assert looks(400) <= 12 * looks(40)


def test_slips_of_names_of_thousands_of_letters_cost_no_time():
    began = time.process_time()
    assert slips(["水" * 30000, "水" * 29999 + "谁"]) == []
    assert time.process_time() - began < 1
