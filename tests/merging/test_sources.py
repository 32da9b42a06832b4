"""Which files are taken, in which order, under which names."""

from pathlib import Path

import pytest

from jixiao.errors import UsageError
from jixiao.merging import find, sources


@pytest.fixture(autouse=True)
def tree(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("报送/b.xlsx", "报送/a/2.xlsx", "报送/a/1.xlsx", "报送/a.xlsx", "别处/c.xlsx"):
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return tmp_path


def paths(*given):
    return [one.path for one in find([Path(one) for one in given])]


def test_a_folder_is_searched_below_in_the_order_of_its_parts():
    assert paths("报送") == ["报送/a/1.xlsx", "报送/a/2.xlsx", "报送/a.xlsx", "报送/b.xlsx"]


def test_the_order_of_the_arguments_does_not_matter_and_each_file_comes_once():
    assert paths("别处", "报送/b.xlsx", "报送") == paths("报送", "./报送/b.xlsx", "别处")
    assert len(paths("报送", "报送/a", "报送/a/1.xlsx")) == 4


def test_a_path_that_is_not_there_is_said():
    with pytest.raises(UsageError, match="找不到“没有这个"):
        find([Path("没有这个.xlsx")])


def test_an_empty_folder_has_no_files(tree):
    (tree / "空").mkdir()
    assert paths("空") == []


def test_links_out_of_the_tree_are_told_and_not_followed(tree):
    (tree / "报送/外.xlsx").symlink_to(tree / "别处/c.xlsx")
    (tree / "报送/外面").symlink_to(tree / "别处", target_is_directory=True)
    (tree / "报送/断.xlsx").symlink_to(tree / "没有.xlsx")
    (tree / "报送/内.xlsx").symlink_to(tree / "报送/b.xlsx")
    found = {one.path: one.refusal for one in find([Path("报送")])}
    assert {path: one.code for path, one in found.items() if one} == {
        "报送/外.xlsx": "other_file",
        "报送/外面": "other_file",
        "报送/断.xlsx": "other_file",
    }
    assert found["报送/内.xlsx"] is None


def test_outputs_are_set_apart():
    found = find([Path("报送")])
    inputs, outputs = sources.apart(found, [Path("报送/b.xlsx"), Path("报送/a")])
    assert [one.path for one in outputs] == ["报送/a/1.xlsx", "报送/a/2.xlsx", "报送/b.xlsx"]
    assert [one.path for one in inputs] == ["报送/a.xlsx"]


def test_what_a_killed_run_left_is_no_file_of_the_folder(tree):
    (tree / "报送/.jixiao-ab12.tmp").write_bytes(b"PK")
    (tree / "报送/别人的.tmp").write_bytes(b"PK")
    names = [one.file.name for one in find([tree / "报送"])]
    assert "别人的.tmp" in names
    assert ".jixiao-ab12.tmp" not in names
