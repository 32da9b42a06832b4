"""A recording wrapper: an open workbook whose every call to LibreOffice is counted."""

import time

import xlwings as xw

from jixiao.office.libreoffice.books import Book


class Calls:
    """How many calls crossed to the office, by name, and the seconds that they took."""

    def __init__(self):
        self.names, self.methods, self.seconds = [], set(), 0.0

    def cross(self, name, act):
        self.names.append(name)
        start = time.perf_counter()
        try:
            return wrapped(act(), self)
        finally:
            self.seconds += time.perf_counter() - start

    def __len__(self):
        return len(self.names)


class Counted:
    """UNO's object behind a count: each method called, property read or set is one call."""

    def __init__(self, uno, calls):
        object.__setattr__(self, "_uno", uno)
        object.__setattr__(self, "_calls", calls)

    def __getattr__(self, name):
        found = None

        def ask():
            nonlocal found
            found = getattr(self._uno, name)
            return found

        if name in self._calls.methods:
            return lambda *given: self._called(name, given)
        self._calls.cross(name, ask)
        if type(found).__name__ == "PyUNO_callable":
            self._calls.names.pop()
            self._calls.methods.add(name)
            return lambda *given: self._called(name, given)
        return wrapped(found, self._calls)

    def __setattr__(self, name, value):
        self._calls.cross(name, lambda: setattr(self._uno, name, plain(value)))

    def _called(self, name, given):
        method = getattr(self._uno, name)
        return self._calls.cross(name, lambda: method(*(plain(one) for one in given)))


def wrapped(found, calls):
    """Count on what an object hands out; structs and values are here already and cost nothing more."""
    return Counted(found, calls) if type(found).__name__ == "pyuno" else found


def plain(given):
    return given._uno if isinstance(given, Counted) else given


def counted(book):
    """Return the same workbook with its calls counted, and the count."""
    calls = Calls()
    known = book.app.impl.known
    made = Book(book.app.impl, Counted(book.api, calls))
    known[str(book.api.RuntimeUID)] = made
    calls.names.clear()
    return xw.Book(impl=made), calls
