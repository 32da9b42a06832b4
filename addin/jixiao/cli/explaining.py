"""`jixiao explain`: a warning or hint is kept with a reason, recorded in a copy of the workbook."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from jixiao.cli import DONE, TYPE_CHECKING, copies, typed_path
from jixiao.errors import JixiaoError, UsageError

if TYPE_CHECKING:
    from jixiao.merging import Extracted
    from jixiao.model import Document, Finding
    from jixiao.rules.profiles import Profile

_SHOWN = 8  # findings that a sentence names


def _words(one: argparse.ArgumentParser) -> None:
    one.add_argument("file", metavar="FILE", help="要记下说明的 .xlsx 或 .xlsm")
    one.add_argument(
        "--cell",
        required=True,
        metavar="CELL",
        help="哪一格，例如 '电费!E18'，要加引号（只有一张表时可只写 E18）",
    )
    one.add_argument("--rule", required=True, metavar="ID", help="哪一条规则的警告或提示，例如 VA02")
    one.add_argument(
        "--reason", required=True, metavar="TEXT", help="保留的理由，500 字以内；写成空的就取消原来的说明"
    )
    one.add_argument("-o", "--output", required=True, metavar="OUT", help="输出文件")
    one.add_argument("--profile", metavar="NAME|FILE.toml", help="校验口径，与校验时用的相同（默认内置）")
    one.add_argument("--force", action="store_true", help="可以替换已有的文件")


COMMAND = (
    "explain",
    "保留并说明：给一处警告或提示写明保留的理由，记在副本里，不再计数；内容一改就失效。原文件不动",
    (
        "jixiao explain 项目表.xlsx --cell '电费!E18' --rule VA02 --reason 上级文件规定只作定性考核 -o 项目表-已说明.xlsx\n"
        "jixiao explain 项目表.xlsx --cell '电费!E18' --rule VA02 --reason \"\" -o 项目表-取消说明.xlsx"
    ),
    _words,
)


def run(words: argparse.Namespace, profile: Profile | None) -> int:
    """Record a reason in a copy, or take one away."""
    from datetime import datetime  # noqa: PLC0415 - commands import what they use

    from jixiao import merging, reasons  # noqa: PLC0415 - as above
    from jixiao.cli import show  # noqa: PLC0415 - as above
    from jixiao.office import package, saving  # noqa: PLC0415 - as above
    from jixiao.office.package import reasons as sheet  # noqa: PLC0415 - as above

    file, out = typed_path(words.file), typed_path(words.output)
    data = copies.original(file, out, "给一个工作簿写说明", "说明没有地方存", force=words.force)
    extract = merging.extract(file.name, data, profile)
    if extract.status != "read":
        raise JixiaoError(extract.reason or "")
    document, finding = _wanted(extract.documents, words.cell, words.rule.upper().replace("-", ""))
    known = sheet.read(data)
    today = datetime.now().astimezone().date()
    found = reasons.recorded(known, document, finding, words.reason, today)
    taken = len(found) < len(known)
    if found == known and not words.reason.strip():
        raise UsageError("没有写理由。请在 --reason 后面写明为什么保留。")
    written = sheet.write(data, found)
    if lost := package.farewell(data, file.name):
        show.say(lost, quiet=words.quiet)
    saving.save(out, written, force=words.force)
    what = "取消说明" if taken else "记下说明"
    show.say(
        f"已在副本里{what}：{document.sheet}!{finding.cell}（{finding.rule}）。原文件没有改动。",
        quiet=words.quiet,
    )
    show.out().print(str(out), markup=False, soft_wrap=True)
    return DONE


def _wanted(tables: Sequence[Extracted], place: str, rule: str) -> tuple[Document, Finding]:
    """Return the finding that is meant; raises UsageError, with those that could be, where there is no such one."""
    from jixiao import reasons  # noqa: PLC0415 - as above

    sheet, _, cell = place.rpartition("!" if "!" in place else "！")
    # cmd.exe leaves quotes as they are
    sheet, cell = sheet.strip("'"), cell.replace("$", "").rstrip("'").upper()
    known = [(one.document, each) for one in tables for each in one.verdict.findings]
    here = [one for one in known if one[1].cell == cell and (not sheet or one[0].sheet == sheet)]
    found = [one for one in here if one[1].rule == rule]
    if len({document.sheet for document, _ in found}) > 1:
        names = "、".join(dict.fromkeys(f"{document.sheet}!{cell}" for document, _ in found))
        raise UsageError(f"有几张工作表的 {cell} 都有 {rule}。请写明工作表：{names}。")
    if not found:
        others = [one for one in here or known if reasons.can_be_explained(one[1])]
        told = "、".join(
            dict.fromkeys(f"{one.sheet}!{each.cell} {each.rule}" for one, each in others[:_SHOWN])
        )
        more = (
            f"可以说明的有：{told}{' 等' if len(others) > _SHOWN else ''}。"
            if told
            else "没有可以说明的问题。"
        )
        raise UsageError(f"{place} 没有 {rule} 的问题。{more}")
    if not reasons.can_be_explained(found[0][1]):
        raise UsageError(f"{place} 的 {rule} 是错误，必须改正，不能只加说明：{found[0][1].message}")
    return found[0]
