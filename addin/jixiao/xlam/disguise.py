"""The disguised values of the PROJECT stream, which say that the project is not protected: MS-OVBA section 2.4.3."""

from __future__ import annotations

import struct

_VERSION = 2
_FILLER = 0x07  # ignored bytes may hold anything; these are always the same


def disguise(data: bytes, project_id: str, seed: int) -> str:
    """Return `data` as the hexadecimal text of 2.4.3.2 (Data Encryption), the same for the same seed.

    Args:
        data: bytes of the value itself.
        project_id: the project's id with its braces, in ASCII.
        seed: 0 to 255; Office takes a random one, a fixed one gives the same file again.

    """
    key = sum(project_id.encode("ascii")) & 0xFF  # 2.4.3.1
    disguised = [seed, seed ^ _VERSION, seed ^ key]
    plain = key
    for byte in bytes([_FILLER] * ((seed & 6) // 2)) + struct.pack("<I", len(data)) + data:
        disguised.append(byte ^ ((disguised[-2] + plain) & 0xFF))
        plain = byte
    return bytes(disguised).hex().upper()
