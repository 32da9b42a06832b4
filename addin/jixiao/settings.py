"""What a user or an administrator chose for the buttons, in the user's own folder: the profile (校验口径)."""

from __future__ import annotations

from jixiao.errors import FormError
from jixiao.office import home
from jixiao.rules import profiles
from jixiao.rules.profiles import Profile

_PROFILE = "profile.txt"  # a copy: the original may be moved, or lie where the next user cannot read
_BROKEN = "按钮用的校验口径读不出来：{0}请重新选定（jixiao addin profile 文件.toml），或恢复内置的（jixiao addin profile --default）。"


def profile() -> Profile | None:
    """Return the profile that the buttons check by, `None` for the built-in one; raises FormError for a broken one."""
    text = home.text(_PROFILE)
    if text is None:
        return None
    try:
        return profiles.load("profile.toml", text)
    except FormError as error:  # written by another version, whose rules were others
        raise FormError(_BROKEN.format(error)) from error


def choose_profile(name: str) -> Profile:
    """Let the buttons check by a profile of ours, by its name, or by one from a file; returns it.

    Raises:
        UsageError: there is none of this name, or no such file.
        FormError: it is broken; the text names file, line and remedy.
        OutputError: the user's own folder cannot be written.

    """
    found, text = profiles.find(name), profiles.text(name)
    home.put_text(_PROFILE, text)
    return found


def forget_profile() -> None:
    """Let the buttons check as it is built in."""
    home.take_away(_PROFILE)
