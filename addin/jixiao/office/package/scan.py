"""Elements of an XML part with their places in its bytes, so that an edit touches nothing around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol
from xml.parsers import expat

from jixiao.errors import FileRejectedError
from jixiao.office.markup import escaped, in_attribute
from jixiao.office.sniffing import damaged

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_DECLARATION = re.compile(r"\A\s*<\?xml\s[^>]*\?>")
_ENCODING = re.compile(rb"\A\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']+)")
_TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_ATTRIBUTE = re.compile(rb"\s+([^\s=/>]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_DEEPEST = 200  # far beyond any office part; deeper ones are made to exhaust whoever reads them
_UNSAID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LIKE_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
Prune = Callable[[str, str, Mapping[str, str]], bool]


class Edit(NamedTuple):
    """Replace the bytes from `start` to `end` by `content`."""

    start: int
    end: int
    content: bytes


@dataclass(frozen=True)
class Element:
    """One element, its place in the part, and the children that were kept.

    Attributes:
        space: namespace.
        local: name without prefix.
        prefix: `"x:"`, or empty for the default namespace.
        attributes: unprefixed ones by name, others as `"<namespace> <name>"`.
        start: offset of the start tag.
        inner: offset behind the start tag.
        close: offset of the end tag; equal to `inner` where the element closes itself.
        end: offset behind the element.
        text: its own characters, without those of its children.
        children: the elements in it.

    """

    space: str
    local: str
    prefix: str
    attributes: Mapping[str, str]
    start: int
    inner: int
    close: int
    end: int
    text: str
    children: tuple[Element, ...]

    def child(self, local: str) -> Element | None:
        """Return the first child of this name in the element's own namespace."""
        return next(self.all(local), None)

    def all(self, local: str) -> Iterator[Element]:
        """Yield the children of this name in the element's own namespace."""
        return (one for one in self.children if one.local == local and one.space == self.space)

    def walk(self) -> Iterator[Element]:
        """Yield the element and everything in it, in the order of the part."""
        yield self
        for one in self.children:
            yield from one.walk()

    @property
    def content(self) -> str:
        """All characters in it, those of its descendants too, in order of elements."""
        return "".join(one.text for one in self.walk())


def normal(data: bytes) -> bytes:
    """Return a part as UTF-8 without byte order mark, unchanged where it is so already.

    Raises FileRejectedError (`damaged`) for any other encoding than UTF-8 and UTF-16.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise damaged() from error
        return _DECLARATION.sub('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', text).encode()
    data = data.removeprefix(b"\xef\xbb\xbf")
    named = _ENCODING.match(data)
    if named and named[1].lower() not in {b"utf-8", b"utf8", b"us-ascii", b"ascii"}:
        raise damaged()
    return data


def tag_end(data: bytes, at: int) -> int:
    """Return the offset behind the start tag that begins at `at`."""
    tag = _TAG.match(data, at)
    if tag is None:
        raise damaged()
    return tag.end()


@dataclass
class _Open:
    """An element whose end has not been seen."""

    name: list[str]
    attributes: Mapping[str, str]
    start: int
    inner: int
    text: list[str] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)


class Handler(Protocol):
    """What goes over a part by its events."""

    def start(self, name: str, attributes: dict[str, str], /) -> None:
        """Take a start tag."""

    def end(self, name: str, /) -> None:
        """Take an end tag."""

    def characters(self, text: str, /) -> None:
        """Take characters."""


def events(handler: Handler, separator: str | None = None) -> expat.XMLParserType:
    """Return expat's parser for a handler; a document type, which no office file has, is refused as `damaged`."""
    parser = expat.ParserCreate(namespace_separator=separator)
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.characters
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_: object) -> None:
    raise damaged()


class _Builder:
    """Collects elements from expat's events."""

    def __init__(self, data: bytes, prune: Prune | None) -> None:
        self.data = data
        self.prune = prune
        self.skipped = 0
        self.open: list[_Open] = []
        self.root: Element | None = None
        self.parser = events(self, " ")
        self.parser.namespace_prefixes = True

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.skipped or len(self.open) > _DEEPEST:
            self.skipped += 1
            return
        parts = name.split(" ")
        parts = ["", *parts] if len(parts) == 1 else parts
        own = {
            key if " " not in key else " ".join(key.split(" ")[:2]): value
            for key, value in attributes.items()
        }
        if self.prune and self.open and self.prune(self.open[-1].name[1], parts[1], own):
            self.skipped = 1
            return
        at = self.parser.CurrentByteIndex
        self.open.append(_Open(parts, own, at, tag_end(self.data, at)))

    def end(self, _name: str) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        one = self.open.pop()
        closed = self.data[one.inner - 2 : one.inner] == b"/>"
        close = one.inner if closed else self.parser.CurrentByteIndex
        end = one.inner if closed else self.data.index(b">", close) + 1
        space, local, *prefix = one.name
        element = Element(
            space,
            local,
            f"{prefix[0]}:" if prefix else "",
            one.attributes,
            one.start,
            one.inner,
            close,
            end,
            "".join(one.text),
            tuple(one.children),
        )
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element

    def characters(self, text: str) -> None:
        if self.open and not self.skipped:
            self.open[-1].text.append(text)


def parse(data: bytes, prune: Prune | None = None) -> Element:
    """Return the root of a part that `normal` has returned.

    Args:
        data: the part.
        prune: tells from (parent's name, name, attributes) that an element and all in it need not be kept.

    Raises:
        FileRejectedError: `damaged`: not well-formed, or with a document type, which no office file has.

    """
    builder = _Builder(data, prune)
    try:
        builder.parser.Parse(data, True)  # noqa: FBT003 - expat's own signature
    except expat.ExpatError as error:
        raise damaged() from error
    if builder.root is None:
        raise damaged()
    if builder.root.space == STRICT:
        raise strict()
    return builder.root


def strict() -> FileRejectedError:
    """Return the refusal of the strict variety of Open XML, which hardly any other program can read."""
    return FileRejectedError(
        "unsupported_format",
        "这个文件是“严格 Open XML”格式，不能在它的副本上标注或补下拉。请在 Excel 中另存为“Excel 工作簿（*.xlsx）”后再试。",
    )


def splice(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the part with all edits made; those at one place keep the order in which they are given."""
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda edit: edit[:2]):
        if edit.start < at:
            raise damaged()
        pieces += [data[at : edit.start], edit.content]
        at = edit.end
    return b"".join([*pieces, data[at:]])


def inverse(data: bytes, edits: Iterable[Edit]) -> list[Edit]:
    """Return the edits that lead back from `splice(data, edits)` to `data`."""
    found, shift = [], 0
    for edit in sorted(edits, key=lambda edit: edit[:2]):
        start = edit.start + shift
        found.append(Edit(start, start + len(edit.content), data[edit.start : edit.end]))
        shift += len(edit.content) - (edit.end - edit.start)
    return found


def retag(tag: bytes, attributes: Mapping[str, str | None]) -> bytes:
    """Return a start tag with unprefixed attributes set, or taken away where the value is None."""
    left = dict(attributes)
    head = re.match(rb"<[^\s/>]+", tag)
    if head is None:
        raise damaged()
    pieces, at = [head[0]], head.end()
    while found := _ATTRIBUTE.match(tag, at):
        name, at = found[1].decode(), found.end()
        if name not in left:
            pieces.append(found[0])
        elif (value := left.pop(name)) is not None:
            pieces.append(f' {name}="{quoted(value)}"'.encode())
    pieces += [f' {name}="{quoted(value)}"'.encode() for name, value in left.items() if value is not None]
    return b"".join([*pieces, tag[at:]])


def amend(
    data: bytes, element: Element, attributes: Mapping[str, str | None], append: bytes = b""
) -> list[Edit]:
    """Return the edits that set attributes of an element and put content at its end."""
    tag = data[element.start : element.inner]
    if element.close == element.inner == element.end and append:
        name = re.match(rb"<([^\s/>]+)", tag)
        if name is None:
            raise damaged()
        opened = retag(tag, attributes)[:-2].rstrip() + b">"
        return [Edit(element.start, element.end, opened + append + b"</" + name[1] + b">")]
    edits = [Edit(element.start, element.inner, retag(tag, attributes))] if attributes else []
    return edits + ([Edit(element.close, element.close, append)] if append else [])


def place(data: bytes, parent: Element, local: str, order: Sequence[str], content: bytes) -> list[Edit]:
    """Return the edit that puts a new child where the schema's `order` of names wants it."""
    rank = order.index(local)
    for child in parent.children:
        known = next(
            (one.local for one in child.walk() if one.space == parent.space and one.local in order), None
        )
        if known is not None and order.index(known) > rank:
            return [Edit(child.start, child.start, content)]
    return amend(data, parent, {}, content)


def quoted(text: str) -> str:
    """Return text for an attribute in double quotes."""
    return in_attribute(plain(text))


def body(text: str) -> str:
    """Return text for an element of a spreadsheet part, odd characters in Excel's own `_x000D_` spelling."""
    safe = _LIKE_ESCAPE.sub("_x005F_", text.replace("\r\n", "\n").replace("\r", "\n"))
    return escaped(_UNSAID.sub(lambda one: "\ufffd" if one[0] >= "\ud800" else f"_x{ord(one[0]):04X}_", safe))


def plain(text: str) -> str:
    """Return text without the characters that XML cannot hold."""
    return _UNSAID.sub("\ufffd", text)
