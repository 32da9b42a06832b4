"""Two different place names never join."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.merging import places


def table(seed, **values):
    return {**seed[1], "values": {**seed[1]["values"], "project_name": "办公经费", **values}}


def test_offices_of_two_counties_with_one_short_name_stay_apart(seed, send, gather):
    send("和政.xlsx", table(seed, department="和政县财政局", agency="办公室"))
    send(
        "临夏.xlsx",
        table(seed, department="临夏县教育局", agency="办公室", total_funds="50", fiscal_funds="50"),
    )
    report = gather()
    assert report["totals"]["total_funds"] == "150"
    assert len(report["agencies"]) == 2
    assert not [one for one in report["findings"] if one["rule"] == "CS01"]


@pytest.mark.parametrize("department", ["和政县财政局", "财政局"])
def test_one_office_under_one_place_is_one(seed, send, gather, department):
    send("甲.xlsx", table(seed, department="和政县财政局", agency="办公室"))
    send("乙.xlsx", table(seed, department=department, agency="办公室", project_name="培训费"))
    assert len(gather()["agencies"]) == 1


def test_an_agency_s_own_table_names_no_department_and_stays_by_its_name(seed, send, gather):
    """It has no 主管部门 that could tell which of the two offices it is."""
    send("和政.xlsx", table(seed, department="和政县财政局", agency="办公室"))
    send("临夏.xlsx", table(seed, department="临夏县教育局", agency="办公室"))
    send("整体.xlsx", {**seed[0], "values": {**seed[0]["values"], "agency": "办公室"}})
    report = gather()
    assert report["balance"]["balanced"]
    assert sorted(one["projects"] for one in report["agencies"]) == [0, 1, 1]


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("第一中学", "甘肃省临夏州和政县教育局", "甘肃省临夏州广河县教育局"),
        ("中心卫生院", "和政县城关镇人民政府", "和政县三合镇人民政府"),
        ("城关镇中心卫生院", "和政县卫生健康局", "广河县卫生健康局"),
        ("办公室", "安徽省和县财政局", "安徽省萧县财政局"),
        ("办公室", "和政县人民政府办公室", "广河县人民政府办公室"),
        ("财政局", "和政县财政局", "广河县人民政府"),
        ("城关区财政局", "兰州市城关区财政局", "拉萨市城关区财政局"),
    ],
)
def test_the_whole_chain_of_places_tells_two_agencies_apart(seed, send, gather, name, one, other):  # noqa: PLR0917 - a case is its arguments
    send("一.xlsx", table(seed, department=one, agency=name))
    send("二.xlsx", table(seed, department=other, agency=name, total_funds="50", fiscal_funds="50"))
    report = gather()
    assert report["totals"]["total_funds"] == "150"
    assert len(report["agencies"]) == 2
    assert not [one for one in report["findings"] if one["rule"] == "CS01"]


def test_an_unrelated_file_changes_no_other_place_s_sum(seed, send, gather):
    """Two departments of one place are one place, however many other places there are; a fuller name is the same."""
    name = "机关事务管理局"
    send("旧.xlsx", table(seed, department="和政县人民政府办公室", agency=name), day=1)
    send("新.xlsx", table(seed, department="甘肃省和政县政府办公室", agency=name, total_funds="55"), day=2)
    assert gather()["totals"]["total_funds"] == "55"
    send("广河.xlsx", table(seed, department="广河县政府办公室", agency=name, total_funds="1"))
    report = gather()
    assert report["totals"]["total_funds"] == "56"
    assert [one["rule"] for one in report["findings"] if one["rule"] == "CS01"] == ["CS01"]
    assert {one["agency"] for one in report["agencies"]} == {f"{name}（甘肃省和政县）", f"{name}（广河县）"}


@pytest.mark.parametrize("elsewhere", [False, True])
def test_only_whose_own_department_ends_in_a_full_name_joins_it_whatever_other_places_send(
    seed, send, gather, elsewhere
):
    agencies = ("和政县教育局", "教育局", "教育局")
    departments = ("和政县教育局", "和政县教育局", "和政县人民政府")
    for number, (agency, department) in enumerate(zip(agencies, departments, strict=True)):
        one = table(seed, department=department, agency=agency, project_name=f"项目{'甲乙丙'[number]}")
        send(f"{number}.xlsx", one)
    if elsewhere:
        send("广河.xlsx", table(seed, department="广河县人民政府", agency="教育局"))
    sums = {one["agency"]: one["projects"] for one in gather()["agencies"]}
    assert sums.pop("和政县教育局") == 2
    assert sums == ({"教育局（和政县）": 1, "教育局（广河县）": 1} if elsewhere else {"教育局": 1})


@pytest.mark.parametrize(
    "department",
    [
        "和政县住房和城乡建设局",
        "和政县新型城镇化办公室",
        "甘肃省临夏州和政县财政局",
        "和政县办公室",
        "中共和政县委宣传部",
    ],
)
def test_words_that_end_like_a_place_are_none(seed, send, gather, department):
    send("甲.xlsx", table(seed, department="和政县财政局", agency="办公室"))
    send("乙.xlsx", table(seed, department=department, agency="办公室", project_name="培训费"))
    assert len(gather()["agencies"]) == 1


@pytest.mark.parametrize(
    "odd",
    [
        "黎川县 人民医院",
        "黎川县人民医院\n",
        "黎川县人民医院（盖章）",
        "（301）黎川县人民医院",
        "黎川县，人民医院",
    ],
)
def test_of_several_spellings_the_plain_one_is_shown_wherever_it_stands(seed, send, gather, odd):
    send("甲.xlsx", table(seed, department="黎川县卫健委", agency=odd))
    send("乙.xlsx", table(seed, department="黎川县卫健委", agency="黎川县人民医院", project_name="培训费"))
    report = gather()
    assert [(one["agency"], one["projects"]) for one in report["agencies"]] == [("黎川县人民医院", 2)]
    assert {one["agency"] for one in report["projects"]} == {"黎川县人民医院"}


@pytest.mark.parametrize(
    ("departments", "told"),
    [
        (("黎川县自然资源局", "黎川县卫生健康委员会"), True),
        (("自然资源局", "卫生健康委员会"), True),
        (("黎川县自然资源局", "卫生健康委员会"), True),
        (("黎川县卫生健康委员会", "县卫健委"), False),
        (("黎川县卫生健康委员会（012）", "黎川县卫生健康委员会"), False),
        (("黎川县教育局", "黎川县教育体育局", "黎川县教体局"), False),
        (("黎川县信息中心", "黎川县卫生健康委员会"), False),
        (("黎川县卫生健康委员会", None), False),
    ],
)
def test_a_short_name_under_departments_that_are_not_one_is_told(seed, send, gather, departments, told):
    for number, department in enumerate(departments):
        one = table(seed, department=department, agency="信息中心", project_name=f"项目{'甲乙丙'[number]}")
        send(f"{number}.xlsx", one)
    found = [one for one in gather()["findings"] if "写着不同的主管部门" in one["message"]]
    assert [(one["rule"], one["severity"], one["path"]) for one in found] == (
        [("CS05", "warning", "报送/1.xlsx")] if told else []
    )
    for one in found:
        assert "都归在“信息中心”一个单位里" in one["message"]


def test_a_full_name_under_two_departments_is_one_agency_and_nothing_is_told(seed, send, gather):
    for number, department in enumerate(("黎川县自然资源局", "黎川县卫生健康委员会")):
        send(
            f"{number}.xlsx",
            table(seed, department=department, agency="黎川县信息中心", project_name=f"{number}"),
        )
    report = gather()
    assert len(report["agencies"]) == 1
    assert not [one for one in report["findings"] if "不同的主管部门" in one["message"]]


def test_of_a_project_that_may_be_two_agencies_it_is_said_how_both_will_count(seed, send, gather):
    send("甲.xlsx", table(seed, department="黎川县自然资源局", agency="信息中心", total_funds="30"), day=1)
    send(
        "乙.xlsx", table(seed, department="黎川县卫生健康委员会", agency="信息中心", total_funds="36"), day=2
    )
    (found,) = [one for one in gather()["findings"] if one["rule"] == "CS01"]
    assert (
        "两份的主管部门不同（“黎川县自然资源局”、“黎川县卫生健康委员会”），可能是两个单位各自的项目"
        in found["message"]
    )
    assert "把单位名称写全" in found["suggestion"]
    assert "--prefer" in found["suggestion"]


def test_one_place_is_one_agency_however_its_department_is_written(seed, send, gather):
    departments = ("和政县财政局", "甘肃省和政县人民政府", "和政县人民政府", "广河县财政局", "广河县人民政府")
    for number, department in enumerate(departments):
        one = table(seed, department=department, agency="财政局", project_name=f"项目{'甲乙丙丁戊'[number]}")
        send(f"{number}.xlsx", one)
    report = gather()
    assert {one["agency"]: one["projects"] for one in report["agencies"]} == {
        "和政县财政局": 3,
        "广河县财政局": 2,
    }


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("甘肃省临夏回族自治州和政县教育局", "甘肃省临夏州和政县教育局", 1),
        ("积石山保安族东乡族撒拉族自治县教育局", "甘肃省积石山县财政局", 1),
        ("东乡族自治县教育局", "东乡县财政局", 1),
        ("东乡族自治县教育局", "临夏回族自治州临夏县教育局", 2),
    ],
)
def test_an_autonomous_place_is_one_by_its_short_name_too(seed, send, gather, one, other, count):  # noqa: PLR0917 - a case is its arguments
    send("甲.xlsx", table(seed, department=one, agency="办公室"))
    send("乙.xlsx", table(seed, department=other, agency="办公室", project_name="培训费"))
    assert len(gather()["agencies"]) == count
    send("丙.xlsx", table(seed, department="广河县教育局", agency="办公室", project_name="水费"))
    assert len(gather()["agencies"]) == count + 1


def test_a_city_within_a_prefecture_is_the_city(seed, send, gather):
    for number, department in enumerate(("临夏州临夏市教育局", "临夏市财政局", "兰州市财政局")):
        send(
            f"{number}.xlsx",
            table(seed, department=department, agency="办公室", project_name=f"项目{'甲乙丙'[number]}"),
        )
    assert sorted(one["projects"] for one in gather()["agencies"]) == [1, 2]


def own_table(seed, **values):
    return {**seed[0], "values": {**seed[0]["values"], "projects": "100", **values}}


def told(report, *rules):
    return [one for one in report["findings"] if one["rule"] in rules]


@pytest.mark.parametrize("other", ["整体", "项目"])
@pytest.mark.parametrize(
    "written",
    [
        "甲县水务局（301）",
        "301 甲县水务局",
        "301001-甲县水务局",
        "301001_甲县水务局",
        "甲县水务局_301",
        "（301）甲县水务局",
        "甲县水务局301001",
        "甲县水务局（盖章）",
        "甲县水务局(公 章)",
        "甲县水务局（301001）（单位盖章）",
    ],
)
def test_a_code_or_the_words_of_a_seal_are_no_part_of_an_agency_s_name(seed, send, gather, written, other):
    agencies = {"整体": "甲县水务局", "项目": "甲县水务局", other: written}
    send("整体.xlsx", own_table(seed, agency=agencies["整体"]))
    send("项目.xlsx", table(seed, agency=agencies["项目"], department="甲县人民政府"))
    report = gather()
    assert [(one["agency"], one["projects"], one["basic"]) for one in report["agencies"]] == [
        ("甲县水务局", 1, "615.51")
    ]
    assert told(report, "UN05", "UN06", "CS05") == []
    assert not [one for one in report["not_checked"] if one["rule"] == "UN05"]


def test_a_code_does_not_hide_that_a_project_arrived_twice(seed, send, gather):
    send("旧.xlsx", table(seed, agency="甲县水务局（301）", department="甲县水务局"), day=1)
    send("新.xlsx", table(seed, agency="甲县水务局", department="甲县水务局", total_funds="55"), day=2)
    report = gather()
    assert report["totals"]["total_funds"] == "55"
    assert len(told(report, "CS01")) == 1


# the other table's agency, its 主管部门 | that of the mere code
OF_A_CODE = [
    ("301001甲县水务局", "甲县人民政府", None),
    ("甲县水务局（301001）", "甲县人民政府", None),
    ("甲县水务局", "甲县人民政府", ("甲县水务局", "301001")),
    ("水务局", "甲县水务局", ("甲县水务局", "301001")),
]


@pytest.mark.parametrize(("agency", "department", "coded"), OF_A_CODE)
def test_a_mere_code_is_the_agency_that_has_it_elsewhere_and_that_is_said(  # noqa: PLR0917 - a case is its arguments
    seed, send, gather, agency, department, coded
):
    name, code = coded or ("甲县人民政府", None)
    send("甲.xlsx", table(seed, department=department, agency=agency))
    send(
        "乙.xlsx", table(seed, department=name, department_code=code, agency="301001", project_name="培训费")
    )
    report = gather()
    assert {one["agency"] for one in report["projects"]} == {"甲县水务局"}
    told = [one for one in report["findings"] if one["rule"] == "CS05" and one["path"] == "报送/乙.xlsx"]
    assert [(one["severity"], one["cell"]) for one in told] == [("hint", "D4")]
    assert "“301001”，按它的代码归入“甲县水务局”" in told[0]["message"]


@pytest.mark.parametrize("others", [[], ["301002甲县水务局"], ["301001甲县水务局", "301001甲县河道所"]])
def test_a_mere_code_that_nobody_or_two_have_stands_for_itself(seed, send, gather, others):
    tables = [table(seed, department="甲县水务局", agency=one, project_name=one) for one in others]
    send("甲.xlsx", *tables, table(seed, department="甲县水务局", agency="301001", project_name="培训费"))
    (one,) = [one for one in gather()["projects"] if one["project_name"] == "培训费"]
    assert one["agency"] == "301001"


@pytest.mark.parametrize("name", ["甲县第一小学（2）", "甲县水务局（水源站）"])
def test_other_brackets_are_part_of_a_name(seed, send, gather, name):
    send("甲.xlsx", table(seed, agency=name, department="甲县教育局"))
    send("乙.xlsx", table(seed, agency=name.partition("（")[0], department="甲县教育局"))
    assert len(gather()["agencies"]) == 2


def test_that_a_short_name_joined_is_a_hint_and_to_write_it_out_stays_a_warning_at_every_table(
    seed, send, gather
):
    send("整体.xlsx", own_table(seed, agency="甲县水务局"))
    for number in (1, 2):
        one = table(seed, agency="水务局", department="甲县水务局", project_name=f"第{number}期维修")
        send(f"项目{number}.xlsx", one)
    report = gather()
    said = [(one["rule"], one["severity"], one["path"], one["cell"]) for one in told(report, "CS05", "ST04")]
    assert sorted(said) == [
        ("CS05", "hint", "报送/项目1.xlsx", "D4"),
        ("ST04", "warning", "报送/项目1.xlsx", "D4"),
        ("ST04", "warning", "报送/项目2.xlsx", "D4"),
    ]


def test_an_own_office_joins_its_department_and_that_is_said_at_the_cell(seed, send, gather):
    send("整体.xlsx", own_table(seed, agency="甲县水务局"))
    send("项目.xlsx", table(seed, agency="甲县水务局（本级）", department="甲县水务局"))
    report = gather()
    assert [(one["agency"], one["projects"]) for one in report["agencies"]] == [("甲县水务局", 1)]
    assert told(report, "UN05") == []
    (hint,) = told(report, "CS05")
    assert (hint["severity"], hint["path"], hint["cell"]) == ("hint", "报送/项目.xlsx", "D4")
    assert "“甲县水务局（本级）”" in hint["message"]
    assert "归入“甲县水务局”（共 1 张表）" in hint["message"]
    assert "各报一张整体表" in hint["suggestion"]


def test_an_own_office_s_own_table_is_held_against_the_projects_of_its_department(seed, send, gather):
    send("整体.xlsx", own_table(seed, agency="甲县水务局（本级）", projects="90"))
    send("项目.xlsx", table(seed, agency="甲县水务局", department="甲县水务局"))
    report = gather()
    assert [(one["agency"], one["projects"]) for one in report["agencies"]] == [("甲县水务局", 1)]
    (finding,) = told(report, "UN05")
    assert "90" in finding["message"]
    assert "单位名称写的是“甲县水务局（本级）”" in told(report, "CS05")[0]["message"]


def test_an_own_office_with_a_table_of_its_own_is_not_its_department(seed, send, gather):
    """X（本级）may be the department's office and X the whole department: two tables tell them apart."""
    send("部门.xlsx", own_table(seed, agency="甲县水务局"))
    send("本级.xlsx", own_table(seed, agency="甲县水务局（本级）"))
    send("项目.xlsx", table(seed, agency="甲县水务局（本级）", department="甲县水务局"))
    report = gather()
    assert sorted((one["agency"], one["projects"]) for one in report["agencies"]) == [
        ("甲县水务局", 0),
        ("甲县水务局（本级）", 1),
    ]
    assert told(report, "CS01", "CS05") == []
    assert report["balance"]["documents"] == 3


def test_an_own_office_alone_keeps_its_name(seed, send, gather):
    send("项目.xlsx", table(seed, agency="甲县水务局（本级）", department="甲县水务局"))
    report = gather()
    assert [one["agency"] for one in report["agencies"]] == ["甲县水务局（本级）"]
    assert told(report, "CS05") == []


@pytest.mark.parametrize(
    ("full", "short", "count"),
    [
        ("和政县水务局", "县水务局", 1),
        ("东乡县教育局", "县教育局", 1),
        ("和政县农业农村局", "农业农村局（本级）", 1),
        ("和政县农业农村局", "县农业农村局（本级）", 1),
        ("和政县水务局", "政县水务局", 2),
        ("和政县水务局", "水务站（本级）", 2),
    ],
)
def test_a_name_that_its_department_ends_in_joins_it_and_that_is_said(seed, send, gather, full, short, count):  # noqa: PLR0917 - a case is its arguments
    send("全称.xlsx", table(seed, agency=full, department=full))
    send("简称.xlsx", table(seed, agency=short, department=full, project_name="水费"))
    report = gather()
    assert len(report["agencies"]) == count
    assert len(told(report, "CS05")) == 2 - count


def test_an_own_office_under_its_full_name_with_a_table_of_its_own_stays_apart(seed, send, gather):
    for name in ("和政县水务局", "水务局（本级）"):
        send(f"{name}.xlsx", own_table(seed, agency=name))
        send(f"{name}项目.xlsx", table(seed, agency=name, department="和政县水务局"))
    assert len(gather()["agencies"]) == 2


@pytest.mark.parametrize(
    ("own_name", "name"),
    [
        ("财政局", "财政局"),
        ("财政局（盖章）", "财政局"),
        ("财政局", "301 财政局"),
        ("财政局", "财政局（本级）"),
        ("财政局", "{0}财政局"),
        ("财 政 局", "财政局"),
    ],
)
def test_an_own_table_is_of_the_place_that_the_projects_of_its_workbook_name(
    seed, send, gather, own_name, name
):
    """Two counties that write 财政局 only would take each other's table for a second one of their own."""
    for place in ("和政县", "广河县"):
        own = own_table(seed, agency=own_name, personnel="7" if place == "和政县" else "8")
        send(f"{place}.xlsx", own, table(seed, agency=name.format(place), department=f"{place}财政局"))
    report = gather()
    assert sorted((one["agency"], one["projects"], one["basic"]) for one in report["agencies"]) == [
        ("和政县财政局", 1, "615.51"),
        ("广河县财政局", 1, "615.51"),
    ]
    assert told(report, "CS01") == []
    assert any("同一个工作簿里项目表" in one["message"] for one in told(report, "CS05"))


PLACES = st.tuples(
    *(st.sampled_from(["", *level]) for level in (["甲省", "乙省"], ["丙市", "丁州"], ["戊县"], ["己镇"]))
)


@given(st.sets(PLACES.filter(any), max_size=12))
def test_chains_of_one_place_are_kin_as_each_pair_of_them_agrees(chains):
    known = places._kin([one for one in chains if places._parted(one)[1] == "戊县"])
    assert known == {one: {other for other in known if places._agree(one, other)} for one in known}


def test_time_to_tell_places_apart_does_not_grow_with_their_pairs(monkeypatch):
    monkeypatch.setattr(places, "_agree", None)
    chains = [("", f"{number}市", "甲县", "") for number in range(1000)]
    assert places.places(chains) == {one: one for one in chains}
