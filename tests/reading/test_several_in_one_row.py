"""A row whose cells number several indicators is read as several; where names and targets do not agree that is told."""

from collections import Counter

import pytest
from blocks import ROWS, found, names_and_targets, table

from jixiao import checking
from jixiao.reading import lines

NAMES = ["绿化成本", "养护成本", "浇水成本"]
TARGETS = ["≤30万元", "≤20万元", "≤10万元"]


def listed(texts, mark):
    return "\n".join(f"{mark(n)}{text}" for n, text in enumerate(texts, 1))


MARKS = {
    "1.": lambda n: f"{n}.",
    "1、": lambda n: f"{n}、 ",
    "（1）": lambda n: f"（{n}）",
    "一、": lambda n: f"{'一二三'[n - 1]}、",
    "①": lambda n: "①②③"[n - 1],
    "": lambda _: "",
}


def with_first(name, target):
    return table(rows=[[*ROWS[0][:3], name, target], *ROWS[1:]])


@pytest.mark.parametrize("of_targets", MARKS, ids=lambda mark: f"targets {mark}")
@pytest.mark.parametrize("of_names", [mark for mark in MARKS if mark], ids=lambda mark: f"names {mark}")
def test_each_is_an_indicator_of_its_own(of_names, of_targets):
    document = with_first(listed(NAMES, MARKS[of_names]), listed(TARGETS, MARKS[of_targets]))
    rest = [(row[3], row[4]) for row in ROWS[1:]]
    assert names_and_targets(document) == [*zip(NAMES, TARGETS, strict=True), *rest]
    assert [one["value"] for one in document.values["indicators"][:3]] == ["30", "20", "10"]
    assert {document.cells[f"/indicators/{n}/target"] for n in range(3)} == {"E11"}
    (told,) = found(document, "ST09")
    assert (told.severity, told.cell) == ("hint", "D11")
    assert "第 11 行一格里写了 3 条指标" in told.message


def test_a_line_that_goes_on_belongs_to_the_item_above_it():
    document = with_first("1.绿化\n成本\n2.养护成本", "1.≤30万元\n2.2026年12月31日前")
    assert names_and_targets(document)[:2] == [
        ("绿化成本", "≤30万元"),
        ("养护成本", "2026年12月31日前"),
    ]


@pytest.mark.parametrize(
    ("target", "has"),
    [("≤50万元", "指标值有 1 个"), (None, "指标值空着"), ("≤1万元\n≤2万元\n≤3万元", "指标值有 3 个")],
)
def test_names_without_a_target_each_are_told(target, has):
    document = with_first("1.绿化成本\n2.养护成本", target)
    assert names_and_targets(document)[0] == ("1.绿化成本\n2.养护成本", target)
    (told,) = found(document, "ST09")
    assert (told.severity, told.cell) == ("warning", "D11")
    assert has in told.message


@pytest.mark.parametrize("name", ["绿化\n成本", "1.绿化成本", "2.绿化成本\n3.养护成本", "1.5万亩绿化\n成本"])
def test_a_name_over_two_lines_is_one_name(name):
    document = with_first(name, "≤50万元")
    assert names_and_targets(document)[0][0] == name
    assert not found(document, "ST09")


def test_what_is_wrong_in_one_of_them_is_told_of_that_one_and_mended_in_the_whole_cell():
    document = with_first("1.绿化成本\n2.养护成本", "1.<=30万元\n2.≤900万元")
    said = {one.rule: one for one in checking.check(document).findings if one.cell == "E11"}
    assert "“养护成本”的指标值“≤900万元”" in said["CO01"].message
    assert (said["VA16"].fix.before, said["VA16"].fix.after) == (
        "1.<=30万元\n2.≤900万元",
        "1.≤30万元\n2.≤900万元",
    )


def test_a_fault_of_the_whole_cell_is_told_once():
    document = with_first("1.绿化  成本\n2.养护成本", "1.≤30万元\n2.≤20万元")
    assert len([one for one in checking.check(document).findings if one.rule == "ST11"]) == 1


@pytest.mark.parametrize("mark", ["1.", "1、", "（1）", "①", "2．"])
def test_of_one_that_is_numbered_in_both_cells_the_number_is_no_part(mark):
    document = with_first(f"{mark}绿化成本", f"{mark}≤30万元")
    assert names_and_targets(document)[0] == ("绿化成本", "≤30万元")
    assert document.values["indicators"][0]["value"] == "30"
    document = with_first(f"{mark}空气质量", f"{mark}有效改善")
    assert not found(document, "VA02")


@pytest.mark.parametrize(("name", "target"), [("1.绿化成本", "≤30万元"), ("1.绿化成本", "2.≤30万元"), ("1号楼", "1.5万元"), ("1.", "1.≤3万元"), ("1、修缮", "1．5万元")])  # fmt: skip
def test_a_number_in_one_cell_alone_stays(name, target):
    assert names_and_targets(with_first(name, target))[0] == (name, target)


def test_of_many_rows_with_several_indicators_each_is_told_at_its_own(monkeypatch):
    asked = Counter()
    monkeypatch.setattr(lines.Line, "__eq__", lambda one, other: asked.update(["pairs"]) or one is other)
    rows = [[None, None, "数量指标", f"1、修路{n}\n2、架桥{n}", "1、≥1公里\n2、≥2座"] for n in range(200)]
    document = table(rows=rows)
    told = [one.pointer for one in document.notes if "2 条指标" in one.text]
    assert told == [f"/indicators/{2 * n}/name" for n in range(200)]
    assert not asked
