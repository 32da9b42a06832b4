"""Bytes that a fuzzer hands over → decisions; the same bytes lead to the same case, on every machine."""

from __future__ import annotations


class Dice:
    """Decisions from bytes; zeros when they are used up, so that every case ends."""

    def __init__(self, data):
        self.data, self.at = data, 0

    @property
    def spent(self):
        return self.at >= len(self.data)

    def below(self, most):
        """Return a number from 0 up to below `most`."""
        size = max(1, (max(most - 1, 0).bit_length() + 7) // 8)
        return int.from_bytes(self.bytes(size), "little") % max(most, 1)

    def of(self, things):
        return things[self.below(len(things))]

    def bytes(self, count):
        found = self.data[self.at : self.at + count]
        self.at += count
        return found.ljust(count, b"\0")

    def rest(self):
        found, self.at = self.data[self.at :], len(self.data)
        return found
