"""A number is shown as its format shows it: point moved, words and percent sign added, section by section."""

import pytest

from jixiao import values


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (35500, "0!.0,", "3.55"),
        (35500, "0!.0000", "3.55"),
        (35500, '0!.0000"万元"', "3.55万元"),
        (35500, "#,##0!.0000", "3.55"),
        (355000, '0!.00,"万元"', "3.55万元"),
        (35500, "0\\.0,", "3.55"),
        (35500, '0"."0,', "3.55"),
        (35500, "0\\!.0,", "3.55"),
        (35500, '0"!".0,', "3.55"),
        (355000, "#,##0.0,", "355"),
        (5_000_000, '0.0,,"百万元"', "5百万元"),
        (1_050_000, '"≤"0!.0,"万元"', "≤105万元"),
        (1_500_000, '0.0,"千元"', "1500千元"),
        (35500, "#,##0.00", "35500"),
        (35500, 'General"元"', "35500元"),
        (35500, 'G/通用格式"元"', "35500元"),
        (3, "0!座", "3座"),
        (3, "0\\座", "3座"),
        (0.95, '"≥"0.0%', "≥95%"),
        (5, '0"%"', "5%"),
        (20000, '[>=10000]0!.0,"万元";0"元"', "2万元"),
        (200, '[>=10000]0!.0,"万元";0"元"', "200元"),
        (35500, '0"万"0000"元"', "35500元"),
        (35500, '"≤"0"万"0000"元"', "≤35500元"),
        (35500, '0"万"000"元"', "35500"),
        (35500, '0"万"0000.00"元"', "35500元"),
        (35500, '0"万"#,##0"元"', "35500元"),
        (35500, '0"亿"0000"万元"', "35500万元"),
        (35500, '0"亿"0000"元"', "35500"),
        (35500, '0"幢"0000"室"', "35500"),
        (46023, 'yyyy"年度"', "46023"),
    ],
)
def test_a_number_is_seen_as_its_format_shows_it(number, code, text):
    assert values.shown(number, code) == text


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (-5, '0"亩";"减少"0"亩"', "减少5亩"),
        (5, '0"亩";"减少"0"亩"', "5亩"),
        (-5, '0"件";-0"件";"无"', "-5件"),
        (0, '0"件";-0"件";"无"', "无"),
        (-5, '0"亩";[Red]\\(0"亩"\\)', "-5亩"),
        (-5, '0"亩";[Red]0"亩"', "-5亩"),
        (-5, '0"亩";[Red]\\(0"亩)"', "-5亩"),
        (-5, '0"亩"', "-5亩"),
        (0, '0"件";-0"件";', "0件"),
        (0, '0"元";-0"元";"-"', "0元"),
    ],
)
def test_the_section_of_a_format_follows_the_sign(number, code, text):
    assert values.shown(number, code) == text


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("0!.0,", True),
        ("#,##0.0,", True),
        ('0;-0;"无"', True),
        ("0%", True),
        ("yyyy", True),
        ("#,##0.00", False),
        ('_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ', False),
        ("0.00_);[Red]\\(0.00\\)", False),
        ("General", False),
        ('0;-0;;@"字"', False),
        ("yyyy-mm-dd", False),
    ],
)
def test_a_format_that_changes_what_is_seen_is_known(code, expected):
    assert values.is_dressed(code) is expected


@pytest.mark.parametrize(
    ("number", "code", "unit", "amount"),
    [
        (35500, "0!.0,", "万元", "3.55"),
        (35500, '0!.0000"万元"', "万元", "3.55"),
        (35500, '#,##0"元"', "万元", "3.55"),
        (355000, "#,##0.0,", "千元", "35.5"),
        (355000, '0!.00,"万元"', "万元", "3.55"),
        (0, '0"元";-0"元";"无"', "万元", "0"),
        (-5, '0"万元";"减少"0"万元"', "元", "-5"),
        (3.55, "0.00", "万元", "3.55"),
        (35500, '0"万"0000"元"', "万元", "3.55"),
        (355_000_000, '0"亿"0000"万"0000"元"', "万元", "35500"),
        (35500, '0"亿"0000"万"', "元", "35500"),
    ],
)
def test_an_amount_is_read_as_its_format_shows_it(number, code, unit, amount):
    assert values.money(number, unit, code) == amount


@pytest.mark.parametrize(
    ("code", "unit", "kept"),
    [
        ("0!.0,", "万元", "元"),
        ('0"元"', "万元", "元"),
        ("0.0,", "千元", "元"),
        ("0.00", "万元", "万元"),
        ("", "元", "元"),
    ],
)
def test_the_unit_of_the_number_itself_is_told_by_its_format(code, unit, kept):
    assert values.unit_kept(35500, unit, code) == kept


@pytest.mark.parametrize("code", ["[" * 50_000, '"' * 50_001, "0" + "," * 50_000, "\\"])
def test_a_format_that_no_program_would_take_costs_no_time(code):
    assert values.money(35500, "万元", code)
    assert values.shown(35500, code)
