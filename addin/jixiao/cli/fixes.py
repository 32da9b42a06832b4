"""`jixiao fix`: the offered fixes of one workbook, made in a copy, each listed with before and after."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from jixiao.cli import DONE, NOT_DONE, TYPE_CHECKING, copies, typed_path
from jixiao.errors import UsageError

if TYPE_CHECKING:
    from jixiao.fixing import Change
    from jixiao.model import CellValue

_NAMED = 12  # sums that a sentence names
_ROUNDS = 4  # a cell may need more than one fix; what is still offered after as many rounds is left


def _words(one: argparse.ArgumentParser) -> None:
    one.add_argument("file", metavar="FILE", help="要改的 .xlsx 或 .xlsm")
    one.add_argument("-o", "--output", required=True, metavar="OUT", help="输出文件")
    one.add_argument(
        "--rule", action="append", default=[], metavar="ID", help="只改这条规则的建议；可以写几次（默认全部）"
    )
    one.add_argument("--force", action="store_true", help="可以替换已有的文件")


COMMAND = (
    "fix",
    "把可以放心代改的地方（空格、全角半角、比较符和单位的写法等）改在副本里，逐条列出，原文件不动",
    "jixiao fix 项目表.xlsx -o 项目表-已改.xlsx\njixiao fix 项目表.xlsx -o 项目表-已改.xlsx --rule ST11",
    _words,
)


def run(words: argparse.Namespace) -> int:
    """Make the fixes in a copy and list them; returns 2 where the file holds no table."""
    from jixiao.cli import show  # noqa: PLC0415 - as above
    from jixiao.office import package, saving  # noqa: PLC0415 - as above

    file, out = typed_path(words.file), typed_path(words.output)
    data = copies.original(file, out, "改一个工作簿", "不能在副本里逐格改", force=words.force)
    fixed, made, left = _fixed(file.name, data, _known(words.rule))
    if fixed is None:
        show.say("".join(left), quiet=False)
        return NOT_DONE
    if lost := package.farewell(data, file.name):
        show.say(lost, quiet=words.quiet)
    saving.save(out, fixed, force=words.force)
    for line in made:
        show.out().print(line, markup=False, soft_wrap=True)
    for line in left:
        show.say(line, quiet=words.quiet)
    done = f"已在副本里改 {len(made)} 处" if made else "已另存副本，里面没有可以放心代改的地方"
    show.say(f"{done}，原文件没有改动。", quiet=words.quiet)
    show.out().print(str(out), markup=False, soft_wrap=True)
    return DONE


def _known(ids: list[str]) -> list[str]:
    from jixiao import rules  # noqa: PLC0415 - as above

    wanted = [one.upper().replace("-", "") for one in ids]
    for one in wanted:
        if one not in {rule.id for rule in rules.catalogue()}:
            raise UsageError(f"没有规则“{one}”。用 jixiao rules 查看全部规则。")
    return wanted


def _fixed(name: str, data: bytes, ids: list[str]) -> tuple[bytes | None, list[str], list[str]]:
    """Return the fixed workbook, a line for each change made, and sentences on what was left; `None` without a table."""
    from jixiao import fixing, merging  # noqa: PLC0415 - as above
    from jixiao.office.package import changing  # noqa: PLC0415 - as above

    made: list[str] = []
    stuck: dict[tuple[str, str], Change] = {}
    plain: set[tuple[str, str]] = set()
    sums: set[tuple[str, str]] = set()
    for _ in range(_ROUNDS):
        extract = merging.extract(name, data)
        if extract.status != "read":
            return None, [], [extract.reason or ""]
        offered = fixing.offered(((one.document, one.verdict.findings) for one in extract.documents), ids)
        fresh = [one for one in offered if (one.sheet, one.cell) not in stuck]
        applied = fixing.apply(fresh, _contents(name, data))
        changed = changing.change(
            data, {at: value for at, value in applied.values.items() if isinstance(value, str | float)}
        )
        stuck |= {(one.sheet, one.cell): one for one in applied.stale}
        stuck |= {(one.sheet, one.cell): one for one in applied.made if (one.sheet, one.cell) in changed.left}
        done = [one for one in applied.made if (one.sheet, one.cell) not in changed.left]
        if not done:
            break
        made += [one.line for one in done]
        data, plain, sums = changed.data, plain | changed.plain, sums | changed.sums
    left = [f"没有改：{one.line}。单元格里是公式，或内容与读到的不一样，请自己改。" for one in stuck.values()]
    left += [
        f"{sheet}!{cell} 格内只给几个字设的加粗、颜色没有保留，要的请再设一次。"
        for sheet, cell in sorted(plain)
    ]
    if sums:
        cells = "、".join(f"{sheet}!{cell}" for sheet, cell in sorted(sums)[:_NAMED])
        left.append(f"合计公式的结果随之更新：{cells}{'等' if len(sums) > _NAMED else ''}。")
    return data, made, left


def _contents(name: str, data: bytes) -> Mapping[tuple[str, str], CellValue]:
    """Return what the cells of a workbook hold, by sheet and address."""
    from jixiao.model import Spot  # noqa: PLC0415 - as above
    from jixiao.office import files  # noqa: PLC0415 - as above

    return {
        (grid.sheet, Spot(row, column).a1): value
        for grid in files.load(data, name).grids
        for row, cells in enumerate(grid.rows)
        for column, value in enumerate(cells)
        if value is not None
    }
