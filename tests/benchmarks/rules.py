"""What the rules cost: beside jsonschema, and as a campaign grows: `python tests/benchmarks/rules.py [--quick] [--tables 1000]`.

Tables are drawn by chance from the real ones of 2024, every one with texts of its own, so that what is kept of texts met
before helps as little as in life. CPU seconds, both sides in turn, chunk by chunk. It writes RULES.md beside it; timing
never decides a test.
"""

from __future__ import annotations

import os
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import books

from jixiao import checking, library, reading, rules, schemas, values
from jixiao.model import Document
from jixiao.office import files

HERE = Path(__file__).resolve().parent
QUICK = "--quick" in sys.argv
TABLES = int(sys.argv[sys.argv.index("--tables") + 1]) if "--tables" in sys.argv else 600 if QUICK else 10_000
CHUNK = 100
WORKBOOK = 9
CAMPAIGNS = (1_000, 10_000) if QUICK else (10_000, 100_000)
TARGET = 0.25
WORDS = {"project_target": "p-2021", "agency_overall": "gs-agency"}
PLACES = "东西南北中上下前后新"
THINGS = [
    "道路",
    "桥梁",
    "电费",
    "水费",
    "培训",
    "绿化",
    "食堂",
    "会议",
    "学校",
    "医院",
    "农田",
    "水库",
    "路灯",
    "公厕",
    "档案",
    "宣传",
]
SLIPS = (
    "", "*", "XX经费", "不涉及", "95%", "0.95", "≥%", "是否完成", "提高服务水平", " 用电 费用", "≤９％", "全年", "≥100万元", "节能环保",
    "全省覆盖率", "帐目清楚", "30分钟", "=3000人/次", "合格", "预算101万元", "2023年10月31日前",
)  # fmt: skip
Draw = Callable[[random.Random, Document, int], Document]


def base() -> list[Document]:
    """Return the nine real tables as reading gives them."""
    return list(reading.read(files.load(books.workbook(0), "x.xlsx"))[0])


def changed(document: Document, number: int, indicators: list[dict], **fields: object) -> Document:
    """Return a table with other indicators, their targets parsed anew, on a sheet of its own."""
    for one in indicators:
        parsed = values.parse(one["target"] or "")
        one.update(operator=parsed.operator, value=parsed.value, measure=parsed.measure)
    told = {**document.values, "indicators": indicators, **fields}
    return replace(document, values=told, sheet=f"表{number}")


def as_published(chance: random.Random, document: Document, number: int) -> Document:
    """Draw a table as they were published: about twenty remarks each."""
    letter = chr(0x4E00 + number)  # a figure in every name would be a fault of its own
    rows = [
        {**one, "name": one["name"] and f"{one['name']}（{letter}）"} for one in document.values["indicators"]
    ]
    return changed(document, number, rows, agency=f"{chance.choice(PLACES)}{number}局")


def faulty(chance: random.Random, document: Document, number: int) -> Document:
    """Draw a table with something wrong in every row."""
    rows = as_published(chance, document, number).values["indicators"]
    for one in rows:
        one[chance.choice(("name", "target"))] = chance.choice(SLIPS) or None
        if chance.random() < 0.2:
            one["level2"] = chance.choice(("成木指标", "数里指标", None))
    return changed(document, number, rows, year=chance.choice((None, 1899, 2024)), goals=[None, "*"])


def well_filled(_chance: random.Random, document: Document, number: int) -> Document:
    """Draw a table from the indicator library; an agency's own stays as it is."""
    if document.form == "agency_overall":
        return replace(document, sheet=f"表{number}")
    words = schemas.vocabulary("p-2021")
    text = library.about(document.values["project_name"], document.values["goals"])
    rows = []
    for level1 in words.level1:
        for level2 in words.level2[level1]:
            good = library.suggest(level2, text, words)[0]
            target = good.target.replace("（填数）", str(1 + number % 40))
            name = good.name if good.declines else f"{PLACES[number % 10]}{number // 10}楼{good.name}"
            rows.append({"level1": level1, "level2": level2, "name": name, "target": target})
    return changed(document, number, rows, project_name=f"{document.values['project_name']}{number}")


def beside_jsonschema(draw: Draw, start: int, count: int, together: int) -> tuple[float, float, float]:
    """Return the ratio of all rules to jsonschema, the same with our schema, and findings for each table.

    Args:
        draw: draws a table of a number.
        start: the first number.
        count: how many tables.
        together: how many are judged at once.

    """
    reference = {form: schemas.reference(schemas.document_schema(form, name)) for form, name in WORDS.items()}
    chance, known = random.Random(20241124), base()

    def everything(tables: list[Document]) -> int:
        parts = (tables[at : at + together] for at in range(0, len(tables), together))
        return sum(len(one.findings) for part in parts for one in checking.check_all(part, "document"))

    def schema(tables: list[Document]) -> int:
        return sum(len(schemas.violations(one.form, WORDS[one.form], one.values)) for one in tables)

    def theirs(tables: list[Document]) -> int:
        return sum(len(list(reference[one.form](one.values))) for one in tables)

    everything(known)  # the catalogue is loaded
    rounds, found = [], 0
    for first in range(start, start + count, CHUNK):
        tables = [draw(chance, known[n % len(known)], n) for n in range(first, first + CHUNK)]
        sides = [everything, schema, theirs]
        spent = {}
        for side in sides if first // CHUNK % 2 else reversed(sides):
            begin = time.process_time()
            number = side(tables)
            spent[side] = time.process_time() - begin
            found += number if side is everything else 0
        rounds.append((spent[everything] / spent[theirs], spent[schema] / spent[theirs]))
    whole, ours = (statistics.median(one[at] for one in rounds) for at in (0, 1))
    return whole - ours, whole, found / count


def campaign(count: int) -> list[Document]:
    """Draw the projects of a campaign, ten of an agency; every table asks 服务对象满意度 ≥95%, one in a hundred is a copy."""
    chance = random.Random(7)
    known = [one for one in base() if one.form == "project_target"]
    found: list[Document] = []
    for number in range(count):
        document = known[number % len(known)]
        name = f"{chance.choice(PLACES)}{chance.choice(PLACES)}{chance.choice(THINGS)}{chance.choice(THINGS)}{number % 10}"
        rows = [dict(one) for one in document.values["indicators"]]
        for one in rows:
            one["name"] = f"{chance.choice(THINGS)}{chance.choice(PLACES)}{chance.randrange(count)}数量"
            one["target"] = f"≥{chance.randrange(1000)}个"
        if number % 100 == 99:
            rows = [dict(one) for one in found[chance.randrange(number)].values["indicators"]]
        rows[-1].update(name="服务对象满意度", target="≥95%")
        agency = f"和政县{chance.choice(PLACES)}{number // 10}单位"
        goals = ["保障机关正常运行", f"{name}按期完成"]
        fields = {"agency": agency, "department": agency, "project_name": name, "goals": goals}
        found.append(changed(document, number, rows, **fields))
    return found


def growing() -> Iterator[str]:
    """Time every rule that compares tables at both sizes; yield table rows."""
    spent: dict[str, list[float]] = {}
    said: dict[str, list[int]] = {}
    for count in CAMPAIGNS:
        documents = campaign(count)
        for rule in (*rules.of_scope("workbook"), *rules.of_scope("campaign")):
            begin = time.process_time()
            flags = list(rule.check(documents, rule.parameters))
            spent.setdefault(rule.id, []).append(time.process_time() - begin)
            said.setdefault(rule.id, []).append(len(flags))
            if rule.id == "IN09":
                number, flag = flags[-1]
                own = f"{documents[number].sheet}!{documents[number].cell(flag.pointer)}"
                yield f"查出照搬时两处都写明，如 {own}：{flag.message}"
        begin = time.process_time()
        list(checking.compare(documents))
        spent.setdefault("全部（连同数据标准）", []).append(time.process_time() - begin)
    small, large = CAMPAIGNS
    yield ""
    yield f"| 规则 | {small:,} 个项目（秒） | {large:,} 个项目（秒） | 增长（项目 {large // small} 倍） | 查出 |"
    yield "|---|---:|---:|---:|---:|"
    for name, (few, many) in spent.items():
        grown = f"{many / few:.1f} 倍" if few > 0.01 else "—"
        yield f"| {name} | {few:.2f} | {many:.2f} | {grown} | {said.get(name, ['', ''])[1]} |"


def main() -> None:
    """Measure and write the table."""
    load = os.getloadavg()[0]
    lines = [
        "# 规则的代价",
        "",
        TOLD.format(TABLES, CHUNK, platform.python_version(), os.cpu_count(), load, TABLES // 5),
        "",
    ]
    lines += [
        f"| 表 | 规则 ÷ jsonschema（目标 ≤ 0.25） | 连同数据标准 | {WORKBOOK} 张一起 | 一张一张 | 每张表的问题 |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    few = TABLES // 5
    for name, draw in (("填得好的表", well_filled), ("真实的表", as_published), ("行行有错的表", faulty)):
        alone, whole, found = beside_jsonschema(draw, 0, TABLES, CHUNK)
        workbook, _, _ = beside_jsonschema(draw, TABLES, few, WORKBOOK)
        single, _, _ = beside_jsonschema(draw, TABLES + few, few, 1)
        missed = "" if alone <= TARGET else " **未达**"
        lines.append(
            f"| {name} | {alone:.3f}{missed} | {whole:.3f} | {workbook:.3f} | {single:.3f} | {found:.1f} |"
        )
    lines += ["", "## 表之间的规则", "", GROWTH, "", *growing(), ""]
    print("\n".join(lines))
    if not QUICK:
        (HERE / "RULES.md").write_text("\n".join(lines), encoding="utf-8", newline="\n")


TOLD = (
    "单独一张表的全部规则，与 jsonschema 判断同一批表的 CPU 时间之比：每种 {0:,} 张生成的表，每 {1} 张一轮、一起核对，两边轮流先做，"
    "取各轮的中位数；每张表的文字各不相同。规则是一条一条走过一起核对的各表的：处理器刚走过的路再走快得多，所以另列一个工作簿"
    "的九张表一起、一张一张时的比值（各 {5:,} 张）。上次测量：Python {2}，{3} 个处理器，开始时负载 {4:.1f}。重新测量：`python tests/benchmarks/rules.py`。"
)
GROWTH = (
    "一次汇总的项目表：十个项目一个单位，每张表都有“服务对象满意度 ≥95%”，百分之一的表照搬了前面的一张，所有表有一条相同的目标。"
    "比较各表不是两两相比：照搬（IN09）按行找，先问少见的行，人人都有的行只记最先的二十张；别的规则按单位、年度、名称归并。"
)


if __name__ == "__main__":
    main()
