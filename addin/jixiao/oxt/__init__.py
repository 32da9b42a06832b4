"""Buttons and text in `macros/` → `jixiao.oxt`, LibreOffice's toolbar and menu, byte for byte the same everywhere."""

from __future__ import annotations

import io
import zipfile

from jixiao import resources
from jixiao.oxt import parts
from jixiao.oxt.parts import ID

__all__ = ["ID", "build"]

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day of a zip
_TEXT = 0o100644 << 16  # a plain file that everybody may read


def build() -> bytes:
    """Return the extension: a zip without compression, whose bytes depend on our text alone."""
    files = {
        "META-INF/manifest.xml": parts.manifest(),
        "description.xml": parts.description(),
        "Addons.xcu": parts.addons(),
        "CalcWindowState.xcu": parts.window_state(),
        "ProtocolHandler.xcu": parts.protocol(),
        "clicks.components": parts.components(),
        "clicks.py": resources.text("macros/libreoffice/clicks.py"),
        "sentences.txt": resources.text("macros/sentences.txt").replace(
            "jixiao addin install", "jixiao addin install --for libreoffice"
        ),
        "tips.txt": parts.tips(),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as package:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.create_system = 3  # or the zip would say on which system it was made
            entry.external_attr = _TEXT
            package.writestr(entry, text.encode("utf-8"))
    return stream.getvalue()
