"""The one table of buttons, read from `macros/ribbon.xml`: groups in the order of the work, and what each button says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree as ET

from jixiao import resources

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"


@dataclass(frozen=True)
class Button:
    """One button.

    Attributes:
        id: name of the function in `ribbon` that it calls; also its id in the ribbon and the bridge's action word.
        label: what stands on it.
        large: whether it is its group's main act.
        image: name of one of Office's own icons (`imageMso`).
        screentip: heading of its tip.
        supertip: what it does, in one or two sentences.
        keytip: letter that presses it after Alt and the tab's own letters.

    """

    id: str
    label: str
    large: bool
    image: str
    screentip: str
    supertip: str
    keytip: str


@dataclass(frozen=True)
class Group:
    """Buttons of one step of the work, under its label."""

    id: str
    label: str
    buttons: tuple[Button, ...]


@cache
def groups() -> tuple[Group, ...]:
    """Return the groups as the ribbon shows them, from left to right."""
    # the file is our own, from the installed package: no hostile XML comes this way
    root = ET.fromstring(resources.text("macros/ribbon.xml"))  # noqa: S314 - as said above
    return tuple(
        Group(
            id=group.attrib["id"],
            label=group.attrib["label"],
            buttons=tuple(_button(one.attrib) for one in group.iter(f"{{{NAMESPACE}}}button")),
        )
        for group in root.iter(f"{{{NAMESPACE}}}group")
    )


def ids() -> tuple[str, ...]:
    """Return the ids of all buttons, in the order of the ribbon: the only words that the bridge obeys."""
    return tuple(button.id for group in groups() for button in group.buttons)


def _button(given: dict[str, str]) -> Button:
    return Button(
        id=given["id"],
        label=given["label"],
        large=given.get("size") == "large",
        image=given["imageMso"],
        screentip=given["screentip"],
        supertip=given["supertip"],
        keytip=given["keytip"],
    )
