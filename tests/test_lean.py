"""Who starts Python anew, for a click or a file, imports what it uses: nothing heavy comes along unseen."""

import subprocess
import sys

import pytest

# Each is loaded, with a click or a worker, only where it is used; most took longer than reading a table.
HEAVY = {"openpyxl", "xlsxwriter", "jsonschema", "referencing", "rich", "pyarrow", "sqlite3", "difflib"}
NETWORK = {"urllib.request", "http.client", "ssl"}
CHECKED = """
import json
from jixiao import checking, marking, resources
from jixiao.model import Area, Document
one = json.loads(resources.text("templates/examples/2024-2-water.json"))
document = Document(one["form"], one["edition"], one["sheet"], Area(0, 0, 9, 9), "万元", one["values"], {})
marking.result_page([(document, checking.check(document).findings)], [], "")
"""


def loaded(code):
    """Return the modules that a new Python has after running the code."""
    told = f"{code}\nimport sys; print(*sys.modules)"
    return {
        *subprocess.run(
            [sys.executable, "-c", told], check=True, capture_output=True, text=True
        ).stdout.split()
    }


def rooms(modules):
    return {name.split(".")[1] for name in modules if name.startswith("jixiao.")}


def test_a_click_that_checks_loads_no_library_that_writes_or_reads_files():
    click = loaded("import xlwings\nfrom jixiao.ribbon import checks")
    assert click.isdisjoint(HEAVY | NETWORK | {"python_calamine", "multiprocessing"})
    assert not rooms(click) & {"merging", "drawing", "fixing", "demo", "install", "doctor"}


def test_checking_a_table_loads_none_either():
    assert loaded(CHECKED).isdisjoint(HEAVY | NETWORK | {"multiprocessing"})


def test_words_are_compared_by_sound_without_a_dictionary_of_phrases_nor_a_trace_in_the_environment():
    slip = "import os\nbefore = dict(os.environ)\nfrom jixiao import wording\n"
    modules = loaded(
        f"{slip}wording.readings('一'), wording.closest('收艺', ('效益', '成本'))\nassert os.environ == before"
    )
    assert "pypinyin.pinyin_dict" in modules
    assert "pypinyin.phrases_dict" not in modules


@pytest.mark.parametrize("who", ["jixiao.merging.running", "jixiao.merging.checked"])
def test_who_hands_files_to_workers_loads_neither_what_reads_them_nor_what_merges(who):
    parent = loaded(f"import {who}")
    assert parent.isdisjoint(HEAVY | NETWORK)
    assert not rooms(parent) & {"reading", "checking", "rules", "values", "forms", "drawing"}
    assert "jixiao.merging.campaign" not in parent


def test_a_worker_loads_what_a_file_needs_before_the_clock_of_the_first_one_runs():
    worker = loaded(
        "from importlib import import_module\nfrom jixiao.merging import running\n"
        "for room in running._OF_A_WORKER: import_module(f'jixiao.{room}')"
    )
    assert {"reading", "checking", "rules"} <= rooms(worker)
    assert worker.isdisjoint(HEAVY | NETWORK)
