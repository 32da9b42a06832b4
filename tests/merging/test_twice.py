"""One project that came under two names, or from an agency and its 主管部门: both count, and that is told."""

import pytest

from jixiao.merging import twice as twice_of

FILES = {"甲": "报送/一中.xlsx", "乙": "报送/教育局.xlsx"}


@pytest.fixture
def two(send, gather, seed, changed):
    """Return `two(one, other)`: the report of two workbooks whose project tables differ in the given values only."""

    def merge(one, other):
        send("一中.xlsx", changed(seed[2], **one))
        send("教育局.xlsx", changed(seed[2], **other))
        return gather()

    return merge


def twice(report, rule="ST02"):
    return [one for one in report["findings"] if one["rule"] == rule]


def project(name, agency, department="和政县教育局"):
    return {"project_name": name, "agency": agency, "department": department}


# of the agency's own table | of the other one
ALIKE = [
    (project("水费", "和政县第一中学"), project("水费", "和政县教育局")),
    (project("水费", "和政县第一中学"), project("第一中学水费", "和政县教育局")),
    (project("水费", "和政县第一中学"), project("水费（和政一中）", "教育局")),
    (project("水费", "和政县第一中学"), project("水费", "和政一中")),
    (project("水费", "和政县第一中学"), project("2.水费项目", "和政县一中", "教育局")),
    (project("水费", "和政县第一中学"), project("水费", None)),
    (project("水费", "和政县第一中学", "教育局"), project("水费", "和政县教育局")),
    (project("水费", "和政县第一中学"), project("水费", "和政县教育局") | {"year": None}),
    (project("水费", "甲县水务局", "甲县水务局"), project("2024年度水费", "甲县水务局", "甲县水务局")),
    (project("水费", "甲县水务局", "甲县水务局"), project("一、水费项目", "甲县水务局", "甲县水务局")),
    (project("电梯维修", "甲县水务局", "甲县水务局"), project("电梯维修费", "甲县水务局", "甲县水务局")),
    (project("电梯维修", "甲县水务局", "甲县水务局"), project("电梯维修改造", "甲县水务局", "甲县水务局")),
    (project("电梯维修", "甲县水务局", "甲县水务局"), project("电梯维保", "甲县水务局", "甲县水务局")),
    (project("办公楼电梯维修", "甲县水务局", "甲县水务局"), project("电梯维修", "甲县水务局", "甲县水务局")),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_both_count_and_the_later_in_path_order_names_both_places_and_amounts(two, one, other):
    report = two(one, other)
    assert report["totals"]["total_funds"] == "100"
    assert report["balance"]["documents"] == 2
    (finding,) = twice(report)
    assert (finding["severity"], finding["path"], finding["cell"]) == ("warning", FILES["乙"], "B3")
    for part in (
        f"“{one['project_name']}”", f"“{other['project_name']}”", "一中.xlsx，工作表“水费”，B3", "50 万元", "都计入了",
    ):  # fmt: skip
        assert part in finding["message"], part
    assert "只留一张" in finding["suggestion"]
    (remark,) = [one for one in report["remarks"] if "算了两遍" in one]
    assert "50 万元" in remark
    assert "ST02" in remark


APART = [
    (project("水费", "和政县第一中学"), project("水费", "和政县第二中学")),
    (project("水费", "和政县第一中学"), project("水费", "广河县第一中学", "广河县教育局")),
    (project("水费", "第一中学"), project("水费", "广河县第一中学", "广河县教育局")),
    (project("水费", "甲县水务局", "甲县水务局"), project("2023年度水费", "甲县水务局", "甲县水务局")),
    (project("水费第一批", "甲县水务局", "甲县水务局"), project("水费第二批", "甲县水务局", "甲县水务局")),
    (project("一号楼水费", "甲县水务局", "甲县水务局"), project("二号楼水费", "甲县水务局", "甲县水务局")),
    (project("东区水费补助", "甲县水务局", "甲县水务局"), project("西区水费补助", "甲县水务局", "甲县水务局")),
    (project("水库维修", "甲县水务局", "甲县水务局"), project("水库维修二期", "甲县水务局", "甲县水务局")),
    (project("水库维修", "甲县水务局", "甲县水务局"), project("渠道衬砌", "甲县水务局", "甲县水务局")),
    (project("水费", "甲县水务局", "甲县水务局"), project("水电费", "甲县水务局", "甲县水务局")),
    (project("李家村道路硬化", "甲县水务局", "甲县水务局"), project("王家村道路硬化", "甲县水务局", "甲县水务局")),
    (project("春季公用经费", "甲县水务局", "甲县水务局"), project("秋季公用经费", "甲县水务局", "甲县水务局")),
    (project("初中教学经费", "甲县水务局", "甲县水务局"), project("高中教学经费", "甲县水务局", "甲县水务局")),
    (project("办公楼水费", "甲县水务局", "甲县水务局"), project("办公楼电费", "甲县水务局", "甲县水务局")),
    (project("办公楼A座维修", "甲县水务局", "甲县水务局"), project("办公楼B座维修", "甲县水务局", "甲县水务局")),
    (project("电梯维修A", "甲县水务局", "甲县水务局"), project("电梯维修B", "甲县水务局", "甲县水务局")),
    (project("水库维修Ⅰ期", "甲县水务局", "甲县水务局"), project("水库维修Ⅱ期", "甲县水务局", "甲县水务局")),
    (project("水费", "甲县水务局", "甲县人民政府"), project("水费", "甲县教育局", "甲县人民政府")),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), APART)
def test_projects_of_two_agencies_or_batches_that_are_only_written_alike_are_not_told(two, one, other):
    assert twice(two(one, other)) == []


def test_another_amount_is_told_within_one_agency_and_not_between_two(two):
    own = project("水费", "甲县水务局", "甲县水务局")
    report = two(own, own | {"project_name": "水费项目", "total_funds": "55", "fiscal_funds": "55"})
    (finding,) = twice(report)
    assert "50 万元和 55 万元" in finding["message"]
    school = project("水费", "和政县第一中学")
    assert not twice(two(school, school | {"agency": "和政县教育局", "total_funds": "55"}))


def test_an_amount_in_yuan_is_the_same_and_one_of_nobody_is_its_department_s(two):
    school, bureau = project("水费", "和政县第一中学"), project("水费", "和政县教育局")
    (finding,) = twice(two(school, bureau | {"total_funds": "500000", "fiscal_funds": "500000"}))
    assert "50 万元和 500000 万元" in finding["message"]
    (finding,) = twice(two(bureau, project("水费", None) | {"total_funds": "60", "fiscal_funds": "60"}))
    assert "50 万元和 60 万元" in finding["message"]


def test_an_agency_s_own_table_under_two_spellings_is_told(send, gather, seed, changed):
    send("教育局.xlsx", changed(seed[0], agency="和政一中"))
    send("一中.xlsx", changed(seed[0], agency="和政县第一中学"))
    send("二中.xlsx", changed(seed[0], agency="和政县第二中学"))
    report = gather()
    (finding,) = twice(report, "CS05")
    assert (finding["severity"], finding["path"], finding["cell"]) == ("warning", "报送/教育局.xlsx", "C3")
    assert "“和政县第一中学”和“和政一中”" in finding["message"]
    assert any("1 张整体表和另一张像是同一个单位的" in one for one in report["remarks"])


def test_other_indicators_are_another_project(two, seed):
    rows = seed[1]["values"]["indicators"]
    own = project("水费", "甲县水务局", "甲县水务局")
    assert not twice(two(own, own | {"project_name": "水费项目", "indicators": rows}))


def test_four_ways_to_write_one_project_are_told_three_times(send, gather, seed, changed):
    names = ("电费", "2024年度电费", "电费项目", "1.电费")
    send("局.xlsx", *[changed(seed[2], **project(name, "甲县水务局", "甲县水务局")) for name in names])
    report = gather()
    assert [one["sheet"] for one in twice(report)] == ["水费(2)", "水费(3)", "水费(4)"]
    assert [one for one in report["remarks"] if "3 张项目表" in one and "150 万元" in one]


def test_of_a_form_that_very_many_share_the_department_s_own_and_the_agency_s_second_are_told(
    send, gather, seed, changed
):
    schools = [f"和政县{a}{b}小学" for a in "东西南北中" for b in "甲乙丙丁戊己庚辛壬癸子丑寅卯"]
    send("各校.xlsx", *[changed(seed[2], **project("水费", one)) for one in schools])
    send("教育局.xlsx", changed(seed[2], **project("水费", "和政县教育局")))
    send("南丁.xlsx", changed(seed[2], **project("水费项目", "和政县南丁小学")))
    assert [one["path"] for one in twice(gather())] == ["报送/各校.xlsx", "报送/教育局.xlsx"]


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("1.电费", "电费"),
        ("（一）电费", "电费"),
        ("①电费", "电费"),
        ("项目一：电费", "电费"),
        ("2027年度电费", "电费"),
        ("二〇二七年电费项目", "电费"),
        ("本年度电费", "电费"),
        ("2026-2027年道路", "2026·2027年道路"),
        ("1.5公里道路", "1·5公里道路"),
        ("一、二号楼电梯", "一二号楼电梯"),
        ("2号楼维修", "2号楼维修"),
        ("第一批电费", "第一批电费"),
        ("十四五规划编制", "十四五规划编制"),
        ("2027年项目", "2027年项目"),
        ("电费（最终版）", "电费"),
        ("电费-修改稿2", "电费"),
        ("电费 送审稿", "电费"),
        ("电费项目（修订）", "电费"),
        ("电费（第二稿）", "电费"),
        ("志书定稿", "志书定稿"),
        ("地图修订版", "地图修订版"),
        ("电费（修理厂）", "电费修理厂"),
    ],
)
def test_a_number_a_version_the_year_and_the_word_project_are_no_part_of_a_name(name, bare):
    assert twice_of.bare(name, 2027) == bare


def drafts(report):
    return [one for one in report["findings"] if one["rule"] == "CS01"]


def of(seed, total, **more):
    """Return a table with an amount of its own, also among the indicators: a draft is never word for word the same."""
    own = project("电费", "甲县水务局", "甲县水务局")
    told = own | {"total_funds": total, "fiscal_funds": total, "year": 2027} | more
    values = seed[1]["values"]
    rows = [{**values["indicators"][0], "target": f"≤{total}万元"}, *values["indicators"][1:]]
    return {**seed[1], "values": {**values, **told, "indicators": rows}}


# what the draft says otherwise | what it lacks
DRAFTS = [
    ({"year": None}, "年度"),
    ({"agency": None}, "实施单位"),
    ({"year": None, "agency": None}, "年度、实施单位"),
    ({"year": None, "project_name": "电费项目"}, "年度"),
]


@pytest.mark.parametrize(("more", "lacking"), DRAFTS)
def test_a_draft_that_lacks_the_year_or_the_agency_counts_and_is_told(send, gather, seed, more, lacking):
    send("一稿.xlsx", of(seed, "5", **more))
    send("二稿.xlsx", of(seed, "6"))
    report = gather()
    assert report["totals"]["total_funds"] == "11"
    (finding,) = drafts(report)
    assert (finding["severity"], finding["path"], finding["cell"]) == ("warning", "报送/二稿.xlsx", "B3")
    assert f"只有一张填了{lacking}" in finding["message"]
    assert "5 万元和 6 万元" in finding["message"]
    assert f"把{lacking}填上" in finding["suggestion"]
    assert any("1 张项目表（共 6 万元）和另一张像是同一个项目" in one for one in report["remarks"])


NO_DRAFTS = [
    {"year": 2026},
    {"year": None, "project_name": "水费"},
    {"year": None, "agency": "甲县河道管理所"},
    {"agency": None, "department": "甲县教育局"},
]


@pytest.mark.parametrize("more", NO_DRAFTS)
def test_a_table_of_another_year_name_or_agency_is_no_draft(send, gather, seed, more):
    send("一稿.xlsx", of(seed, "5", **more))
    send("二稿.xlsx", of(seed, "6"))
    assert drafts(gather()) == []


def test_an_agency_s_own_table_without_a_year_beside_one_with_is_told(send, gather, seed, changed):
    send("一稿.xlsx", changed(seed[0], year=None, personnel="1"))
    send("二稿.xlsx", seed[0])
    (finding,) = drafts(gather())
    assert finding["cell"] == "C3"
    assert "只有一张填了年度" in finding["message"]
    assert "支出预算合计" in finding["message"]
