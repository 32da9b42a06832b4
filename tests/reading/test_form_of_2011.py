"""The form of the years before 2015, still in use in places: sources one by one, indicators of the whole time and of the year."""

import pytest

from jixiao import checking, reading
from jixiao.model import Book, Grid

HEAD = [
    ["佳县财政支出项目绩效目标申报表"],
    ["（2027年度）"],
    ["填报单位（盖章）", "佳县住房和城乡建设局"],
    ["项目名称", "办公楼维修", "项目属性", "新增项目 ☑ 延续项目 □"],
    ["主管部门", "佳县住房和城乡建设局", "主管部门编码", "301001"],
    ["项目实施单位", "佳县房产服务中心", "项目负责人", "张三"],
    ["联系电话", "0912-1234567", "项目起止时间", "2027年1月至12月"],
    ["项目资金申请（万元）", "资金总额：120"],
    [None, "财政拨款：100"],
    [None, "自有资金：10"],
    [None, "事业收入：5"],
    [None, "经营性收入：0"],
    [None, "其他：5"],
    ["项目立项情况", "项目立项的依据", "三年行动方案"],
    ["项目绩效目标", "长期目标", "办公楼安全使用二十年"],
    [None, "年度目标", "维修办公楼3000平方米"],
]
FOOT = [["其他说明的问题", "无"], ["填报人：李四", "单位负责人：王五"]]
HEADING = ["一级指标", "二级指标", "指标内容", "指标值", "备注"]


def block(area, rate):
    return [
        HEADING,
        ["产出指标", "数量指标", "维修面积", area],
        [None, "成本指标", "维修成本", "≤120万元"],
        ["效益指标", "环境效益指标", "用电下降率", rate],
        ["服务对象满意度指标", "具体指标", "职工满意度", "≥95%"],
    ]


LONG, YEAR = ("≥9000平方米", "≥9%"), ("≥3000平方米", "≥3%")
CAPTIONS = (["长期绩效指标"], ["年度绩效指标"])


def read(*rows):
    ((document,), _) = reading.read(Book((Grid("表", [*HEAD, *rows, *FOOT]),)))
    return document


def beside(caption, rows):
    """The block with its caption in a column of its own."""
    return [[caption if n == 0 else None, *row] for n, row in enumerate(rows)]


@pytest.mark.parametrize(
    "rows",
    [
        [CAPTIONS[0], *block(*LONG), CAPTIONS[1], *block(*YEAR)],
        [CAPTIONS[1], *block(*YEAR), CAPTIONS[0], *block(*LONG)],
        [*beside("长期绩效指标", block(*LONG)), *beside("年度绩效指标", block(*YEAR))],
        [*beside("总目标绩效指标", block(*LONG)), *beside("本年度绩效指标", block(*YEAR))],
        [CAPTIONS[1], *block(*YEAR)],
    ],
    ids=["long first", "year first", "captions beside", "a total first", "year alone"],
)
def test_of_two_blocks_the_year_s_is_read_and_nothing_of_the_other(rows):
    document = read(*rows)
    assert [(one["level2"], one["name"], one["target"]) for one in document.values["indicators"]] == [
        ("数量指标", "维修面积", "≥3000平方米"),
        ("成本指标", "维修成本", "≤120万元"),
        ("生态效益指标", "用电下降率", "≥3%"),
        ("服务对象满意度指标", "职工满意度", "≥95%"),
    ]
    assert document.values["goals"] == ["维修办公楼3000平方米"]
    assert not [one for one in checking.check(document).findings if one.severity == "error"]


def test_its_sources_one_by_one_are_the_four_amounts_of_today():
    document = read(CAPTIONS[1], *block(*YEAR))
    names = ("total_funds", "fiscal_funds", "carryover_funds", "other_funds")
    assert [document.values[name] for name in names] == ["120", "100", None, "20"]
    assert document.values["department_code"] == "301001"


def test_a_printed_word_for_the_only_level_2_is_understood_and_said():
    (said,) = [one for one in checking.check(read(*block(*YEAR))).findings if "具体指标" in one.message]
    assert (said.rule, said.severity) == ("ST05", "hint")
    assert "服务对象满意度指标" in said.message


def test_levels_may_be_explained_in_brackets_and_their_rows_only_numbered():
    document = read(
        ["年度绩效指标"],
        HEADING,
        ["产出（工作量）指标\n（数量、质量、成本方面的指标）", "1.", "维修面积", "≥3000平方米"],
        [None, "2.", "验收合格率", "≥98%"],
        ["效益指标（经济效益、社会效益等方面指标）", "1.", "用电下降率", "≥3%"],
        ["满意度指标", "服务对象满意度指标", "职工满意度", "≥95%"],
    )
    assert [(one["level1"], one["level2"], one["name"]) for one in document.values["indicators"]] == [
        ("产出指标", "1.", "维修面积"),
        ("产出指标", "2.", "验收合格率"),
        ("效益指标", "1.", "用电下降率"),
        ("满意度指标", "服务对象满意度指标", "职工满意度"),
    ]


@pytest.mark.parametrize("label", ["其中：市财政资金", "县财政拨款", "市级财政资金", "本级财政资金"])
def test_what_the_place_s_own_treasury_gives_is_the_appropriation(label):
    funds = [["项目资金申请（万元）", "资金总额", 120.0], [None, label, 100.0], [None, "其他资金", 20.0]]
    rows = [*HEAD[:7], *funds, *HEAD[13:], CAPTIONS[1], *block(*YEAR)]
    ((document,), _) = reading.read(Book((Grid("表", rows),)))
    assert (document.values["fiscal_funds"], document.values["other_funds"]) == ("100", "20")


def test_where_the_headings_are_of_no_known_words_the_money_is_read_and_the_lack_is_told():
    document = read(
        ["项目年度绩效目标", "评价内容", "绩效内容", "参考标准", "绩效目标值"],
        [None, "产出", "数量目标", "维修面积", "≥3000平方米"],
    )
    assert (document.values["total_funds"], document.values["other_funds"]) == ("120", "20")
    found = [one for one in checking.check(document).findings if one.pointer == "/indicators"]
    assert [one.severity for one in found] == ["error"]
