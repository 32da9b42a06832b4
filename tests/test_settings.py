"""The buttons check by the profile that was chosen: a copy of it, in the user's own folder, and no workbook's."""

import pytest

from jixiao import cli, doctor, settings
from jixiao.errors import FormError
from jixiao.office import home
from jixiao.rules import profiles

OWN = """
name = "某某县口径"
source = "自编"
since = 2015
[rules]
VA02 = { on = false }
"""


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))


def test_without_a_choice_it_is_the_built_in_one(capsys):
    assert settings.profile() is None
    assert cli.main(["addin", "profile"]) == 0
    assert capsys.readouterr().out == "按钮按内置的口径校验。\n"


def test_a_chosen_profile_stays_when_its_file_is_gone_until_it_is_taken_back(tmp_path, capsys):
    path = tmp_path / "本地.toml"
    path.write_text(OWN, encoding="utf-8")
    assert cli.main(["addin", "profile", str(path)]) == 0
    wanted = profiles.find(str(path))
    path.unlink()
    assert settings.profile() == wanted
    assert "“某某县口径”" in capsys.readouterr().out
    assert "按钮按“某某县口径”（自编）校验。" in doctor.text(doctor.report())
    assert cli.main(["addin", "profile", "--default"]) == 0
    assert settings.profile() is None


def test_a_broken_profile_is_not_chosen_and_a_stored_one_that_broke_says_what_to_do(tmp_path, capsys):
    path = tmp_path / "本地.toml"
    path.write_text(OWN.replace("VA02", "VA99"), encoding="utf-8")
    assert cli.main(["addin", "profile", str(path)]) == 2
    assert "没有规则“VA99”" in capsys.readouterr().err
    assert settings.profile() is None
    home.put_text("profile.txt", OWN.replace("VA02", "VA99"))
    with pytest.raises(FormError, match=r"VA99.*jixiao addin profile --default"):
        settings.profile()
    assert "[有问题] 校验口径" in doctor.text(doctor.report())


def test_a_name_and_the_default_together_are_refused(capsys):
    assert cli.main(["addin", "profile", "review", "--default"]) == 2
    assert "只能用一个" in capsys.readouterr().err
