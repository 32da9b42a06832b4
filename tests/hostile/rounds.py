"""Mark, unmark and add dropdowns on foreign .xlsx and .xlsm, and compare part by part; `corpus.py --package` runs it.

Each file is looked at in a process that is ended when it takes too long or too much memory.
"""

from __future__ import annotations

import io
import json
import re
import selectors
import shutil
import subprocess
import sys
import tempfile
import warnings
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
from python_calamine import CalamineWorkbook

from jixiao.errors import FileRejectedError
from jixiao.model import Area, Box, Dropdown, Mark, NamedList, Page
from jixiao.office import package
from jixiao.office.package import book as books
from jixiao.office.package import parts as members_of

TOP = Path(__file__).resolve().parents[2]
VALIDATOR = TOP / ".cache" / "ooxml" / "node_modules" / ".bin" / "ooxml-validator"
SECONDS, MEMORY = 120, 6 << 30
LARGEST = 2 << 20  # bytes of XML above which openpyxl would take minutes
PAGE = Page(sheet="校验结果", widths=(20.0,), boxes=(Box(Area(0, 0, 0, 0), "校验结果：有 2 处", "title"),))
FAR = Area(0, 16_370, 2, 16_370)  # cells that hardly any file uses
DROPDOWN = Dropdown(FAR, "=jixiao_corpus", error="请从列表中选择。")
LIST = NamedList("jixiao_corpus", ("产出指标", "效益指标"))
KINDS = {
    "图形（drawing）": r"/drawings/drawing|/diagrams/",
    "旧式图形（VML）": r"\.vml$",
    "图片": r"/media/|\.(emf|wmf|png|jpe?g|gif|tiff?)$",
    "图表": r"/charts?/|/chartsheets/|/chart",
    "自定义 XML": r"customxml/",
    "宏签名": r"vbaprojectsignature",
    "宏": r"vba",
    "打印机设置": r"printersettings",
    "新式批注": r"threadedcomment|/persons?/",
    "旧式批注": r"comments",
    "透视表与缓存": r"pivot",
    "外部链接与连接": r"externallink|connections|querytable",
    "嵌入对象与控件": r"embeddings|activex|ctrlprops|oleobject",
    "数字签名": r"_xmlsignatures",
    "表格（ListObject）": r"/tables/|xmlmaps",
    "切片器、时间线": r"slicer|timeline",
    "工作表": r"/(work|dialog|macro)sheets/[^/]*\.xml$",
    "关系": r"\.rels$",
    "主题、共享文本、计算链、属性": r"theme|sharedstrings|calcchain|docprops|metadata",
    "样式": r"styles",
    "工作簿、内容类型": r"workbook\.xml$|content_types",
}


def kind(name):
    return next((word for word, pattern in KINDS.items() if re.search(pattern, name.casefold())), "其他")


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {one.filename: archive.read(one) for one in archive.infolist()}


def touched(held, book, sheets):
    """Return the parts that may change when these sheets are marked: nothing else may."""
    may = {
        books.styles_part(held, book),
        book.part,
        members_of.links_of(held, book.part),
        "[Content_Types].xml",
    }
    for sheet in sheets:
        may |= {sheet.part, members_of.links_of(held, sheet.part)}
        may |= {
            one.part for one in members_of.links(held, sheet.part) if one.kind in ("comments", "vmlDrawing")
        }
    return {name.casefold() for name in may if name}


def tail(sheet):
    """Return what follows a sheet's cells, without the tie to notes: validations, formats, extensions and the rest."""
    rest = sheet.rpartition(b"sheetData")[2].lstrip(b">/ \r\n\t")
    return re.sub(rb"<(\w+:)?legacyDrawing\b[^>]*/>", b"", rest)


def compare(before, after, may, marked):
    """Return what is wrong between two packages: parts that must not differ, notes or shapes that are gone."""
    wrong = [f"gone: {name}" for name in before if name not in after]
    for name, content in before.items():
        new = after.get(name, content)
        if new == content:
            continue
        if name.casefold() not in may:
            wrong.append(f"changed: {name}")
        elif kind(name) == "旧式批注":
            found = re.findall(rb"<(?:\w+:)?comment .*?</(?:\w+:)?comment>", content, re.DOTALL)
            ours = {f'"{cell}"'.encode() for cell in marked}
            wrong += [
                f"note: {name}" for one in found if not any(at in one for at in ours) and one not in new
            ]
        elif kind(name) == "旧式图形（VML）":
            found = re.findall(rb"<(?:\w+:)?shape[ >].*?</(?:\w+:)?shape>", content, re.DOTALL)
            wrong += [f"shape: {name}" for one in found if one not in new]
        elif (
            kind(name) == "工作表"
            and content[:2] not in (b"\xff\xfe", b"\xfe\xff")
            and tail(content) != tail(new)
        ):
            wrong.append(f"behind the cells: {name}")
    return wrong


def by_calamine(data, names):
    try:
        with CalamineWorkbook.from_object(io.BytesIO(data)) as book:
            return {one: book.get_sheet_by_name(one).to_python() for one in book.sheet_names if one in names}
    except BaseException as error:  # noqa: BLE001 - a panic is no Exception; both sides must fail alike
        return type(error).__name__


def said(value):
    """Return what a cell says; formulas of arrays and of data tables are objects."""
    return str(getattr(value, "text", None) or (dict(value) if hasattr(value, "t") else value))


def by_openpyxl(data, names):
    try:
        book = openpyxl.load_workbook(io.BytesIO(data))
        return {
            # of a sheet with one value at its far end, `iter_rows` would make every cell
            one.title: {at: said(cell.value) for at, cell in one._cells.items() if cell.value is not None}
            for one in book.worksheets
            if one.title in names
        }
    except Exception as error:  # noqa: BLE001 - both sides must fail alike
        return type(error).__name__


def cleaned(data):
    try:
        package.clean(data)
    except FileRejectedError as error:
        return error.code
    return True


def complaints(data, folder):
    path = folder / "judged.xlsx"
    path.write_bytes(data)
    done = subprocess.run(
        [VALIDATOR, path], capture_output=True, encoding="utf-8", check=False, timeout=SECONDS
    )
    return Counter((one.get("path"), one.get("description")) for one in json.loads(done.stdout)["errors"])


def chosen(held, sheets, first):
    """Return the first sheet with notes (None: there is none), and marks: two cells, and one that has a note."""
    marks = [Mark(first.name, "A1", "error", "【错误】甲"), Mark(first.name, "C3", "hint", "【提示】乙")]
    for sheet in sheets:
        for one in members_of.links(held, sheet.part):
            if one.kind == "comments" and one.part:
                at = re.search(rb'\bref="([A-Z]+[0-9]+)"', held.original[one.part])
                own = [Mark(sheet.name, at[1].decode(), "warning", "【警告】原来有批注")] if at else []
                return sheet, marks + own
    return None, marks


def look(path, folder, *, validate, keep):
    """Do the whole round on one file and return what was seen."""
    data = path.read_bytes()
    try:
        if not package.is_package(data):
            return {"outcome": "no package"}
    except FileRejectedError as error:
        return {"outcome": error.code}
    held = members_of.unpack(data)
    book = books.workbook(held)
    sheets = [one for one in book.sheets if one.cells]
    if not sheets:
        return {"outcome": "no sheet with cells"}
    first = next((one for one in sheets if one.visible), sheets[0])
    noted, marks = chosen(held, sheets, first)
    before, names = members(data), {one.name for one in sheets}
    seen = {"outcome": "done", "kinds": Counter(map(kind, before)), "noted": noted is not None, "wrong": []}
    wrong = seen["wrong"]
    after = package.annotate(data, marks, PAGE)
    marked = members(after)
    may = touched(held, book, [first, *([noted] if noted else [])])
    wrong += compare(before, marked, may, {one.cell for one in marks})
    seen["same"] = Counter(kind(name) for name, content in before.items() if marked.get(name) == content)
    seen["x14"] = sum(b"x14:dataValidation" in content for content in before.values())
    back = members(package.unmark(after))
    wrong += [f"not back: {name}" for name in {*before, *back} if before.get(name) != back.get(name)]
    offered = package.add_dropdowns(data, {first.name: [DROPDOWN]}, [LIST])
    wrong += [
        f"dropdowns: {one}"
        for one in compare(before, members(offered), may, ())
        if "behind the cells" not in one
    ]
    if members(package.add_dropdowns(offered, {first.name: [DROPDOWN]}, [LIST])) != members(offered):
        wrong.append("dropdowns twice differ")
    values = by_calamine(data, names)
    seen["calamine"] = not isinstance(values, str)
    wrong += [
        f"calamine: {what}"
        for what, new in (("marks", after), ("dropdowns", offered))
        if by_calamine(new, names) != values
    ]
    small = sum(len(content) for name, content in before.items() if name.endswith(".xml")) <= LARGEST
    values = by_openpyxl(data, names) if small else ""
    seen["openpyxl"] = not isinstance(values, str)
    for what, new in (("marks", after), ("dropdowns", offered)) if small else ():
        wrong += [f"openpyxl: {what}"] if by_openpyxl(new, names) != values else []
    seen["clean"] = cleaned(data)
    both = package.annotate(offered, marks, PAGE)
    if validate:
        found = complaints(both, folder)
        more = found - complaints(data, folder) if found else found
        wrong += [f"SDK: {part} {text}" for part, text in more]
        seen["judged"] = "clean" if not found else "as before"
    if keep:
        (folder / f"{keep}-before{path.suffix}").write_bytes(data)
        (folder / f"{keep}-after{path.suffix}").write_bytes(both)
    return seen


def work():
    """Answer files on stdin, one line of JSON each."""
    import resource  # noqa: PLC0415 - absent on Windows, where this is not run

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    warnings.simplefilter("ignore")
    answers, sys.stdout = sys.stdout, sys.stderr  # what a library prints is no answer
    for task in sys.stdin:
        path, folder, validate, keep = json.loads(task)
        try:
            seen = look(Path(path), Path(folder), validate=validate, keep=keep)
        except FileRejectedError as error:
            seen = {"outcome": error.code}
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            seen = {"outcome": "crash", "why": f"{type(error).__name__}: {error}"}
        print(json.dumps(seen), file=answers, flush=True)


class Worker:
    """A process that answers one file after the other, begun anew after one that it did not survive."""

    def __init__(self):
        self.process = None

    def __call__(self, *task):
        if self.process is None:
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
            self.process = subprocess.Popen(
                [sys.executable, "-X", "utf8", __file__, "--work"], text=True, **pipes
            )
        self.process.stdin.write(json.dumps(task) + "\n")
        self.process.stdin.flush()
        with selectors.DefaultSelector() as waiting:
            waiting.register(self.process.stdout, selectors.EVENT_READ)
            hung = not waiting.select(SECONDS)
        said = "" if hung else self.process.stdout.readline()
        if said:
            return json.loads(said)
        self.process.kill()
        self.process.wait()
        self.process = None
        return {"outcome": "hang" if hung else "died"}


def shown(path):
    """Return what a sheet shows, without the blanks around it: a mark on an empty cell makes it wider."""
    return "\n".join(
        line.rstrip(",") for line in path.read_text(encoding="utf-8", errors="replace").splitlines()
    ).rstrip()


def in_calc(folder):
    """Open each kept pair in LibreOffice; returns how many it opened before, and what went wrong after."""
    out, program = folder / "csv", shutil.which("soffice")
    befores = sorted(folder.glob("*-before.*"))
    for one in befores:
        after = one.with_name(one.name.replace("-before", "-after"))
        words = [
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "csv",
        ]
        try:
            subprocess.run(
                [*words, "--outdir", out, one, after], capture_output=True, check=False, timeout=SECONDS
            )
        except subprocess.TimeoutExpired:
            continue
    opened, wrong = 0, []
    for one in befores:
        before = out / f"{one.stem}.csv"
        after = out / before.name.replace("-before", "-after")
        if before.exists():
            opened += 1
            if not after.exists() or shown(after) != shown(before):
                wrong.append(one.name)
    return opened, wrong


def report(folders, validate, calc):
    """Print the tables; returns whether anything went wrong."""
    print(
        "| 语料 | .xlsx/.xlsm | 不能改的（代码） | 走完 | 有原批注 | openpyxl 比过 | calamine 比过 | SDK 判过 | LibreOffice 打开 | 清洁副本 | 不该变的变了 | 崩溃 | 挂起 |"
    )
    print("|---|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    kinds, same, faults, x14 = Counter(), Counter(), [], 0
    worker = Worker()
    for corpus in folders:
        files = sorted(
            one for one in corpus.rglob("*") if one.suffix.lower() in (".xlsx", ".xlsm") and one.is_file()
        )
        outcomes, sums, bad = Counter(), Counter(), 0
        judge, show = (max(1, len(files) // most) if most else 0 for most in (validate, calc))
        with tempfile.TemporaryDirectory(prefix="rounds-") as name:
            for number, path in enumerate(files):
                keep = f"{number:04}" if show and number % show == 0 else ""
                seen = worker(str(path), name, bool(judge) and number % judge == 0, keep)
                outcomes[seen["outcome"]] += 1
                kinds.update(seen.get("kinds", {}))
                same.update(seen.get("same", {}))
                x14 += seen.get("x14", 0)
                for what in ("noted", "openpyxl", "calamine"):
                    sums[what] += bool(seen.get(what))
                sums["judged"] += "judged" in seen
                sums["clean"] += seen.get("clean") is True
                bad += bool(seen.get("wrong"))
                told = [f"{corpus.name} {path.name}: {one}" for one in seen.get("wrong", ())]
                if seen["outcome"] in ("crash", "hang", "died"):
                    told.append(f"{corpus.name} {path.name}: {seen['outcome']} {seen.get('why', '')}")
                if told:
                    print("\n".join(told), file=sys.stderr, flush=True)
                faults += told
            opened, wrong = in_calc(Path(name)) if show else (0, [])
            faults += [f"{corpus.name} LibreOffice: {one}" for one in wrong]
        lost = outcomes["crash"] + outcomes["died"]
        left = "、".join(
            f"{code} {n}"
            for code, n in sorted(outcomes.items())
            if code not in ("done", "crash", "died", "hang")
        )
        print(
            f"| {corpus.name} | {len(files)} | {left} | {outcomes['done']} | {sums['noted']} | {sums['openpyxl']} | "
            f"{sums['calamine']} | {sums['judged']} | {opened} | {sums['clean']} | {bad + len(wrong)} | {lost} | {outcomes['hang']} |",
            flush=True,
        )
    print(
        "\n| 部分 | 个数 | 标注后逐字节相同 | 变了（只是被标的工作表和它的批注、样式、目录） |\n|---|--:|--:|--:|"
    )
    for what, number in kinds.most_common():
        print(f"| {what} | {number} | {same[what]} | {number - same[what]} |")
    print(
        f"\n其中有 x14 数据有效性的部分 {x14} 个。去掉标记后，每个文件的每个部分都与原来逐字节相同（不同的会列在下面）。"
    )
    print("\n".join(["", *faults] if faults else ["", "没有崩溃，没有挂起，没有不该变而变了的部分。"]))
    return bool(faults)


if __name__ == "__main__" and "--work" in sys.argv:
    work()
