"""`Extract` ↔ bytes that are kept and sent: JSON only, so that reading back foreign bytes can run nothing."""

from __future__ import annotations

import hashlib
import json
import typing
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from operator import attrgetter
from types import UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

from jixiao.merging.extracting import UNFORESEEN, Extract, Extracted
from jixiao.model import CellValue, Document, Verdict

_MAGIC = "jixiao-record-7"
_OF_THE_FILE = ("path", "saved", "file", "documents")  # not in the bytes of a record's head
_LARGEST_TABLE = 64 << 20  # a table inflates to a hundredth of this at most; a bomb stops here
_UTF_8 = ("utf-8", "surrogatepass")  # a broken workbook may have left half an emoji in a text
_LENGTH = 4  # bytes before a table, that tell how many it has
_OTHERWISE = frozenset({"too_large", "locked"})
_MOMENTS: dict[str, Callable[[Any], Any]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda parts: timedelta(*parts),
}
FUNDS = ("total_funds", "fiscal_funds", "carryover_funds", "other_funds")
T = typing.TypeVar("T")
_encode = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":")
).encode  # half the bytes of ASCII, read in half the time
_Check = Callable[[Any], Any]


class ForeignRecordError(ValueError):
    """Bytes that are no record of ours, or damaged."""


class Slip(NamedTuple):
    """What settling must know of a table without opening it, and how many errors were found in it so far.

    `content` is a digest of all its values; `blank`: nobody has filled it in; `gist`, `unasked`, `plain`: see `entries`;
    `reasons`: how many are recorded for it.
    """

    form: str
    sheet: str
    agency: Any
    department: Any
    department_code: Any
    year: Any
    project_name: Any
    funds: list[Any]
    content: str
    errors: int
    blank: bool
    gist: str
    reasons: int
    unasked: list[str]
    plain: str


class _Line(NamedTuple):
    """The first line of a record's bytes."""

    magic: str
    head: dict[str, Any]
    slips: list[Slip]
    lengths: list[int]


@dataclass(frozen=True)
class Record:
    """An extract as it is kept: what concerns the file, and for each table a slip and its packed bytes."""

    head: dict[str, Any]
    slips: tuple[Slip, ...]
    tables: tuple[bytes, ...]

    @property
    def errors(self) -> int:
        """How many errors it tells of: those found in its tables, or one where it was not read."""
        return sum(one.errors for one in self.slips) + int(self.head["status"] == "rejected")

    @property
    def lasting(self) -> bool:
        """Whether the next reading must say the same: a limit of time, memory or rights may not bind again, nor a chance."""
        return self.head["code"] not in _OTHERWISE and not str(self.head["reason"]).startswith(UNFORESEEN)


def record(extract: Extract) -> Record:
    """Return an extract's record; its path and its file's time are not part of it."""
    head = {one.name: getattr(extract, one.name) for one in fields(Extract) if one.name not in _OF_THE_FILE}
    packed = {name: _codec(hint)[0](head[name]) for name, hint in _head_hints()}
    return Record(
        packed,
        tuple(_slip(one) for one in extract.documents),
        tuple(pack(one) for one in extract.documents),
    )


def extract_of(kept: Record, path: str, **of_the_file: Any) -> Extract:  # noqa: ANN401 - `saved` and `file` of an Extract
    """Return the extract of a record; raises ForeignRecordError where the bytes are not ours."""
    head = {name: _back(hint, kept.head[name]) for name, hint in _head_hints()}
    return Extract(path=path, documents=tuple(unpack(one) for one in kept.tables), **head, **of_the_file)


def pack(one: Extracted) -> bytes:
    """Return one table and its verdict as bytes, each on its own: most who need the one do not need the other."""
    table, verdict = (
        zlib.compress(_json(_codec(kind)[0](part)), 1)
        for kind, part in ((Document, one.document), (Verdict, one.verdict))
    )
    return len(table).to_bytes(_LENGTH, "big") + table + verdict


def unpack(data: bytes) -> Extracted:
    """Return the table and the verdict of packed bytes; raises ForeignRecordError where they are not ours."""
    verdict = _read(Verdict, _inflated(data[_end_of_table(data) :]))
    return Extracted(document(data), typing.cast("Verdict", verdict))


def document(data: bytes) -> Document:
    """Return the table of packed bytes alone; raises ForeignRecordError where they are not ours."""
    return typing.cast("Document", _read(Document, _inflated(data[_LENGTH : _end_of_table(data)])))


def _end_of_table(data: bytes) -> int:
    return _LENGTH + int.from_bytes(data[:_LENGTH], "big")


def to_json(kind: Any, one: Any) -> str:  # noqa: ANN401 - a dataclass of the model and one of its kind
    """Return a dataclass of the model as JSON text, ASCII alone: a database takes no half of an emoji as text."""
    return json.dumps(_codec(kind)[0](one), separators=(",", ":"))


def of_json(kind: type[T], text: str) -> T:
    """Return the dataclass of such text; raises ForeignRecordError where it is none."""
    return typing.cast("T", _read(kind, text.encode("ascii")))


def modified(kept: Record) -> datetime | None:
    """Return a workbook's own last-saved time."""
    return typing.cast("datetime | None", _back(dict(_head_hints())["modified"], kept.head["modified"]))


def dump(kept: Record) -> bytes:
    """Return a record as one run of bytes: a line of JSON, then the tables."""
    line = [_MAGIC, kept.head, kept.slips, [len(one) for one in kept.tables]]
    return b"".join((_json(line), b"\n", *kept.tables))


def load(data: bytes) -> Record:
    """Return the record of such bytes; raises ForeignRecordError where they are not ours."""
    line, _, rest = data.partition(b"\n")
    magic, head, slips, lengths = _read(_Line, line)
    if magic != _MAGIC or {*head} != {name for name, _ in _head_hints()}:
        raise ForeignRecordError("not a record")
    for name, hint in _head_hints():
        _back(hint, head[name])
    if sum(lengths) != len(rest) or any(one < 0 for one in lengths) or len(slips) != len(lengths):
        raise ForeignRecordError("a record's tables are cut")
    tables, at = [], 0
    for length in lengths:
        tables.append(rest[at : at + length])
        at += length
    return Record(head, tuple(slips), tuple(tables))


def _read(hint: Any, text: bytes) -> Any:  # noqa: ANN401 - a type hint and a value of it
    try:
        return _back(hint, json.loads(text.decode(*_UTF_8)))
    except (ValueError, RecursionError) as error:
        raise ForeignRecordError("not the JSON of a record") from error


def _back(hint: Any, data: Any) -> Any:  # noqa: ANN401 - the same
    try:
        return _codec(hint)[1](data)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise ForeignRecordError("a value of another type") from error


def _slip(one: Extracted) -> Slip:
    from jixiao.merging.entries import blank, gist, plain, unasked  # noqa: PLC0415 - who only receives records writes none

    document, told = one.document, one.document.values
    errors = sum(found.severity == "error" for found in one.verdict.findings)
    content = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    names = {
        name: told.get(name) for name in ("agency", "department", "department_code", "year", "project_name")
    }
    funds = [told.get(name) for name in FUNDS]
    return Slip(
        form=document.form,
        sheet=document.sheet,
        content=content,
        funds=funds,
        errors=errors,
        blank=blank(document),
        gist=gist(document),
        reasons=len(document.reasons),
        unasked=unasked(document),
        plain=plain(document),
        **names,
    )


def _json(data: Any) -> bytes:  # noqa: ANN401 - any JSON value
    return _encode(data).encode(*_UTF_8)


def _inflated(data: bytes) -> bytes:
    engine = zlib.decompressobj()
    try:
        text = engine.decompress(data, _LARGEST_TABLE)
    except zlib.error as error:
        raise ForeignRecordError("a table is damaged") from error
    if not engine.eof:
        raise ForeignRecordError("a table is cut, or too large")
    return text


@cache
def _head_hints() -> tuple[tuple[str, Any], ...]:
    hints = typing.get_type_hints(Extract)
    return tuple((one.name, hints[one.name]) for one in fields(Extract) if one.name not in _OF_THE_FILE)


@cache
def _codec(hint: Any) -> tuple[_Check, _Check]:  # noqa: ANN401 - a type hint is any object
    """Return the two ways of a value of this type: to JSON, and back with every type looked at."""
    if hint == CellValue:
        return _moment, _cell
    if hint is datetime:
        return datetime.isoformat, lambda one: datetime.fromisoformat(_of_type(str)(one))
    if hint is Any:
        return _same, _same
    if hint in (str, int, bool, float):
        return _same, _of_type(hint)
    return _of_several(hint) if get_args(hint) else _of_fields(hint)


def _of_several(hint: Any) -> tuple[_Check, _Check]:  # noqa: ANN401 - the same
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Literal:
        return _same, lambda one: _sure(one in parts, one)
    if origin in (tuple, list):
        return _of_list(parts[0], origin)
    if origin is dict:
        return _of_dict(parts[1])
    to, back = _codec(parts[0])  # `X | None` is the only union left that the model has
    return (lambda one: None if one is None else to(one)), (lambda one: None if one is None else back(one))


def _of_list(part: Any, kind: Callable[[Sequence[Any]], Any]) -> tuple[_Check, _Check]:  # noqa: ANN401 - the same
    (to, back), plain = _codec(part), _plain(part)
    return (lambda ones: [one if type(one) in plain else to(one) for one in ones]), (
        lambda ones: kind([one if type(one) in plain else back(one) for one in _of_type(list)(ones)])
    )


def _of_dict(part: Any) -> tuple[_Check, _Check]:  # noqa: ANN401 - the same
    (to, back), plain = _codec(part), _plain(part)
    if to is _same:  # most are texts by pointer, and there are very many: worth a way of their own
        return _same, lambda ones: _sure(
            type(ones) is dict and (part is Any or plain.issuperset(map(type, ones.values()))), ones
        )
    return (lambda ones: {key: one if type(one) in plain else to(one) for key, one in ones.items()}), (
        lambda ones: {
            key: one if type(one) in plain else back(one) for key, one in _of_type(dict)(ones).items()
        }
    )


def _of_fields(kind: Any) -> tuple[_Check, _Check]:  # noqa: ANN401 - a dataclass or named tuple
    hints = typing.get_type_hints(kind)
    names = [one.name for one in fields(kind)] if is_dataclass(kind) else list(kind._fields)
    all_fields = attrgetter(*names)
    ways = [(*_codec(hints[name]), _plain(hints[name])) for name in names]

    def to(one: Any) -> list[Any]:  # noqa: ANN401 - of `kind`
        return [
            value if type(value) in plain else there(value)
            for value, (there, _, plain) in zip(all_fields(one), ways, strict=True)
        ]

    def back(ones: Any) -> Any:  # noqa: ANN401 - of `kind`
        _sure(type(ones) is list and len(ones) == len(ways), ones)
        return kind(
            *[
                one if type(one) in plain else here(one)
                for one, (_, here, plain) in zip(ones, ways, strict=True)
            ]
        )

    return to, back


def _plain(hint: Any) -> frozenset[type]:  # noqa: ANN401 - a type hint is any object
    """Return the types of values that stand in JSON as they are: nearly all do, and need no call."""
    if hint == CellValue:
        return frozenset({str, int, float, bool, type(None)})
    if hint in (str, int, bool, float):
        return frozenset({hint})
    if get_origin(hint) in (Union, UnionType):
        return _plain(get_args(hint)[0]) | {type(None)}
    return frozenset()


def _same(one: Any) -> Any:  # noqa: ANN401 - any JSON value
    return one


def _sure(right: bool, one: Any) -> Any:  # noqa: ANN401, FBT001 - any JSON value
    if not right:
        raise ForeignRecordError("a value of another type")
    return one


def _of_type(kind: type) -> _Check:
    def back(one: Any) -> Any:  # noqa: ANN401 - of `kind`
        if type(one) is not kind:
            raise ForeignRecordError("a value of another type")
        return one

    return back


def _moment(one: CellValue) -> Any:  # noqa: ANN401 - a JSON value
    if isinstance(one, timedelta):
        return {"timedelta": [one.days, one.seconds, one.microseconds]}
    if isinstance(one, date | time):  # a datetime is a date
        return {type(one).__name__: one.isoformat()}
    return one


def _cell(one: Any) -> CellValue:  # noqa: ANN401 - a JSON value
    if isinstance(one, dict):
        ((kind, text),) = one.items()
        found: CellValue = _MOMENTS[_sure(kind in _MOMENTS, kind)](text)
        return found
    if isinstance(one, list):
        raise ForeignRecordError("a value of another type")
    return typing.cast("CellValue", one)
