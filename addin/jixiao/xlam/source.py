"""Source files in `macros/` → modules of a VBA project, refused where Excel would not take them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from jixiao import resources

Kind = Literal["standard", "class", "document"]
WORKBOOK, SHEET = "ThisWorkbook", "Sentences"
_CLASS_OF_ITS_OWN = "{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"
_DOCUMENTS = {
    WORKBOOK: "{00020819-0000-0000-C000-000000000046}",
    SHEET: "{00020820-0000-0000-C000-000000000046}",
}
_EXPORT_HEAD = re.compile(r"\AVERSION [^\n]*\nBEGIN\n.*?\nEND\n", re.DOTALL)
_ATTRIBUTES = re.compile(r"\A(?:Attribute VB_[^\n]*\n)+")
_LONGEST_LINE = 1023
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}")


@dataclass(frozen=True)
class Module:
    """One module of the project.

    Attributes:
        name: as other modules call it, at most 31 ASCII letters, digits and underscores.
        kind: `document` for the two that belong to the workbook and its sheet.
        code: the text that a person sees in the editor, lines ending in CRLF.

    """

    name: str
    kind: Kind
    code: str

    @property
    def source(self) -> str:
        """The text as the project stores it: the attributes of its kind, then the code."""
        return "".join(f"Attribute VB_{line}\r\n" for line in self._attributes()) + self.code

    def _attributes(self) -> list[str]:
        if self.kind == "standard":
            return [f'Name = "{self.name}"']
        document = self.kind == "document"
        return [
            f'Name = "{self.name}"',
            f'Base = "0{_DOCUMENTS[self.name] if document else _CLASS_OF_ITS_OWN}"',
            "GlobalNameSpace = False",
            "Creatable = False",
            f"PredeclaredId = {document}",
            f"Exposed = {document}",
            "TemplateDerived = False",
            f"Customizable = {document}",
        ]


def modules() -> tuple[Module, ...]:
    """Return the add-in's modules: the two of its workbook, which are empty, then those of `macros/` by name."""
    ours = [
        module(PurePosixPath(path).name, resources.text(path))
        for ending in ("bas", "cls")
        for path in resources.names(f"macros/*.{ending}")
    ]
    return (*(Module(name, "document", "") for name in _DOCUMENTS), *sorted(ours, key=lambda one: one.name))


def module(file: str, text: str) -> Module:
    """Return the module of one `.bas` or `.cls` file; raises ValueError where Excel would not take it."""
    name, _, ending = file.rpartition(".")
    code = _ATTRIBUTES.sub("", _EXPORT_HEAD.sub("", text.replace("\r\n", "\n")))
    if not _NAME.fullmatch(name) or f'Attribute VB_Name = "{name}"\n' not in text.replace("\r\n", "\n"):
        raise ValueError(f"{file}: the file's name and its VB_Name must be the same legal name")
    for number, line in enumerate(code.split("\n"), start=1):
        # the editor on Windows knows one code page alone, and which one differs from machine to machine
        if not line.isascii() or len(line) > _LONGEST_LINE:
            raise ValueError(f"{file}: line {number} of the code is not ASCII, or too long for VBA")
    return Module(name, "class" if ending == "cls" else "standard", code.replace("\n", "\r\n"))
