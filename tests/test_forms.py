"""An edition is data; a broken one is refused with file, line and remedy."""

import shutil
import tomllib

import pytest

from jixiao import cli, forms, library, resources, schemas
from jixiao.errors import FormError, UsageError
from jixiao.forms import __main__ as generator

NAMES = resources.names("templates/*.toml")
GOOD = resources.text("templates/project_target.gs-2024.toml")


@pytest.mark.parametrize("name", NAMES)
def test_an_edition_opens_and_is_named_by_its_file(name):
    form = forms.load(name, resources.text(name))
    assert name == f"templates/{form.form}.{form.edition}.toml"
    assert form.words().level1


@pytest.mark.parametrize("form", forms.catalogue(), ids=lambda form: form.key)
def test_every_schema_leaf_has_a_place_and_every_place_a_leaf(form):
    places = {field for field, _, _ in form.fields()} | {name for name, _ in form.columns()}
    schema = schemas.schema(form.form)
    head = set(schema["required"]) - {"year", "department_code", "indicators"}
    assert head <= places
    assert places <= set(schema["properties"]) | set(forms.INDICATOR_COLUMNS)


@pytest.mark.parametrize("form", forms.catalogue(), ids=lambda form: form.key)
def test_no_two_labels_of_a_form_are_confused(form):
    """A label may repeat only where a block around it tells which is meant."""
    labels = [(cell.label, group) for _, cell, group in form.fields()]
    assert len(labels) == len(set(labels))


def line_of(text, part):
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


BROKEN = [
    ("since = 2024", 'since = "2024"', "since"),
    ('money = "万元"', 'money = "美元"', "万元、元"),
    ('vocabulary = "p-2021"', 'vocabulary = "p-2099"', "p-2099"),
    ('field = "project_name"', 'field = "projekt"', "projekt"),
    ('field = "project_name", span = 4', 'field = "project_name", span = 3', "占 4 列"),
    ('{ field = "project_name", span = 4 }', '{ feild = "project_name", span = 4 }', "feild"),
    ('repeat = "goals"', 'repeat = "gaols"', "gaols"),
    ('caption = "（{year}年度）"', 'caption = "（年度）"', "caption"),
    ('title = "项目支出绩效目标表"\n', "", "title"),
    ("since = 2024", "since = 2024-01-01", "“2024-01-01”是日期"),
    ("since = 2024", "since = 20240101", "1990 到 2099"),
    ("widths = [17,", "widths = [nan,", "“nan”"),
    ("widths = [17,", "widths = [-3,", "widths 的第 1 个写的是“-3”"),
    ("since = 2024", f"since = {'[' * 2000}{']' * 2000}", "太深"),
    ("since = 2024", f"since = {'1' * 5000}", "太长"),
    ('title = "项目支出绩效目标表"', 'title = "项目支出\\n绩效目标表"', "写成一行"),
    ('label = "项目名称"', 'label = " "', "不要留空"),
    ('label = "项目名称"', 'label = "项目\\u0001名称"', "label"),
    ('label = "上年结转资金"', 'label = "其他资金"', "标签“其他资金”已经用在"),
    ('aliases = ["上年结转", ', 'aliases = ["其他资金", ', "标签“其他资金”已经用在"),
    ('{ field = "project_name", span = 4 }', '{ label = "名", field = "project_name", span = 4 }', "分成两格"),
    ('{ field = "department" }', '{ field = "department", aliases = ["局"] }', "aliases 只能写在标签"),
    ('field = "other_funds"', 'field = "fiscal_funds"', "fiscal_funds”（当年财政拨款）应当出现一次"),
    ('column = "level2"', 'column = "level1"', 'column = "level1" 应当正好一格'),
    ('{ field = "name" }', "{ }", 'field = "name" 应当正好一格'),
    ('{ field = "level1" }, { field = "level2" }', '{ field = "level2" }, { field = "level1" }', "上下对齐"),
    ('sum = ["fiscal_funds", ', 'sum = ["total_funds", ', "“total_funds”是它自己的合计"),
    ('sum = ["fiscal_funds", ', 'sum = ["agency", ', "“agency”不是金额"),
    ('{ label = "项目名称",', '{ sum = ["fiscal_funds", "other_funds"], label = "项目名称",', "sum 只能写在"),
    ('repeat = "goals"\n', "", 'repeat = "goals"'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "told"), BROKEN, ids=[after[:60] or "title left out" for _, after, _ in BROKEN]
)
def test_a_broken_edition_is_refused_with_file_and_remedy(before, after, told):
    assert before in GOOD
    with pytest.raises(FormError) as caught:
        forms.load("templates/x.toml", GOOD.replace(before, after, 1))
    sentence = str(caught.value)
    assert sentence.startswith("templates/x.toml 第 ")
    assert told in sentence
    assert sentence.endswith("。")


@pytest.mark.parametrize(
    ("before", "after"), [('money = "万元"', 'money = "美元"'), ("since = 2024", "since = 1")]
)
def test_the_line_is_the_line_of_the_fault(before, after):
    text = GOOD.replace(before, after, 1)
    with pytest.raises(FormError, match=rf"第 {line_of(text, after)} 行"):
        forms.load("x.toml", text)


def test_a_fault_inside_a_row_names_the_line_of_its_cell():
    text = GOOD.replace('field = "carryover_funds"', 'field = "carry"', 1)
    line = line_of(text, '"carry"')
    with pytest.raises(FormError, match=f"第 {line} 行"):
        forms.load("x.toml", text)


def test_text_that_is_no_toml_names_the_line():
    text = GOOD.replace('money = "万元"', 'money = "万元', 1)
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads(text)
    with pytest.raises(FormError, match=rf"第 {line_of(text, 'money =')} 行"):
        forms.load("x.toml", text)


def test_a_missing_field_is_told():
    at = GOOD.index('[[rows]]\ncells = [{ label = "其他资金"')
    until = GOOD.index("[[rows]]", at + 5)
    with pytest.raises(FormError, match="other_funds"):
        forms.load("x.toml", (GOOD[:at] + GOOD[until:]).replace("down = 4", "down = 3"))


def test_an_unknown_form_or_edition_is_answered_with_what_there_is():
    with pytest.raises(UsageError, match="project_target"):
        forms.find("项目表")
    with pytest.raises(UsageError, match="gs-2024"):
        forms.find("project_target", "gs-1999")
    assert forms.find("project_target").edition == "gs-2024"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder that stands for the program's own: its templates and schemas can be changed."""
    for name in ("templates", "schema"):
        shutil.copytree(resources.folder(name), tmp_path / name)
    monkeypatch.setattr(resources, "folder", lambda name: tmp_path / name)
    remembered = (
        *(forms._read, library._read, library._level2_words),
        *(schemas.schema, schemas._vocabularies, schemas._shared, schemas._judge_of, schemas.field),
    )
    for one in remembered:
        one.cache_clear()
    yield tmp_path
    monkeypatch.undo()
    for one in remembered:
        one.cache_clear()


EDITION = GOOD.replace("gs-2024", "x-2020")
VOCABULARY = resources.text("schema/vocabulary/p-2021.json").replace("p-2021", "x").replace('"p21"', '"x1"')


def test_a_broken_edition_stops_itself_alone(folder):
    """The others are there, and the broken one is told to whoever asks for it."""
    (folder / "templates/project_target.x-2020.toml").write_text(
        EDITION.replace("since = 2024", "since = x"), encoding="utf-8"
    )
    assert {form.key for form in forms.catalogue()} >= {"project_target@gs-2024", "agency_overall@gs-2024"}
    (sentence,) = forms.unused()
    assert sentence.startswith("templates/project_target.x-2020.toml 第 ")
    with pytest.raises(FormError, match="x-2020"):
        forms.find("project_target", "x-2020")


@pytest.mark.parametrize("name", ["project_target.x-2021.toml", "项目表 - 副本.toml"])
def test_a_file_is_named_by_what_is_in_it(folder, name):
    (folder / "templates" / name).write_text(EDITION, encoding="utf-8")
    assert forms.unused() == ()  # nobody has looked yet
    assert "x-2020" not in {form.edition for form in forms.catalogue()}
    assert forms.unused() == (
        f"templates/{name} 第 1 行：文件名应当是 project_target.x-2020.toml（表名.版本.toml）。请改文件名，或改里面的 form、edition。",
    )


@pytest.mark.parametrize(
    ("encoding", "is_read"), [("utf-8-sig", True), ("gb18030", False), ("utf-16", False)]
)
def test_notepads_utf8_is_read_and_other_encodings_are_told(folder, encoding, is_read):
    (folder / "templates/project_target.x-2020.toml").write_text(EDITION, encoding=encoding)
    assert ("x-2020" in {form.edition for form in forms.catalogue()}) == is_read
    told = [] if is_read else ["另存为 UTF-8 编码"]
    assert [part for part in told if part in forms.unused()[0]] == told
    assert len(forms.unused()) == len(told)


OF_WORDS = [
    ('"type": "object",', '"type": ,', "不是有效的 JSON"),
    ('"x-short": "x1",', "", "缺少 x-short"),
    ('"x-short": "x1",', '"x-short": "x1", "x-short": "x2",', "“x-short”写了两次"),
    ('"x1"', '"p15"', "与词表 p-2015 的相同"),
    ('"x1"', '"某 县"', "小写字母"),
    ("vocabulary/x.json", "vocabulary/p-2021.json", "请改为 https://jixiao.invalid/schema/vocabulary/x.json"),
    ('"const": "成本指标"', '"const": "成本"', "“成本”不是这份词表的一级指标"),
    ('"数量指标", "质量指标"', '5, "质量指标"', "带引号的文字"),
    ('"数量指标", "质量指标"', '"数量 指标", "质量指标"', "去掉空格"),
    ('"数量指标", "质量指标"', '"数量指标", "数量指标"', "写了两次"),
    ('"产出": "产出指标"', '"产出": "没有的指标"', "“没有的指标”不在这份词表里"),
]


@pytest.mark.parametrize(("before", "after", "told"), OF_WORDS, ids=[told for _, _, told in OF_WORDS])
def test_a_broken_vocabulary_stops_the_editions_that_use_it(folder, before, after, told):
    assert before in VOCABULARY
    text = VOCABULARY.replace(before, after, 1)
    (folder / "schema/vocabulary/x.json").write_text(text, encoding="utf-8")
    edition = EDITION.replace('"p-2021"', '"x"')
    (folder / "templates/project_target.x-2020.toml").write_text(edition, encoding="utf-8")
    assert len(forms.catalogue()) == len(NAMES)
    (sentence,) = forms.unused()
    line = 1 if after == "" else line_of(text, after.split(",")[0])
    assert f"schema/vocabulary/x.json 第 {line} 行：" in sentence
    assert told in sentence
    assert schemas.violations("project_target", "p-2021", {})  # the others still judge


def test_a_broken_subject_stops_itself_alone(folder):
    (folder / "templates/library/x.toml").write_text('subject = "修路"', encoding="utf-8")
    assert "消防" in {one.name for one in library.catalogue()}
    assert [one.partition("：")[0] for one in library.unused()] == ["templates/library/x.toml 第 1 行"]


def test_forms_lists_the_sound_ones_and_tells_the_others(folder, capsys):
    (folder / "templates/project_target.x-2020.toml").write_text(
        EDITION.replace("since = 2024", "since = x"), encoding="utf-8"
    )
    (folder / "templates/library/x.toml").write_text('subject = "修路"', encoding="utf-8")
    (folder / "templates/profiles/x.toml").write_text('name = "本县"', encoding="utf-8")
    assert cli.main(["forms", "--json"]) == 2
    out, err = capsys.readouterr()
    assert "gs-2024" in out
    for name in ("project_target.x-2020", "library/x", "profiles/x"):
        assert f"jixiao：templates/{name}.toml 第 " in err
    assert cli.main(["new", "project_target", "--edition", "x-2020", "-o", str(folder / "x.xlsx")]) == 2
    assert cli.main(["new", "project_target", "--edition", "gs-2024", "-o", str(folder / "x.xlsx")]) == 0


def test_the_catalogue_page_is_not_stale():
    """Write it anew with: python -m jixiao.forms > templates/CATALOGUE.md."""
    assert resources.text("templates/CATALOGUE.md") == generator.page()
