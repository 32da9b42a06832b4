"""A sentry: screen updating, calculation, alerts, sheet, selection and scroll are as before, however the work ends."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Self

from jixiao.office.excel import programs

if TYPE_CHECKING:
    import xlwings


class Quiet:
    """Keeps the screen still while it lasts. A class, for UNO's exceptions cannot pass through a generator."""

    def __init__(self, app: xlwings.App, book: xlwings.Book | None = None) -> None:
        """Take the program and the workbook in front, whose sheet, selection and scroll are kept."""
        self._app, self._book = app, book
        self._before: tuple[bool, bool] | None = None
        self._place: Callable[[], None] = lambda: None
        self._calculate: Callable[[], None] = lambda: None

    def __enter__(self) -> Self:
        """Remember, and quieten."""
        app = self._app
        self._before = (app.screen_updating, app.display_alerts)
        if self._book is not None:
            self._place = programs.of(app).place(self._book)
        # before the screen stands still, and back after it moves: LibreOffice takes the other order for a change
        self._calculate = programs.of(app).pause(app)
        app.display_alerts = False
        app.screen_updating = False
        return self

    def __exit__(self, *_: object) -> None:
        """Put everything back, each whatever becomes of the others; an office that died is past help."""
        if self._before is None:
            return
        updating, alerts = self._before
        _try(self._place)
        _try(lambda: setattr(self._app, "display_alerts", alerts))
        _try(lambda: setattr(self._app, "screen_updating", updating))
        _try(self._calculate)


def _try(act: Callable[[], None]) -> None:
    with contextlib.suppress(Exception):  # putting back one thing must not hinder the next
        act()
