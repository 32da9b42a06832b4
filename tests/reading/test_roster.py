"""A list of agencies and projects is recognised by its headings."""

import pytest

from jixiao.errors import UsageError
from jixiao.model import Area, Book, Grid, Spot
from jixiao.reading import roster


def lines(*rows):
    return told(Grid("名单", rows))


def told(*grids):
    """Return the lines of a book without where they stand."""
    return [
        {field: text for field, text in line.items() if field not in {"sheet", "cell"}}
        for line in roster.read(Book(grids), "名单.xlsx")
    ]


def test_columns_are_found_by_heading_wherever_they_stand():
    assert lines(
        ["某县 2027 年名单"],
        [None],
        ["序号", "项目名称", "单位名称", "主管部门"],
        [1.0, "电费", "甲局", "甲局"],
        [2.0, "水费", "乙局", None],
    ) == [
        {"project_name": "电费", "agency": "甲局", "department": "甲局"},
        {"project_name": "水费", "agency": "乙局"},
    ]


def test_a_code_keeps_the_digits_a_person_sees():
    assert lines(["单位名称", "主管部门代码"], ["甲局", 123001.0], ["乙局", "001"]) == [
        {"agency": "甲局", "department_code": "123001"},
        {"agency": "乙局", "department_code": "001"},
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "截止日期",
        "报送截止时间",
        "填报截止",
        "上报截止日期（必须按期）",
        "报送期限",
        "最后期限",
        "报送时限",
        "应报日期",
        "截 止 时 间",
    ],
)
def test_a_last_day_is_known_by_its_heading_and_its_cell_is_kept(heading):
    assert lines(["单位名称", heading], ["甲局", "9月5日"], ["乙局", None]) == [
        {"agency": "甲局", "due": "9月5日", "due_cell": "B2"},
        {"agency": "乙局"},
    ]


@pytest.mark.parametrize("heading", ["项目实施期限", "合同截止日期", "建设期限"])
def test_a_project_s_own_end_is_no_last_day(heading):
    assert lines(["单位名称", heading], ["甲局", "2026年12月"]) == [{"agency": "甲局"}]


def test_blank_lines_are_left_out():
    assert lines(["单位名称"], ["甲局"], [None], ["  "], ["乙局"]) == [{"agency": "甲局"}, {"agency": "乙局"}]


@pytest.mark.parametrize(
    "row",
    [
        ["合计", 6.0],
        ["合 计", "2个"],
        ["合计2个单位"],
        ["合 计：2"],
        [None, "小计"],
        ["共2个单位"],
        ["备注：请于三月底前报送"],
        ["填表人：张三", "联系电话：0930"],
        ["注：只列一级预算单位"],
        ["审核：李四"],
        [None, "填报日期：2026年9月1日"],
    ],
)
def test_sums_notes_and_signatures_are_no_agencies(row):
    rows = ["序号", "单位名称"], [1.0, "甲县注册服务中心"], [2.0, "乙县合计划站"]
    assert lines(*rows, row) == [{"agency": "甲县注册服务中心"}, {"agency": "乙县合计划站"}]
    rows = ["填报单位", "联系人"], ["甲县注册服务中心", "张三"], row, ["乙县合计划站", None]
    assert [line["agency"] for line in lines(*rows)] == ["甲县注册服务中心", "乙县合计划站"]


@pytest.mark.parametrize("heading", ["填报单位", "报送单位", "预算单位名称", "填报单位名称", "项目单位名称"])
@pytest.mark.parametrize("code", ["单位编码", "预算单位编码", "预算单位代码", "主管部门编码", "部门代码"])
def test_a_list_s_headings_are_known_as_offices_write_them(heading, code):
    """A unit's own code is not its department's: it must not be printed in 主管部门及代码."""
    field = "department_code" if "部门" in code else "agency_code"
    assert lines([heading, code], ["甲局", "301001"]) == [{"agency": "甲局", field: "301001"}]


@pytest.mark.parametrize(
    "heading",
    ["单位全称", "部门（单位）", "部门名称", "责任单位", "二级预算单位", "学校名称", "所属单位", "预算部门"],
)
def test_whose_the_lines_are_is_known_by_other_headings_too(heading):
    assert lines(["名单"], ["序号", heading, "联系人"], [1.0, "甲局", "张三"]) == [
        {"agency": "甲局", "contact": "张三"}
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "应报单位",
        "应报送单位名称",
        "单位（部门）名称",
        "上报单位",
        "机构名称",
        "各单位",
        "基层预算单位",
        "乡镇（街道）名称",
        "医院名称",
    ],
)
def test_whose_the_lines_are_is_known_in_other_words_too(heading):
    assert lines(["序号", heading, "施工单位", "计量单位"], [1.0, "甲局", "乙公司", "个"]) == [
        {"agency": "甲局"}
    ]


@pytest.mark.parametrize("heading", ["项目名", "项目全称", "支出项目名称"])
def test_a_project_is_known_in_other_words_too(heading):
    assert lines(["单位", heading, "项目类别"], ["甲局", "电费", "其他"]) == [
        {"agency": "甲局", "project_name": "电费"}
    ]


def test_a_title_that_reads_like_a_heading_is_none_where_there_is_one():
    rows = [["序号", "单位名称"], [1.0, "甲局"]]
    assert lines(["单位名单", None], *rows) == [{"agency": "甲局"}]
    assert lines(["单位名单"], ["甲局"]) == [{"agency": "甲局"}]
    assert lines(["单位名单"], ["单位名称"], ["甲局"]) == [{"agency": "甲局"}]


@pytest.mark.parametrize("heading", ["部门", "部门名称", "预算部门", "一级预算单位", "主管部门"])
def test_a_department_beside_an_agency_is_the_one_above_it(heading):
    assert lines([heading, "单位名称"], ["甲局", "一中"]) == [{"department": "甲局", "agency": "一中"}]
    assert lines([heading, "甲县教育局"], ["单位名称"], ["甲局"]) == [{"agency": "甲局"}]


def test_numbered_notes_that_go_on_and_a_day_are_no_agencies():
    rows = ["单位名称", "电话"], ["甲局", "1"], ["注：1.请按时报送"], ["2.请用新表"], ["（3）不用盖章"]
    assert [one["agency"] for one in lines(*rows, ["2026年8月1日"])] == ["甲局"]
    assert [one["agency"] for one in lines(*rows, ["乙局"])] == ["甲局", "乙局"]
    assert [one["agency"] for one in lines(*rows[:2], ["2026-08-01"], ["3.乙局"])] == ["甲局", "乙局"]


def test_every_sheet_with_the_headings_is_read_and_where_each_line_stands_is_kept():
    sheets = (
        Grid("说明", [["请各单位按时报送"]]),
        Grid("一级单位", [["单位名称", "截止日期"], ["甲局", "9月5日"]]),
        Grid("二级单位", [["2027 年"], ["单位名称"], ["甲局一中"], ["甲局"]]),
    )
    assert told(*sheets) == [{"agency": "甲局", "due": "9月5日", "due_cell": "B2"}, {"agency": "甲局一中"}]
    found = roster.read(Book(sheets), "名单.xlsx")
    assert [(line["sheet"], line["cell"]) for line in found] == [("一级单位", "A2"), ("二级单位", "A3")]


@pytest.mark.parametrize(
    "heads", [["序号", "单位名称", "联系人"] * 2, ["序号", "单位名称", "联系人", None, "单位名称", "联系人"]]
)
def test_lists_side_by_side_are_one(heads):
    assert lines(
        heads, [1, "甲局", "张三", 3, "丙局", "王五"], [2, "乙局", None, None, None, None], ["合计", 2]
    ) == [
        {"agency": "甲局", "contact": "张三"},
        {"agency": "乙局"},
        {"agency": "丙局", "contact": "王五"},
    ]


def test_a_merged_cell_holds_for_all_of_its_rows():
    rows = [
        ["主管部门", "单位名称", "项目名称", "截止日期"],
        ["甲局", "甲局", "电费", "9月5日"],
        [None, None, "水费", None],
        [None, "一中", "校舍", None],
        ["乙局", "乙局", "水费", None],
    ]
    merges = (Area(1, 0, 3, 0), Area(1, 1, 2, 1), Area(1, 3, 3, 3))
    day = {"due": "9月5日", "due_cell": "D2"}
    assert told(Grid("名单", rows, merges)) == [
        {"department": "甲局", "agency": "甲局", "project_name": "电费", **day},
        {"department": "甲局", "agency": "甲局", "project_name": "水费", **day},
        {"department": "甲局", "agency": "一中", "project_name": "校舍", **day},
        {"department": "乙局", "agency": "乙局", "project_name": "水费"},
    ]


def test_an_agency_is_named_once_for_the_projects_below_it():
    """As an .ods gives merged cells, and as people leave out what repeats."""
    heads = ["主管部门", "单位名称", "项目名称", "联系人"]
    found = lines(
        heads, ["甲局", "一中", "电费", "张三"], [None, None, "水费"], ["乙局", None, "校舍"], ["小计"]
    )
    assert found == [
        {"department": "甲局", "agency": "一中", "project_name": "电费", "contact": "张三"},
        {"department": "甲局", "agency": "一中", "project_name": "水费"},
        {"department": "乙局", "project_name": "校舍"},
    ]


@pytest.mark.parametrize(
    "merges", [(), (Area(0, 0, 1, 0), Area(0, 1, 0, 2), Area(0, 3, 0, 4), Area(0, 5, 1, 5))]
)
def test_a_heading_of_two_rows_is_known_by_both(merges):
    rows = [
        ["序号", "单位信息", None, "联系方式", None, "截止日期"],
        [None, "单位名称", "单位代码", "联系人", "电话", None],
        [1, "甲局", "101001", "张三", "1", "9月5日"],
    ]
    assert told(Grid("名单", rows, merges)) == [
        {
            "agency": "甲局",
            "agency_code": "101001",
            "contact": "张三",
            "phone": "1",
            "due": "9月5日",
            "due_cell": "F3",
        }
    ]


@pytest.mark.parametrize(
    "merges", [(), (Area(0, 0, 1, 0), Area(0, 1, 0, 2), Area(0, 3, 0, 4), Area(0, 5, 0, 6))]
)
@pytest.mark.parametrize("name", ["预算单位", "单位", "实施单位"])
def test_a_heading_over_a_code_and_a_name_is_part_of_both(merges, name):
    rows = [
        ["序号", "主管部门", None, name, None, "联系方式", None],
        [None, "代码", "名称", "代码", "名称", "联系人", "电话"],
        [1, "101", "甲局", "101001", "甲局一中", "张三", "1"],
    ]
    assert told(Grid("名单", rows, merges)) == [
        {
            "department_code": "101",
            "department": "甲局",
            "agency_code": "101001",
            "agency": "甲局一中",
            "contact": "张三",
            "phone": "1",
        }
    ]


@pytest.mark.parametrize(
    ("above", "headings"),
    [
        (["填报单位：", "甲县财政局"], ["单位名称"]),
        (["填报单位：甲县财政局"], ["单位名称"]),
        (["填报单位：", "甲县财政局"], ["单位名称", "单位编码"]),
        (["填报单位", "甲县财政局"], ["单位名称", "单位编码"]),
    ],
)
def test_who_made_the_list_is_no_heading_of_it(above, headings):
    row = ["甲局", "101"][: len(headings)]
    assert [line["agency"] for line in lines(["名单"], above, headings, row)] == ["甲局"]


def test_headings_that_stand_again_on_the_next_page_are_no_agency():
    again = ["单位名称", "联系人"]
    assert [line["agency"] for line in lines(again, ["甲局", "张三"], again, ["乙局", "李四"])] == [
        "甲局",
        "乙局",
    ]


def test_a_filled_form_is_no_list():
    with pytest.raises(UsageError, match="不是名单"):
        lines(
            ["项目支出绩效目标表"],
            ["（2026年度）"],
            ["项目名称", "电费"],
            ["主管部门及代码", "某局", "实施单位", "某局"],
            ["项目资金（万元）", "年度资金总额", 10.0],
            ["总体目标", "按时缴费"],
            ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
            [None, "产出指标", "数量指标", "缴费次数", "≥12次"],
        )


@pytest.mark.parametrize("rows", [[["名字"], ["甲局"]], [["单位名称"]], []])
def test_a_list_without_heading_or_lines_is_told(rows):
    with pytest.raises(UsageError, match="名单"):
        lines(*rows)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("名单.txt", "单位名称\n甲局\n".encode(), "不是工作簿。名单应当是一个工作簿"),
        ("名单.xlsx", b"<html><body>x</body></html>", "不是工作簿。名单应当是一个工作簿"),
        ("名单.xlsx", b"", "是空文件"),
        ("名单.xlsx", b"PK\3\4 cut off", "已损坏"),
    ],
)
def test_a_list_that_is_no_workbook_is_named_and_what_it_should_be_is_said(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        roster.opened(path)
    assert f"名单“{path}”" in str(caught.value)
    assert said in str(caught.value)
    assert "另存为 .xlsx" in str(caught.value)
    assert "填报单位" not in str(caught.value)


def test_a_folder_in_place_of_a_list_is_called_one(tmp_path):
    with pytest.raises(UsageError, match="是一个文件夹。请写明其中哪一个工作簿是名单"):
        roster.opened(tmp_path)
    with pytest.raises(UsageError, match="找不到名单"):
        roster.opened(tmp_path / "没有.xlsx")


GROUPS = ["教育系统", "一、教育系统", "（二）县直部门", "乡镇（14个）", "党群机关", "其他单位", "乡镇、街道"]


@pytest.mark.parametrize("group", GROUPS)
def test_the_heading_of_a_group_is_no_agency(group):
    found = lines(
        ["序号", "单位名称", "联系人"], ["一", group, None], [1.0, "甲县一中", "张三"], [2.0, "甲县二中"]
    )
    assert [one["agency"] for one in found] == ["甲县一中", "甲县二中"]


@pytest.mark.parametrize("name", ["甲县教育系统工会", "县直机关工委", "甲县乡镇企业局", "甲县机关事务管理局"])
def test_an_agency_whose_name_has_such_words_is_one(name):
    assert [one["agency"] for one in lines(["单位名称"], [name], ["甲局"])] == [name, "甲局"]


def test_a_group_that_says_more_is_a_line():
    assert lines(["单位名称", "联系人"], ["教育系统", "张三"]) == [{"agency": "教育系统", "contact": "张三"}]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("一、甲县教育局", "甲县教育局"),
        ("（三）甲县教育局", "甲县教育局"),
        ("1.甲县教育局", "甲县教育局"),
        ("三、四号楼管理处", "三、四号楼管理处"),
        ("1.5 产业园", "1.5 产业园"),
    ],
)
def test_the_number_of_a_line_is_no_part_of_the_name(written, name):
    assert lines(["单位名称"], [written]) == [{"agency": name}]


def test_a_list_that_goes_sideways_is_refused():
    """Its second heading would become an agency, and all its names but one be lost."""
    with pytest.raises(UsageError, match="好像是横排的：A2 是表头“项目名称”，不是名称"):
        lines(["单位名称", "甲局", "乙局"], ["项目名称", "电费", "水费"])


@pytest.mark.parametrize(
    ("fault", "said"), [("#REF!", "错误值 #REF!"), ("=CONCATENATE(A1)", "还没有算出结果的公式")]
)
def test_a_name_that_is_an_error_or_a_formula_without_a_result_is_none(fault, said):
    grid = Grid("名单", [["单位名称", "项目名称"], ["甲局", fault]], faults={Spot(1, 1): fault})
    with pytest.raises(UsageError, match=f"工作表“名单”里 B2 是{said}"):
        told(grid)
