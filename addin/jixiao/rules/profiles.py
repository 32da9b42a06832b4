"""A profile (校验口径): a TOML that sets thresholds, switches rules on or off and changes severities, from a year on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from jixiao import resources, rules, schemas, tomls, wording
from jixiao.errors import FormError, UsageError
from jixiao.model import SEVERITIES, Finding, Severity
from jixiao.tomls import Written

_FOLDER = "templates/profiles"
_SCHEMA = "profile.schema"
_LARGEST = 1 << 20  # bytes of a profile: what is larger is none
_OWN = ("on", "severity")
_OF_SCHEMA = frozenset(one.rule for one in wording.KEYWORDS.values())


@dataclass(frozen=True)
class Setting:
    """What a profile says of one rule; `None` and a parameter that is not named leave the rule as it is."""

    rule: str
    on: bool | None = None
    severity: Severity | None = None
    parameters: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Profile:
    """One profile; it holds for the budget years from `since` to `until`, both included.

    Attributes:
        name: its Chinese name.
        source: where it comes from.
        since: the first budget year.
        until: the last one, `None` while it has no end.
        settings: what it says of rules, by their ids.

    """

    name: str
    source: str
    since: int
    until: int | None
    settings: tuple[Setting, ...]

    def covers(self, year: int | None) -> bool:
        """Tell whether it holds for a budget year; for a table without a year it does."""
        return year is None or self.since <= year <= (self.until or year)


def names() -> tuple[str, ...]:
    """Return the names of the profiles that come with the program."""
    return tuple(one.rpartition("/")[2].removesuffix(".toml") for one in resources.names(f"{_FOLDER}/*.toml"))


def broken() -> list[str]:
    """Return what is wrong with the profiles that come with the program, each with file, line and remedy."""
    found = []
    for name in names():
        try:
            find(name)
        except FormError as error:
            found.append(str(error))
    return found


def find(name: str) -> Profile:
    """Return a profile of ours by its name, or one from a file by its path (it ends in `.toml`).

    Raises:
        UsageError: there is none of this name, or no such file.
        FormError: it is broken; the text names file, line and remedy.

    """
    return load(f"{_FOLDER}/{name}.toml" if name in names() else Path(name).name, text(name))


def text(name: str) -> str:
    """Return the text of the profile that `find` finds; raises as it does."""
    if name in names():
        return tomls.text(f"{_FOLDER}/{name}.toml")
    if not name.casefold().endswith(".toml"):
        known = "、".join(names())
        raise UsageError(f"没有叫“{name}”的口径。可用的口径：{known}；自己的口径请给出 .toml 文件的路径。")
    path = Path(name)
    try:
        if path.stat().st_size > _LARGEST:
            raise UsageError(f"“{name}”太大，不是口径文件。请核对路径。")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"打不开口径文件“{name}”。请核对路径和权限。") from error
    except UnicodeDecodeError as error:
        raise FormError(
            f"{path.name} 第 1 行：不是 UTF-8 编码的文字。请用记事本另存为 UTF-8 后再试。"
        ) from error


def load(name: str, text: str) -> Profile:
    """Read a profile; raises FormError that names file, line and remedy."""
    written = Written(name, text)
    data = written.read()
    schemas.demand(_SCHEMA, written, data)
    if data.get("until", data["since"]) < data["since"]:
        raise FormError(f"{written.at('/until')}：until 早于 since。请改正其中一个。")
    settings = tuple(_setting(written, rule, said) for rule, said in data["rules"].items())
    return Profile(data["name"], data["source"], data["since"], data.get("until"), settings)


def _setting(written: Written, rule: str, said: Mapping[str, Any]) -> Setting:
    where = written.at(f"/rules/{rule}")
    known = next((one for one in rules.catalogue() if one.id == rule), None)
    if known is None:
        raise FormError(f"{where}：没有规则“{rule}”。请用 jixiao rules 查看全部规则。")
    if rule in _OF_SCHEMA:
        raise FormError(f"{where}：{rule} 是数据标准，不能在口径里改。请删去这一行。")
    parameters = {key: value for key, value in said.items() if key not in _OWN}
    for key, value in parameters.items():
        if key not in known.parameters:
            can = "、".join((*_OWN, *known.parameters))
            raise FormError(f"{where}：{rule} 没有“{key}”这一项。可用的写法：{can}。")
        if not _fits(value, known.parameters[key]):
            raise FormError(
                f"{where}：{key} 写的是“{value}”，{_wanted(known.parameters[key])}。请参照默认值改正。"
            )
    settled = {key: _like(value, known.parameters[key]) for key, value in parameters.items()}
    return Setting(rule, said.get("on"), said.get("severity"), tuple(settled.items()))


def _fits(value: object, default: object) -> bool:
    if isinstance(default, tuple):
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    if not isinstance(value, int | float) or isinstance(value, bool) or value < 0:
        return False
    return value <= 1 or not _is_share(default)


def _is_share(default: object) -> bool:
    """Tell whether a parameter is a share of a whole: 0.6 are six tenths."""
    return isinstance(default, float) and default < 1


def _like(value: Any, default: object) -> Any:  # noqa: ANN401 - a parameter is any of three types
    if isinstance(default, tuple):
        return tuple(value)
    return str(value) if isinstance(default, str) else value  # an amount stays exact as text


def _wanted(default: object) -> str:
    if isinstance(default, tuple):
        return "应当是带方括号的一组词"
    return "应当是 0 到 1 之间的数，七成写 0.7" if _is_share(default) else "应当是不小于 0 的数"


@cache
def applied(profile: Profile | None) -> tuple[rules.Rule, ...]:
    """Return the catalogue as a profile sets it; without one as it is built in."""
    if profile is None:
        return rules.catalogue()
    said = {one.rule: one for one in profile.settings}
    return tuple(_set(rule, said.get(rule.id)) for rule in rules.catalogue())


def _set(rule: rules.Rule, said: Setting | None) -> rules.Rule:
    if said is None:
        return rule
    return replace(
        rule,
        on=rule.on if said.on is None else said.on,
        severity=said.severity or rule.severity,
        at_most=said.severity,
        parameters={**rule.parameters, **dict(said.parameters)},
    )


def severity(rule: rules.Rule, flagged: Severity) -> Severity:
    """Return how loud a flag of a severity of its own is: never above what a profile has set for its rule."""
    return max(flagged, rule.at_most, key=SEVERITIES.index) if rule.at_most else flagged


def as_set(finding: Finding, profile: Profile | None, year: int | None) -> Finding | None:
    """Return what merging itself tells of a table of a year as a profile sets its rule, `None` where that is off."""
    if profile is None or not profile.covers(year):
        return finding
    usual, rule = (
        next(one for one in known if one.id == finding.rule)
        for known in (rules.catalogue(), applied(profile))
    )
    if not rule.on:
        return None
    plain = finding.severity == usual.severity
    return finding._replace(severity=rule.severity if plain else severity(rule, finding.severity))
