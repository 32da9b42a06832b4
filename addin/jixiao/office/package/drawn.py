"""Charts and drawings that keep what they show when the sheets behind them go, and lose what would run or tell."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from jixiao.office.markup import escaped
from jixiao.office.package import scan
from jixiao.office.package.references import Gone
from jixiao.office.package.scan import Edit

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
# Shapes that stand for something else: controls, embedded objects, slicers and timelines.
_STAND_INS = frozenset({"compatExt", "oleObj", "slicer", "timeslicer"})


def chart(data: bytes, gone: Gone) -> list[Edit]:
    """Return the edits that leave a chart its values, where it drew them from what goes or from a pivot table."""
    root = scan.parse(data)
    edits = [
        Edit(one.start, one.end, b"")
        for one in root.walk()
        if one.local in {"pivotSource", "pivotFmts", "externalData"}
    ]
    for above in root.walk():
        for parent in above.children:
            for one in parent.children:
                reference = next((each for each in one.children if each.local == "f"), None)
                if reference is not None and one.local.endswith("Ref") and gone.meant(reference.text):
                    edits.append(Edit(one.start, one.end, _literal(data, one, parent.local, above.local)))
    return edits


def _literal(data: bytes, one: scan.Element, parent: str, above: str) -> bytes:
    """Return what a reference remembered, in the form that its place allows."""
    cache = next((each for each in one.children if each.local.endswith("Cache")), None)
    points = [each for each in cache.walk() if each.local == "pt"] if cache else []
    if parent == "tx":
        text = escaped("".join(points[0].content if points else ""))
        if above == "ser":
            return f"<{one.prefix}v>{text}</{one.prefix}v>".encode()
        p = one.prefix
        run = f'<a:p xmlns:a="{_DRAWING}"><a:r><a:t>{text}</a:t></a:r></a:p>'
        return f'<{p}rich><a:bodyPr xmlns:a="{_DRAWING}"/>{run}</{p}rich>'.encode()
    if one.local == "multiLvlStrRef" and cache is not None:  # its first level is what stands next to the axis
        level = next((each for each in cache.children if each.local == "lvl"), cache)
        count = next((data[each.start : each.end] for each in cache.children if each.local == "ptCount"), b"")
        inner = count + b"".join(data[each.start : each.end] for each in level.children if each.local == "pt")
        tag = f"{one.prefix}strLit".encode()
    else:
        inner = data[cache.inner : cache.close] if cache else b""
        tag = f"{one.prefix}{one.local.removesuffix('Ref')}Lit".encode()
    return b"<" + tag + b">" + inner + b"</" + tag + b">"


def drawing(data: bytes, gone: Gone, held: Collection[str]) -> list[Edit]:
    """Return the edits that take stand-ins, macros and texts from cells that go out of a drawing.

    What needs a part that is not among the relationships `held` any more goes with it.
    """
    root, edits = scan.parse(data), list[Edit]()
    for anchor in root.children:
        shapes = list(anchor.walk())
        needed = {
            text
            for one in shapes
            for name, text in one.attributes.items()
            if name.startswith(scan.RELATIONSHIPS) and text
        }
        if any(one.local in _STAND_INS for one in shapes) or not needed <= set(held):
            edits.append(Edit(anchor.start, anchor.end, b""))
            continue
        for one in shapes:
            edits += _disarmed(data, one, gone)
    return edits


def _disarmed(data: bytes, one: scan.Element, gone: Gone) -> Iterator[Edit]:
    said: dict[str, str | None] = {}
    if one.attributes.get("macro"):
        said["macro"] = ""
    if gone.meant(one.attributes.get("textlink", "")):
        said["textlink"] = None
    if said:
        yield Edit(one.start, one.inner, scan.retag(data[one.start : one.inner], said))
