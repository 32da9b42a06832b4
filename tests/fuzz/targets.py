"""What is fuzzed: of each target how bytes become an input, and the law that every input must obey.

`make` turns a fuzzer's bytes into an input, `hold` raises where the law is broken. A case that broke one is kept as the
input itself, so that it stays the same case when `make` changes.
"""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import mutating
import olefile
from dice import Dice
from oletools.olevba import decompress_stream

from jixiao import buttons, values
from jixiao.bridge import words
from jixiao.errors import FileRejectedError, UsageError
from jixiao.merging import extract
from jixiao.model import Area, Box, Dropdown, Mark, NamedList, Page
from jixiao.office import compound, package
from jixiao.office.limits import Limits
from jixiao.office.package import book as books
from jixiao.office.package import parts
from jixiao.xlam.compression import compress
from jixiao.xlam.container import container

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Page(sheet="校验结果", widths=(20.0,), boxes=(Box(Area(0, 0, 0, 0), "校验结果：有 2 处", "title"),))
DROPDOWN = Dropdown(Area(5, 0, 9, 1), "=jixiao_fuzz", error="请从列表中选择。")
LIST = NamedList("jixiao_fuzz", ("产出指标", "效益指标"))
CUTOFF = 4096  # bytes from which a stream of a container lives in whole sectors


@dataclass(frozen=True)
class Target:
    """One thing to fuzz: bytes → name and content of an input, and its law."""

    make: Callable[[bytes], tuple[str, bytes]]
    hold: Callable[[str, bytes], None]


def a_workbook(data):
    return mutating.spoiled(Dice(data))


def a_package(data):
    return mutating.spoiled(Dice(data), packages=True)


def as_it_is(data):
    return "case", data


def reader(name, data):
    """Whatever the bytes: an account with a code of the contract, never an error that nobody has foreseen."""
    found = extract(name, data)
    assert found.status in ("read", "rejected", "not_ours")
    assert (found.status == "read") == (found.code is None)
    assert "意外情况" not in (found.reason or ""), found.reason
    for one in found.documents:
        json.dumps(one.document.values, ensure_ascii=False)


def changer(_, data):
    """A package is refused, or it is changed; and what is taken away again leaves the parts of before."""
    try:
        held = parts.unpack(data)
        sheets = [one.name for one in books.workbook(held).sheets if one.cells]
        marks = [Mark(sheets[0], "A1", "error", "甲"), Mark(sheets[-1], "C7", "hint", "乙")] if sheets else []
        marked = package.annotate(data, marks, PAGE)
    except FileRejectedError:
        marked = b""
    for what in (package.unmark, package.clean, package.earlier, package.is_signed, package.is_package):
        with contextlib.suppress(FileRejectedError):
            what(data)
    if not marked:
        return
    assert parts.unpack(package.annotate(marked, marks, PAGE)).original == parts.unpack(marked).original
    clean = parts.unpack(package.unmark(data)).original
    assert parts.unpack(package.unmark(marked)).original == clean
    try:
        offered = package.add_dropdowns(data, {sheets[0]: [DROPDOWN]} if sheets else {}, [LIST])
    except FileRejectedError:
        return
    assert package.is_package(offered)


def grammar(_, data):
    """Any text has a parse, which its canonical print reads back; any text has an amount, or stays as it is."""
    text = data.decode("utf-8", "ignore")
    parsed = values.parse(text)
    assert parsed.raw == text
    assert replace(values.parse(values.written(parsed)), raw="") == replace(parsed, raw="")
    assert values.folded(values.folded(text)) == values.folded(text)
    for measure in ("万元", "元"):
        amount = values.money(text, measure)
        if amount is not None and values.decimal(amount) is not None:
            assert values.money(amount, "万元") == amount
    values.amount(text)
    values.key(text)
    values.without_latex(text)
    values.measure_of(text)


def vba(_, data):
    """What the writer packs, readers by other authors unpack; what no writer made is refused by ours."""
    dice = Dice(data)
    text = bytes(byte & 0x7F for byte in dice.bytes(dice.below(600))) * (1 + dice.below(12))
    try:
        packed = compress(text)
    except ValueError:
        packed = compress(b"")
        text = b""
    assert bytes(decompress_stream(bytearray(packed))) == text
    streams = {
        f"VBA/s{n}": dice.bytes(dice.of((0, 1, 63, 64, 65, CUTOFF - 1, CUTOFF, CUTOFF + 1, 9000)))
        for n in range(dice.below(9))
    }
    file = container({**streams, "PROJECT": text})
    with olefile.OleFileIO(io.BytesIO(file), raise_defects=olefile.DEFECT_UNSURE) as found:
        assert {name: found.openstream(name).read() for name in streams} == streams
    ours = compound.open_compound(file)
    for name, content in streams.items():
        assert ours.stream(name.removeprefix("VBA/")) == content
    try:
        held = compound.open_compound(mutating.in_bytes(dice, file))
        held.root()
        compound.check_biff(held.stream("PROJECT"), Limits())
    except FileRejectedError:
        pass


def old_format(_, data):
    """A container of others is read or refused, whatever its chains say."""
    try:
        held = compound.open_compound(data)
        held.root()
        compound.check_biff(held.stream("Workbook", "Book"), Limits())
    except FileRejectedError:
        pass


def an_old_workbook(data):
    (seed,) = (content for name, content in mutating.workbooks() if name.endswith(".xls"))
    return "表.xls", mutating.in_bytes(Dice(data), seed)


def message(_, data):
    """Three words make a request that is written and read back the same; all else is refused in one sentence."""
    try:
        request = words.parse(data.decode("ascii", "replace").split())
    except UsageError:
        return
    assert request.action in buttons.ids()
    assert words.parse(words.words(request).split()) == request
    assert len(words.words(request)) <= words.LONGEST


def a_message(data):
    """Half of them nearly right, so that what lies behind the first word is reached."""
    dice = Dice(data)
    if dice.below(2):
        return "case", dice.rest()
    place = dice.of((b"123", b"-1", b"0", b"pipe:a", b"pipe:", b"pipe:" + b"a" * 65, b"9" * 20))
    book = dice.of((b"-", b"d83d", b"0041d83dde00", b"000a", b"004", b"zz", dice.rest().hex().encode()))
    return "case", b" ".join([dice.of(sorted(buttons.ids())).encode(), place, book])


TARGETS: dict[str, Any] = {
    "reader": Target(a_workbook, reader),
    "package": Target(a_package, changer),
    "values": Target(as_it_is, grammar),
    "vba": Target(as_it_is, vba),
    "compound": Target(an_old_workbook, old_format),
    "message": Target(a_message, message),
}
