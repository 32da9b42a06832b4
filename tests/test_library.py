"""The indicator library suggests what the rules accept, where it belongs, and never an invented figure."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao import checking, library, resources, schemas, values
from jixiao.errors import FormError

NAMES = resources.names("templates/library/*.toml")
GOOD = resources.text("templates/library/fire-safety.toml")
SUBJECTS = library.catalogue()
VOCABULARIES = [schemas.vocabulary("p-2021"), schemas.vocabulary("p-2015")]
EDITIONS = {"p-2021": "gs-2024", "p-2015": "mof-2015"}
LEVEL2 = [(words, level1, level2) for words in VOCABULARIES for level1 in words.level1 for level2 in words.level2[level1]]  # fmt: skip
WANTED = [
    "维修", "水", "电", "公务用车", "公务接待", "劳务派遣", "食堂", "电梯", "物业", "培训", "会议", "信息化", "设备购置", "消防",
    "绿化",
]  # fmt: skip
texts = st.lists(
    st.one_of(
        st.sampled_from([word for one in SUBJECTS for word in (*one.keywords, *one.hidden)]),
        st.text("办公楼提高水平使用\n ", max_size=6),
        st.text(max_size=4),
    ),
    max_size=6,
).map("".join)


def names(text):
    return [one.name for one in library.subjects(text)]


def test_every_subject_of_the_real_tables_is_there():
    assert all(any(word in subject.name for subject in SUBJECTS) for word in WANTED)
    assert len({subject.name for subject in SUBJECTS}) == len(SUBJECTS) == len(NAMES)


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda one: one.name)
def test_every_level2_of_both_vocabularies_has_an_entry_or_says_that_there_is_none(subject):
    for _, _, level2 in LEVEL2:
        assert subject.entries[level2]
        assert subject.entries[level2] == (library.NOT_INVOLVED,) or not any(
            one.declines for one in subject.entries[level2]
        )


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda one: one.name)
def test_a_subject_is_recognised_by_its_own_name(subject):
    assert names(f"{subject.name}经费")[0] == subject.name


def filled(entry):
    """Write the target as a clerk does: with a figure of the project's own where the library leaves it open."""
    figure = {"万元": "40", "元": "9000"}.get(entry.measure.partition("/")[0], "12")
    return entry.target.replace("（填数）", figure)


@pytest.mark.parametrize("words", VOCABULARIES, ids=lambda one: one.name)
@pytest.mark.parametrize("most", [1, 9], ids=["best", "all"])
@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda one: one.name)
def test_a_table_of_suggestions_passes_every_rule(table, subject, words, most):
    """No error and no warning, whatever rules there are: what we suggest must never be what we complain about."""
    shown = [f"| 项目名称 | {subject.name}经费 |", f"| 目标1 | 按计划完成{subject.name}任务 |"]
    text = library.about(f"{subject.name}经费", ())
    for level1 in words.level1:
        for level2 in words.level2[level1]:
            for one in library.suggest(level2, text, words)[:most]:
                name, target = (one.name, "") if one.declines else (one.name, filled(one))
                shown.append(f"| {level1} | {level2} | {name} | {target} |")
    verdict = checking.check(table("\n".join(shown), edition=EDITIONS[words.name]))
    loud = [(one.rule, one.message) for one in verdict.findings if one.severity != "hint"]
    assert loud == []


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda one: one.name)
def test_a_target_is_read_back_as_its_parts(subject):
    for one in {one for entries in subject.entries.values() for one in entries if not one.declines}:
        read = values.parse(filled(one))
        assert (read.operator, read.measure) == (one.operator, one.measure)
        assert one.value in {None, read.value}
        assert one.measure == "%" or one.value in {None, "0"}, f"an invented figure: {one.shown}"


def test_satisfaction_names_its_group_and_asks_for_at_least():
    for one in library.offered("服务对象满意度指标"):
        assert re.fullmatch(r".{2,}满意度，≥\d+%", one.shown)


def test_the_sentence_is_the_best_entry():
    words = VOCABULARIES[0]
    assert library.sentence("质量指标", "办公楼消防工程", words) == "此处可写：消防工程验收合格率，≥95%"
    assert library.sentence("质量指标", "办公楼", words) == ""
    assert library.sentence("社会成本指标", "办公楼消防工程", words) == "此处可写：不涉及"
    assert (
        library.sentence("经济成本指标", "办公楼消防工程", words) == "此处可写：消防工程总成本，≤（填数）万元"
    )


def test_another_spelling_of_a_level2_is_understood_and_another_vocabularys_word_is_not():
    new, old = VOCABULARIES
    assert library.suggest("环境效益指标", "消防", new) == library.suggest("生态效益指标", "消防", new) != ()
    assert library.suggest("成本指标", "消防", new) == ()
    assert library.suggest("成本指标", "消防", old) == library.suggest("经济成本指标", "消防", new)
    assert library.suggest("可持续影响指标", "消防", new) == ()
    assert library.suggest("计划制定", "消防", schemas.vocabulary("gs-agency")) == ()


def test_the_real_tables_are_recognised_by_their_names(examples):
    found = [
        names(library.about(one.values["project_name"], one.values["goals"]))
        for one in examples
        if one.form == "project_target"
    ]
    assert found == [
        ["维修维护"], ["用水"], ["公务用车"], ["公务接待"], ["劳务派遣"], ["食堂"], ["用电"], ["电梯", "维修维护"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("会议室信息化设备购置", ["信息化", "设备购置"]),
        ("电梯维修改造", ["电梯", "维修维护"]),
        ("公务用车购置", ["公务用车", "设备购置"]),
        ("办公楼水电费", ["用水", "用电"]),
        ("水电维修维护", ["维修维护"]),
        ("供水管网改造", ["维修维护"]),
        ("森林防火", []),
        ("图书购置", []),
        ("提供水平更高的服务", []),
        ("使用电脑", []),
        ("后勤保障经费\n做好公务接待", ["公务接待"]),
        ("办公楼电梯费\n做好公务接待", ["电梯"]),
        ("", []),
    ],
)
def test_what_a_name_is_taken_for(text, found):
    assert names(text) == found


@given(texts, st.sampled_from(LEVEL2))
def test_a_suggestion_belongs_to_its_level2_and_to_a_subject_of_the_text(text, where):
    words, _, level2 = where
    found = library.suggest(level2, text, words)
    assert set(found) <= {one for subject in library.subjects(text) for one in subject.entries[level2]}
    assert len({one.name for one in found}) == len(found)
    assert bool(found) == bool(library.subjects(text))
    assert library.sentence(level2, text, words) == (f"此处可写：{found[0].shown}" if found else "")


@given(texts.filter(lambda text: "\n" not in text), texts)
def test_copied_goals_never_change_what_a_name_says(name, goals):
    if library.subjects(name):
        assert sorted(names(f"{name}\n{goals}")) == sorted(names(name))


@given(texts)
def test_a_subject_is_recognised_by_a_keyword_of_its_own(text):
    for subject in library.subjects(text):
        assert any(word in text for word in subject.keywords)


def test_about_writes_one_line_for_the_name_whatever_breaks_it():
    assert library.about("电 梯\n维修", ["保证\n运行", None]) == "电梯维修\n保证运行\n"


def line_of(text, part):
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


BROKEN = [
    ('name = "消防隐患整改时限", operator', 'name = "消防隐患整改时限, operator', "TOML"),
    ('subject = "消防"', 'subjekt = "消防"', "不认识 subjekt"),
    (', measure = "处" },', " },", "缺少 measure"),
    ('{ name = "消防设施完好率", operator = "≥"', '{ name = "消防设施完好率", operator = ">"', "≥、≤、= 之一"),
    ('name = "消防设施完好率"', 'name = "三栋楼 30 处消防设施完好率"', "不带数字"),
    ('name = "消防设施完好率", operator', 'nmae = "消防设施完好率", operator', "不认识 nmae"),
    ('name = "消防设施完好率", ', 'name = "消防设施完好率", weight = "3", ', "不认识 weight"),
    ('name = "消防演练场次"', 'name = "配备灭火器数量"', "已经有了"),
    ('value = "98"', "value = 98", "数值"),
    ('"质量指标" = [', '"品质指标" = [', "没有叫“品质指标”的二级指标"),
    ('"经济效益指标" = "不涉及"', '"经济效益指标" = "无"', "不涉及"),
    ('"成本指标" = "同经济成本指标"', '"成本指标" = "同成本指标"', "没有列出指标"),
    ('"消防", "灭火"', '"火", "灭火"', "至少两个字"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "told"), BROKEN, ids=[told for _, _, told in BROKEN])
def test_a_broken_toml_is_refused_with_file_line_and_remedy(before, after, told):
    text = GOOD.replace(before, after, 1)
    assert text != GOOD
    with pytest.raises(FormError) as caught:
        library.load("templates/library/x.toml", text)
    sentence = str(caught.value)
    at = line_of(GOOD, before)
    assert sentence.startswith(f"templates/library/x.toml 第 {at} 行：")
    assert told in sentence
    assert sentence.endswith("。")
