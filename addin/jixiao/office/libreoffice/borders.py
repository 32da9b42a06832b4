"""Borders of cells, side by side in xlwings' words."""

from collections.abc import Sequence

from xlwings import base_classes

from jixiao.office.libreoffice.border import Uno, struct
from jixiao.office.libreoffice.declined import declined
from jixiao.office.libreoffice.guard import require_sheet
from jixiao.office.libreoffice.looks import Color, excel_color, office_color
from jixiao.office.libreoffice.places import Place

UNSET = base_classes._UNSET  # noqa: SLF001  # xlwings' own mark of an argument that was not given
SIDES = {
    "edge_top": "TopLine",
    "edge_bottom": "BottomLine",
    "edge_left": "LeftLine",
    "edge_right": "RightLine",
    "inside_vertical": "VerticalLine",
    "inside_horizontal": "HorizontalLine",
}
DIAGONALS = {"diagonal_down": "DiagonalTLBR2", "diagonal_up": "DiagonalBLTR2"}
NO_LINE = 32767  # com.sun.star.table.BorderLineStyle
STYLES = {"continuous": 0, "dot": 1, "dash": 2, "double": 3, "dash_dot": 16, "dash_dot_dot": 17}
WEIGHTS = {"hairline": 2, "thin": 26, "medium": 62, "thick": 88}  # hundredths of a millimetre


def _line(place: Place, side: str) -> Uno:
    if side in SIDES:
        return getattr(place.range.TableBorder2, SIDES[side])
    return getattr(place.cells, DIAGONALS[side])


def _changed(old: Uno, style: str | None, weight: str, color: Color) -> Uno:
    if style is None:
        return struct("table.BorderLine2", 0, 0, 0, 0, NO_LINE, 0)
    if style is not UNSET and style not in STYLES:
        raise NotImplementedError(f"LibreOffice has no border style `{style}`.")
    line_style = STYLES[style] if style is not UNSET else old.LineStyle
    width = WEIGHTS[weight] if weight is not UNSET else old.LineWidth or WEIGHTS["thin"]
    shade = office_color(color) if color is not UNSET else old.Color
    line_style = STYLES["continuous"] if line_style == NO_LINE else line_style
    return struct("table.BorderLine2", shade, old.InnerLineWidth, width, old.LineDistance, line_style, width)


def put(
    place: Place, sides: Sequence[str], style: str | None = UNSET, weight: str = UNSET, color: Color = UNSET
) -> None:
    """Change lines of the sides: all edges of a block in two calls, each diagonal in two more."""
    require_sheet(place, "changing borders")
    cells = place.range
    border = cells.TableBorder2
    for side, name in SIDES.items():
        setattr(border, f"Is{name}Valid", side in sides)
        if side in sides:
            setattr(border, name, _changed(getattr(border, name), style, weight, color))
    border.IsDistanceValid = False
    if set(sides) & SIDES.keys():
        cells.TableBorder2 = border
    for side in set(sides) & DIAGONALS.keys():
        setattr(cells, DIAGONALS[side], _changed(getattr(cells, DIAGONALS[side]), style, weight, color))


@declined
class Border(base_classes.Border):
    """One side."""

    def __init__(self, place: Place, side: str) -> None:
        self._place, self._side = place, side

    @property
    def api(self) -> Uno:
        return _line(self._place, self._side)

    @property
    def line_style(self) -> str | None:
        line = self.api
        if not line.LineWidth and not line.OuterLineWidth:
            return None
        return next((word for word, number in STYLES.items() if number == line.LineStyle), None)

    @line_style.setter
    def line_style(self, value: str | None) -> None:
        put(self._place, (self._side,), style=value)

    @property
    def weight(self) -> str | None:
        width = self.api.LineWidth
        return min(WEIGHTS, key=lambda word: abs(WEIGHTS[word] - width)) if width else None

    @weight.setter
    def weight(self, value: str) -> None:
        put(self._place, (self._side,), weight=value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        line = self.api
        return excel_color(line.Color) if line.LineWidth else None

    @color.setter
    def color(self, value: Color) -> None:
        put(self._place, (self._side,), color=value)


@declined
class Borders(base_classes.Borders):
    """All sides of a block; one answer only where the sides agree."""

    def __init__(self, place: Place) -> None:
        self._place = place

    @property
    def api(self) -> Uno:
        return self._place.range.TableBorder2

    def __getitem__(self, key: str) -> Border:
        return Border(self._place, key)

    def _grid_sides(self) -> tuple[str, ...]:
        """Return the sides that a block of this size has."""
        block = self._place.block
        missing = {"inside_vertical": block.columns == 1, "inside_horizontal": block.rows == 1}
        return tuple(side for side in SIDES if not missing.get(side))

    def _common(self, name: str) -> Uno:
        found = {getattr(self[side], name) for side in self._grid_sides()}
        return found.pop() if len(found) == 1 else None

    @property
    def line_style(self) -> str | None:
        return self._common("line_style")  # type: ignore[no-any-return]  # one of Border.line_style

    @line_style.setter
    def line_style(self, value: str | None) -> None:
        put(self._place, self._grid_sides(), style=value)

    @property
    def weight(self) -> str | None:
        return self._common("weight")  # type: ignore[no-any-return]  # one of Border.weight

    @weight.setter
    def weight(self, value: str) -> None:
        put(self._place, self._grid_sides(), weight=value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        return self._common("color")  # type: ignore[no-any-return]  # one of Border.color

    @color.setter
    def color(self, value: Color) -> None:
        put(self._place, self._grid_sides(), color=value)

    def set(
        self,
        which: Sequence[str] = tuple(SIDES),
        *,
        line_style: str | None = UNSET,
        weight: str = UNSET,
        color: Color = UNSET,
    ) -> None:
        """Change the sides that xlwings has spelled out; sides that the block has not are left out."""
        there = (*self._grid_sides(), *DIAGONALS)
        put(self._place, [side for side in which if side in there], line_style, weight, color)

    def clear(self, which: Sequence[str] = (*SIDES, *DIAGONALS)) -> None:
        self.set(which, line_style=None)
