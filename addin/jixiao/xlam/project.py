"""Modules → `vbaProject.bin`: the streams of MS-OVBA sections 2.2 and 2.3, source text alone.

There is no compiled code in it. `_VBA_PROJECT` is the seven bytes that section 2.3.4.1 asks of a writer, and every
module begins at offset 0, so Office compiles the text that a reviewer has read, and nothing else.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from jixiao.xlam.compression import compress
from jixiao.xlam.container import container
from jixiao.xlam.disguise import disguise
from jixiao.xlam.source import Module

NAME = "Jixiao"
_ID = "{5B0C3C1E-6F4A-4E0B-9C57-3A1D7E2B9F64}"  # ours, chosen once: a new one would change every build
_CODE_PAGE, _LANGUAGE = 1252, 0x409  # the text is ASCII, which all code pages share
_ON_WINDOWS_64 = 3
_OLE_AUTOMATION = (
    "*\\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\\Windows\\System32\\stdole2.tlb#OLE Automation"
)
_NO_CACHE = bytes.fromhex("CC61FFFF000000")
_SEEDS = (0x5D, 0x1A, 0x36)


def project(modules: Sequence[Module]) -> bytes:
    """Return the compound file with the project's streams (2.2.1 Project Root Storage)."""
    streams = {
        "PROJECT": _project_stream(modules).encode("ascii"),
        "PROJECTwm": _names(modules),
        "VBA/_VBA_PROJECT": _NO_CACHE,
        "VBA/dir": compress(_dir(modules)),
    }
    return container(streams | {f"VBA/{one.name}": compress(one.source.encode("ascii")) for one in modules})


def _project_stream(modules: Sequence[Module]) -> str:
    """2.3.1 PROJECT Stream: what the editor shows in its tree, and that nothing is locked."""
    kinds = {"standard": "Module={}", "class": "Class={}", "document": "Document={}/&H00000000"}
    lines = [
        f'ID="{_ID}"',
        *(kinds[one.kind].format(one.name) for one in modules),
        f'Name="{NAME}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{disguise(bytes(4), _ID, _SEEDS[0])}"',  # ProjectProtectionState (2.3.1.15): none
        f'DPB="{disguise(bytes(1), _ID, _SEEDS[1])}"',  # ProjectPassword (2.3.1.16): none
        f'GC="{disguise(bytes([0xFF]), _ID, _SEEDS[2])}"',  # ProjectVisibilityState (2.3.1.17): visible
        "",
        "[Host Extender Info]",
        "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000",
        "",
        "[Workspace]",
        *(f"{one.name}=0, 0, 0, 0, C" for one in modules),  # 2.3.1.19: every window closed
    ]
    return "".join(f"{line}\r\n" for line in lines)


def _names(modules: Sequence[Module]) -> bytes:
    """2.3.3 PROJECTwm Stream: each module's name in the code page and in UTF-16."""
    pairs = (one.name.encode("ascii") + b"\0" + (one.name + "\0").encode("utf-16-le") for one in modules)
    return b"".join(pairs) + b"\0\0"


def _dir(modules: Sequence[Module]) -> bytes:
    """2.3.4.2 dir Stream: the project, its one reference, its modules."""
    return b"".join(
        [
            _record(0x01, struct.pack("<I", _ON_WINDOWS_64)),  # PROJECTSYSKIND
            _record(0x02, struct.pack("<I", _LANGUAGE)),  # PROJECTLCID
            _record(0x14, struct.pack("<I", _LANGUAGE)),  # PROJECTLCIDINVOKE
            _record(0x03, struct.pack("<H", _CODE_PAGE)),  # PROJECTCODEPAGE
            _record(0x04, NAME.encode("ascii")),  # PROJECTNAME
            _twice(0x05, 0x40, ""),  # PROJECTDOCSTRING
            _record(0x06) + _record(0x3D),  # PROJECTHELPFILEPATH
            _record(0x07, bytes(4)),  # PROJECTHELPCONTEXT
            _record(0x08, bytes(4)),  # PROJECTLIBFLAGS
            struct.pack("<HIIH", 0x09, 4, 1, 1),  # PROJECTVERSION: its size does not count the minor number
            _twice(0x0C, 0x3C, ""),  # PROJECTCONSTANTS
            _reference("stdole", _OLE_AUTOMATION),
            _record(0x0F, struct.pack("<H", len(modules))),  # PROJECTMODULES
            _record(0x13, b"\xff\xff"),  # PROJECTCOOKIE
            *map(_module, modules),
            _record(0x10),  # the end
        ]
    )


def _reference(name: str, library: str) -> bytes:
    """2.3.4.2.2 REFERENCE: a registered library. More of them could be missing on a machine, and stop all macros."""
    path = library.encode("ascii")
    return _twice(0x16, 0x3E, name) + _record(0x0D, struct.pack("<I", len(path)) + path + bytes(6))


def _module(one: Module) -> bytes:
    """2.3.4.2.3.2 MODULE Record."""
    return b"".join(
        [
            _twice(0x19, 0x47, one.name),  # MODULENAME
            _twice(0x1A, 0x32, one.name),  # MODULESTREAMNAME
            _twice(0x1C, 0x48, ""),  # MODULEDOCSTRING
            _record(0x31, bytes(4)),  # MODULEOFFSET: the source begins at once
            _record(0x1E, bytes(4)),  # MODULEHELPCONTEXT
            _record(0x2C, b"\xff\xff"),  # MODULECOOKIE
            _record(0x21 if one.kind == "standard" else 0x22),  # MODULETYPE
            _record(0x2B),  # the end of the module
        ]
    )


def _record(number: int, payload: bytes = b"") -> bytes:
    return struct.pack("<HI", number, len(payload)) + payload


def _twice(number: int, wide: int, text: str) -> bytes:
    """Return a text as two records: in the code page, and in UTF-16."""
    return _record(number, text.encode("ascii")) + _record(wide, text.encode("utf-16-le"))
