"""`--limit` and `--password-file`: bounds that a command sets, and workbooks with a password."""

import io
import json
import zipfile

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from jixiao import cli, demo
from jixiao.office import home, unlocking

WATER = demo.workbooks()["1-维修与水费.xlsx"]


def locked(password, data=WATER):
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, out)
    return out.getvalue()


@pytest.fixture
def sent(tmp_path):
    (tmp_path / "报送").mkdir()
    return tmp_path / "报送"


def report(capsys, *words):
    code = cli.main([str(word) for word in words])
    return code, json.loads(capsys.readouterr().out)["files"]


def test_a_bound_that_is_set_holds_and_is_told_and_the_others_stay(sent, capsys):
    (sent / "水费.xlsx").write_bytes(WATER)
    code, (file,) = report(capsys, "read", sent, "--json", "--limit", "rows=10", "--limit", "seconds=60")
    assert (code, file["status"], file["code"]) == (2, "rejected", "too_large")
    assert "超过 10 行的上限" in file["reason"]
    code, (file,) = report(capsys, "read", sent, "--json", "--limit", "rows=1000")
    assert (code, file["status"]) == (0, "read")


def test_a_file_that_one_merge_refused_is_read_by_the_next_with_wider_bounds(sent, tmp_path, capsys):
    (sent / "水费.xlsx").write_bytes(WATER)
    out = tmp_path / "汇总.xlsx"
    assert cli.main(["merge", str(sent), "-o", str(out), "--limit", "columns=2"]) == 2
    assert "超过 2 列的上限" in capsys.readouterr().err
    assert not out.exists()
    assert cli.main(["merge", str(sent), "-o", str(out)]) == 0
    capsys.readouterr()
    narrow = ["merge", str(sent), "-o", str(out), "--force", "--limit", "columns=2"]
    assert cli.main(narrow) == 2


def test_all_bounds_are_listed_where_they_are_asked_for(sent, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["read", str(sent), "--limit", "?"])
    assert not ended.value.code
    told = capsys.readouterr()
    assert "seconds（读取时间，秒，默认 20）" in told.out
    assert not told.err


@pytest.mark.parametrize("wrong", ["rows", "rows=0", "rows=-1", "zeilen=5", "rows=1e3", "rows=９"])
def test_a_bound_that_is_none_lists_what_there_is(sent, capsys, wrong):
    assert cli.main(["read", str(sent), "--limit", wrong]) == 2
    told = capsys.readouterr().err
    assert f"写的是“{wrong}”" in told
    assert "seconds（读取时间，秒，默认 20）" in told
    assert "file（文件大小，MB，默认 64）" in told


def test_a_workbook_with_a_password_is_read_with_it_and_counted_like_any_other(sent, tmp_path, capsys):
    (sent / "水费.xlsx").write_bytes(locked("甲 1"))
    plain = tmp_path / "明文.xlsx"
    plain.write_bytes(WATER)
    words = tmp_path / "密码.txt"
    words.write_text("乙2\n甲 1\n", encoding="utf-8")
    code, (file,) = report(capsys, "check", sent, "--json", "--fail-on", "never")
    assert (code, file["code"]) == (2, "encrypted")
    code, (file,) = report(capsys, "check", sent, "--json", "--fail-on", "never", "--password-file", words)
    _, (same,) = report(capsys, "check", plain, "--json", "--fail-on", "never")
    assert (code, file["documents"]) == (0, same["documents"])
    out = tmp_path / "汇总.xlsx"
    merge = ["merge", str(sent), "-o", str(out), "--password-file", str(words)]
    assert cli.main(merge) == 0
    capsys.readouterr()
    assert cli.main(["merge", str(sent), "-o", str(out), "--force"]) == 2  # nothing of it was remembered
    assert "设有打开密码" in capsys.readouterr().err


def test_a_password_that_does_not_open_it_is_told_and_never_shown(sent, tmp_path, capsys):
    (sent / "水费.xlsx").write_bytes(locked("甲1"))
    words = tmp_path / "密码.txt"
    words.write_text("secret-word\n", encoding="utf-8")
    code, (file,) = report(capsys, "read", sent, "--json", "--password-file", words)
    assert (code, file["code"]) == (2, "encrypted")
    assert "给出的 1 个密码都打不开" in file["reason"]
    assert "secret-word" not in json.dumps(file)
    log = home.folder() / home.LOG
    assert not log.exists() or "secret-word" not in log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "content", [b"", b"\n \n", b"\xff\xfe\xfa", b"x\n" + b"\n".join(b"%d" % n for n in range(30))]
)
def test_a_list_of_passwords_that_cannot_be_used_is_one_sentence(sent, tmp_path, capsys, content):
    words = tmp_path / "密码.txt"
    words.write_bytes(content)
    assert cli.main(["read", str(sent), "--password-file", str(words)]) == 2
    assert "密码文件" in capsys.readouterr().err


def test_a_list_that_is_not_there_is_one_sentence(sent, tmp_path, capsys):
    assert cli.main(["read", str(sent), "--password-file", str(tmp_path / "没有.txt")]) == 2
    assert "读不出密码文件" in capsys.readouterr().err


def test_what_is_no_workbook_under_the_password_is_refused_as_any_other(sent, tmp_path, capsys):
    hollow, whole = io.BytesIO(), zipfile.ZipFile(io.BytesIO(WATER))
    with zipfile.ZipFile(hollow, "w") as package:
        for name in whole.namelist():
            if not name.startswith("xl/worksheets/"):
                package.writestr(name, whole.read(name))
    (sent / "假.xlsx").write_bytes(locked("甲1", hollow.getvalue()))
    words = tmp_path / "密码.txt"
    words.write_text("甲1\n", encoding="utf-8")
    _, (file,) = report(capsys, "read", sent, "--json", "--password-file", words)
    assert file["status"] in {"rejected", "not_ours"}
    assert unlocking.unlock(locked("甲1"), ["甲1"]) == WATER
