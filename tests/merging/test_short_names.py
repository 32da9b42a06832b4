"""Agencies that write themselves in full here and cut short there are counted apart, and that is told."""

import pytest

SHORT_FORMS = [
    ("康乐县卫健局", "康乐县卫生健康局"),
    ("康乐县人社局", "康乐县人力资源和社会保障局"),
    ("康乐一中", "康乐县第一中学"),
    ("康乐县政府办", "康乐县人民政府办公室"),
    ("康乐县妇联", "康乐县妇女联合会"),
    ("康乐县医院", "康乐县人民医院"),
    ("康乐县委办公室", "中共康乐县委办公室"),
    ("康乐教育局", "康乐县教育局"),
]
NO_SHORT_FORMS = [
    ("康乐县医院", "康乐县中医医院"),
    ("康乐县幼儿园", "康乐县实验幼儿园"),
    ("康乐县第一中学", "康乐县第二中学"),
    ("康乐县一中", "康乐县第十一中学"),
    ("康乐县水务局", "康乐县水务局水库管理所"),
    ("康乐县公路局", "康乐县农村公路局"),
    ("康乐县委办公室", "康乐县人大常委会办公室"),
    ("康乐县卫健局", "和政县卫生健康局"),
]


def told(report):
    return [one for one in report["findings"] if one["rule"] == "CS05"]


@pytest.mark.parametrize(
    ("short", "full", "speaks"),
    [*((*pair, True) for pair in SHORT_FORMS), *((*pair, False) for pair in NO_SHORT_FORMS)],
)
def test_a_name_that_may_be_another_one_cut_short(send, gather, seed, changed, short, full, speaks):  # noqa: PLR0917 - a case is its arguments
    send("甲.xlsx", changed(seed[1], agency=full, department=full))
    send("乙.xlsx", changed(seed[2], agency=short, department=short))
    report = gather()
    assert {one["agency"] for one in report["agencies"]} == {short, full}
    assert [(one["severity"], one["path"], one["pointer"]) for one in told(report)] == (
        [("hint", "报送/乙.xlsx", "/agency")] if speaks else []
    )
    assert all(f"“{short}”可能是“{full}”的简称" in one["message"] for one in told(report))


def test_a_department_that_may_be_another_one_cut_short(send, gather, seed, changed):
    send("甲.xlsx", changed(seed[1], agency="康乐县人民医院", department="康乐县卫生健康局"))
    send("乙.xlsx", changed(seed[2], agency="康乐县妇幼保健院", department="康乐县卫健局"))
    (finding,) = told(gather())
    assert (finding["path"], finding["pointer"]) == ("报送/乙.xlsx", "/department")


def test_what_is_told_as_one_table_under_two_names_is_not_told_again(send, gather, seed, changed):
    send("甲.xlsx", changed(seed[0], agency="和政县第一中学"))
    send("乙.xlsx", changed(seed[0], agency="和政一中"))
    assert [one["severity"] for one in told(gather())] == ["warning"]
