"""An xlwings engine for LibreOffice Calc: `register()`, and xlwings works where there is no Excel.

It knows nothing of any particular tables, and imports nothing but xlwings, LibreOffice's `uno` and itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import xlwings

NAME = "libreoffice"


def register(*, activate: bool = True, macros: bool = False) -> xlwings.main.Engine:
    """Make LibreOffice known to xlwings and return its engine; nothing is started yet.

    Args:
        activate: whether xlwings uses it from now on, as in `xlwings.Book(...)`.
        macros: whether an office started here runs the macros of the workbooks it opens.
    """
    import xlwings  # noqa: PLC0415  # a tenth of a second, paid by those who use it

    from jixiao.office.libreoffice.engine import Engine  # noqa: PLC0415  # the same

    if NAME not in [engine.name for engine in xlwings.engines]:
        xlwings.engines.add(xlwings.main.Engine(impl=Engine(macros=macros)))
    found: xlwings.main.Engine = xlwings.engines[NAME]
    if activate:
        found.activate()
    return found


def join(where: str) -> xlwings.App:
    """Return the running office that accepts at `where`, such as `pipe,name=calc`; it is never ended from here.

    Raises OSError when no office answers there.
    """
    import xlwings  # noqa: PLC0415  # as above

    return xlwings.App(impl=register().impl.apps.add(spec=where))


def here(context: Any) -> xlwings.App:  # noqa: ANN401  # UNO has no types
    """Return the office that runs this very Python, given a script's component context."""
    import xlwings  # noqa: PLC0415  # as above

    return xlwings.App(impl=register().impl.apps.here(context))
