"""Data validation: dropdowns and rules for what may be typed."""

import re
from collections.abc import Sequence

from xlwings import XlwingsError, base_classes

from jixiao.office.libreoffice.border import Uno, differs, enum
from jixiao.office.libreoffice.declined import declined
from jixiao.office.libreoffice.guard import require_sheet
from jixiao.office.libreoffice.names import Name
from jixiao.office.libreoffice.places import Place

TYPES = {
    "ANY": "none",
    "WHOLE": "whole_number",
    "DECIMAL": "decimal",
    "LIST": "list",
    "DATE": "date",
    "TIME": "time",
    "TEXT_LEN": "text_length",
    "CUSTOM": "custom",
}
OPERATORS = {
    "BETWEEN": "between",
    "NOT_BETWEEN": "not_between",
    "EQUAL": "equal_to",
    "NOT_EQUAL": "not_equal_to",
    "GREATER": "greater_than",
    "LESS": "less_than",
    "GREATER_EQUAL": "greater_than_or_equal",
    "LESS_EQUAL": "less_than_or_equal",
}
ALERTS = {"STOP": "stop", "WARNING": "warning", "INFO": "information"}
COMPARED = {"whole_number", "decimal", "date", "time", "text_length"}
NO_RULE = {"none", "mixed_criteria", "inconsistent"}
ENTRY = re.compile(r'"((?:[^"]|"")*)"')
LONGEST = 255  # characters of a list typed into the rule; Excel takes no more, and repairs the file


def office_word(words: dict[str, str], word: str) -> str:
    """Return the office's word for xlwings'."""
    return next(own for own, theirs in words.items() if theirs == word)


@declined
class DataValidation(base_classes.DataValidation):
    """The rule of a block of cells."""

    def __init__(self, place: Place) -> None:
        self._place = place

    @property
    def api(self) -> Uno:
        """Return UNO's rule: a copy, to be set on the cells again after a change."""
        return self._place.cells.Validation

    @property
    def type(self) -> str:
        """Return the kind of rule; `mixed_criteria` when only some cells have one."""
        place = self._place
        if len(place.block) == 1 or not differs(place.cells, "Validation"):
            return TYPES.get(self.api.Type.value, "unknown")
        groups = place.cells.getUniqueCellFormatRanges()
        kinds = {groups.getByIndex(index).Validation.Type.value for index in range(groups.getCount())}
        return "mixed_criteria" if "ANY" in kinds else "inconsistent"

    def _formula(self, text: str) -> str | None:
        return self._place.document.grammar.to_excel(f"={text}", self._place.start) if text else None

    @property
    def operator(self) -> str | None:
        return OPERATORS.get(self.api.getOperator().value) if self.type in COMPARED else None

    @property
    def formula1(self) -> str | None:
        return self._formula(self.api.getFormula1()) if self.type in COMPARED else None

    @property
    def formula2(self) -> str | None:
        between = self.operator in ("between", "not_between")
        return self._formula(self.api.getFormula2()) if between else None

    @property
    def formula(self) -> str | None:
        return self._formula(self.api.getFormula1()) if self.type == "custom" else None

    @property
    def source(self) -> str | None:
        if self.type != "list":
            return None
        text = self.api.getFormula1()
        if text.startswith('"'):
            return ",".join(entry.replace('""', '"') for entry in ENTRY.findall(text))
        return self._formula(text)

    def _property(self, name: str) -> Uno:
        return None if self.type in NO_RULE else getattr(self.api, name)

    @property
    def in_cell_dropdown(self) -> bool | None:
        return self.api.ShowList != 0 if self.type == "list" else None

    @property
    def ignore_blank(self) -> bool | None:
        return self._property("IgnoreBlankCells")  # type: ignore[no-any-return]  # UNO has no types

    @property
    def input_title(self) -> str | None:
        return self._property("InputTitle")  # type: ignore[no-any-return]  # UNO has no types

    @property
    def input_message(self) -> str | None:
        return self._property("InputMessage")  # type: ignore[no-any-return]  # UNO has no types

    @property
    def show_input(self) -> bool | None:
        return self._property("ShowInputMessage")  # type: ignore[no-any-return]  # UNO has no types

    @property
    def error_title(self) -> str | None:
        return self._property("ErrorTitle")  # type: ignore[no-any-return]  # UNO has no types

    @property
    def error_message(self) -> str | None:
        return self._property("ErrorMessage")  # type: ignore[no-any-return]  # UNO has no types

    @property
    def show_error(self) -> bool | None:
        return self._property("ShowErrorMessage")  # type: ignore[no-any-return]  # UNO has no types

    @property
    def alert_style(self) -> str | None:
        style = self._property("ErrorAlertStyle")
        return None if style is None else ALERTS.get(style.value)

    def _set(self, kind: str, operator: str | None, first: str, second: str, shown: int = 1) -> None:
        if self.type in ("mixed_criteria", "inconsistent"):
            raise XlwingsError(f"{self._place.label} holds different validation rules: delete them first.")
        require_sheet(self._place, "changing data validation")
        rule = self.api
        rule.Type = enum("sheet.ValidationType", office_word(TYPES, kind))
        if operator:
            rule.setOperator(enum("sheet.ConditionOperator", office_word(OPERATORS, operator)))
        rule.setFormula1(first)
        rule.setFormula2(second)
        rule.ShowList, rule.ShowErrorMessage = shown, True
        self._place.cells.Validation = rule

    def set_list(self, source: Sequence[str] | base_classes.Range | Name, in_cell_dropdown: bool) -> None:
        """Offer a list: entries, the cells of a range, or what a name refers to."""
        grammar, at = self._place.document.grammar, self._place.start
        if isinstance(source, base_classes.Range):
            formula = grammar.to_office(f"={source.place.label}", at)[1:]  # type: ignore[attr-defined]  # ours
        elif isinstance(source, Name):
            formula = source.key
        else:
            entries = [str(entry) for entry in source]
            if len(",".join(entries)) > LONGEST:
                raise ValueError("The entries of a dropdown list may have 255 characters in all.")
            formula = ";".join('"' + entry.replace('"', '""') + '"' for entry in entries)
        self._set("list", None, formula, "", 1 if in_cell_dropdown else 0)

    def set_rule(self, rule_type: str, operator: str | None, formula1: str, formula2: str | None) -> None:
        """Demand what the formulas say, in xlwings' words for the kind of rule and the comparison."""
        grammar, at = self._place.document.grammar, self._place.start
        first, second = (
            grammar.to_office(text if text.startswith("=") else f"={text}", at)[1:] if text else ""
            for text in (str(formula1 or ""), str(formula2 or ""))
        )
        self._set(rule_type, operator, first, second)

    def delete(self) -> None:
        require_sheet(self._place, "removing data validation")
        self._place.cells.setPropertyToDefault("Validation")  # an empty rule would be saved as one
