"""The grammar of money and of indicator targets (指标值): text → operator, number, measure, period; raw text kept beside it."""

from jixiao.values.amounts import canonical, decimal, money, unit_kept
from jixiao.values.clocks import clock, is_clock, is_seen
from jixiao.values.codes import half_width, parted
from jixiao.values.formats import is_dressed
from jixiao.values.measures import Measure, is_mere, measure_of, respelled
from jixiao.values.targets import Kind, Quantity, Target, amount, amount_of, parse, written
from jixiao.values.texts import INVISIBLE, exact, folded, key, shown, without_latex
from jixiao.values.times import Moment, Span, impossible_date

__all__ = [
    "INVISIBLE",
    "Kind",
    "Measure",
    "Moment",
    "Quantity",
    "Span",
    "Target",
    "amount",
    "amount_of",
    "canonical",
    "clock",
    "decimal",
    "exact",
    "folded",
    "half_width",
    "impossible_date",
    "is_clock",
    "is_dressed",
    "is_mere",
    "is_seen",
    "key",
    "measure_of",
    "money",
    "parse",
    "parted",
    "respelled",
    "shown",
    "unit_kept",
    "without_latex",
    "written",
]
