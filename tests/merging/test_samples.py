"""A sample that came with the notice is nobody's submission; what an agency wrote into a sheet called so is its own."""

import pytest

NOBODY = {"agency": "XX单位", "department": "XX主管部门", "project_name": "XX项目"}


def named(table, sheet):
    return {**table, "sheet": sheet}


def test_a_sample_beside_the_agency_s_own_tables_is_not_counted_and_told(send, gather, seed, changed):
    send("甲.xlsx", seed[1], named(changed(seed[2], **NOBODY), "样表"))
    report = gather()
    assert [one["project_name"] for one in report["projects"]] == [seed[1]["values"]["project_name"]]
    assert (report["totals"]["total_funds"], report["balance"]["documents_found"]) == ("100", 1)
    (source,) = report["sources"]
    assert source["status"] == "merged"
    assert "“样表”像是填写样表（写的是“XX单位”），没有计入" in source["remarks"][0]
    assert any("没有计入的内容" in one for one in report["remarks"])
    assert "ST10" not in {one["rule"] for one in report["findings"]}


@pytest.mark.parametrize(
    ("name", "sheet", "values"),
    [
        ("附件1 绩效目标表（样表）.xlsx", "Sheet1", NOBODY),
        ("附件1.xlsx", "填写示例", {"agency": "××县教育局", "department": "××县教育局"}),
        ("附件1.xlsx", "表1", {"agency": "×××局", "project_name": "示例：教学设备购置"}),
        ("附件1.xlsx", "样表", {"project_name": "××项目"}),
        ("附件1.xlsx", "样表", {"project_name": "示例项目1"}),
        ("附件1.xlsx", "样表", {"project_name": "教学设备购置（样表）"}),
        ("附件1.xlsx", "样表", {"project_name": "（示例）教学设备购置"}),
    ],
)
def test_a_file_of_samples_alone_is_no_submission(send, gather, seed, changed, name, sheet, values):  # noqa: PLR0917 - a case is its arguments
    send("甲.xlsx", seed[1])
    send(name, named(changed(seed[3], **values), sheet))
    sources = {one["path"]: one for one in gather()["sources"]}
    found = sources[f"报送/{name}"]
    assert (found["status"], found["code"]) == ("not_ours", "other_file")
    assert "填写样表" in found["reason"]


@pytest.mark.parametrize(
    ("name", "sheet", "values"),
    [
        ("绩效目标表（样表）-教育局.xlsx", "样表", {}),  # the agency filled in the sample itself
        ("甲.xlsx", "Sheet1", NOBODY),  # a placeholder that was left is an error, and it counts
        ("示例/甲.xlsx", "Sheet1", NOBODY),
        ("甲.xlsx", "Sheet1", {"project_name": "典型示例推广"}),
        (
            "甲.xlsx",
            "典型示例推广",
            {"project_name": "典型示例推广"},
        ),  # a sheet, a file that is called as its project
        ("数字乡村示例点建设.xlsx", "Sheet1", {"project_name": "数字乡村示例点建设"}),
        ("示例村.xlsx", "示例村", {"project_name": "示例村道路硬化"}),
        ("历年惯例表彰.xlsx", "惯例表彰", {"project_name": "历年惯例表彰"}),
        ("示例.xlsx", "示例", {"agency": "某某县教育局", "project_name": "电费"}),  # a name as good as any
    ],
)
def test_what_is_only_called_so_or_only_nobody_s_counts(send, gather, seed, changed, name, sheet, values):  # noqa: PLR0917 - a case is its arguments
    send(name, named(changed(seed[3], **values), sheet))
    report = gather()
    assert report["totals"]["projects"] == 1
    assert report["sources"][0]["remarks"] == []


def test_an_agency_s_own_table_may_be_a_sample_too(send, gather, seed, changed):
    send("甲.xlsx", *seed[:2], named(changed(seed[0], agency="××县××局"), "整体（样表）"))
    report = gather()
    assert [one["agency"] for one in report["agencies"]] == ["和政县机关事务管理局"]
