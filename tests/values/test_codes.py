"""A budget code beside a name is told from figures that belong to the name."""

import pytest

from jixiao import values


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("水务局（301001）", "水务局", "301001"),
        ("水务局 [代码：301]", "水务局", "301"),
        ("水务局-301001", "水务局", "301001"),
        ("水务局_编码:301", "水务局", "301"),
        ("水务局301001", "水务局", "301001"),
        ("301001-水务局", "水务局", "301001"),
        ("301_水务局", "水务局", "301"),
        ("（301）水务局", "水务局", "301"),
        ("301001水务局", "水务局", "301001"),
        ("（301）", "", "301"),
        ("水务局", "水务局", None),
        ("水务局（本级）", "水务局（本级）", None),
        ("第110中学", "第110中学", None),
        ("301", "301", None),
    ],
)
def test_a_name_is_parted_from_its_code(text, name, code):
    assert values.parted(text) == (name, code)
