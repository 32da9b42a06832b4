"""The engine offers what xlwings' engines for Excel offer, so that a script which runs here runs there."""

import ast
import inspect
from importlib.util import find_spec
from pathlib import Path

import pytest
from xlwings import base_classes, main

from jixiao.office.libreoffice import (
    apps,
    books,
    borders,
    conditions,
    fonts,
    names,
    notes,
    printing,
    ranges,
    sheets,
    validations,
)

PACKAGE = Path(apps.__file__).parent
OURS = [
    apps.Apps,
    apps.App,
    books.Books,
    books.Book,
    sheets.Sheets,
    sheets.Sheet,
    ranges.Range,
    names.Names,
    names.Name,
    fonts.Font,
    fonts.Characters,
    borders.Border,
    borders.Borders,
    notes.Note,
    printing.PageSetup,
    validations.DataValidation,
    conditions.ConditionalFormat,
    conditions.ConditionalFormats,
]
# how the engine's own modules reach each other; xlwings has no such names, so no script can come to use them
INTERNAL = {
    "Apps": {"here", "to_front"},
    "App": {"office", "known", "last_shown", "next_number", "took", "forget", "to_clipboard"},
    "Book": {"document", "mark_active"},
    "Range": {"place", "arg1_input"},
    "Name": {"key"},
}


def members_for_excel():
    """Return the public members of each class of xlwings' engines for Windows and macOS, read without importing."""
    found = {}
    folder = Path(find_spec("xlwings").origin).parent
    for file in ("_xlwindows.py", "_xlmac.py"):
        tree = ast.parse((folder / file).read_text(encoding="utf-8"))
        loose = {
            node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        }
        for kind in (node for node in tree.body if isinstance(node, ast.ClassDef)):
            names = found.setdefault(kind.name, set(loose))
            names |= {
                node.name for node in kind.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
            }
            names |= {
                t.id
                for n in kind.body
                if isinstance(n, ast.Assign)
                for t in n.targets
                if isinstance(t, ast.Name)
            }
    return found


FOR_EXCEL = members_for_excel()


def offered(kind):
    """Return the public members that the class answers, not those that it declines."""
    own = {
        name
        for name, member in vars(kind).items()
        if not name.startswith("_") and getattr(getattr(member, "fget", member), "__name__", "") != "refuse"
    }
    written = inspect.getsource(kind.__init__)
    return own | {
        node.attr
        for node in ast.walk(ast.parse(inspect.cleandoc("\n" + written)))
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and not node.attr.startswith("_")
    }


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.__name__)
def test_nothing_is_offered_that_both_engines_for_excel_lack(kind):
    extra = offered(kind) - FOR_EXCEL[kind.__name__] - vars(base_classes.Collection).keys()
    # the base class writes these itself, for every engine
    extra -= (
        {"snapshot"} if "NotImplementedError" not in inspect.getsource(base_classes.Names.snapshot) else set()
    )
    assert extra == INTERNAL.get(kind.__name__, set())


@pytest.mark.parametrize(("kind", "own"), INTERNAL.items())
def test_what_is_internal_is_no_word_of_xlwings(kind, own):
    assert not own & vars(getattr(main, kind)).keys()


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.__name__)
def test_every_member_that_is_missing_says_so_in_a_sentence(kind):
    for name in dir(kind):
        member = inspect.getattr_static(kind, name)
        member = getattr(member, "fget", member)
        code = getattr(member, "__code__", None)
        if code is None or "NotImplementedError" not in code.co_names or inspect.iscoroutinefunction(member):
            continue
        if getattr(member, "__module__", "") == base_classes.__name__:
            pytest.fail(f"{kind.__name__}.{name} raises without a word")


def test_the_package_knows_nothing_but_xlwings_uno_and_itself():
    allowed = {"xlwings", "jixiao.office.libreoffice"}
    for path in sorted(PACKAGE.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module] if isinstance(node, ast.ImportFrom) else []
            for module in modules:
                top = module.split(".")[0]
                inside = any(module == name or module.startswith(f"{name}.") for name in allowed)
                assert (
                    inside
                    or (top != "jixiao" and find_spec(top).origin in ("built-in", "frozen"))
                    or (top in __import__("sys").stdlib_module_names)
                ), f"{path.name} imports {module}"
