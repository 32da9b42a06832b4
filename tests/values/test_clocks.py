"""Dates and times are shown as a person sees them."""

from datetime import date, datetime, time, timedelta

import pytest

from jixiao import values

DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (time(10, 30), "", "10:30"),
        (time(10, 30, 5), "", "10:30:05"),
        (time(0, 5), "h:mm", "0:05"),
        (time(10, 5), 'h"时"mm"分"', "10时05分"),
        (time(0, 5, 7), 'm"分"s"秒"', "5分7秒"),
        (timedelta(hours=30), "", "30:00"),
        (timedelta(hours=30, seconds=5), "", "30:00:05"),
        (timedelta(minutes=-90), "", "-1:30"),
        (DAY, "", "2026年3月1日"),
        (DAY, 'yyyy"年度"', "2026年度"),
        (DAY, '"（"yyyy"年度）"', "（2026年度）"),
        (DAY, "yyyy\\年\\度", "2026年度"),
        (DAY, '[$-804]yyyy"年"m"月";@', "2026年3月"),
        (DAY, 'yyyy"年"mm"月"dd"日"', "2026年03月01日"),
        (DAY, "yyyy/m/d", "2026/3/1"),
        (DAY, "yyyy-mmm", "2026年3月1日"),
        (DAY, "[$-411]ggge", "2026年3月1日"),
        (DAY, '"合计"', "合计"),
        (DAY, 'yyyy"."mm', "2026.03"),
        (DAY, "yyyy!.m", "2026.3"),
        (DAY, 'yyyy";"m;@', "2026;3"),
        (DAY, "yyyy[", "2026年3月1日"),
        (datetime(2026, 3, 1, 8, 30), "", "2026年3月1日8时30分"),  # noqa: DTZ001
        (datetime(2026, 3, 1, 8, 30), 'm"月"d"日" h:mm', "3月1日 8:30"),  # noqa: DTZ001
        (timedelta(hours=30), '[h]"小时"', "30:00"),
    ],
)
def test_a_date_or_time_is_shown_in_the_parts_and_words_of_its_format(value, code, text):
    assert values.shown(value, code) == text


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("h:mm", True),
        ("[h]:mm", True),
        ("mm:ss", True),
        ('h"时"mm"分"', True),
        ("h:mm AM/PM", True),
        ("yyyy-mm-dd h:mm", False),
        ('yyyy"年度"', False),
        ('0"小时"', False),
        ("0.00", False),
        ("General", False),
        ("Standard", False),
        ("[Red]0%", False),
    ],
)
def test_a_format_of_times_is_known(code, expected):
    assert values.is_clock(code) is expected


@pytest.mark.parametrize(
    ("number", "code", "expected"),
    [
        (0.4375, "h:mm", time(10, 30)),
        (1.25, "[h]:mm", timedelta(hours=30)),
        (0.5, "[h]:mm", timedelta(hours=12)),
    ],
)
def test_the_number_of_a_time_is_that_time(number, code, expected):
    assert values.clock(number, code) == expected
