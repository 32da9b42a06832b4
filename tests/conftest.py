"""Tables as a person sees them: a small Markdown table becomes a document, on top of a well-filled one."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings

from jixiao import values
from jixiao.forms import find
from jixiao.model import Area, Document, Spot
from jixiao.schemas import is_money

CACHE = tempfile.TemporaryDirectory(prefix="jixiao-tests-", ignore_cleanup_errors=True)  # gone with the tests
os.environ["LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME"] = CACHE.name  # what merging remembers
# Whether work lands must depend neither on chance nor on time.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("usual", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "usual")
TOP = Path(__file__).resolve().parent.parent
EXAMPLES = TOP / "templates" / "examples"
GOOD = {
    "project_target": """
        | 年度 | 2024 |
        | 项目名称 | 各统办楼电费 |
        | 主管部门及代码 | 和政县机关事务管理局（123001） |
        | 实施单位 | 和政县机关事务管理局 |
        | 年度资金总额 | 100 |
        | 当年财政拨款 | 90 |
        | 上年结转资金 | 10 |
        | 其他资金 | 0 |
        | 目标1 | 按时足额缴纳电费 |
        | 成本指标 | 经济成本指标 | 全年用电费用 | ≤100万元 |
        | 成本指标 | 社会成本指标 | 不涉及 | |
        | 成本指标 | 生态环境成本指标 | 不涉及 | 不涉及 |
        | 产出指标 | 数量指标 | 供电办公楼数量 | =2栋 |
        | 产出指标 | 质量指标 | 电费足额缴纳率 | =100% |
        | 产出指标 | 时效指标 | 电费缴纳时限 | ≤10天 |
        | 效益指标 | 经济效益指标 | 单位面积电费下降率 | ≥2% |
        | 效益指标 | 社会效益指标 | 停电影响办公次数 | ≤1次 |
        | 效益指标 | 生态效益指标 | 用电量下降率 | ≥2% |
        | 满意度指标 | 服务对象满意度指标 | 干部职工满意度 | ≥95% |
        """,
    "agency_overall": """
        | 年度 | 2024 |
        | 单位名称 | 和政县机关事务管理局 |
        | 目标1 | 保障机关后勤服务 |
        | 人员经费 | 595.51 |
        | 公用经费 | 20 |
        | 基本支出合计 | 615.51 |
        | 项目支出 | 100 |
        | 当年财政拨款 | 705.51 |
        | 上年结转资金 | 10 |
        | 其他资金 | 0 |
        | 收入预算合计 | 715.51 |
        | 支出预算合计 | 715.51 |
        | 部门管理 | 计划制定 | 工作计划制定健全性 | 健全 |
        | 履职效果 | 公务用车管理 | 保障公车数量 | =70辆 |
        | 履职效果 | 服务对象满意度 | 用车单位满意度 | ≥95% |
        | 能力建设 | 人员培训 | 维修人员培训人次 | ≥50人次 |
        """,
}
LABELS = {"年度": "year", "单位名称": "agency", "基本支出合计": "basic", "项目期": "project_period"}


def pytest_collection_modifyitems(items):
    """Begin with the longest tests of one file, which an office waits for: at the end one process would work alone."""
    items.sort(key=lambda item: ("window" not in item.path.parts, item.path.name != "test_ribbon.py"))


def lines(text):
    for line in text.strip().splitlines():
        yield [
            cell.strip(" ") or None for cell in line.strip().removeprefix("|").removesuffix("|").split("|")
        ]


def document_of(found, *, form, edition, money, sheet):
    """Give every field of a form a cell of its own, the indicators one row each."""
    cells, row = {}, 2
    for name in found["values"]:
        if name == "indicators":
            continue
        row += 1
        cells[f"/{name}"] = Spot(row, 2).a1
        for number, _ in enumerate(found["values"][name]) if name == "goals" else ():
            cells[f"/goals/{number}"] = Spot(row, 2).a1
            row += 1
    cells["/indicators"] = Spot(row + 1, 1).a1
    for number, indicator in enumerate(found["values"]["indicators"]):
        target = values.parse(indicator["target"] or "")
        indicator.update(operator=target.operator, value=target.value, measure=target.measure)
        for column, name in enumerate(("level1", "level2", "name", "target")):
            cells[f"/indicators/{number}/{name}"] = Spot(row + 2 + number, column + 1).a1
    area = Area(0, 0, row + 2 + len(found["values"]["indicators"]), 4)
    return Document(form, edition, sheet, area, money, found["values"], cells, raw=found["raw"])


def overlay(found, text, form, money, fields):
    """Read `| 栏目 | 内容 |` and `| 一级 | 二级 | 三级 | 指标值 |`; goals and indicators replace all earlier ones."""
    goals, indicators = [], []
    for label, *rest in lines(text):
        if len(rest) == 3:
            row = dict(zip(("level1", "level2", "name", "target"), [label, *rest], strict=True))
            for name in ("name", "target"):
                if row[name] and row[name] != row[name].strip():
                    found["raw"][f"/indicators/{len(indicators)}/{name}"] = row[name]
                    row[name] = row[name].strip()
            indicators.append(row)
        elif label.startswith("目标"):
            goals.append(rest[0])
        else:
            place(found, fields[label], rest[0], form, money)
    if goals:
        found["values"]["goals"] = goals
    if indicators:
        found["values"]["indicators"] = indicators


def place(found, name, cell, form, money):
    value = cell
    if name == "year":
        value = int(cell) if cell else None
    elif is_money(form, name):
        if cell and re.fullmatch(r"-?\d+(\.\d+)?", cell):  # a cell of the spreadsheet holds a number
            found["raw"][f"/{name}"] = cell = float(cell)
        value = values.money(cell, money or "万元")
    elif name == "department" and cell:
        value, _, code = cell.partition("（")
        found["values"]["department_code"] = code.rstrip("）") or None
    elif cell:
        value = cell.strip()
    found["values"][name] = value
    if isinstance(cell, str) and value != cell and name not in {"department", "year"}:
        found["raw"][f"/{name}"] = cell


@pytest.fixture(scope="session")
def table():
    """Return `table(text, …)`: a well-filled document with what the text shows put in its place."""

    def build(text="", form="project_target", edition="gs-2024", money="万元", sheet="表", **changes):
        fields = {
            cell.label.removeprefix("其中：").strip("："): name
            for name, cell, _ in find(form, edition).fields()
        }
        found = {"values": {}, "raw": {}}
        for shown in (GOOD[form], text):
            overlay(found, shown, form, money, fields | LABELS)
        return replace(document_of(found, form=form, edition=edition, money=money, sheet=sheet), **changes)

    return build


@pytest.fixture(scope="session")
def examples():
    """Return the nine real tables of 2024 as documents, the agency's own first."""
    documents = []
    for path in sorted(EXAMPLES.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        found = {"values": data["values"], "raw": {}}
        documents.append(
            document_of(found, form=data["form"], edition=data["edition"], money="万元", sheet=data["sheet"])
        )
    return documents


@pytest.fixture(scope="session")
def ooxml_validate():
    """What the Open XML SDK says of a file: a list of errors; `tests/run.py` installs it."""
    folder = TOP / ".cache" / "ooxml" / "node_modules" / ".bin"
    program = shutil.which("ooxml-validator", path=folder)
    if program is None:
        pytest.fail(
            f"no ooxml-validator in {folder}: run `python3 tests/run.py` once, which installs it with npm"
        )

    def errors(path):
        done = subprocess.run([program, path], capture_output=True, encoding="utf-8", check=False)
        found = json.loads(done.stdout)["errors"]
        return [f"{one.get('path')} {one.get('xPath')} {one.get('description')}" for one in found]

    return errors


@pytest.fixture(scope="session")
def screen():
    """A screen that nobody looks at, with a window manager, as dialogs want one; its number for DISPLAY."""
    for program in ("Xvfb", "openbox", "xdotool", "import"):
        if shutil.which(program) is None:
            pytest.fail(f"no program {program}: run `python3 tests/run.py` once, which installs it with apt")
    server = ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(server, stdout=subprocess.PIPE, stderr=quiet, text=True) as shown:
        number = f":{shown.stdout.readline().strip()}"
        display = os.environ | {"DISPLAY": number}
        with subprocess.Popen(["openbox"], env=display, stdout=quiet, stderr=quiet) as managing:
            yield number
            managing.terminate()
        shown.terminate()


class Keys:
    """`keys(title, …)` answers the dialog whose title matches by these keys, until it is gone; `=text` is typed.

    A key may come before a dialog listens, so what is still open after a while is answered once more; each time it
    gets twice as long, as a slow machine may still be busy with the answer before.
    """

    patience, settle, again = 90, 0.3, 4  # seconds

    def __init__(self, display):
        self.environment = os.environ | {"DISPLAY": display, "LC_ALL": "C.UTF-8"}

    def __call__(self, title, *wanted):
        self.front(title)
        self.press(*wanted)
        until, pressed, again = time.monotonic() + self.patience * 2, time.monotonic(), self.again
        while self._open(title):
            assert time.monotonic() < until, f"the window “{title}” did not close; {self._seen()}"
            if time.monotonic() - pressed > again and self._listens(title):
                self.press(*(wanted if wanted[0] == "ctrl+a" else wanted[-1:]))
                pressed, again = time.monotonic(), again * 2
            time.sleep(0.05)

    def _listens(self, title):
        """Return whether this dialog is in front, and bring it there where it is not; a key to another would cancel it."""
        active = self._active()
        if re.search(title, active):
            return True
        if active and not active.endswith("Calc"):  # a box of the dialog's own, about a lost key
            self.press("Escape")
        self._activate(title)
        time.sleep(self.settle)
        return False

    def front(self, title):
        """Wait for a window, and bring it to the front."""
        until = time.monotonic() + self.patience
        while not re.search(title, self._active()):
            if time.monotonic() > until:
                raise TimeoutError(f"no window “{title}” came to the front; {self._seen()}")
            self._activate(title)
            time.sleep(0.1)
        time.sleep(self.settle)

    def _activate(self, title):
        for number in self._open(title)[-1:]:
            self.call("windowactivate", number)

    def _seen(self):
        """Say what is on the screen instead."""
        titles = [self.call("getwindowname", number).strip() for number in self._open(".")]
        return f"in front “{self._active()}”, open {titles}"

    def press(self, *wanted):
        """Press keys in the window in front."""
        for one in wanted:
            # letters that follow each other too fast change places on a busy machine
            self.call(*(("type", "--delay", "40", one[1:]) if one.startswith("=") else ("key", one)))

    def call(self, *words):
        """Let xdotool do something, and return what it says."""
        done = subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, encoding="utf-8", check=False
        )
        return done.stdout

    def _active(self):
        return self.call("getactivewindow", "getwindowname").strip()

    def _open(self, title):
        return self.call("search", "--onlyvisible", "--name", title).split()


@pytest.fixture(scope="session")
def keys(screen):
    return Keys(screen)


@pytest.fixture(scope="session")
def namespace():
    """Return `namespace(option…, program…)`: the words that run a program where it sees mounts and networks of its own."""
    if not sys.platform.startswith("linux"):
        pytest.skip("namespaces are Linux's")
    ours = ["unshare", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    probe = subprocess.run(
        [*ours, "-m", "-n", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False
    )
    if b"not permitted" in probe.stderr or b"denied" in probe.stderr:
        pytest.skip("this system grants no namespaces")
    return lambda *words: [*ours, *words]
