"""The house stays as designed: imports point down only, heavy libraries are behind their one door."""

import ast
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent
SOURCE = TOP / "addin" / "jixiao"
FLOORS = (
    ("__main__",),
    ("cli", "bridge"),
    ("ribbon", "demo", "install", "returning"),
    ("issuing", "annotating"),
    ("merging",),
    ("drawing", "reading", "checking", "marking", "fixing", "export", "xlam", "oxt", "doctor"),
    ("reasons", "settings"),
    ("forms", "rules", "choices", "buttons", "office"),
    ("library",),
    ("schemas", "wording", "values"),
    ("tomls",),
    ("model", "errors", "resources", "patterns", "__init__"),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
DOORS = {
    "openpyxl": ("office",),
    "python_calamine": ("office",),
    "xlwings": ("office",),
    "xlsxwriter": ("office/writing", "office/worksheets"),
    "jsonschema": ("schemas",),
    "jsonschema_rs": ("schemas",),
    "referencing": ("schemas",),
    "pyarrow": ("merging/details",),
    "distributed": ("merging/cluster",),
}
MODULES = sorted(SOURCE.rglob("*.py"))


def imports(path):
    """Yield (top-level package or jixiao room, full name) of every import of a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = (
                [f"{node.module}.{alias.name}" for alias in node.names]
                if node.module == "jixiao"
                else [node.module]
            )
        for name in names:
            yield name.split(".")


def room_of(path):
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_point_down_and_rooms_on_one_floor_do_not_meet(path):
    room = room_of(path)
    assert room in FLOOR, f"{room} is no room of the design"
    for name in imports(path):
        if name[0] == "jixiao" and len(name) > 1 and name[1] in FLOOR and name[1] != room:
            assert FLOOR[name[1]] > FLOOR[room], f"{room} imports {name[1]}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_library_is_imported_only_behind_its_door(path):
    place = path.relative_to(SOURCE).as_posix().removesuffix(".py")
    for name in imports(path):
        doors = DOORS.get(name[0])
        if doors:
            assert any(place == door or place.startswith((f"{door}/", f"{door}.")) for door in doors), name


def test_top_level_holds_what_the_design_names_and_nothing_else():
    allowed = {
        "addin",
        "templates",
        "schema",
        "macros",
        "tests",
        "pyproject.toml",
        "README.md",
        "CHANGELOG.md",
        "LICENSE",
    }
    found = {path.name for path in TOP.iterdir() if not path.name.startswith(".")}
    assert found - {"jixiao-demo", "dist"} <= allowed
