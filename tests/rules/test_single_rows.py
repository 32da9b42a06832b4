"""One row of the field in a well-filled table: what is told of it, as a person sees it, and what is not."""

import pytest

from jixiao import checking

HEAD = """
    | 年度 | 2025 |
    | 项目名称 | 村级文化广场建设 |
    | 主管部门及代码 | 安平县文体广电和旅游局（207001） |
    | 实施单位 | 安平县文化馆 |
    | 年度资金总额 | 120 |
    | 当年财政拨款 | 100 |
    | 上年结转资金 | 20 |
    | 其他资金 | 0 |
    | 目标1 | 新建村级文化广场，丰富村民文化生活 |
    """
ROWS = """
    | 成本指标 | 经济成本指标 | 广场建设总成本 | ≤120万元 |
    | 产出指标 | 数量指标 | 新建文化广场数量 | ≥8个 |
    | 产出指标 | 质量指标 | 广场工程验收合格率 | ≥98% |
    | 产出指标 | 时效指标 | 广场完工时间 | 2025年10月31日前 |
    | 效益指标 | 社会效益指标 | 受益村民人数 | ≥7200人 |
    | 满意度指标 | 服务对象满意度指标 | 村民满意度 | ≥95% |
    """
LEVEL1 = {
    **dict.fromkeys(("经济成本指标", "社会成本指标", "生态环境成本指标"), "成本指标"),
    **dict.fromkeys(("数量指标", "质量指标", "时效指标"), "产出指标"),
    **dict.fromkeys(("经济效益指标", "社会效益指标", "生态效益指标"), "效益指标"),
    "服务对象满意度指标": "满意度指标",
}

QUIET = """
    CO01 | 社会成本指标 | 周边商户停业损失 | ≤300万元
    CO01 | 生态环境成本指标 | 生态补偿费用 | ≤150万元
    CO01 | 社会成本指标 | 村民自筹投工投劳折资 | ≤200万元
    VA12 | 时效指标 | 广场质保期 | 至2027年12月31日
    VA12 | 时效指标 | 政策执行期 | 2024—2026年
    VA12 | 时效指标 | 项目竣工决算时间 | 2026年6月底前
    VA12 | 时效指标 | 供暖期 | 2025年11月1日至2026年3月31日
    VA12 | 时效指标 | 绩效自评完成时间 | 2026年3月底前
    VA12 | 时效指标 | 完工时间 | 2025年2月28日前
    VA12 | 质量指标 | 儿童满18月龄随访次数 | ≥1次
    VA05 | 数量指标 | 床位周转率 | ≥30次
    VA05 | 质量指标 | 大型设备利用率 | ≥1200小时
    VA05 | 经济效益指标 | 土地产出率 | ≥2000元/亩
    VA05 | 质量指标 | 地块容积率 | ≤2.5
    VA07 | 质量指标 | 拨备覆盖率 | ≥150%
    VA07 | 数量指标 | 税收计划完成比例 | ≥103%
    VA07 | 数量指标 | 年度任务完成率 | ≥105%
    VA07 | 经济效益指标 | 国有资产保值增值率 | ≥102%
    VA07 | 经济效益指标 | 旅游收入增幅 | ≥130%
    VA07 | 经济效益指标 | 投入产出比 | ≥150%
    """
LOUD = """
    CO01 error | 经济成本指标 | 广场建设成本 | ≤150万元 | 超过年度资金总额
    CO01 error | 生态环境成本指标 | 劳务派遣48人 | >135万元 | 超过年度资金总额
    CO01 hint | 经济成本指标 | 工程总投资（含以前年度） | ≤580万元 | 整个项目期
    CO01 hint | 经济成本指标 | 项目总投资 | ≤800万元 | 整个项目期
    VA12 error | 时效指标 | 完工时间 | 2024年10月底前 | 往年
    VA12 warning | 时效指标 | 完工时间 | 2026年10月底前 | 以后
    VA12 error | 时效指标 | 完工时间 | 2025年2月30日前 | 没有2月30日这一天
    VA12 error | 时效指标 | 完工时间 | 2025年6月31日 | 没有6月31日这一天
    VA12 error | 时效指标 | 完工时间 | 13月底前 | 没有13月
    VA12 error | 时效指标 | 完工时间 | 2025年13月底前 | 没有13月
    VA12 error | 时效指标 | 完工时间 | 2025.4.31前 | 没有4月31日这一天
    VA05 error | 质量指标 | 故障维修及时率 | ≤24小时 | 是比率
    VA07 error | 质量指标 | 村庄覆盖率 | ≥130% | 超出
    VA07 error | 质量指标 | 验收合格率 | ≥120% | 超出
    VA07 warning | 质量指标 | 任务完成率 | 298% | ≥98%
    """


def cases(text):
    return [[cell.strip() for cell in line.split(" | ")] for line in text.strip().splitlines()]


def stacked(*parts):
    return "\n".join(part.strip() for part in parts)


def told(table, level2, name, target, head=HEAD):
    """What a table with this row first says of the row."""
    document = table(stacked(head, f"| {LEVEL1[level2]} | {level2} | {name} | {target} |", ROWS))
    return [one for one in checking.check(document).findings if one.pointer.startswith("/indicators/0/")]


@pytest.mark.parametrize(("quiet", "level2", "name", "target"), cases(QUIET))
def test_a_rule_leaves_a_row_in_peace(table, quiet, level2, name, target):
    assert {one.rule for one in told(table, level2, name, target)}.isdisjoint(quiet.split())


@pytest.mark.parametrize(("loud", "level2", "name", "target", "said"), cases(LOUD))
def test_a_rule_speaks_of_a_row_and_says_why(  # noqa: PLR0917 - a case is its arguments
    table, loud, level2, name, target, said
):
    rule, severity = loud.split()
    found = [one for one in told(table, level2, name, target) if one.rule == rule]
    assert [one.severity for one in found] == [severity]
    assert said in found[0].message + found[0].suggestion


def test_an_impossible_date_is_one_finding(table):
    for target in ("2025年2月30日前", "13月底前", "2025年13月底前"):
        assert [one.rule for one in told(table, "时效指标", "完工时间", target)] == ["VA12"]


@pytest.mark.parametrize(
    ("money", "total", "cost"),
    [
        ("元", "120", "≤120万元"), ("元", "120", "≤118万元"), ("元", "800", "不涉及"), ("万元", "1200000", "≤118万元"),
        ("万元", "1200000", "≤15万元/个"), ("万元", "450000", "≤45万元"),
    ],
)  # fmt: skip
def test_a_total_in_the_wrong_unit_is_told_at_the_total_alone(table, money, total, cost):
    funds = f"| 年度资金总额 | {total} |\n| 当年财政拨款 | {total} |\n| 上年结转资金 | 0 |\n"
    document = table(stacked(HEAD, funds, ROWS.replace("≤120万元", cost)), money=money)
    found = [(one.rule, one.severity, one.pointer) for one in checking.check(document).findings]
    assert found == [("FI03", "warning", "/total_funds")]


@pytest.mark.parametrize(
    ("total", "name", "cost"),
    [
        ("8000", "广场管护费用", "≤5万元"),
        ("23000", "危房改造补助标准", "≤3万元"),
        ("120", "宣传费用", "≤500元"),
    ],
)
def test_a_small_cost_of_a_large_project_is_no_doubt_about_the_unit(table, total, name, cost):
    funds = f"| 年度资金总额 | {total} |\n| 当年财政拨款 | {total} |\n| 上年结转资金 | 0 |\n"
    rows = ROWS.replace("广场建设总成本 | ≤120万元", f"{name} | {cost}")
    assert "FI03" not in {one.rule for one in checking.check(table(stacked(HEAD, funds, rows))).findings}
