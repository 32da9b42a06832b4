"""The compression of VBA source and of the `dir` stream: MS-OVBA section 2.4.1."""

from __future__ import annotations

import struct

_CHUNK = 4096  # bytes of text in one chunk (2.4.1.1.4)
_SHORTEST = 3  # a copy of fewer bytes is longer than the bytes themselves
_SIGNATURE, _COMPRESSED = 0b011 << 12, 1 << 15  # CompressedChunkHeader (2.4.1.1.5)


def compress(data: bytes) -> bytes:
    """Return a CompressedContainer (2.4.1.1.1); raises ValueError for a last part that does not shrink.

    VBA source always shrinks; only noise would have to be stored raw, which pads the last chunk with zeros.
    """
    container = bytearray(b"\x01")
    for start in range(0, len(data), _CHUNK):
        part = data[start : start + _CHUNK]
        tokens = _tokens(part)
        if len(tokens) <= _CHUNK:
            container += struct.pack("<H", _COMPRESSED | _SIGNATURE | (len(tokens) + 2 - 3)) + tokens
        elif len(part) == _CHUNK:
            container += struct.pack("<H", _SIGNATURE | (_CHUNK + 2 - 3)) + part
        else:
            raise ValueError("the last part of the data does not shrink, and may not be stored raw")
    return bytes(container)


def _tokens(part: bytes) -> bytes:
    """Return the TokenSequences (2.4.1.1.7) of one chunk: a flag byte before every eight tokens."""
    tokens, at = bytearray(), 0
    while at < len(part):
        flags, eight = 0, bytearray()
        for bit in range(8):
            if at >= len(part):
                break
            # 2.4.1.3.19.1: the further into the chunk, the more bits of a token count the way back
            bits = max((at - 1).bit_length(), 4)
            length, back = _copy(part, at, (0xFFFF >> bits) + _SHORTEST)
            if length >= _SHORTEST:
                flags |= 1 << bit
                eight += struct.pack("<H", (back - 1) << (16 - bits) | (length - _SHORTEST))
                at += length
            else:
                eight.append(part[at])
                at += 1
        tokens.append(flags)
        tokens += eight
    return bytes(tokens)


def _copy(part: bytes, at: int, longest: int) -> tuple[int, int]:
    """Return the length of the longest earlier run of the bytes at `at`, and how far back its nearest one begins."""
    length = back = 0
    while length < min(longest, len(part) - at):
        # a run may reach into the bytes that it describes, but begins before them
        found = part.rfind(part[at : at + length + 1], 0, at + length)
        if found < 0:
            break
        length, back = length + 1, at - found
    return length, back
