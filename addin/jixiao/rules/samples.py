"""A target such as an indicator's name asks for: a sign, a figure and a measure to write after, not to copy."""

from __future__ import annotations

from jixiao.patterns import late
from jixiao.rules.names import good_direction, is_rate
from jixiao.rules.rows import Row

ANY = "如“……率”的指标值写“≥95%”，“……次数”的写“≥12次”"  # of a name that does not say what is measured
_COUNTED = {
    "人次": "300人次", "人数": "300人", "人口": "300人", "户数": "300户", "家数": "30家", "面积": "300平方米", "里程": "30公里", "长度": "30公里",
    "次数": "12次", "场次": "12场", "批次": "12批次", "期数": "12期", "件数": "12件", "起数": "12起", "天数": "10天",
    "金额": "10万元", "收入": "10万元", "产值": "10万元", "成本": "10万元", "费用": "10万元", "经费": "10万元", "支出": "10万元",
}  # fmt: skip
_LOW = late(r"[较偏很降]低|[较很减]少|[较很缩][小短]|^[低少小短]$")  # what the clerk says that it shall be
_COUNT = late(r"(?:" + "|".join(_COUNTED) + r")$")


def sample(row: Row) -> str:
    """Return such a target, `≥300人` for a number of people, `""` where the name does not say what is measured."""
    told = good_direction(row.name) or ("≤" if _LOW.search(row.target) else "")
    if is_rate(row.name) or row.is_satisfaction:
        return "≤5%" if told == "≤" else "≤100%" if row.is_cost and not told else "≥95%"
    good = told or ("≤" if row.is_cost else "≥")
    counted = _COUNT.search(row.name)
    return f"{good}{_COUNTED[counted[0]]}" if counted else ""
