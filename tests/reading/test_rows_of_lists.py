"""What stands between the projects of a list: pages, remarks, agencies; and what a list and other tables share a sheet."""

import pytest
from written import sheet

from jixiao import checking, reading
from jixiao.model import Book

TITLE = ("项目支出绩效目标表（2025年度）|<|<|<|<|<|<|<", "单位：万元|<|<|<|<|<|<|<")
HEADINGS = "单位名称|项目名称|资金总额|绩效目标|一级指标|二级指标|三级指标|指标值"
HEAD = (*TITLE, HEADINGS)
RIVER = (
    "某县水务局|治理河道|150|河道通畅|产出指标|数量指标|河道长度|≥10公里",
    "某县水务局|治理河道|150|河道通畅|效益指标|社会效益指标|受益人口|≥1万人",
)
GATES = ("某县河道站|更换闸门|60|闸门完好|产出指标|数量指标|闸门数量|≥3扇",)
FORM = (
    "项目支出绩效目标表|<|<|<|<",
    "（2025年度）|<|<|<|<",
    "项目名称|闸门维修|<|<|<",
    "主管部门及代码|某县水务局（101）|<|实施单位|某县河道站",
    "项目资金（万元）|年度资金总额|60|<|<",
    "^|其中：当年财政拨款|60|<|<",
    "^|上年结转资金|0|<|<",
    "^|其他资金|0|<|<",
    "总体目标|更换闸门|<|<|<",
    "绩效指标|一级指标|二级指标|三级指标|指标值",
    "^|成本指标|经济成本指标|总成本|≤60万元",
    "^|产出指标|数量指标|闸门|≥3扇",
    "^|效益指标|社会效益指标|受益|≥1万人",
    "^|满意度指标|服务对象满意度指标|群众满意度|≥90%",
)


def read(*lines, merged=True):
    documents, remarks = reading.read(Book((sheet(*lines, merged=merged),)))
    assert not remarks
    return documents


def told(document, *names):
    return tuple(document.values[name] for name in names)


def projects(documents):
    return [(*told(one, "project_name", "total_funds"), len(one.values["indicators"])) for one in documents]


BOTH = [("治理河道", "150", 2), ("更换闸门", "60", 1)]


@pytest.mark.parametrize(
    "between",
    [
        ("单位：万元|<|<|<|<|<|<|<",),
        ("|||||||单位：万元",),
        ("注：以上为第一批项目。|<|<|<|<|<|<|<",),
        ("第 2 页 共 3 页|<|<|<|<|<|<|<",),
        ("备注：第一批|<|<|<|<|<|<|<",),
        ("填表人：张三|<|<|审核人：李四|<|<|<|<",),
        ("单位负责人（签章）：|<|<|填表人：|<|<|<|<",),
        ("附件2|<|<|<|<|<|<|<",),
        ("续表|<|<|<|<|<|<|<",),
        ("特定目标类|<|<|<|<|<|<|<",),
        ("小计|<|150|||||",),
        ("",),
        (HEADINGS,),
        HEAD,
        ("附件2|<|<|<|<|<|<|<", "", *HEAD),
    ],
)
@pytest.mark.parametrize("merged", [True, False])
def test_a_row_between_projects_ends_no_list(between, merged):
    documents = read(*HEAD, *RIVER, *between, *GATES, merged=merged)
    assert projects(documents) == BOTH
    assert {one.values["year"] for one in documents} == {2025}


@pytest.mark.parametrize(
    "between", [(HEADINGS,), HEAD, ("注：见下页。|<|<|<|<|<|<|<",), ("|||||||单位：万元",)]
)
def test_a_project_goes_on_over_the_break_of_a_page(between):
    documents = read(*HEAD, *RIVER, *between, "||||满意度指标|服务对象满意度指标|满意度|≥90%", *GATES)
    assert projects(documents) == [("治理河道", "150", 3), ("更换闸门", "60", 1)]
    (_, _, last) = documents[0].values["indicators"]
    assert (last["level1"], last["name"], last["target"]) == ("满意度指标", "满意度", "≥90%")


def test_a_second_list_has_its_own_year_unit_and_columns():
    documents = read(
        *HEAD,
        *RIVER,
        "",
        "项目支出绩效目标表（2026年度）|<|<|<|<|<|<|<",
        "单位：元|<|<|<|<|<|<|<",
        "项目名称|单位名称|财政拨款|资金总额|一级指标|二级指标|三级指标|指标值",
        "治理河道|某县水务局|550000|600000|产出指标|数量指标|河道长度|≥10公里",
    )
    names = ("project_name", "year", "total_funds", "fiscal_funds")
    assert [told(one, *names) for one in documents] == [
        ("治理河道", 2025, "150", None),
        ("治理河道", 2026, "60", "55"),
    ]


def test_the_same_project_of_another_year_is_another_one():
    documents = read(*HEAD, *RIVER, "项目支出绩效目标表（2026年度）|<|<|<|<|<|<|<", HEADINGS, *RIVER)
    assert [told(one, "year", "total_funds") for one in documents] == [(2025, "150"), (2026, "150")]


def test_the_same_project_under_another_agency_s_page_is_another_one():
    headings = "项目名称|资金总额|一级指标|二级指标|三级指标|指标值"
    row = "日常办公费|150|产出指标|数量指标|人数|≥10人"
    documents = read(
        "项目支出绩效目标表（2025年度）|<|<|<|<|<",
        *("单位名称：某县水务局|<|<|<|<|<", headings, row),
        "项目支出绩效目标表（2025年度）|<|<|<|<|<",
        *("单位名称：某县河道站|<|<|<|<|<", headings, row),
    )
    assert [told(one, "agency", "total_funds") for one in documents] == [
        ("某县水务局", "150"),
        ("某县河道站", "150"),
    ]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (
            "某县河道站|治理河道|50|通畅|产出指标|数量指标|长度|≥3公里",
            [("某县水务局", "150"), ("某县河道站", "50")],
        ),
        (
            "某县河道站|治理河道||通畅|产出指标|数量指标|长度|≥3公里",
            [("某县水务局", "150"), ("某县河道站", None)],
        ),
        (
            "某县水务局|治理河道|50|通畅|产出指标|数量指标|长度|≥3公里",
            [("某县水务局", "150"), ("某县水务局", "50")],
        ),
        ("某县水务局|治理河道|150|通畅|产出指标|数量指标|长度|≥3公里", [("某县水务局", "150")]),
        ("|治理河道||通畅|产出指标|数量指标|长度|≥3公里", [("某县水务局", "150")]),
    ],
)
def test_one_name_of_two_agencies_or_amounts_is_two_projects(second, expected):
    documents = read(*HEAD, *RIVER, second)
    assert [told(one, "agency", "total_funds") for one in documents] == expected


def test_an_agency_told_once_over_its_projects_is_theirs_too():
    documents = read(
        *HEAD,
        *RIVER,
        "|日常办公费|20|办公|产出指标|数量指标|人数|≥10人",
        "某县河道站|日常办公费|20|办公|产出指标|数量指标|人数|≥3人",
    )
    assert [told(one, "agency", "project_name") for one in documents[1:]] == [
        ("某县水务局", "日常办公费"),
        ("某县河道站", "日常办公费"),
    ]


def test_an_agency_s_sum_belongs_to_no_project():
    documents = read(
        *HEAD,
        "某县水务局||150|||||",
        RIVER[0].replace("某县水务局", ""),
        "某县河道站||60|||||",
        GATES[0].replace("某县河道站", ""),
    )
    assert [told(one, "agency", "total_funds") for one in documents] == [
        ("某县水务局", "150"),
        ("某县河道站", "60"),
    ]


def test_a_line_with_another_unit_of_money_between_projects_is_told():
    lines = (*HEAD, *RIVER, "金额单位：元|<|<|<|<|<|<|<", *GATES, "单位：万元|<|<|<|<|<|<|<")
    documents, (remark,) = reading.read(Book((sheet(*lines),)))
    assert projects(documents) == BOTH
    assert "第 6 行写的是“金额单位：元”" in remark


def test_blocks_of_one_name_with_merged_cells_are_two_projects():
    documents = read(
        *HEAD,
        "某县水务局|日常办公费|150|正常办公|产出指标|数量指标|人数|≥10人",
        "^|^|^|^|效益指标|社会效益指标|保障|有效",
        "某县河道站|日常办公费|50|正常办公|产出指标|数量指标|人数|≥3人",
        "^|^|^|^|效益指标|社会效益指标|保障|有效",
    )
    assert projects(documents) == [("日常办公费", "150", 2), ("日常办公费", "50", 2)]


@pytest.mark.parametrize("caption", [(), ("单位名称：某县水务局|<|<|<|<|<",)])
@pytest.mark.parametrize("merged", [True, False])
def test_an_agency_over_its_projects_counts_before_the_one_above_the_list(caption, merged):
    documents = read(
        "项目支出绩效目标表（2025年度）|<|<|<|<|<",
        *caption,
        "项目名称|资金总额|一级指标|二级指标|三级指标|指标值",
        "某县水务局机关|<|<|<|<|<",
        "治理河道|150|产出指标|数量指标|长度|≥10公里",
        "单位名称：某县河道站|<|<|<|<|<",
        "更换闸门|60|产出指标|数量指标|闸门|≥3扇",
        "二、特定目标类|<|<|<|<|<",
        "清淤|60|产出指标|数量指标|淤泥|≥3吨",
        merged=merged,
    )
    assert [told(one, "agency", "project_name") for one in documents] == [
        ("某县水务局机关", "治理河道"),
        ("某县河道站", "更换闸门"),
        ("某县河道站", "清淤"),
    ]


@pytest.mark.parametrize(
    "lines", [(*HEAD, *RIVER, "", *FORM), (*FORM, "", *HEAD, *RIVER), (*FORM, *HEAD, *RIVER)]
)
@pytest.mark.parametrize("merged", [True, False])
def test_a_list_and_a_form_on_one_sheet_are_read_as_what_they_are(lines, merged):
    documents = read(*lines, merged=merged)
    assert sorted(projects(documents)) == sorted([BOTH[0], ("闸门维修", "60", 4)])
    assert [one.area.top for one in documents] == sorted(one.area.top for one in documents)
    wrong = [one for document in documents for one in checking.check(document).findings if one.rule == "ST09"]
    assert [one.severity for one in wrong] == ["hint"]


@pytest.mark.parametrize("alone", [True, False])
def test_goals_in_several_rows_are_all_read(alone):
    second = ["", "", "", "", "效益指标", "社会效益指标", "受益", "≥1万人"]
    second[3] = "目标2：改善水质"
    first = RIVER[0].replace("河道通畅", "目标1：治理河道")
    (document,) = read(*HEAD, first, "|".join(second[:4] + [""] * 4 if alone else second))
    assert document.values["goals"] == ["治理河道", "改善水质"]
    assert [document.cells[f"/goals/{number}"] for number in (0, 1)] == ["D4", "D5"]


@pytest.mark.parametrize("blank", [0, 4, 5, 9])
def test_blank_rows_above_the_title_do_not_matter(blank):
    (document,) = read(*[""] * blank, *HEAD, *RIVER)
    assert told(document, "year", "total_funds") == (2025, "150")


def test_what_belongs_to_no_project_is_told():
    lines = (
        *HEAD,
        *RIVER,
        "小计|<|150|||||",
        "||||效益指标|社会效益指标|保障|有效",
        "某县水务局|没有指标的项目|20|目标||||",
        *GATES,
        "本页合计|<|210|||||",
    )
    documents, (remark,) = reading.read(Book((sheet(*lines),)))
    assert projects(documents) == BOTH
    assert "第 7、8 行" in remark


def test_a_list_of_agencies_is_not_read_and_told_once():
    lines = (
        "部门整体支出绩效目标表（2025年度）|<|<|<|<|<|<|<|<",
        "单位名称|支出合计|基本支出|项目支出|年度目标|一级指标|二级指标|三级指标|指标值",
        "某县水务局|100|60|40|保障供水|产出指标|数量指标|长度|≥10公里",
        "某县财政局|100|60|40|保障支出|产出指标|数量指标|笔数|≥10笔",
    )
    documents, (remark,) = reading.read(Book((sheet(*lines),)))
    assert not documents
    assert "第 2 行起是单位整体支出绩效目标的清单" in remark
    documents, remarks = reading.read(Book((sheet(*lines, "", *HEAD, *RIVER),)))
    assert (projects(documents), list(remarks)) == (BOTH[:1], [remark])
