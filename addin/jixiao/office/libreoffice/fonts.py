"""Fonts of cells and of the characters within one."""

from xlwings import base_classes

from jixiao.office.libreoffice.border import Uno, differs, enum
from jixiao.office.libreoffice.declined import declined
from jixiao.office.libreoffice.guard import require_sheet
from jixiao.office.libreoffice.looks import Color, excel_color, office_color
from jixiao.office.libreoffice.places import Place

NORMAL, BOLD = 100.0, 150.0  # com.sun.star.awt.FontWeight


@declined
class Font(base_classes.Font):
    """The font of cells, or of some characters; None is said where they disagree."""

    def __init__(self, place: Place, text: Uno = None) -> None:
        self._place, self._text = place, text

    @property
    def api(self) -> Uno:
        return self._place.cells if self._text is None else self._text

    def _get(self, name: str) -> Uno:
        return None if differs(self.api, name) else getattr(self.api, name)

    def _set(self, name: str, value: object, *, both: bool = True) -> None:
        """Set a property, for Western and for Chinese characters, which the office keeps apart."""
        require_sheet(self._place, "changing a font")
        names = (name, f"{name}Asian") if both else (name,)
        for one in names:
            setattr(self.api, one, value)

    @property
    def bold(self) -> bool | None:
        weight = self._get("CharWeight")
        return None if weight is None else weight > NORMAL

    @bold.setter
    def bold(self, value: bool) -> None:
        self._set("CharWeight", BOLD if value else NORMAL)

    @property
    def italic(self) -> bool | None:
        slant = self._get("CharPosture")
        return None if slant is None else slant.value in ("ITALIC", "OBLIQUE")

    @italic.setter
    def italic(self, value: bool) -> None:
        self._set("CharPosture", enum("awt.FontSlant", "ITALIC" if value else "NONE"))

    @property
    def size(self) -> float | None:
        return self._get("CharHeight")  # type: ignore[no-any-return]  # UNO has no types

    @size.setter
    def size(self, value: float) -> None:
        self._set("CharHeight", float(value))

    @property
    def name(self) -> str | None:
        return self._get("CharFontName")  # type: ignore[no-any-return]  # UNO has no types

    @name.setter
    def name(self, value: str) -> None:
        self._set("CharFontName", value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """Return the colour; automatic is black."""
        number = self._get("CharColor")
        return None if number is None else excel_color(number) or (0, 0, 0)

    @color.setter
    def color(self, value: Color) -> None:
        self._set("CharColor", office_color(value), both=False)


@declined
class Characters(base_classes.Characters):
    """Characters of one cell, `stop` not included; without it, to the end."""

    def __init__(self, place: Place, start: int = 0, stop: int | None = None) -> None:
        self._place, self._start, self._stop = place, start, stop

    @property
    def api(self) -> Uno:
        cursor = self._place.first.createTextCursor()
        cursor.gotoStart(False)
        cursor.goRight(self._start, False)
        stop = self._length if self._stop is None else self._stop
        cursor.goRight(max(0, stop - self._start), True)
        return cursor

    @property
    def _length(self) -> int:
        return len(self._place.first.getString())

    @property
    def text(self) -> str:
        return str(self.api.getString())

    @property
    def font(self) -> Font:
        return Font(self._place, self.api)

    def __getitem__(self, item: int | slice) -> "Characters":
        length = self._length
        if isinstance(item, slice):
            start, stop, _ = item.indices(length)
            return Characters(self._place, start, stop)
        start = item + length if item < 0 else item
        if start >= length:
            raise IndexError(item)
        return Characters(self._place, start, start + 1)
