"""A real LibreOffice for the tests of its engine; where it cannot be had they fail, they do not skip."""

import pytest
import xlwings as xw

from jixiao.office.libreoffice import register


@pytest.fixture(scope="session")
def app():
    register()
    with xw.App(visible=False, add_book=False) as started:
        yield started


@pytest.fixture
def book(app):
    made = app.books.add()
    yield made
    made.close()


@pytest.fixture
def sheet(book):
    return book.sheets[0]


@pytest.fixture
def protect():
    """Protect a sheet, all cells locked but those named."""

    def act(sheet, *unlocked):
        for address in unlocked:
            cells = sheet[address].api
            protection = cells.CellProtection
            protection.IsLocked = False
            cells.CellProtection = protection
        sheet.api.protect("")

    return act
