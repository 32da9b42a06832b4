"""What lies upon the cells of a sheet: pictures, and all else that is drawn."""

from collections.abc import Iterator
from numbers import Real
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from xlwings import base_classes

from jixiao.office.libreoffice.border import Uno, properties, struct, url_of
from jixiao.office.libreoffice.declined import declined
from jixiao.office.libreoffice.guard import require_sheet
from jixiao.office.libreoffice.looks import office_length, points

if TYPE_CHECKING:
    from jixiao.office.libreoffice.ranges import Range
    from jixiao.office.libreoffice.sheets import Sheet

Key: TypeAlias = int | str

DRAWING = "com.sun.star.drawing."
PICTURE = f"{DRAWING}GraphicObjectShape"
KINDS = {
    PICTURE: "picture",
    f"{DRAWING}OLE2Shape": "chart",
    f"{DRAWING}TextShape": "text_box",
    f"{DRAWING}CustomShape": "auto_shape",
    f"{DRAWING}GroupShape": "group",
    f"{DRAWING}LineShape": "line",
    f"{DRAWING}ControlShape": "form_control",
}
NOTE = f"{DRAWING}CaptionShape"


def _drawn(sheet: "Sheet", kind: str = "") -> list[Uno]:
    """Return what is drawn on a sheet, of one kind where one is asked for; the frames of notes are none of it."""
    page = sheet.api.DrawPage
    found = [page.getByIndex(number) for number in range(page.getCount())]
    return [one for one in found if one.getShapeType() != NOTE and kind in ("", one.getShapeType())]


@declined
class Shape(base_classes.Shape):
    """One thing that is drawn; sizes and places in points."""

    def __init__(self, sheet: "Sheet", uno: Uno) -> None:
        self._sheet, self._uno = sheet, uno

    @property
    def api(self) -> Uno:
        return self._uno

    @property
    def parent(self) -> "Sheet":
        return self._sheet

    @property
    def name(self) -> str:
        return str(self._uno.Name)

    @name.setter
    def name(self, value: str) -> None:
        self._uno.Name = value

    @property
    def type(self) -> str:
        return KINDS.get(self._uno.getShapeType(), "auto_shape")

    @property
    def left(self) -> float:
        return points(self._uno.getPosition().X)

    @left.setter
    def left(self, value: float) -> None:
        self._uno.setPosition(struct("awt.Point", office_length(value), self._uno.getPosition().Y))

    @property
    def top(self) -> float:
        return points(self._uno.getPosition().Y)

    @top.setter
    def top(self, value: float) -> None:
        self._uno.setPosition(struct("awt.Point", self._uno.getPosition().X, office_length(value)))

    @property
    def width(self) -> float:
        return points(self._uno.getSize().Width)

    @width.setter
    def width(self, value: float) -> None:
        self._uno.setSize(struct("awt.Size", office_length(value), self._uno.getSize().Height))

    @property
    def height(self) -> float:
        return points(self._uno.getSize().Height)

    @height.setter
    def height(self, value: float) -> None:
        self._uno.setSize(struct("awt.Size", self._uno.getSize().Width, office_length(value)))

    @property
    def text(self) -> str:
        return str(self._uno.getString())

    @text.setter
    def text(self, value: str) -> None:
        self._uno.setString(value)

    def scale_width(self, factor: float, relative_to_original_size: bool, scale: str | None) -> None:
        """Make it wider by a factor, a picture higher as well; the corner at the upper left stays."""
        self._scale(factor, "Width", scale, original=relative_to_original_size)

    def scale_height(self, factor: float, relative_to_original_size: bool, scale: str | None) -> None:
        """Make it higher by a factor, a picture wider as well; the corner at the upper left stays."""
        self._scale(factor, "Height", scale, original=relative_to_original_size)

    def _scale(self, factor: float, side: str, corner: str | None, *, original: bool) -> None:
        if corner not in (None, "scale_from_top_left"):
            raise NotImplementedError("LibreOffice scales from the corner at the upper left.")
        is_picture = self.type == "picture"
        if original and not is_picture:
            raise ValueError(f"{self.name} is no picture, and so has no size of its own.")
        now = self._uno.getSize()
        whole = self._uno.Graphic.Size100thMM if original else now
        times = getattr(whole, side) * factor / getattr(now, side)
        across = times if is_picture or side == "Width" else 1
        down = times if is_picture or side == "Height" else 1
        self._uno.setSize(struct("awt.Size", round(now.Width * across), round(now.Height * down)))

    def delete(self) -> None:
        self._sheet.api.DrawPage.remove(self._uno)


@declined
class Picture(base_classes.Picture):
    """One picture; its width and height keep their ratio unless that is unlocked, for as long as this object is held."""

    def __init__(self, sheet: "Sheet", uno: Uno) -> None:
        self._shape, self._locked = Shape(sheet, uno), True

    @property
    def api(self) -> Uno:
        return self._shape.api

    @property
    def parent(self) -> "Sheet":
        return self._shape.parent

    @property
    def name(self) -> str:
        return self._shape.name

    @name.setter
    def name(self, value: str) -> None:
        self._shape.name = value

    @property
    def left(self) -> float:
        return self._shape.left

    @left.setter
    def left(self, value: float) -> None:
        self._shape.left = value

    @property
    def top(self) -> float:
        return self._shape.top

    @top.setter
    def top(self, value: float) -> None:
        self._shape.top = value

    @property
    def width(self) -> float:
        return self._shape.width

    @width.setter
    def width(self, value: float) -> None:
        if self._locked and self.width:
            self._shape.height = self.height * value / self.width
        self._shape.width = value

    @property
    def height(self) -> float:
        return self._shape.height

    @height.setter
    def height(self, value: float) -> None:
        if self._locked and self.height:
            self._shape.width = self.width * value / self.height
        self._shape.height = value

    @property
    def lock_aspect_ratio(self) -> bool:
        return self._locked

    @lock_aspect_ratio.setter
    def lock_aspect_ratio(self, value: bool) -> None:
        self._locked = value

    def update(self, filename: str) -> "Picture":
        """Show another file in the same place and size, under the same name."""
        self.api.Graphic = _graphic(self.parent, filename)
        return self

    def delete(self) -> None:
        self._shape.delete()


def _graphic(sheet: "Sheet", filename: str) -> Uno:
    path = Path(filename)
    if not path.is_file():
        raise FileNotFoundError(f"There is no file {filename}.")
    found = sheet.book.app.office.create("com.sun.star.graphic.GraphicProvider").queryGraphic(
        properties(URL=url_of(path))
    )
    if found is None:
        raise OSError(f"LibreOffice could not read {filename} as a picture.")
    return found


@declined
class Shapes(base_classes.Collection):
    """All that is drawn on one sheet, in the order in which it lies."""

    def __init__(self, sheet: "Sheet") -> None:
        self._sheet = sheet

    @property
    def api(self) -> Uno:
        return self._sheet.api.DrawPage

    @property
    def parent(self) -> "Sheet":
        return self._sheet

    def __call__(self, key: Key) -> Shape:
        return Shape(self._sheet, _one(_drawn(self._sheet), key))

    def __len__(self) -> int:
        return len(_drawn(self._sheet))

    def __iter__(self) -> Iterator[Shape]:
        return (Shape(self._sheet, one) for one in _drawn(self._sheet))

    def __contains__(self, key: Key) -> bool:
        return _holds(_drawn(self._sheet), key)


@declined
class Pictures(base_classes.Collection, base_classes.Pictures):
    """The pictures of one sheet."""

    def __init__(self, sheet: "Sheet") -> None:
        self._sheet = sheet

    @property
    def api(self) -> Uno:
        return self._sheet.api.DrawPage

    @property
    def parent(self) -> "Sheet":
        return self._sheet

    def __call__(self, key: Key) -> Picture:
        return Picture(self._sheet, _one(_drawn(self._sheet, PICTURE), key))

    def __len__(self) -> int:
        return len(_drawn(self._sheet, PICTURE))

    def __iter__(self) -> Iterator[Picture]:
        return (Picture(self._sheet, one) for one in _drawn(self._sheet, PICTURE))

    def __contains__(self, key: Key) -> bool:
        return _holds(_drawn(self._sheet, PICTURE), key)

    def add(  # type: ignore[override]  # xlwings gives what its base class does not name
        self,
        filename: str,
        link_to_file: bool,
        save_with_document: bool,
        left: float | None,
        top: float | None,
        *,
        width: float,
        height: float,
        anchor: "Range | None",
    ) -> Picture:
        """Put a picture upon the cells, in its own size where -1 is given; it is always saved with the workbook."""
        require_sheet(self._sheet.cells.place.part(0, 0), "adding a picture")
        graphic = _graphic(self._sheet, filename)
        shape = self._sheet.book.api.createInstance(PICTURE)
        self.api.add(shape)
        shape.Graphic = graphic
        own = graphic.Size100thMM
        across = own.Width if width < 0 else office_length(width)
        shape.setSize(struct("awt.Size", across, own.Height if height < 0 else office_length(height)))
        left, top = (anchor.left, anchor.top) if anchor is not None else (left or 0, top or 0)
        shape.setPosition(struct("awt.Point", office_length(left), office_length(top)))
        taken = {one.Name for one in _drawn(self._sheet)}
        shape.Name = next(f"Picture {n}" for n in range(1, len(taken) + 2) if f"Picture {n}" not in taken)
        return Picture(self._sheet, shape)


def _one(shapes: list[Uno], key: Key) -> Uno:
    if isinstance(key, Real):
        return shapes[int(key) - 1]
    for one in shapes:
        if one.Name == key:
            return one
    raise KeyError(key)


def _holds(shapes: list[Uno], key: Key) -> bool:
    return 1 <= key <= len(shapes) if isinstance(key, int) else any(one.Name == key for one in shapes)
