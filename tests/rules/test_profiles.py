"""Profiles: thresholds, switches and severities from a TOML, for its years only; a broken one names file, line and remedy."""

import pickle

import pytest

from jixiao import checking, rules
from jixiao.errors import FormError, UsageError
from jixiao.rules import profiles

HEAD = 'name = "本地口径"\nsince = 2024\nuntil = 2025\nsource = "测试"\n\n[rules]\n'
BARE = "| 效益指标 | 社会效益指标 | 停电次数 | 1次 |"


def profile(*lines):
    return profiles.load("本地.toml", HEAD + "\n".join(lines) + "\n")


def told(document, chosen=None):
    return {(one.rule, one.severity) for one in checking.check(document, chosen).findings}


@pytest.mark.parametrize("name", profiles.names())
def test_a_profile_of_ours_loads_changes_something_and_travels(name):
    found = profiles.find(name)
    assert profiles.applied(found) != rules.catalogue()
    assert pickle.loads(pickle.dumps(found)) == found
    assert "待核实" in found.source or "已见" in found.source


def test_without_a_profile_the_catalogue_is_as_built_in():
    assert profiles.applied(None) is rules.catalogue()


def test_a_rule_is_switched_off_and_another_on(table):
    chosen = profile("VA01 = { on = false }", "CO06 = { on = true }")
    document = table(BARE)
    assert ("VA01", "warning") in told(document)
    assert "VA01" not in {rule for rule, _ in told(document, chosen)}
    assert told(table()) == set()
    assert told(table(), chosen) == {("CO06", "hint")}
    cars = table("| 产出指标 | 数量指标 | 保障公务用车数量 | =70辆 |\n| 年度资金总额 | 200 |")
    (found,) = [one for one in checking.check(cars, chosen).findings if one.rule == "CO06"]
    assert "平均每辆 2.857143 万元" in found.message
    people = table("| 产出指标 | 数量指标 | 接待人次 | =28000人次 |\n| 年度资金总额 | 280 |")
    (found,) = [one for one in checking.check(people, chosen).findings if one.rule == "CO06"]
    assert "平均每人次 100 元" in found.message


def test_a_severity_is_changed_and_no_flag_is_louder_than_it(table):
    document = table(BARE)
    assert ("VA01", "hint") in told(document, profile('VA01 = { severity = "hint" }'))
    assert ("VA01", "error") in told(document, profile('VA01 = { severity = "error" }'))
    impossible = table("| 产出指标 | 质量指标 | 工程验收合格率 | ≥195% |")
    assert ("VA07", "error") in told(impossible)
    assert ("VA07", "hint") in told(impossible, profile('VA07 = { severity = "hint" }'))


@pytest.mark.parametrize(
    ("form", "shown", "teller", "rule"),
    [
        ("project_target", "| 年度资金总额 | 1000000 |", "FI03", "FI01"),
        ("project_target", "| 其他资金 | -5 |", "FI02", "FI01"),
        ("agency_overall", "| 收入预算合计 | 800 |", "UN03", "UN04"),
        ("agency_overall", "| 基本支出合计 | 600 |", "UN01", "UN02"),
    ],
)
def test_what_one_rule_leaves_to_another_is_told_by_itself_where_that_is_off(
    table, form, shown, teller, rule
):
    document = table(shown, form=form)
    assert rule not in {one for one, _ in told(document)}
    assert rule in {one for one, _ in told(document, profile(f"{teller} = {{ on = false }}"))}


def test_a_threshold_is_changed(table):
    off = table("| 年度资金总额 | 100.4 |")
    assert ("FI01", "error") in told(off)
    assert "FI01" not in {rule for rule, _ in told(off, profile("FI01 = { tolerance = 0.5 }"))}


def test_words_are_added(table):
    document = table("| 效益指标 | 社会效益指标 | 办公秩序 | 井然有序 |")
    assert ("VA02", "warning") in told(document)
    assert "VA02" not in {rule for rule, _ in told(document, profile('VA02 = { words = ["井然有序"] }'))}


def test_a_profile_holds_for_its_years_only(table):
    chosen = profile('ST03 = { severity = "hint" }')
    code = "| 主管部门及代码 | 和政县机关事务管理局 |\n"
    assert ("ST03", "hint") in told(table(code + "| 年度 | 2025 |"), chosen)
    assert ("ST03", "warning") in told(table(code + "| 年度 | 2026 |"), chosen)
    assert ("ST03", "hint") in told(table(code + "| 年度 | |"), chosen)


def test_a_rule_between_tables_follows_the_profile_too(table):
    two = [table(), table("| 项目名称 | 线路改造电费 |\n| 目标1 | 按月核对线路电费 |")]
    assert [one.rule for one in checking.check_all(two, "campaign")[1].findings] == ["IN09"]
    assert checking.check_all(two, "campaign", profile("IN09 = { on = false }"))[1].findings == ()
    soft = checking.check_all(two, "campaign", profile('IN09 = { severity = "hint" }'))[1].findings
    assert [one.severity for one in soft] == ["hint"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "VA99 = { on = true }", "本地.toml 第 7 行：没有规则“VA99”"),
        (HEAD + "SC01 = { on = false }", "第 7 行：SC01 是数据标准，不能在口径里改"),
        (HEAD + "VA01 = { of = true }", "第 7 行：VA01 没有“of”这一项。可用的写法：on、severity。"),
        (HEAD + 'IN10 = { share = "多" }', "第 7 行：share 写的是“多”，应当是 0 到 1 之间的数，七成写 0.7"),
        (HEAD + "IN10 = { share = 70 }", "第 7 行：share 写的是“70”，应当是 0 到 1 之间的数"),
        (HEAD + "GO01 = { longest = -1 }", "longest 写的是“-1”，应当是不小于 0 的数"),
        (HEAD + "VA02 = { words = 3 }", "应当是带方括号的一组词"),
        (HEAD + 'VA01 = { severity = "fatal" }', "只能是 error、warning、hint 之一"),
        (HEAD + 'VA01 = { on = "yes" }', "on 写的是“yes”"),
        (HEAD + "VA01 = { on = true", "不是有效的 TOML"),
        (HEAD.replace("until = 2025", "until = 2023") + "VA01 = { on = true }", "第 3 行：until 早于 since"),
        (HEAD.replace("since = 2024\n", "") + "VA01 = { on = true }", "缺少 since"),
        ("x = 1\n" + HEAD + "VA01 = { on = true }", "不认识 x"),
    ],
)
def test_a_broken_profile_is_refused_with_file_line_and_remedy(text, said):
    with pytest.raises(FormError) as error:
        profiles.load("本地.toml", text)
    assert said in str(error.value)
    assert str(error.value).startswith("本地.toml ")
    assert str(error.value).endswith("。")


def test_a_profile_is_found_by_name_or_by_path(tmp_path):
    path = tmp_path / "本地.toml"
    path.write_text(HEAD + "VA01 = { on = false }\n", encoding="utf-8")
    assert profiles.find(str(path)).name == "本地口径"
    with pytest.raises(UsageError, match="可用的口径：review、start"):
        profiles.find("没有")
    with pytest.raises(UsageError, match="打不开口径文件"):
        profiles.find(str(tmp_path / "没有.toml"))
    path.write_bytes("name = '口径'".encode("gbk"))
    with pytest.raises(FormError, match="不是 UTF-8"):
        profiles.find(str(path))
