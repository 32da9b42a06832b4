"""Run xlwings' own test-suite against our LibreOffice engine and count by area.

    python tests/conformance/xlwings_suite.py --suite PATH [--write]

PATH is the folder `tests` of a copy of the repository xlwings/xlwings, which is not committed here. The Python that
runs this needs pytest and what that suite imports: `pandas<2`, `numpy<2`, `polars<1`, pytz, openpyxl, matplotlib,
Pillow. `--write` puts the table into README.md beside this file.
"""

# ruff: noqa: PLC0415  # the help must be had before xlwings and pytest are there

import argparse
import sys
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
AREAS = {
    "values and ranges": "test_range",
    "sheets": "test_sheet",
    "books": "test_book",
    "names": "test_names",
    "apps": "test_app",
    "active objects": "test_active",
    "conversion": "test_conversion",
    "conversion to JSON": "test_converter_json",
    "dimensions": "test_ndim",
    "reading in chunks": "test_chunking",
    "polars": "test_polars",
    "fonts": "test_font",
    "characters": "test_characters",
    "file formats": "test_fileformats",
    "shapes": "test_shape",
    "tables": "test_table",
}
AIMED = ("values and ranges", "sheets", "books", "names")
AIM = 0.85
OTHERS = {
    "test_engines, restapi, reports, test_markdown, test_object_handles": "need a licence key of xlwings PRO",
    "test_caller, test_custom_*, test_e2e, udfs": "start from a workbook's VBA inside Excel",
    "test_async_load, test_jsnull, test_streaming_*": "are about xlwings Lite and xlwings Server",
}
STALE = "the test calls insert() without `shift`: xlwings raises TypeError before any engine is asked"
REASONS = {
    "test_insert_cell": STALE,
    "test_insert_row": STALE,
    "test_insert_column": STALE,
    "test_formula2": "UNIQUE came with LibreOffice 24.8",
    "test_cell_errors_default": "LibreOffice turns `#NULL!` of the file into `#REF!`",
    "test_cell_errors_str": "LibreOffice turns `#NULL!` of the file into `#REF!`",
    "test_macro": "the test awaits `''` where there is no Windows; the engine gives None, as Excel on Windows does",
    "test_timeseries_1": "compares pandas' frequency of the index, which no cell holds; the values are equal",
    "test_dataframe_dateindex": "compares pandas' frequency of the index, which no cell holds; the values are equal",
}


class Count:
    """A pytest plugin: how every test of every file ended."""

    def __init__(self):
        self.ends = defaultdict(dict)
        self.errors = {}

    def pytest_runtest_logreport(self, report):
        file, _, test = report.nodeid.partition("::")
        name, area = test.replace("::", "."), Path(file).stem
        if report.failed:
            crash = getattr(report.longrepr, "reprcrash", None)
            said = (crash.message if crash else str(report.longrepr)).strip().splitlines()[0]
            declined = said.startswith(
                "NotImplementedError"
            )  # in a fixture, where that suite does not catch it
            self.ends[area][name] = "not applicable" if declined else "failed"
            self.errors[name] = said
        elif report.skipped:
            self.ends[area].setdefault(name, "not applicable")
        elif report.when == "call":
            self.ends[area].setdefault(name, "passed")


def run(suite, files, words):
    import pytest

    from jixiao.office.libreoffice import register

    engine = register(macros=True)
    count = Count()
    paths = [str(suite / f"{file}.py") for file in files]
    pytest.main(
        ["-q", "--no-header", "-o", "addopts=", "-p", "no:cacheprovider", *words, *paths], plugins=[count]
    )
    for app in list(engine.apps):
        app.kill()
    return count


def table(count):
    lines = ["| area | passed | failed | not applicable | of those that apply |", "|---|---:|---:|---:|---:|"]
    for area, file in AREAS.items():
        ends = Counter(count.ends[file].values())
        apply = ends["passed"] + ends["failed"]
        share = f"{ends['passed'] / apply:.0%}" if apply else "–"
        lines.append(f"| {area} | {ends['passed']} | {ends['failed']} | {ends['not applicable']} | {share} |")
    return lines


def reasons(count):
    lines = ["| test that fails | reason |", "|---|---|"]
    for area, file in AREAS.items():
        for name, end in sorted(count.ends[file].items()):
            if end == "failed":
                short = name.rpartition(".")[2]
                reason = REASONS.get(short) or REASONS.get(file) or f"unexplained: {count.errors[name][:150]}"
                lines.append(f"| {area}: `{short}` | {reason} |")
    return lines


def page(count, version, source):
    return "\n".join(
        [
            "# xlwings' own tests against the LibreOffice engine",
            "",
            f"xlwings {version}{f', tests of {source}' if source else ''}; made by `python tests/conformance/xlwings_suite.py --suite PATH --write`.",
            "A test is not applicable when it calls what the engine declines in a sentence (NotImplementedError).",
            "",
            *table(count),
            "",
            *reasons(count),
            "",
            "Not run: " + "; ".join(f"{files} ({why})" for files, why in OTHERS.items()) + ".",
            "",
        ]
    )


def reached(count):
    ends = Counter(end for area in AIMED for end in count.ends[AREAS[area]].values())
    apply = ends["passed"] + ends["failed"]
    share = ends["passed"] / apply if apply else 0.0
    print(f"{', '.join(AIMED)}: {ends['passed']} of {apply} that apply pass ({share:.1%}), aim {AIM:.0%}")
    return share >= AIM


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--suite", type=Path, required=True)
    parser.add_argument("--only", choices=AREAS, help="one area")
    parser.add_argument("--write", action="store_true")
    parser.add_argument(
        "--source", default="", help="where the suite comes from, such as a commit, for README.md"
    )
    parser.add_argument("words", nargs="*", help="further words for pytest, after --")
    given = parser.parse_args()
    files = [AREAS[given.only]] if given.only else list(AREAS.values())
    count = run(given.suite.resolve(), files, given.words)
    print("\n".join([*table(count), "", *reasons(count)]))
    if given.write:
        import xlwings

        (HERE / "README.md").write_text(page(count, xlwings.__version__, given.source), encoding="utf-8")
    sys.exit(not (given.only or reached(count)))


if __name__ == "__main__":
    main()
