"""A real LibreOffice under what Excel shares with it; where it cannot be had the tests fail, they do not skip."""

import importlib.util
from pathlib import Path

import pytest
import xlwings as xw

from jixiao.office.libreoffice import register


@pytest.fixture(scope="session")
def app():
    register()
    with xw.App(visible=False, add_book=False) as started:
        yield started


@pytest.fixture
def open_book(app, tmp_path):
    """Return `open_book(bytes, name)`: the workbook opened in LibreOffice from a file of that name."""
    opened = []

    def act(data, name="表.xlsx", **options):
        path = tmp_path / name
        path.write_bytes(data)
        opened.append(app.books.open(str(path), **options))
        return opened[-1]

    yield act
    for book in opened:
        book.close()


@pytest.fixture
def saved(tmp_path):
    """Return `saved(book)`: the bytes of the workbook as LibreOffice saves it now."""

    def act(book):
        path = tmp_path / "saved.xlsx"
        book.save(str(path))
        return path.read_bytes()

    return act


@pytest.fixture(scope="session")
def counted():
    """Return `counted(book)` of the module beside: the same workbook, its calls to the office recorded."""
    spec = importlib.util.spec_from_file_location("counting", Path(__file__).with_name("counting.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.counted
