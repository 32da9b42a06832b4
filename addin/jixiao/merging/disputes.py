"""What settling and joining tell: the findings CS01, CS05 and ST02, each naming its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from jixiao import rules, schemas, wording
from jixiao.merging import places
from jixiao.merging.entries import Entry
from jixiao.merging.joining import OWN_OFFICE, same_department
from jixiao.merging.settling import Why
from jixiao.model import Document, Finding, Severity
from jixiao.rules.agencies import known_as, name_of, named

_FOLDER = re.compile(r"（[^“”]*/(?=[^/“”]*，工作表“)")  # of a place as `_where` writes it
_MOST_NAMED = 3
_OF_A_ROW = ("level1", "level2", "name", "target")
_WHOSE = "两份都没有填实施单位（{0}、{1}），可能是两个单位各自的项目。"
_MAY_BE_TWO = "两份的主管部门不同（{0}、{1}），可能是两个单位各自的项目。"
_WRITE_OUT = "是两个单位的，请把单位名称写全（如{0}），两份都会计入；是同一个单位的，"
_LIGHTER: dict[Why, Severity] = {"prefer": "hint", "blank": "warning"}  # there is nothing left to decide
_OF_A_DRAFT = {"year": "年度", "agency": "实施单位"}
_FILL_IN = "请先填写实施单位：是两个单位的，填好后两份都会计入；是同一个单位的，再看以哪一份为准。"
_WHY = {
    "prefer": "按 --prefer 的指定计入了那一份",
    "later": "保存时间较晚的那一份已计入",
    "mixed": "只有一份写有自己的保存时间，另一份只知道文件的修改时间，复制会改变它，先后不一定可靠，"
    "计入了看起来较晚的那一份",
    "blank": "这一份是没有填写的空白表，已填写的那一份已计入",
    "order": "两份的保存时间相同，分不出先后，按路径和工作表的次序计入了那一份",
}


def settled(counted: Entry, other: Entry, why: Why) -> Finding:
    """Return the finding on a table that was not counted, since another content of it was."""
    pointer = _name_at(other)
    name = other.document.values.get(pointer[1:])
    what = "项目" if pointer == "/project_name" else "整体支出绩效目标表，单位"
    whose, first = _whose(counted, other)
    message = (
        f"{what}{wording.quoted(name)}来了内容不同的两份：这一份（{_where(other, pointer)}）没有计入；"
        f"{_WHY[why]}（{_where(counted, pointer)}）。{whose}{_differences(counted, other)}"
    )
    advice = ("" if why in _LIGHTER else first) + _advice(why, counted, other)
    found = _finding("CS01", other.document, pointer, message, advice)
    return found._replace(severity=_LIGHTER.get(why, found.severity))


def _whose(counted: Entry, other: Entry) -> tuple[str, str]:
    """Return what makes it doubtful that two versions are one agency's, and what to do first; both `""` where nothing does."""
    if other.agency is None:
        cells = counted.document.cell("/agency"), other.document.cell("/agency")
        return _WHOSE.format(*cells), _FILL_IN
    names = [one.document.values.get("department") for one in (other, counted)]
    agency = known_as(other.document.values.get("agency"))
    known = [known_as(one) for one in names]
    if not all(known) or any(places.chain(agency)) or any(one.endswith(agency) for one in known):
        return "", ""
    if same_department(*known):
        return "", ""
    full = wording.quoted(f"{name_of(names[0])}{name_of(other.document.values['agency'])}")
    return _MAY_BE_TWO.format(*map(wording.quoted, names)), _WRITE_OUT.format(full)


def of_nobody(earlier: Entry, later: Entry) -> Finding:
    """Return the warning on a table that counts beside one of the same project's name, where neither says whose it is."""
    message = (
        f"项目{wording.quoted(later.document.values['project_name'])}有内容不同的两张表没有填实施单位和主管部门，"
        f"看不出是不是同一个单位的：另一张在（{_where(earlier, '/agency')}），"
        f"这一张在（{_where(later, '/agency')}）。两张都计入了，可能算了两遍。"
    )
    advice = "请先填写两张表的实施单位和主管部门，再汇总一次；是同一张表的，删去一张。"
    return _finding("CS01", later.document, "/agency", message, advice)._replace(severity="warning")


def draft(earlier: Entry, later: Entry) -> Finding:
    """Return the warning on a table that counts beside one of the same name that lacks its year or agency, see `twice.drafts`."""
    project = later.document.form == "project_target"
    pointer, amount = ("/project_name", "total_funds") if project else ("/agency", "expenditure_total")
    values = earlier.document.values, later.document.values
    only = [word for field, word in _OF_A_DRAFT.items() if len({bool(one[field]) for one in values}) > 1]
    what = "项目" if project else "整体支出绩效目标表，单位"
    funds = "和".join("空白" if one[amount] is None else f" {one[amount]} 万元" for one in values)
    message = (
        f"{what}{wording.quoted(later.document.values[pointer[1:]])}像是来了两稿：同一个单位，名称相同，只有一张填了"
        f"{'、'.join(only)}。另一张在（{_where(earlier, pointer)}），这一张在（{_where(later, pointer)}），"
        f"{_title(later.document.form, f'/{amount}')}是{funds}。两张都计入了，可能算了两遍。"
    )
    advice = f"请先把{'、'.join(only)}填上，再汇总一次：是同一张表的，只会计入一份，并列出不同之处；不是的，两份都计入。"
    return _finding("CS01", later.document, pointer, message, advice)._replace(severity="warning")


def cut_short(document: Document, pointer: str, name: str, full: Sequence[str]) -> Finding:
    """Return the hint on a name that counts apart and may be another one cut short: 康乐县卫健局."""
    known = "、".join(map(wording.quoted, full[:_MOST_NAMED]))
    message = f"{wording.quoted(name)}可能是{known}的简称，汇总时分别列出。"
    return _finding(
        "CS05", document, pointer, message, "是同一个单位的，请改写为单位全称，再汇总一次；不是的不用改。"
    )


def dropped(one: Entry, later: Entry, again: int) -> Finding:
    """Return the hint on a project that counts and that a later workbook of its agency no longer has, see `dropped`."""
    message = (
        f"项目{wording.quoted(one.document.values['project_name'])}只在较早保存的这一份里（{_where(one, '/project_name')}）："
        f"较晚保存的一份又报了同一单位的 {again} 张表（{_where(later, _name_at(later))}等），没有这个项目。照旧计入了。"
    )
    advice = "请核对：不再申报的，删去这一张（或隐藏它的工作表），再汇总一次；仍然申报的不用改。"
    return _finding("CS01", one.document, "/project_name", message, advice)._replace(severity="hint")


def may_be_one(earlier: Entry, later: Entry) -> Finding:
    """Return the warning on a table that counts beside one that may be the same, see `twice`."""
    project, pointer = later.document.form == "project_target", _name_at(later)
    names, agencies, funds = (
        list(dict.fromkeys(one.document.values.get(field) for one in (earlier, later)))
        for field in ("project_name", "agency", "total_funds")
    )
    whose = "和".join(wording.quoted(one) if one else "没有填单位的表" for one in agencies)
    if project:
        amounts = f"{'都' if len(funds) == 1 else ''}是 {'和 '.join(f'{one} 万元' for one in funds)}"
        alike = (
            f"项目{wording.quoted(later.document.values['project_name'])}像是与另一张表同一个项目：指标相同，"
            f"项目名称是{'和'.join(map(wording.quoted, names))}，实施单位是{whose}，年度资金总额{amounts}"
        )
    else:
        alike = f"整体支出绩效目标表像是与另一张同一个单位的：金额和指标都相同，单位名称是{whose}"
    message = (
        f"{alike}。另一张在（{_where(earlier, pointer)}），这一张在（{_where(later, pointer)}）。"
        "两张都计入了，资金可能算了两遍。"
    )
    what = "项目" if project else "单位"
    advice = f"请核对：是同一个{what}的，只留一张，删去另一张（或隐藏它的工作表），再汇总一次；是两个{what}的不用改。"
    rule = "ST02" if project else "CS05"
    return _finding(rule, later.document, pointer, message, advice)._replace(severity="warning")


def for_agency(found: Finding) -> Finding:
    """Return a finding as the agency that sent the tables is told it: no folders and no command of the finance office."""
    if found.rule not in {"CS01", "CS05", "ST02"}:
        return found
    message = _FOLDER.sub("（", found.message).replace(_WHY["prefer"], "汇总单位已指定计入那一份")
    if found.rule != "CS01" or found.severity != "error":
        return found._replace(message=message)
    advice = _FILL_IN if found.suggestion.startswith(_FILL_IN) else ""
    return found._replace(message=message, suggestion=f"{advice}请确认以哪一份为准，只报这一份。")


def joined(document: Document, name: str, shown: str | None, count: int) -> Finding:
    """Return the hint on the first of the tables whose agency joined another name."""
    what = "实施单位" if document.form == "project_target" else "单位名称"
    if known_as(name).endswith(OWN_OFFICE) and not known_as(shown).endswith(OWN_OFFICE):
        why = "没有各自的整体表可以分开，"
        advice = (
            f"请核对：是同一个单位的，请写成一样；{wording.quoted(shown)}指整个部门的，请两边各报一张整体表。"
        )
    elif not named(name)[0]:
        why = "按它的代码"
        advice = "请核对是不是同一个单位；以后请写单位全称，代码写在后面。"
    else:
        department = document.values.get("department")
        why = f"按主管部门{wording.quoted(department)}" if department else "按同一个工作簿里项目表的主管部门"
        advice = "请核对是不是同一个单位；以后请写单位全称。"
    message = f"{what}写的是{wording.quoted(name)}，{why}归入{wording.quoted(shown)}（共 {count} 张表）。"
    return _finding("CS05", document, "/agency", message, advice)


def mixed(document: Document, departments: Sequence[str], shown: str | None) -> Finding:
    """Return the warning on a table whose agency's short name stands under 主管部门 that are not one."""
    known = "、".join(map(wording.quoted, departments[:_MOST_NAMED]))
    name = document.values["agency"]
    message = f"{wording.quoted(name)}的表写着不同的主管部门（{known}），没有写单位全称，都归在{wording.quoted(shown)}一个单位里。"
    full = wording.quoted(f"{name_of(departments[1])}{name_of(name)}")
    advice = f"请核对：是几个单位的，请把单位名称写全（如{full}），再汇总一次；是同一个单位的，请把主管部门写成一样。"
    return _finding("CS05", document, "/agency", message, advice)._replace(severity="warning")


def _advice(why: Why, counted: Entry, other: Entry) -> str:
    if counted.path == other.path and why != "blank":
        return "两份在同一个工作簿里：请与填报单位核对，删去不用的那一张（或隐藏它的工作表），只留一张，再汇总一次。"
    if why == "blank":
        return "请删去没有填写的一份。"
    if why == "prefer":
        return "不用再处理；以后只留一份。"
    return f"请与填报单位核对后，删去不用的一份；要以这一份为准，汇总时加上 --prefer {other.path}。"


def _name_at(one: Entry) -> str:
    return "/project_name" if one.document.form == "project_target" else "/agency"


def _where(one: Entry, pointer: str) -> str:
    return f"{one.path}，工作表“{one.document.sheet}”，{one.document.cell(pointer)}"


def _differences(counted: Entry, other: Entry) -> str:
    """Say what differs first, with both cells, and how much more does."""
    ours, theirs = counted.document, other.document
    pointers = _differing(ours.values, theirs.values)
    pointer = pointers[0]
    exact = _exact(pointer, ours.at(pointer), theirs.at(pointer))
    title = wording.name_of(pointer, theirs.values, _title(theirs.form, pointer))
    more = f"，另有 {len(pointers) - 1} 处不同" if len(pointers) > 1 else ""
    return (
        f"不同之处：{title}这一份是{_shown(theirs.at(pointer))}（{theirs.cell(exact)}），"
        f"计入的是{_shown(ours.at(pointer))}（{ours.cell(exact)}）{more}。"
    )


def _exact(pointer: str, one: object, other: object) -> str:
    """Return the pointer of the first value of a row that differs, the pointer itself where it is no row's."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return pointer
    return next((f"{pointer}/{part}" for part in _OF_A_ROW if one.get(part) != other.get(part)), pointer)


def _differing(ours: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    """Return the pointers of fields that differ; a list of another length is one difference."""
    found = []
    for field in dict.fromkeys((*theirs, *ours)):
        one, two = ours.get(field), theirs.get(field)
        if isinstance(one, list) and isinstance(two, list) and len(one) == len(two):
            found += [
                f"/{field}/{n}" for n, pair in enumerate(zip(one, two, strict=True)) if pair[0] != pair[1]
            ]
        elif one != two:
            found.append(f"/{field}")
    return found


def _title(form: str, pointer: str) -> str:
    title: str = schemas.field(form, pointer).get("title", "")
    return title


def _shown(value: object) -> str:
    if value is None:
        return "空白"
    if isinstance(value, dict):
        return wording.quoted(" ".join(str(value[key]) for key in _OF_A_ROW[1:] if value.get(key)))
    if isinstance(value, list):
        return f"共 {len(value)} 行"
    return wording.quoted(value)


def _finding(rule: str, document: Document, pointer: str, message: str, suggestion: str) -> Finding:
    known = next(line for line in rules.catalogue() if line.id == rule)
    return Finding(
        rule=rule,
        severity=known.severity,
        pointer=pointer,
        cell=document.cell(pointer),
        message=message,
        suggestion=suggestion,
        basis=known.basis,
    )
