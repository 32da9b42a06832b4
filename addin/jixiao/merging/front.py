"""汇总表, the first sheet: verdict, balance, totals by agency, charts; and 填报说明, the last one."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from jixiao import values
from jixiao.drawing import paging
from jixiao.drawing.heights import heights
from jixiao.merging import cautions, sheets
from jixiao.merging import charts as drawn
from jixiao.merging.followup import STATUS_WORDS
from jixiao.merging.ledger import FUNDS, STATUSES, Agency, Ledger, tally
from jixiao.merging.listing import Links, line
from jixiao.model import Area, Box, Chart, Page
from jixiao.office import tables
from jixiao.office.tables import Cell, Item, height

_WIDTHS = tuple(one.width for one in sheets.AGENCIES)
_RIGHT = len(_WIDTHS) - 1
_STYLES = tuple(one.style for one in sheets.AGENCIES)
MOST_AGENCIES = 1_000  # of more, those with most money stand here, and all on a sheet of their own
_OWN = ("basic", "expenditure_total")  # what agencies state themselves
_NOT_ALL = "黄色空着的合计：{0} 个单位没有整体表，或整体表这一项空着，所以不相加，免得当成全部。"
_WHOLE = "黄色空着的合计：{0}，里面已有其他单位的金额，所以不相加，免得算两遍。"
_LACKING = "黄色的合计不全：其中有项目的金额空白或不是数，没有计入，见“项目明细”。"
_NOT_ASKED = "有 {0} 个项目的表样没有“{1}”一栏，表上的来源相加等于年度资金总额，合计不缺这一项。"
_GUIDE = (
    ("怎么看", "“汇总表”先说结论；“问题清单”每行一个问题，点“文件”列可打开原文件的那个单元格。链接是相对路径：请把本工作簿和原文件一起移动。"),
    ("金额", "单位一律为万元。空白或不是数的金额不当作 0，不计入合计，并在结论里说明有几个，不全的合计标成黄色；表样没有的一栏（外地表样没有上年结转资金等），表上的来源相加等于年度资金总额的，不算缺；不是每个单位都报了整体表的，基本支出、支出预算合计不相加，也标成黄色。"),
    ("整体表", "每个单位一张“整体_单位名”：人员经费等为单位自报数，项目支出为各项目年度资金总额之和；两者不一致的，列入问题清单（UN05）。"),
    ("已汇总", "文件里至少有一张表计入了汇总。"),
    ("重复", "文件里的表与已计入的表内容相同，不重复计入；只差空格、标点的全角半角等写法的也算，计入较晚的一份的写法。"),
    ("被替代", "同一项目（或同一单位的整体表）来了内容不同的两份，计入保存时间较晚的一份；时间分不出先后时按路径次序计入第一份，列入问题清单（CS01）。要以另一份为准，汇总时加上 --prefer 和文件路径。"),
    ("与上次相比", "同一个文件夹再次汇总时，与上次相比新增、减少、变动的项目和整体表列在这一页；没有变化，或本机不记得上次，就没有这一页。"),
    ("未能读取", "文件损坏、加密、格式不支持等，原因和办法见“文件清单”。其中的数没有计入。"),
    ("与填报无关", "临时锁文件、图片、系统文件，没有绩效目标表的工作簿，没有改动过的标注件，连名称也没有填的空白表，写着“XX单位”一类的填写样表，不参与汇总。"),
    ("单位名称", "按全称归并。不带地名的简称，只有主管部门以它结尾、且只有一个全称可以对应时才归并（CS05 提示）；不同地名的单位不归并；“某局（本级）”归入“某局”，各报了整体表的除外。名称前后的代码和“（盖章）”不算名称。"),
    ("级别", "错误必须改正；警告请核对；提示供参考；已说明是填报人写明理由后保留的警告或提示，不计入；未核对是缺少条件、没有判断的项目。"),
)  # fmt: skip


def summary(ledger: Ledger, links: Links, targets: Sequence[str], stamp: tuple[str, str]) -> Page:
    """Return the first sheet; `targets` are the links to the agencies' unit forms, in their order."""
    top = [
        Box(Area(0, 0, 0, _RIGHT), "绩效目标汇总表", "title"),
        Box(Area(1, 0, 1, _RIGHT), verdict(ledger), "wrapped" if ledger.settled else "caution"),
    ]
    boxes = [*top, *_balance(ledger)]
    listed = _listed(ledger, targets)
    start, more, charts = _arranged(ledger, links, len(listed), max(box.area.bottom for box in boxes) + 2)
    boxes += [*_agencies(ledger, links, listed, start), *more]
    many = len(listed) > drawn.MOST_IN_CHART
    room = paging.room(_WIDTHS, landscape=True)
    tall = _heights(boxes) | heights(top, _WIDTHS, {0: 36.0, 1: 24.0})
    return Page(
        sheet="汇总表",
        widths=_WIDTHS,
        boxes=tuple(boxes),
        heights=tall,
        landscape=True,
        stamp=stamp,
        charts=tuple(charts),
        breaks=paging.breaks(tall, drawn.blocks(boxes, charts), room, known=[start] if many else []),
        print_titles=(start + 1, start + 1) if many else None,
    )


def _arranged(
    ledger: Ledger, links: Links, listed: int, top: int
) -> tuple[int, Sequence[Box], Sequence[Chart]]:
    """Return where the agencies' block begins, and the charts and their lists: below it, or above one of several pages.

    What a printed page repeats it repeats until the sheet ends, so a block whose headings are repeated stands last.
    """
    if listed <= drawn.MOST_IN_CHART:
        return top, *drawn.with_lists(ledger, links, top, listed, top + listed + 4)
    boxes, _ = drawn.with_lists(ledger, links, top, listed, top)
    start = max(box.area.bottom for box in boxes) + 2
    return start, *drawn.with_lists(ledger, links, start, listed, top)


def _heights(boxes: Sequence[Box]) -> dict[int, float]:
    rows: dict[int, list[Box]] = {}
    for box in boxes:
        rows.setdefault(box.area.top, []).append(box)
    return {
        row: height(
            [box.value for box in cells], [sum(_WIDTHS[box.area.left : box.area.right + 1]) for box in cells]
        )
        for row, cells in rows.items()
    }


def _listed(ledger: Ledger, targets: Sequence[str]) -> list[tuple[Agency, str]]:
    """Return the agencies that stand on this page, each with the link to its unit form."""
    pairs = zip(ledger.agencies, targets, strict=True)
    if len(ledger.agencies) <= MOST_AGENCIES:
        return list(pairs)
    return heapq.nlargest(
        drawn.MOST_IN_CHART, pairs, key=lambda pair: pair[0].funds["total_funds"].known or 0
    )


def verdict(ledger: Ledger) -> str:
    """Return the whole result in words: what was counted, what was not, and what to do first."""
    found = tally(ledger)
    files = "，".join(
        f"{STATUS_WORDS[status]} {ledger.count(status)} 个" for status in STATUSES if ledger.count(status)
    )
    sentences = [
        f"共 {len(ledger.files)} 个文件：{files}。",
        f"计入 {ledger.names} 个单位、{len(ledger.projects)} 个项目，{_funds(ledger)}。",
    ]
    if blank := cautions.lacking(ledger.totals):
        told = "、".join(f"{count} 个项目的{title}" for title, count in blank.items())
        sentences.append(f"有 {told}空白或不是数，没有计入合计。")
    problems = [f"错误 {found['error']} 个", f"警告 {found['warning']} 个", f"提示 {found['hint']} 个"]
    problems += [f"已说明 {found['explained']} 个"] if found["explained"] else []
    sentences.append(
        f"发现{'、'.join(problems)}，逐条见“问题清单”。" if ledger.findings else "没有发现问题。"
    )
    if ledger.count("rejected"):
        sentences.append("有文件没有能够读出，请先看“文件清单”。")
    if ledger.fates["superseded"]:
        sentences.append("有表被内容不同的另一份替代，请先看“问题清单”里的 CS01。")
    return "".join((*sentences, "文件、表和金额核对平衡。", *ledger.remarks, *_since(ledger)))


def _funds(ledger: Ledger) -> str:
    total = ledger.totals["total_funds"].text
    if total is None:
        return "年度资金总额未知" if ledger.projects else "没有收到项目表，年度资金总额未知"
    return f"年度资金总额 {total} 万元"


def _since(ledger: Ledger) -> list[str]:
    return [ledger.since.sentence] if ledger.since else []


def _balance(ledger: Ledger) -> list[Box]:
    fates = ledger.fates
    files: tuple[Cell, ...] = ("文件", len(ledger.files), *(ledger.count(status) for status in STATUSES))
    found = (
        "表",
        sum(fates.values()),
        fates["counted"],
        fates["duplicate"],
        fates["superseded"],
        None,
        None,
    )
    heads = ("核对", "收到", *(STATUS_WORDS[status] for status in STATUSES), "平衡")
    boxes = line(3, heads, ["header"] * len(heads))
    for row, cells in enumerate((files, found), 4):
        boxes += line(row, (*cells, "是"), ("center", *("number",) * (len(cells) - 1), "center"))
    return boxes


def _agencies(ledger: Ledger, links: Links, listed: Sequence[tuple[Agency, str]], start: int) -> list[Box]:
    """Return the agencies' block; where not all stand in it, its totals are of the sheet that has them all."""
    title, sheet = "各单位合计（金额单位：万元）", ""
    first, last = start + 2, start + 1 + len(listed)
    end = last + 1
    if len(listed) < len(ledger.agencies):
        title = (
            f"年度资金总额最多的 {len(listed)} 个单位（金额单位：万元；"
            f"合计是全部 {ledger.names} 个单位的，逐个见“{sheets.ALL_AGENCIES}”）"
        )
        sheet, first, last = (
            f"'{sheets.ALL_AGENCIES}'!",
            tables.FIRST_ROW,
            tables.FIRST_ROW + len(ledger.agencies) - 1,
        )
    boxes = [Box(Area(start, 0, start, _RIGHT), title, "subtitle")]
    boxes += line(start + 1, [one.heading for one in sheets.AGENCIES], ["header"] * len(sheets.AGENCIES))
    for row, (agency, target) in enumerate(listed, start + 2):
        boxes += line(row, sheets.agency(agency, target, links), _STYLES)
    if ledger.agencies:
        count, stated = len(ledger.agencies), _stated(ledger)
        several = cautions.of_whole_departments(ledger.agencies)
        sums = [
            float(len(ledger.projects)),
            *(ledger.totals[field].known for field in FUNDS),
            *(sum(each, Decimal(0)) if len(each) == count and not several else None for each in stated),
        ]
        cells = [
            None
            if known is None
            else Item(float(known), formula=f"=ROUND(SUM({sheet}{Area(first, column, last, column).a1}),6)")
            for column, known in enumerate(sums, 2)
        ]
        funds = ["total_lacking" if ledger.totals[field].unknown else "total" for field in FUNDS]
        own = ["total_lacking" if 0 < len(each) < count or (each and several) else "total" for each in stated]
        styles = [*["total_label"] * 3, *funds, *own, "total"]
        word = f"合计（{ledger.years} 个年度相加）" if ledger.years > 1 else "合计"
        boxes += line(end, [word, None, *cells, None], styles)
        said = [_LACKING] if cautions.lacking(ledger.totals) else []
        said += [_NOT_ASKED.format(count, name) for name, count in cautions.not_asked(ledger.totals).items()]
        lacking = count - min(map(len, stated)) if "total_lacking" in own else 0
        said += [_NOT_ALL.format(lacking)] if lacking else []
        said += [_WHOLE.format(cautions.whole_departments_told(several))] if several else []
        if said:
            boxes.append(Box(Area(end + 1, 0, end + 1, _RIGHT), "".join(said), "note"))
    return boxes


def _stated(ledger: Ledger) -> list[list[Decimal]]:
    """Return the amounts that agencies state themselves of each of `_OWN`."""
    stated: list[list[Decimal]] = [[] for _ in _OWN]
    for own in (one.own for one in ledger.agencies if one.own):  # one at a time: a table takes 40 KB
        for amounts, field in zip(stated, _OWN, strict=True):
            if (amount := values.decimal(own.document.values[field])) is not None:
                amounts.append(amount)
    return stated


@cache
def guide() -> Page:
    """Return the last sheet: how to read this workbook, and what each status means."""
    widths = (16.0, 100.0)
    boxes = [Box(Area(0, 0, 0, 1), "填报说明", "title")]
    for row, pair in enumerate(_GUIDE, 1):
        boxes += line(row, pair, ("header", "wrapped"))
    return Page(
        sheet="填报说明",
        widths=widths,
        boxes=tuple(boxes),
        heights=heights(boxes, widths, {0: 36.0} | dict.fromkeys(range(1, len(_GUIDE) + 1), 24.0)),
        landscape=True,
    )
