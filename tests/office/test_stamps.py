"""What a workbook of ours says that it is, in texts that other hands may have written."""

import time

import pytest

from jixiao.office import stamps

TIMES = 20_000


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("xl/workbook.xml", b"name='jixiao_template' "),
        ("xl/workbook.xml", b"name='jixiao_template'>"),
        ("docprops/custom.xml", b"<property "),
        ("docprops/custom.xml", b"<property name='JixiaoTemplate'"),
        ("docprops/custom.xml", b" name='JixiaoTemplate'"),
        ("docprops/custom.xml", b"<property name='JixiaoTemplate'>   "),
    ],
)
def test_a_comment_full_of_beginnings_costs_no_time(part, text):
    began = time.process_time()
    held = b"<a/><!--<property " + text * TIMES + b"-->"
    assert stamps.of_parts({part: held}) == frozenset()
    assert time.process_time() - began < 3


def test_a_stamp_is_found_behind_them():
    held = b"<!--" + b"<property name='JixiaoTemplate'" * 50 + b"-->-"
    held += (
        b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="JixiaoTemplate">'
        b"<vt:lpwstr>project_target@gs-2024</vt:lpwstr></property>"
    )
    assert stamps.of_parts({"docprops/custom.xml": held}) == {("project_target", "gs-2024")}
