"""Number formats of one document: Excel's English codes to the office's keys and back."""

import re
from dataclasses import dataclass, field
from enum import IntFlag

from jixiao.office.libreoffice.border import Uno, struct

GENERAL = 0  # the key of General in a document of English locale
LETTERS = re.compile(r'("[^"]*"|\[[^\]]*\]|AM/PM|A/P)|([A-Z]+)')


class Kind(IntFlag):
    """com.sun.star.util.NumberFormat, the bits that we ask for."""

    DATE = 2
    TIME = 4
    TEXT = 256
    LOGICAL = 1024


@dataclass(frozen=True, slots=True)
class NumberFormats:
    """Keys and codes, asked once each; a code is given back as its writer spelled it."""

    document: Uno
    _keys: dict[str, int] = field(default_factory=dict)
    _spelled: dict[int, str] = field(default_factory=dict)
    _known: dict[int, tuple[int, str]] = field(default_factory=dict)

    def key(self, code: str | None) -> int:
        """Return the office's key of an Excel code, made when new."""
        if code in (None, "General"):
            return GENERAL
        text = str(code)
        if text not in self._keys:
            english = struct("lang.Locale", "en", "US", "")
            formats = self.document.getNumberFormats()
            key = formats.queryKey(text, english, False)  # UNO knows no keywords
            self._keys[text] = formats.addNew(text, english) if key == -1 else key
            self._spelled[self._keys[text]] = text
        return self._keys[text]

    def kind(self, key: int) -> int:
        """Return the `Kind` bits of a key."""
        return self._entry(key)[0]

    def code(self, key: int) -> str:
        """Return the Excel code of a key."""
        return self._spelled.get(key) or self._entry(key)[1]

    def _entry(self, key: int) -> tuple[int, str]:
        if key not in self._known:
            found = self.document.getNumberFormats().getByKey(key)
            kind, code = int(found.Type), str(found.FormatString)
            if code in ("General", "Standard"):
                code = "General"
            elif kind & (Kind.DATE | Kind.TIME):  # the office writes YYYY-MM-DD, Excel yyyy-mm-dd
                code = LETTERS.sub(lambda found: found[1] or found[2].lower(), code)
            self._known[key] = (kind, code)
        return self._known[key]
