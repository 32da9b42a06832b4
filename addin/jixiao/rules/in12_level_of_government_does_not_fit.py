"""行政层级的说法与本单位不符。

检查什么
县级单位的目标和指标里，有没有“市级机关”“全市”“全州”“全省”这类说的是上一级的词；市级单位里有没有“全省”“全县”。区的单位写“全市”，乡镇、街道写“全县”“全区”“全市”的，只提示。
为什么
多半是照抄了上级单位的职责，写的不是本单位管的事。
怎么改
改成本级的说法，只写本单位管得到的范围。
例
和政县机关事务管理局的表里写“负责市级党政机关公务用车”“监督全市公共机构节能工作”。
依据
2024 年县级公开表有这样的实例（已见）
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.patterns import late
from jixiao.rules import ALL_FORMS, Flag, Given, Scope

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()
ON = True
_ABOVE_COUNTY = re.compile(
    r"全[省市州](?<!辐射全\w)(?<!面向全\w)(?!场|民|县|首[个家批例]|.{0,8}(?:领先|一流|试点|示范|先进|文明[城单县村]|排名|位次|名次|排位|位居|前列|前\d|运动会|监测|抽[检查]|统[考一]|联考|大会|会议|会展|平均|统计|考核|评比|评选|推广|表彰|竞赛))|全国(?=群众|居民|干部|职工|师生)|(?<![向报经由获对送])[省市]级(?=党政|机关|公共机构|部门|预算单位|行政)"
)
_ABOVE_TOWN = late(_ABOVE_COUNTY.pattern.replace("全[省市州]", "全[省市州县区]"))
_NOT_OF_CITY = late(
    _ABOVE_COUNTY.pattern.replace("全[省市州]", "全省(?<!服务全省)").replace("[省市]级", "省级")
    + "|全县(?!市)|县级(?=党政|机关|公共机构|部门|预算单位|行政)"
)
_COUNTY = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,9}?(?:省|自治区|市|自治州|州|盟|地区))*[\u4e00-\u9fff]{1,9}?(?<!郊)(?:自治县|县|自治旗|旗)(?!级)"
)
_CITY = late(
    r"^(?:[\u4e00-\u9fff]{2,9}?(?:省|自治区))?[\u4e00-\u9fff]{1,6}?市(?!县|区|乡|[\u4e00-\u9fff]{1,5}[县区])"
)
_DISTRICT = late(
    r"^(?:[\u4e00-\u9fff]{2,9}?(?:省|自治区|市|州))*[\u4e00-\u9fff]{2,5}?(?<![治发新游护览景灌林矿社园地城示范功片山库校牧战务])区(?![域划间委段块])"
)
_TOWN = re.compile(r"(?:[乡镇](?:人民政府|政府)|街道办事处|街道办)$")
_COLUMNS = ("level2", "name", "target")


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag words of another level of government, once for each goal and each row."""
    agency = document.values.get("department") or document.values["agency"] or ""
    foreign, own, severity = _foreign(agency)
    every = "\n".join(given.texts)
    if foreign is None or not ("全" in every or "级" in every) or not foreign.search(every):
        return
    for pointer, text, word in _found(document, foreign):
        yield Flag(
            pointer,
            f"{wording.quoted(text)}里的{wording.quoted(word)}与{wording.quoted(agency)}的层级不符，像是照抄了别的单位的职责。",
            f"请改成{own}的说法，只写本单位管得到的范围。",
            severity=severity,
        )


def _found(document: Document, foreign: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (pointer, text, word) of the foreign words, one for each goal and each row."""
    for number, goal in enumerate(document.values["goals"] or ()):
        found = foreign.search(goal) if goal else None
        if found:
            yield f"/goals/{number}", goal, found[0]
    for number, one in enumerate(document.values["indicators"] or ()):
        for column in _COLUMNS:
            text = one[column]
            found = foreign.search(text) if text else None
            if found:
                yield f"/indicators/{number}/{column}", text, found[0]
                break


@lru_cache(maxsize=1024)
def _foreign(agency: str) -> tuple[re.Pattern[str] | None, str, Severity | None]:
    """Return what words do not fit an agency of this name, its own level, and how loud that is told where not usual."""
    if _COUNTY.match(agency):
        return _ABOVE_COUNTY, "县级", None
    if _TOWN.search(agency):
        return _ABOVE_TOWN, "本级", "hint"
    if _CITY.match(agency):
        return _NOT_OF_CITY, "本级", None
    return (_ABOVE_COUNTY, "区级", "hint") if _DISTRICT.match(agency) else (None, "", None)
