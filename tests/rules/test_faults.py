"""Every fault alone: one fault planted in a clean table is one finding, at its cell."""

import re
from pathlib import Path

import pytest

from jixiao import checking, rules

CLEAN = Path(__file__).resolve().parents[1] / "clean"
OLD = {"edition": "mof-2015"}
AGENCY = {"form": "agency_overall"}
ROWS = {
    "经济成本指标": "| 成本指标 | 经济成本指标 | 全年用电费用 | ≤100万元 |",
    "社会成本指标": "| 成本指标 | 社会成本指标 | 不涉及 | |",
    "生态环境成本指标": "| 成本指标 | 生态环境成本指标 | 不涉及 | 不涉及 |",
    "数量指标": "| 产出指标 | 数量指标 | 供电办公楼数量 | =2栋 |",
    "质量指标": "| 产出指标 | 质量指标 | 电费足额缴纳率 | =100% |",
    "时效指标": "| 产出指标 | 时效指标 | 电费缴纳时限 | ≤10天 |",
    "经济效益指标": "| 效益指标 | 经济效益指标 | 单位面积电费下降率 | ≥2% |",
    "社会效益指标": "| 效益指标 | 社会效益指标 | 停电影响办公次数 | ≤1次 |",
    "生态效益指标": "| 效益指标 | 生态效益指标 | 用电量下降率 | ≥2% |",
    "服务对象满意度指标": "| 满意度指标 | 服务对象满意度指标 | 干部职工满意度 | ≥95% |",
}
NUMBER = {level2: number for number, level2 in enumerate(ROWS)}
DUTIES = """
    | 部门管理 | 计划制定 | 工作计划制定健全性 | 健全 |
    | 履职效果 | 公务用车管理 | 保障公车数量 | =70辆 |
    | 履职效果 | 服务对象满意度 | 用车单位满意度 | ≥95% |
    | 能力建设 | 人员培训 | 维修人员培训人次 | ≥50人次 |
    """
OLD_ROWS = """
    | 项目属性 | 延续项目 |
    | 项目期 | 2024年1月至12月 |
    | 产出指标 | 数量指标 | 供电办公楼数量 | =2栋 |
    | 产出指标 | 成本指标 | 全年用电费用 | ≤9万元 |
    | 效益指标 | 可持续影响指标 | 节能机制健全性 | 健全 |
    | 满意度指标 | 服务对象满意度指标 | 干部职工满意度 | ≥95% |
    """


def row(**changes):
    """The clean table's rows with some put in place: `row(数量指标="供电栋数 | =2栋")`."""
    rows = dict(ROWS)
    for level2, shown in changes.items():
        level1 = ROWS[level2].split("|")[1].strip()
        rows[level2] = f"| {level1} | {level2} | {shown} |"
    return "\n".join(rows.values())


def at(level2, column="target"):
    return f"/indicators/{NUMBER[level2]}/{column}"


def clean(name):
    """A table of `tests/clean`, by the beginning of its name."""
    (path,) = CLEAN.glob(f"{name}*.md")
    return path.read_text(encoding="utf-8").partition("\n")[2].strip()


def changed(text, old, new):
    assert old in text
    return text.replace(old, new)


def without(text, word):
    return "\n".join(line for line in text.splitlines() if not re.search(word, line))


# rule: (how the table is made, what it shows, the one pointer that is flagged)
ALONE = {
    "CO01": ({}, row(经济成本指标="全年用电费用 | ≤101万元"), at("经济成本指标")),
    "CO02": ({}, row(社会成本指标="施工噪声投诉次数 | ≥2次"), at("社会成本指标")),
    "CO03": ({}, row(经济成本指标="线路巡检天数 | ≤10天"), at("经济成本指标")),
    "CO04": ({}, row(社会成本指标="办公设备完好台数 | =20台"), at("社会成本指标", "name")),
    "CO05": (
        {},
        row(经济成本指标="用电费用 | ≤60万元") + "\n| 成本指标 | 经济成本指标 | 线路维护费用 | ≤50万元 |",
        "/indicators/10/target",
    ),
    "CS04": ({}, "| 项目名称 | 公务接待场所电费 |", "/project_name"),
    "FI01": ({}, "| 年度资金总额 | 100.5 |", "/total_funds"),
    "FI02": ({}, "| 年度资金总额 | 100万元 |", "/total_funds"),
    "FI03": ({"money": None}, "", "/total_funds"),
    "FI04": ({}, "| 其他资金 | 0.0000001 |", "/other_funds"),
    "FI05": (OLD, OLD_ROWS + "| 项目期 | 2024—2026年 |", "/total_funds"),
    "GO01": ({}, f"| 目标1 | {'按时足额缴纳电费，' * 120} |", "/goals/0"),
    "GO02": ({}, "| 目标1 | 树立政府良好形象 |", "/goals/0"),
    "GO05": (
        {},
        "| 上年结转资金 | 0 |\n| 当年财政拨款 | 100 |\n| 目标1 | 完成2022年统办楼电费缴纳 |",
        "/goals/0",
    ),
    "GO04": ({}, "| 项目名称 | 机关灶运行经费 |\n| 目标1 | 保障机关灶正常运行 |", "/goals/0"),
    "GO06": ({}, "| 目标1 | 保障3栋统办楼供电 |\n" + row(数量指标="统办楼供电数量 | ≥2栋"), at("数量指标")),
    "IN01": ({}, row(社会效益指标="用电量下降率 | ≥2%"), at("生态效益指标", "name")),
    "IN02": ({}, row(社会效益指标="用电量下降率 | ≥3%"), at("生态效益指标", "name")),
    "IN03": ({}, row(社会效益指标="按时足额缴纳电费 | ≥12次"), at("社会效益指标", "name")),
    "IN04": ({}, row(社会效益指标="加强节约用电宣传 | ≥12次"), at("社会效益指标", "name")),
    "IN05": ({}, row(时效指标="电费是否按时缴纳 | ≤10天"), at("时效指标", "name")),
    "IN06": ({}, row(数量指标="供电2栋办公楼 | =2栋"), at("数量指标", "name")),
    "IN07": ({}, row(质量指标="电费缴纳及时率 | ≥98%"), at("质量指标", "name")),
    "IN08": ({}, row(数量指标="全年用电支出 | ≤100万元"), at("数量指标", "name")),
    "IN10": (
        {},
        row(
            质量指标="电费核对工作 | 规范",
            经济效益指标="节电效果 | 明显",
            社会效益指标="办公秩序 | 持续改善",
            生态效益指标="节能意识 | 显著增强",
        ),
        "/indicators",
    ),
    "IN11": ({}, row(社会效益指标="节电绩校得分 | ≥90分"), at("社会效益指标", "name")),
    "IN12": ({}, row(社会效益指标="全市停电影响办公次数 | ≤1次"), at("社会效益指标", "name")),
    "SA01": ({}, row(服务对象满意度指标="干部职工满意度 | ≤95%"), at("服务对象满意度指标")),
    "SA02": ({}, row(服务对象满意度指标="干部职工满意度调查 | ≥95%"), at("服务对象满意度指标", "name")),
    "SA04": ({}, row(服务对象满意度指标="供电投诉次数 | =0次"), at("服务对象满意度指标", "name")),
    "SA05": ({}, row(服务对象满意度指标="不涉及 | 不涉及"), at("服务对象满意度指标", "name")),
    "ST03": ({}, "| 主管部门及代码 | 和政县机关事务管理局 |", "/department_code"),
    "ST04": ({}, "| 实施单位 | 机关事务管理局 |", "/agency"),
    "ST05": (
        {},
        row() + "\n| 产出指标 | 成本指标 | 线路维护费用 | ≤5万元 |",
        "/indicators/10/level2",
    ),
    "ST06": ({}, row() + "\n| 产出指标 | 社会效益指标 | 办公用电保障户数 | =20户 |", "/indicators/10/level2"),
    "ST07": ({}, without(row(), "满意度指标"), "/indicators"),
    "ST08": ({}, row(社会效益指标="停电影响办公次数 | "), at("社会效益指标")),
    "ST10": ({}, row(社会效益指标="指标1 | ≤1次"), at("社会效益指标", "name")),
    "ST11": ({}, row(社会效益指标="停电影响办公次数 | ≤ 1 次"), at("社会效益指标")),
    "ST12": ({"faults": {"/project_name": "#REF!"}}, "", "/project_name"),
    "UN01": (AGENCY, "| 公用经费 | 21 |", "/basic"),
    "UN02": (AGENCY, "| 项目支出 | 90 |", "/expenditure_total"),
    "UN03": (AGENCY, "| 其他资金 | 7 |", "/income_total"),
    "UN04": (AGENCY, "| 收入预算合计 | 714.51 |\n| 当年财政拨款 | 704.51 |", "/income_total"),
    "UN07": (AGENCY, without(DUTIES, "满意度"), "/indicators"),
    "UN08": (
        AGENCY,
        changed(DUTIES, "计划制定 | 工作计划制定健全性", "预算编制 | 绩效指标明确性"),
        "/indicators/0/name",
    ),
    "VA01": ({}, row(社会效益指标="停电影响办公次数 | 1次"), at("社会效益指标")),
    "VA02": ({}, row(社会效益指标="办公用电秩序 | 正常用电"), at("社会效益指标")),
    "VA03": ({}, row(生态效益指标="节能环保 | 节能环保"), at("生态效益指标")),
    "VA04": ({}, row(数量指标="供电办公楼数量 | =2"), at("数量指标")),
    "VA05": ({}, row(质量指标="电费足额缴纳率 | ≤10天"), at("质量指标")),
    "VA06": ({}, row(社会效益指标="办公用电秩序 | ≥95%"), at("社会效益指标")),
    "VA07": ({}, row(质量指标="电费核对准确率 | ≥120%"), at("质量指标")),
    "VA08": ({}, row(质量指标="电费足额缴纳率 | ≥0.98"), at("质量指标")),
    "VA09": ({}, row(质量指标="电费核对准确率 | ≤98%"), at("质量指标")),
    "VA10": ({}, row(社会效益指标="停电影响办公次数 | <2次"), at("社会效益指标")),
    "VA11": ({}, row(时效指标="电费缴纳时限 | 12个月"), at("时效指标")),
    "VA12": ({}, row(时效指标="电费缴清时间 | 2023年12月31日前"), at("时效指标")),
    "VA13": ({}, row(时效指标="配电设备年检时限 | ≤10分钟"), at("时效指标")),
    "VA14": ({}, row(社会效益指标="停电影响办公情况 | 否"), at("社会效益指标")),
    "VA15": ({}, row(社会效益指标="停电影响办公情况 | 供电办公楼数量"), at("社会效益指标")),
    "VA16": ({}, row(社会效益指标="停电影响办公次数 | <=1次"), at("社会效益指标")),
    "VA17": ({}, row(社会效益指标="停电影响办公次数 | ≤≤1次"), at("社会效益指标")),
    "VA18": ({}, row(社会效益指标="停电影响办公面积 | ≤1公里"), at("社会效益指标")),
    "SC01": ({}, "| 上年结转资金 | |", "/carryover_funds"),
    "SC02": ({}, "| 主管部门及代码 | 和政县机关事务管理局（12） |", "/department_code"),
    "SC03": ({}, row() + "\n| 产出指标 | 数里指标 | 供电面积 | ≥9平方米 |", "/indicators/10/level2"),
    "SC07": ({}, "| 年度 | 1999 |", "/year"),
    "SC08": ({}, "| 年度 | 2100 |", "/year"),
}
WHOLE = "| 单位名称 | 和政县机关事务管理局 |\n"
LIFTS, MEALS = clean("01"), clean("09")
# rule: (scope, the tables, which of them is flagged, at which pointer)
TOGETHER = {
    "ST01": ("workbook", [({}, ""), ({}, changed(MEALS, "| 年度 | 2024 |", "| 年度 | 2023 |"))], 1, "/year"),
    "ST02": ("workbook", [({}, ""), ({}, row(社会效益指标="停电影响办公次数 | ≤2次"))], 1, "/project_name"),
    "GO03": ("workbook", [({}, ""), ({}, LIFTS + "\n| 目标3 | 按时足额缴纳电费 |")], 1, "/goals/2"),
    "IN09": (
        "workbook",
        [({}, ""), ({}, "| 项目名称 | 线路改造电费 |\n| 目标1 | 按月核对线路电费 |")],
        1,
        "/indicators",
    ),
    "SA03": (
        "workbook",
        [({}, ""), ({}, changed(LIFTS, "干部职工对电梯服务满意度 | ≥95%", "干部职工满意度 | ≥98%"))],
        1,
        "/indicators/10/target",
    ),
    "CS01": ("campaign", [({}, ""), ({}, row(社会效益指标="停电影响办公次数 | ≤2次"))], 1, "/project_name"),
    "CS05": (
        "campaign",
        [({}, ""), ({}, MEALS + "\n| 实施单位 | 机关事务管理局 |\n| 主管部门及代码 | 财政局（123） |")],
        1,
        "/agency",
    ),
    "CS06": (
        "campaign",
        [({}, ""), ({}, LIFTS), ({}, MEALS + "\n| 实施单位 | 和政县机关事务管里局 |")],
        2,
        "/agency",
    ),
    "CS07": (
        "campaign",
        [({}, ""), ({}, changed(LIFTS, "一、二号统办楼电梯运行维护费", "各统办楼店费"))],
        1,
        "/project_name",
    ),
    "UN05": (
        "campaign",
        [({}, ""), (AGENCY, "| 项目支出 | 101 |\n| 人员经费 | 594.51 |\n| 基本支出合计 | 614.51 |")],
        1,
        "/projects",
    ),
    "UN06": (
        "campaign",
        [({}, ""), (AGENCY, "| 上年结转资金 | 9 |\n| 其他资金 | 1 |")],
        1,
        "/carryover_funds",
    ),
    "UN09": (
        "campaign",
        [({}, row(数量指标="供电车辆数量 | =2辆")), (AGENCY, "")],
        1,
        "/indicators/1/target",
    ),
}
ELSEWHERE = {
    "CS02": "a unit that sent nothing has no table: merging/test_attendance.py",
    "CO06": "off unless a profile asks for it: test_profiles.py",
    "SC04": "a table without goals or indicators cannot be typed into the clean one: test_wording.py",
    "SC05": "reading gives a blank as null, never as an empty text: test_wording.py",
    "SC06": "a text of 32 767 letters: test_wording.py",
    "SC09": "reading always gives every field: test_wording.py",
    "ST09": "a label without a cell: test_cases.py",
}


@pytest.mark.parametrize(
    ("rule", "how", "shown", "pointer"), [(rule, *case) for rule, case in ALONE.items()], ids=list(ALONE)
)
def test_a_fault_in_one_table_is_one_finding_at_its_cell(table, rule, how, shown, pointer):
    document = table(shown, **how)
    found = checking.check(document).findings
    assert [(one.rule, one.pointer, one.cell) for one in found] == [(rule, pointer, document.cell(pointer))]
    assert found[0].message.endswith("。")
    assert found[0].suggestion.endswith(("。", "？"))


@pytest.mark.parametrize(
    ("rule", "case"),
    list(TOGETHER.items()),
    ids=list(TOGETHER),
)
def test_a_fault_between_tables_is_one_finding_at_one_of_them(table, rule, case):
    scope, shown, number, pointer = case
    documents = [table(text, sheet=f"表{at}", **how) for at, (how, text) in enumerate(shown)]
    found = [
        (at, one.rule, one.pointer)
        for at, verdict in enumerate(checking.check_all(documents, scope))
        for one in verdict.findings
    ]
    assert found == [(number, rule, pointer)]


# what went wrong: (how the table is made, what it shows, the one rule that tells it)
ONCE = {
    "the sum of the income": (AGENCY, "| 收入预算合计 | 800 |", "UN03"),
    "the sum of the expenditure": (AGENCY, "| 支出预算合计 | 800 |", "UN02"),
    "the sum of a part": (AGENCY, "| 基本支出合计 | 600 |", "UN01"),
    "a total in 元": ({}, "| 年度资金总额 | 1000000 |", "FI03"),
    "sources in 元": (AGENCY, "| 收入预算合计 | 0.071551 |\n| 支出预算合计 | 0.071551 |", "UN02 FI03"),
    "a negative source": ({}, "| 其他资金 | -5 |", "FI02"),
    "a negative source of an agency": (AGENCY, "| 其他资金 | -5 |", "FI02"),
    "a slip in a level 1": (AGENCY, changed(DUTIES, "能力建设", "能力建没"), "SC03"),
    "a goal of one letter": ({}, "| 目标1 | 好 |", "GO01"),
}


@pytest.mark.parametrize(("how", "shown", "rule"), ONCE.values(), ids=list(ONCE))
def test_one_fault_is_told_by_one_rule(table, how, shown, rule):
    assert {one.rule for one in checking.check(table(shown, **how)).findings} == set(rule.split())


def test_two_sums_that_are_wrong_are_both_told(table):
    for shown, told in (
        ("| 支出预算合计 | 800 |\n| 收入预算合计 | 800 |", ["UN02", "UN03"]),
        ("| 基本支出合计 | 600 |\n| 支出预算合计 | 800 |", ["UN01", "UN02"]),
        ("| 收入预算合计 | 700 |\n| 当年财政拨款 | 690 |", ["UN04"]),
    ):
        assert sorted(one.rule for one in checking.check(table(shown, **AGENCY)).findings) == told


def test_every_rule_has_its_fault():
    """The matrix rule × fault has its diagonal only; what is not in it is told in ELSEWHERE."""
    assert set(ALONE) | set(TOGETHER) | set(ELSEWHERE) == {rule.id for rule in rules.catalogue()}
