"""A project's table of another place, block by block: what a test does not name is as in a well-filled one."""

from jixiao import checking, reading
from jixiao.model import Area, Book, Grid

HEAD = [
    ["项目支出绩效目标表"],
    ["（2026年度）"],
    ["项目名称", "绿化养护", None, None, None],
    ["主管部门及代码", "某县城管局（101001）", None, "实施单位", "某县园林管理处"],
]
FUNDS = [
    ["项目资金（万元）", "年度资金总额", 110.0],
    [None, "其中：当年财政拨款", 100.0],
    [None, "上年结转资金", 4.0],
    [None, "其他资金", 6.0],
]
GOAL = [["总体目标", "绿化养护一百亩"]]
HEADING = ("绩效指标", "一级指标", "二级指标", "三级指标", "指标值")
ROWS = [
    [None, "成本指标", "经济成本指标", "绿化成本", "≤105万元"],
    [None, "产出指标", "数量指标", "绿化面积", "≥100亩"],
    [None, None, "质量指标", "苗木成活率", "≥95%"],
    [None, "效益指标", "社会效益指标", "绿地覆盖率", "≥40%"],
    [None, "满意度指标", "服务对象满意度指标", "居民满意度", "≥90%"],
]


def table(*, head=HEAD, funds=FUNDS, goal=GOAL, heading=HEADING, rows=ROWS, merges=None):
    """One table of these blocks; `merges` are counted from the heading of the indicators."""
    blocks = [*head, *funds, *goal, list(heading), *rows]
    top = len(blocks) - len(rows) - 1
    areas = [Area(a.top + top, a.left, a.bottom + top, a.right) for a in merges] if merges else None
    ((document,), _) = reading.read(Book((Grid("表", blocks, tuple(areas) if areas else None),)))
    return document


def money(document):
    names = ("total_funds", "fiscal_funds", "carryover_funds", "other_funds")
    return [document.values[name] for name in names]


def names_and_targets(document):
    return [(one["name"], one["target"]) for one in document.values["indicators"]]


def found(document, rule):
    return [one for one in checking.check(document).findings if one.rule == rule]
