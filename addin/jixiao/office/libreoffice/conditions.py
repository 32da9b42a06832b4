"""Conditional formats that compare a value or follow a formula."""

from collections.abc import Iterator, Mapping

from xlwings import base_classes

from jixiao.office.libreoffice.border import Uno, enum, properties
from jixiao.office.libreoffice.declined import declined
from jixiao.office.libreoffice.fonts import BOLD
from jixiao.office.libreoffice.guard import require_sheet
from jixiao.office.libreoffice.looks import excel_color, office_color
from jixiao.office.libreoffice.places import Place
from jixiao.office.libreoffice.validations import OPERATORS, office_word

STYLE = "xlwings"  # LibreOffice paints a condition by a named cell style; ours begin so


@declined
class ConditionalFormat(base_classes.ConditionalFormat):
    """One rule."""

    def __init__(self, place: Place, number: int) -> None:
        self._place, self._number = place, number

    @property
    def api(self) -> Uno:
        return self._place.range.ConditionalFormat.getByIndex(self._number)

    @property
    def type(self) -> str:
        word = self.api.getOperator().value
        return "custom" if word == "FORMULA" else "cell_value" if word in OPERATORS else "unknown"

    @property
    def operator(self) -> str | None:
        return OPERATORS.get(self.api.getOperator().value)

    def _formula(self, text: str) -> str | None:
        return self._place.document.grammar.to_excel(f"={text}", self._place.start) if text else None

    @property
    def formula1(self) -> str | None:
        return self._formula(self.api.getFormula1()) if self.type == "cell_value" else None

    @property
    def formula2(self) -> str | None:
        return self._formula(self.api.getFormula2()) if self.type == "cell_value" else None

    @property
    def formula(self) -> str | None:
        return self._formula(self.api.getFormula1()) if self.type == "custom" else None

    @property
    def _style(self) -> Uno:
        return _styles(self._place).getByName(self.api.getStyleName())

    @property
    def fill_color(self) -> tuple[int, int, int] | None:
        return excel_color(self._style.CellBackColor)

    @property
    def font_color(self) -> tuple[int, int, int] | None:
        return excel_color(self._style.CharColor)

    @property
    def font_bold(self) -> bool:
        return bool(self._style.CharWeight == BOLD)

    @property
    def stop_if_true(self) -> bool:
        """Return True: LibreOffice takes the first rule that holds, and no further one."""
        return True

    def delete(self) -> None:
        require_sheet(self._place, "removing a conditional format")
        rules = self._place.range.ConditionalFormat
        rules.removeByIndex(self._number)
        self._place.range.ConditionalFormat = rules


def _styles(place: Place) -> Uno:
    return place.document.uno.StyleFamilies.getByName("CellStyles")


@declined
class ConditionalFormats(base_classes.ConditionalFormats):
    """The rules of a block, the first one winning."""

    def __init__(self, place: Place) -> None:
        self._place = place

    @property
    def api(self) -> Uno:
        return self._place.range.ConditionalFormat

    def __len__(self) -> int:
        return int(self.api.getCount())

    def __call__(self, key: int) -> ConditionalFormat:
        if not 1 <= key <= len(self):
            raise IndexError(key)
        return ConditionalFormat(self._place, key - 1)

    def __iter__(self) -> Iterator[ConditionalFormat]:
        return (ConditionalFormat(self._place, number) for number in range(len(self)))

    def _new_style(self, spec: Mapping[str, object]) -> str:
        styles = _styles(self._place)
        number = 1
        while styles.hasByName(f"{STYLE}{number}"):
            number += 1
        style = self._place.document.uno.createInstance("com.sun.star.style.CellStyle")
        styles.insertByName(f"{STYLE}{number}", style)
        if spec.get("fill_color") is not None:
            style.CellBackColor = office_color(spec["fill_color"])  # type: ignore[arg-type]  # xlwings' spec
        if spec.get("font_color") is not None:
            style.CharColor = office_color(spec["font_color"])  # type: ignore[arg-type]  # xlwings' spec
        if spec.get("font_bold"):
            style.CharWeight = BOLD
        if spec.get("font_italic"):
            style.CharPosture = enum("awt.FontSlant", "ITALIC")
        return f"{STYLE}{number}"

    def _add(self, operator: str, first: object, second: object, spec: Mapping[str, object]) -> None:
        require_sheet(self._place, "adding a conditional format")
        grammar, at = self._place.document.grammar, self._place.start
        texts = ["" if text is None else f"={str(text).removeprefix('=')}" for text in (first, second)]
        formulas = [grammar.to_office(text, at)[1:] if text else "" for text in texts]
        rules = self.api
        rules.addNew(
            properties(
                Operator=enum("sheet.ConditionOperator", operator),
                Formula1=formulas[0],
                Formula2=formulas[1],
                StyleName=self._new_style(spec),
                SourcePosition=at,
            )
        )
        self._place.range.ConditionalFormat = rules

    def add_cell_value(self, spec: Mapping[str, object]) -> ConditionalFormat:
        operator = office_word(OPERATORS, str(spec["operator"]))
        self._add(operator, spec["formula1"], spec.get("formula2"), spec)
        return self(len(self))

    def add_custom(self, spec: Mapping[str, object]) -> ConditionalFormat:
        self._add("FORMULA", spec["formula"], None, spec)
        return self(len(self))

    def clear(self) -> None:
        require_sheet(self._place, "removing conditional formats")
        rules = self.api
        rules.clear()
        self._place.range.ConditionalFormat = rules
