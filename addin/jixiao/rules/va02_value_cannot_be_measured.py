"""指标值无法衡量。

检查什么
指标值里没有数字和期限，也不是认可的定性说法（达到预期目标，优、良、中、低、差，合格、健全、完善，有效提升、持续改善等）；写明名称或编号的标准、与预算和当地水平的比较、“每季度末前”“汛期前”“当场办结”这样的时间也可以；“不涉及”不算。数量指标写“显著提高”一类的也指出。
为什么
无法衡量的指标值，年底没法判断完成了没有，审核时会退回。
怎么改
写上比较符、数字和单位；确实只能定性的，用认可的说法，如“达到预期目标”“有效提升”。
例
指标值写“正常用水”“提高接待质量”“保障正常工作”。
依据
县级审核退回无法衡量的目标（已见）；定性说法沿用跟踪评价的分级（已见），其余写法待核实
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.names import is_rate
from jixiao.rules.rows import Row
from jixiao.rules.samples import ANY, sample

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {
    "words": (
        "不断缩小",
        "逐步缩小",
        "持续缩小",
        "得到有效维护",
        "长期有效",
        "持续稳定",
        "基本消除",
        "长期影响",
        "持续影响",
        "按时公开",
        "及时公开",
        "按规定公开",
    )
}
SUPERSEDES: tuple[str, ...] = ()
ROW_SUPERSEDES = ("IN04",)
ON = True
_BY_DEGREE = re.compile(
    r"(?:提[升高]|改善|增[强加]|加强|优化|完善|促进|推动|扩大|丰富|缓解|巩固|显著|明显)$"
)  # how much more, not how many
_CLOCK = re.compile(r"\d{1,2}[:：]\d\d")
_BY_NAME = re.compile(
    r"《[^》]{2,}》|\d{3,4}[×xX*]\d{3,4}|(?:国际|国内|省内|行业)(?:先进|领先)|C(?<![A-Za-z]C)[1-8][05](?!\w)|M(?<![A-Za-z]M)U?(?:5|7\.5|[1-3][05])(?!\w)|P(?<![A-Za-z]P)(?:[468]|1[02])(?!\w)|[A-Z]{2,6}(?:/?[TJZ])?[ -]?\d{2,}|国[一二三四五六](?:排放)?标准|[特一二三四]级.{1,6}标准"
    r"|(?:不低于|不?高于|优于|达到|执行|按照?)(?:当地|同期|周边|全[省市县国]).{0,12}(?:平均|水平|最低工资)"
)
_WHEN = re.compile(
    r"每(?:半年|季度?|学期|学年|[月年周旬])[末底初终]?(?:之?前|以前|内)"
    r"|每(?:季度?|[月旬周]|年|半年)[末底]|每周[一二三四五六日]之?前|实时[\u4e00-\u9fff]{0,2}"
    r"|(?:春节|元旦|国庆节?|中秋节?|端午节?|清明节?|五一|劳动节|主?汛期?|供[暖热]期?|采暖期?|开学|放假|入冬|上冻|封冻|雨季|春耕|播种|秋收|暑[假期]|寒假|[高中]考)"
    r"(?:季|节|来临|到来|开始|结束)?(?:之?前|以前|期间)[\u4e00-\u9fff]{0,6}"
    r"|(?:达到|不低于|符合|与)?序时进度(?:一致)?|全天候|全年无休|日产日清|日清日结|每[日天周月]一[\u4e00-\u9fff]{1,2}|每(?:[日天周旬月年]|季度|半年|学期)(?:更新|报送|上报|发布|公布|拨付|发放|结算)|当[月年](?:拨付|发放|支付|办结|结算)|当[场日天即](?:办结|办理|完成|处理|解决|答复)"
    r"|(?:当年|本年度?|年度?内)内?(?:全部)?(?:完成|完工|竣工|建成|支付|拨付|发放|缴纳)(?:完毕|到位)?"
    r"|(?:法定|规定|约定|承诺)的?(?:期限|时限|时间)内?.{0,4}"
)
_STANDARD = re.compile(r"标准|规范|规定|要求")
_RHYTHM = re.compile(r"按(?:日|周|月|季度?|半年|年|学期|期)(?!时)")
_REFERS = re.compile(
    r"(?:≤|[<＜]|低于|不超过?|不得超过|不高于|不突破|控制在|不低于|≥|符合|满足|达到|按照?|[=＝]).{0,14}(?:预算|概算|合同|定额|限额|上年|市场|同类|招标|审定|核定|目标值|计划(?!开展|实施|推进|进行|组织|执行)|GB|标准\d|国标|设计|图纸)"
    r"|(?:预算|批复|概算|合同).{0,6}(?:以?内|范围)$|(?:按|据)实际?(?:缴纳|发生|支出|结算)"
)


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Flag a target without number, date or an accepted word; an unmeasurable name is told with it."""
    words = given.parameters["words"]
    for row in given.rows:
        parsed = row.parsed
        if parsed.kind == "grade" and row.level2 == "数量指标" and _BY_DEGREE.search(row.target):
            yield Flag(
                row.at("target"),
                f"{row.place}的指标值{wording.quoted(row.target)}没有写数量。",
                f"数量指标请写比较符、数字和单位，如“{sample(row) or '≥12次'}”；是成效的请移到效益指标。",
            )
            continue
        if parsed.measurable or parsed.kind in {"grade", "declined", "blank"}:
            continue
        if (
            parsed.kind == "negation"
            or row.target in words
            or (_can_be_checked(row.target) and not _is_rhythm_of_rate(row))
            or (row.level2 == "时效指标" and _WHEN.fullmatch(row.target))
        ):
            continue
        yield Flag(
            row.at("target"),
            f"{row.place}的指标值{wording.quoted(row.target)}{_why(row.target)}，无法衡量。",
            _advice(row),
        )


@lru_cache(maxsize=1024)
def _can_be_checked(target: str) -> bool:
    """Tell whether a target without a figure refers to what has one: a budget, a standard by name, a rhythm, the clock."""
    found = (
        _REFERS.search(target) or _RHYTHM.match(target) or _BY_NAME.search(target) or _CLOCK.search(target)
    )
    return found is not None


def _is_rhythm_of_rate(row: Row) -> bool:
    """Tell whether a rate has a rhythm for its value, which is no share of anything: 社会化发放率 按月发放."""
    return row.name.endswith("率") and bool(_RHYTHM.match(row.target))


def _why(target: str) -> str:
    """Return what is wrong with a target: no figure at all, or one of which nobody knows what it counts."""
    has = any(one.isdecimal() for one in target)
    return "里的数看不出是什么的数" if has else "没有数字，也不是认可的定性说法"


def _advice(row: Row) -> str:
    """Return what to write instead: a time where time is asked for, the share that meets a standard, what the name counts."""
    if row.level2 == "时效指标" and not is_rate(row.name):
        return "请写完成期限、时限或及时率，如“10月底前”“≤7个工作日”“≥98%”。"
    if "全覆盖" in row.target:
        return "请写成比率，如“＝100%”。"
    if _STANDARD.search(row.target):
        return "请写明标准的名称或编号，或改成达标率、合格率，如“……达标率”“≥95%”。"
    shown = sample(row)
    told = f"请写比较符、数字和单位，如“{shown}”" if shown else f"请把名称和指标值改成可以衡量的，{ANY}"
    return f"{told}；只能定性的写“达到预期目标”“有效提升”一类的说法。"
