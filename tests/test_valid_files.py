"""What we write is valid Open XML, to the last part, and the same bytes every time."""

from pathlib import Path

import pytest

from jixiao import demo, drawing, forms, merging
from jixiao.office import writing


def blank(form):
    return writing.workbook([drawing.draw(form, "表", {"year": 2027})], title=form.title)


@pytest.mark.parametrize("form", forms.catalogue(), ids=lambda form: form.key)
def test_a_blank_table_is_valid_and_the_same_each_time(form, tmp_path, ooxml_validate):
    (tmp_path / "表.xlsx").write_bytes(blank(form))
    assert ooxml_validate(tmp_path / "表.xlsx") == []
    assert blank(form) == blank(form)


def test_the_real_tables_and_their_summary_are_valid(tmp_path, ooxml_validate):
    for name, data in demo.workbooks().items():
        (tmp_path / name).write_bytes(data)
        assert ooxml_validate(tmp_path / name) == []
    out = tmp_path / "汇总" / "汇总.xlsx"
    merging.merge([Path(tmp_path)], out, workers=0)
    assert ooxml_validate(out) == []
