"""Formulas cross between Excel's English grammar and the office's own, most of them without a round trip."""

import re
from dataclasses import dataclass, field

from jixiao.office.libreoffice.a1 import COLUMNS, ROWS, column_letters, column_number, quoted_sheet
from jixiao.office.libreoffice.border import Uno

# functions that both grammars know by the same name and with the same arguments
SHARED = re.compile(
    "ABS|AND|AVERAGE|COUNT|COUNTA|COUNTBLANK|COUNTIF|COUNTIFS|IF|IFERROR|INDEX|INT|ISBLANK|ISERROR|ISNUMBER"
    "|ISREF|ISTEXT|LEFT|LEN|MATCH|MAX|MID|MIN|MOD|NOT|OR|PRODUCT|RIGHT|ROUND|ROUNDDOWN|ROUNDUP|SQRT|SUM|SUMIF"
    "|SUMIFS|SUMPRODUCT|TRIM|VALUE|VLOOKUP"
)
CELL = r"\$?[A-Z]{1,3}\$?[0-9]+"
PIECE = re.compile(
    rf"(?P<cell>{CELL}(?![\w.(]))|(?P<call>[A-Z]+)\(|[0-9]+(?:\.[0-9]+)?(?![\w.:])|[-+*/^&=<>()%:]"
)
# a sheet before a cell, as each grammar writes it; Excel's may name another workbook in brackets, which is left alone
EXCEL_SHEET = re.compile(rf"'(?P<quoted>(?:[^'\[\]]|'')+)'!(?={CELL}(?![\w.(]))")
OFFICE_SHEET = re.compile(rf"\$(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^\W\d]\w*))\.(?={CELL}(?![\w.(]))")
REFERENCE = re.compile(r"(\$?)\b([A-Z]{1,3})(\$?)([0-9]+)\b")
OFFICE, EXCEL = 0, 3  # com.sun.star.sheet.AddressConvention: the API's own, and Excel's in files

# the office's parser drops errors without a word, so they cross as texts: text or sheet name (kept) | error
ERROR = re.compile(
    r"""(?P<kept>"(?:[^"]|"")*"|'(?:[^']|'')*')|(?<![\w!])\#(?P<error>REF!|N/A|NAME\?|NULL!|NUM!|VALUE!|DIV/0!)(?![\w$])"""
)
UNVEIL = re.compile('"\ue000([^"]*)"')


@dataclass(frozen=True, slots=True)
class Grammar:
    """The formula grammars of one document."""

    document: Uno
    _parsers: dict[int, Uno] = field(default_factory=dict)

    def to_office(self, formula: str, at: Uno) -> str:
        """Return `=SUM(A1;B1)` for Excel's `=SUM(A1,B1)`; `at` is the address of the formula's cell."""
        known = _rewritten(formula[1:], ",", ";", EXCEL_SHEET)
        return self._converted(formula, EXCEL, OFFICE, at) if known is None else f"={known}"

    def to_excel(self, formula: str, at: Uno) -> str:
        """Return `=SUM(A1,B1)` for the office's `=SUM(A1;B1)`."""
        known = _rewritten(formula[1:], ";", ",", OFFICE_SHEET)
        return self._converted(formula, OFFICE, EXCEL, at) if known is None else f"={known}"

    def _converted(self, formula: str, source: int, target: int, at: Uno) -> str:
        tokens = self._parser(source).parseFormula(_veiled(formula)[1:], at)
        return "=" + UNVEIL.sub(r"#\1", str(self._parser(target).printFormula(tokens, at)))

    def tokens(self, formula: str, at: Uno) -> Uno:
        """Return the tokens of an Excel formula; set on other cells, relative references follow.

        Raises NotImplementedError for a formula with an error in it, as `=A1+#REF!`: tokens cannot hold one.
        """
        if _veiled(formula) != formula:
            raise NotImplementedError(f"LibreOffice cannot fill a formula with an error in it: {formula}")
        return self._parser(EXCEL).parseFormula(formula[1:], at)

    def _parser(self, convention: int) -> Uno:
        if convention not in self._parsers:
            parser = self.document.createInstance("com.sun.star.sheet.FormulaParser")
            parser.CompileEnglish, parser.FormulaConvention = True, convention
            self._parsers[convention] = parser
        return self._parsers[convention]


def _rewritten(body: str, separator: str, other: str, sheets: re.Pattern[str] | None = None) -> str | None:
    """Return the formula in the other grammar, where the two differ in separators and sheets alone; else None."""
    position, texts = 0, []
    while position < len(body):
        if body[position] == separator:
            texts.append(other)
            position += 1
            continue
        sheet = sheets.match(body, position) if sheets else None
        found = sheet or PIECE.match(body, position)
        if found is None or (sheet is None and found["call"] and not SHARED.fullmatch(found["call"])):
            return None
        texts.append(_sheet(found) if sheet else found[0])
        position = found.end()
    return "".join(texts)


def _sheet(found: re.Match[str]) -> str:
    """Return the sheet before a cell as the other grammar writes it."""
    if found.re is EXCEL_SHEET:
        return f"$'{found['quoted']}'."
    return quoted_sheet((found["quoted"] or found["plain"]).replace("''", "'")) + "!"


def moved(formula: str, rows: int, columns: int) -> str | None:
    """Return the formula with its relative references moved; None where only the office can tell them."""
    if _rewritten(formula[1:], ",", ",") is None:
        return None
    try:
        return REFERENCE.sub(lambda found: _moved_reference(found, rows, columns), formula)
    except IndexError:
        return None


def _moved_reference(found: re.Match[str], rows: int, columns: int) -> str:
    column = column_number(found[2]) + (0 if found[1] else columns)
    row = int(found[4]) + (0 if found[3] else rows)
    if not (0 < column <= COLUMNS and 0 < row <= ROWS):
        raise IndexError
    return f"{found[1]}{column_letters(column)}{found[3]}{row}"


def _veiled(formula: str) -> str:
    return ERROR.sub(lambda found: found["kept"] or f'"\ue000{found["error"]}"', formula)
