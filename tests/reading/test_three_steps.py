"""Sources in three steps: 财政拨款 has its own subtotal (小计) beside or below it, and its budgets after that."""

import pytest
from blocks import money
from written import sheet

from jixiao import reading
from jixiao.model import Book

LAYOUTS = {
    "rows": [
        "项目资金（万元）|年度资金总额|<|110",
        "^|资金来源|财政拨款|100",
        "^|^|其中：一般公共预算|90",
        "^|^|政府性基金|10",
        "^|^|其他资金|10",
    ],
    "a subtotal beside": [
        "资金来源（万元）|财政拨款|小计|100",
        "^|^|其中：一般公共预算|90",
        "^|^|政府性基金|10",
        "^|其他资金|<|10",
        "^|合计|<|110",
    ],
    "a subtotal below": [
        "项目资金（万元）|合计|资金来源|<|<|<",
        "^|^|财政拨款|<|<|其他资金",
        "^|^|小计|一般公共预算|政府性基金|^",
        "^|110|100|90|10|10",
    ],
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_subtotal_is_the_source_s_amount(layout):
    grid = sheet(
        "项目支出绩效目标表",
        "（2026年度）",
        "项目名称|绿化养护|<|<",
        "主管部门及代码|某县城管局|实施单位|某县园林处",
        *LAYOUTS[layout],
        "总体目标|管好绿地|<|<",
        "一级指标|二级指标|三级指标|指标值",
        "产出指标|数量指标|绿化面积|≥100亩",
    )
    ((document,), _) = reading.read(Book((grid,)))
    assert money(document) == ["110", "100", None, "10"]
