"""Words of the levels are known in whatever way they stand in their column: numbered, or over two cells."""

from collections import Counter
from dataclasses import replace

import pytest
from blocks import HEADING, ROWS, found, names_and_targets, table

from jixiao import checking
from jixiao.model import Area
from jixiao.reading import lines
from jixiao.reading import rows as reading_rows
from jixiao.reading.lines import bare

READ = [(row[3], row[4]) for row in ROWS]
LEVELS = [(row[1], row[2]) for row in ROWS]
LEVELS[2] = ("产出指标", "质量指标")


def levels(document):
    return [(one["level1"], one["level2"]) for one in document.values["indicators"]]


@pytest.mark.parametrize("number", ["一、", "1.", "1、", "（一）", "(1)", "①", "（一）、"])
@pytest.mark.parametrize("points", ["", "（10分）", "(20%)"])
def test_numbering_and_points_do_not_change_the_edition(number, points):
    rows = [[*row[:1], row[1] and f"{number}{row[1]}{points}", *row[2:]] for row in ROWS]
    document = table(rows=rows)
    assert document.edition == "gs-2024"
    assert (names_and_targets(document), levels(document)) == (READ, LEVELS)
    assert not found(document, "ST01")
    old = [row for row in rows if row[1] is None or "成本" not in row[1]]
    assert table(rows=old).edition == "mof-2015"


BROKEN = [
    (("经济", "效益指标"), "经济效益指标"),
    (("经济效益", "指标"), "经济效益指标"),
    (("社会", "效益"), "社会效益指标"),
    (("社会效", "益指标"), "社会效益指标"),
    (("生态", "效益", "指标"), "生态效益指标"),
]


@pytest.mark.parametrize(("pieces", "word"), BROKEN)
@pytest.mark.parametrize("full", [True, False], ids=["an indicator in each row", "one"])
def test_a_level_2_that_lies_over_two_cells_is_one_word(pieces, word, full):
    block = [[None, None, piece, f"绿地覆盖率{n}", f"≥{n}0%"] for n, piece in enumerate(pieces, 1)]
    if not full:
        block[1:] = [[None, None, piece] for piece in pieces[1:]]
    block[0][1] = "效益指标"
    document = table(rows=[*ROWS[:3], *block, ROWS[4]])
    wanted = [("效益指标", word)] * (len(pieces) if full else 1)
    assert levels(document) == [*LEVELS[:3], *wanted, LEVELS[4]]
    assert document.cells["/indicators/3/level2"] == "C14"
    assert not [
        one for one in checking.check(document).findings if one.rule in {"ST05", "ST06", "SC03", "ST08"}
    ]


@pytest.mark.parametrize(("first", "second"), [("产出", "指标"), ("产", "出指标"), ("产出指", "标")])
def test_a_level_1_that_lies_over_two_cells_is_one_word(first, second):
    rows = [ROWS[0], [None, first, *ROWS[1][2:]], [None, second, *ROWS[2][2:]], *ROWS[3:]]
    document = table(rows=rows)
    assert (document.edition, names_and_targets(document), levels(document)) == ("gs-2024", READ, LEVELS)
    assert not [
        one for one in checking.check(document).findings if one.rule in {"ST05", "ST06", "SC03", "ST08"}
    ]


def test_a_whole_word_below_another_stays_its_own():
    rows = [*ROWS[:4], [None, None, "生态效益指标", "减尘率", "≥5%"], ROWS[4]]
    assert levels(table(rows=rows))[3:5] == [("效益指标", "社会效益指标"), ("效益指标", "生态效益指标")]
    merged = table(rows=rows, merges=[Area(4, 1, 5, 1)])
    assert levels(merged)[3:5] == [("效益指标", "社会效益指标"), ("效益指标", "生态效益指标")]


@pytest.mark.parametrize("heading", ["类别", "指标类别", "指标类型", "分类"])
@pytest.mark.parametrize(
    "words", [["共性指标", None, None, "个性指标", None], ["投入", "产出类", "产出类", "效果类", "效果类"]]
)
@pytest.mark.parametrize("labelled", [True, False])
def test_a_category_left_of_the_levels_is_none_of_them(heading, words, labelled):
    rows = [[None, word, *row[1:]] for word, row in zip(words, ROWS, strict=True)]
    head = ("绩效指标", heading, *HEADING[1:])
    document = (
        table(heading=head, rows=rows)
        if labelled
        else table(heading=head[1:], rows=[row[1:] for row in rows])
    )
    assert (names_and_targets(document), levels(document)) == (READ, LEVELS)
    assert not checking.check(document).findings


def test_rows_of_a_category_with_words_of_their_own_are_no_other_table():
    own = [
        ["丙类", "特别目标", "特别事项", "事项数", "≥3个"],
        ["丙类", None, "其他事项", "其他事项数", "≥4个"],
    ]
    rows = [*(["甲类", *row[1:]] for row in ROWS), *own]
    document = table(heading=("指标类别", *HEADING[1:]), rows=rows)
    assert names_and_targets(document)[-2:] == [("事项数", "≥3个"), ("其他事项数", "≥4个")]
    assert not found(document, "ST09")


FOUR = [
    [None, "产出指标", "数量指标", "面积", "绿化面积", "≥100亩"],
    [None, None, None, "株数", "补植株数", "≥50株"],
    [None, None, "质量指标", "成活", "苗木成活率", "≥95%"],
    [None, "效益指标", "社会效益指标", "环境", "绿地覆盖率", "≥40%"],
    [None, "满意度指标", "服务对象满意度指标", "居民", "居民满意度", "≥90%"],
    ["注：本表一式两份"],
]


@pytest.mark.parametrize("merges", [None, [Area(0, 0, 5, 0), Area(1, 1, 3, 1), Area(1, 2, 2, 2)]])
def test_levels_that_are_one_level_off_are_read_by_their_words(merges):
    document = table(heading=("绩效指标", "类别", *HEADING[1:]), rows=FOUR, merges=merges)
    assert names_and_targets(document) == [(row[4], row[5]) for row in FOUR[:-1]]
    assert levels(document)[1] == ("产出指标", "数量指标")
    assert levels(document)[3] == ("效益指标", "社会效益指标")
    assert document.edition == "mof-2015"
    (told,) = [one for one in found(document, "ST09") if one.pointer == "/indicators"]
    assert told.severity == "hint"
    assert all(part in told.message for part in ("B 列", "C 列", "D 列没有读取"))
    assert {one.severity for one in checking.check(document).findings} == {"hint"}


SHANGHAI = [
    [None, "产出目标", "数量", "绿化面积", "≥100亩"],
    [None, None, "质量", "苗木成活率", "≥95%"],
    [None, None, "时效", "养护完成时间", "2026年12月底前"],
    [None, None, "成本", "绿化成本", "≤105万元"],
    [None, "效果目标", "社会效益", "绿地覆盖率", "≥40%"],
    [None, None, "满意度", "居民满意度", "≥90%"],
    [None, "影响力目标", "长效管理", "长效管理制度健全性", "健全"],
]


@pytest.mark.parametrize("heading", [HEADING, ("绩效目标", "一级目标", "二级目标", "三级目标", "指标目标值")])
@pytest.mark.parametrize("filled", [False, True], ids=["blank below", "filled"])
@pytest.mark.parametrize("merges", [None, [Area(1, 1, 4, 1), Area(5, 1, 6, 1)]])
def test_words_of_another_place_hold_over_their_rows_and_are_told_once(heading, filled, merges):
    first = [*["产出目标"] * 4, *["效果目标"] * 2, "影响力目标"]
    rows = [[None, word, *row[2:]] for word, row in zip(first, SHANGHAI, strict=True)] if filled else SHANGHAI
    document = table(heading=heading, rows=rows, merges=merges)
    assert names_and_targets(document) == [(row[3], row[4]) for row in SHANGHAI]
    assert [one["level1"] for one in document.values["indicators"]] == first
    assert levels(document)[3] == ("产出目标", "成本指标")
    assert document.edition == "mof-2015"
    findings = checking.check(document).findings
    errors = [one for one in findings if one.severity == "error"]
    assert [one.rule for one in errors] == ["SC03"] * 3
    assert [one.cell for one in errors] == ["B11", "B15", "B17"]
    assert ("同样写的还有 3 格：B12、B13、B14" in errors[0].message) is (filled and not merges)
    assert not [one for one in findings if "“”" in one.message]


@pytest.mark.parametrize("number", ["1.1", "1.1 ", "1.1、", "2.3.", "1.1.1", "１.２", "10.12"])
def test_numbering_of_two_levels_is_no_part_of_a_word(number):
    rows = [[*row[:2], f"{number}{row[2]}", *row[3:]] for row in ROWS]
    document = table(rows=rows)
    assert (levels(document), document.edition) == (LEVELS, "gs-2024")
    assert not found(document, "SC03")
    assert not found(document, "ST05")


@pytest.mark.parametrize("text", ["1.5万亩改造", "3.2公里道路指标", "2.5倍增长"])
def test_a_figure_of_a_word_is_no_numbering(text):
    assert bare(text) == text


def test_words_of_2015_in_two_halves_tell_their_edition():
    """Level 2 words of the first half, which is not read, are no words of level 1: 成本指标 there is 2015's."""
    words = [
        "数量指标",
        "质量指标",
        "时效指标",
        "成本指标",
        "社会效益指标",
        "可持续影响指标",
        "服务对象满意度指标",
    ]
    first = {0: "产出指标", 4: "效益指标", 6: "满意度指标"}
    rows = [
        [None, first.get(n), *(cell for half in ("中期", "年度") for cell in (word, f"{half}{n}", f"≥{n}次"))]
        for n, word in enumerate(words)
    ]
    document = table(heading=[*HEADING, *HEADING[2:]], rows=rows)
    assert document.edition == "mof-2015"
    assert [two for _, two in levels(document)] == words
    assert not found(document, "ST05")


@pytest.mark.parametrize("merged", [True, False], ids=["level 2 merged", "level 2 left blank"])
@pytest.mark.parametrize(
    ("name", "target"), [("服务对象满意度", "≥95%"), ("满意度", "≥90%"), ("社会公众或服务对象满意度", "95%")]
)
def test_a_name_that_is_also_a_level_2_word_is_a_name(name, target, merged):
    """It has its level 2 above it and a target beside it; it had been taken for the level 2, and the name for lost."""
    rows = [*ROWS, [None, None, None, name, target]]
    merges = [Area(len(ROWS), 2, len(ROWS) + 1, 2)] if merged else None
    document = table(rows=rows, merges=merges)
    assert (names_and_targets(document), levels(document)) == ([*READ, (name, target)], [*LEVELS, LEVELS[-1]])
    assert not found(document, "ST08")


def test_a_name_below_a_merged_level_2_stays_in_it_whatever_level_2_it_sounds_like():
    rows = [*ROWS[:4], [None, None, None, "服务对象满意度指标", "达标"], ROWS[4]]
    document = table(rows=rows, merges=[Area(4, 2, 5, 2)])
    assert names_and_targets(document)[4] == ("服务对象满意度指标", "达标")
    assert levels(document)[4] == ("效益指标", "社会效益指标")


@pytest.mark.parametrize(
    "row",
    [[None, None, "数量指标", "修路长度{}", "≥{}公里"], [None, "产出指标", None, None, None]],
    ids=["no level 1 at all", "level 1 words alone"],
)
def test_looking_for_a_row_s_level_1_does_not_take_every_pair_of_rows(row, monkeypatch):
    asked = Counter()
    get = lines.Block.level2

    class Told(dict):
        def get(self, *key):
            asked["text"] += 1
            return super().get(*key)

    def counted(block, text):
        asked["word"] += 1
        return get(block, text)

    def told(block, number):
        line = read_line(block, number)
        return line and replace(line, texts=Told(line.texts))

    read_line = reading_rows.read_line
    monkeypatch.setattr(lines.Block, "level2", counted)
    monkeypatch.setattr(reading_rows, "read_line", told)
    table(rows=[[one and one.format(n) for one in row] for n in range(400)])
    assert 0 < asked.total() < 40 * 400


def test_a_merged_level_2_holds_over_its_rows_where_level_1_is_written_in_each():
    rows = [
        *ROWS[:2],
        [None, "产出指标", None, "补种面积", "≥10亩"],
        *[[None, one[1] or "产出指标", *one[2:]] for one in ROWS[2:]],
    ]
    document = table(rows=rows, merges=[Area(2, 2, 3, 2)])
    assert levels(document)[1:4] == [
        ("产出指标", "数量指标"),
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
    ]
    assert document.cells["/indicators/2/level2"] == document.cells["/indicators/1/level2"]
    assert not found(document, "SC01")


def test_a_level_2_left_out_where_every_row_has_its_own_words_is_told_and_not_guessed():
    rows = [*ROWS[:2], [None, "产出指标", None, "补种面积", "≥10亩"], *ROWS[2:]]
    document = table(rows=rows)
    assert levels(document)[2] == ("产出指标", None)
    assert [one.pointer for one in found(document, "SC01")] == ["/indicators/2/level2"]
