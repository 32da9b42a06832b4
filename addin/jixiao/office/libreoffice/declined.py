"""What xlwings names and this engine lacks: every such member says so in a sentence."""

from collections.abc import Callable
from inspect import iscoroutinefunction
from types import FunctionType
from typing import NoReturn, TypeVar

from xlwings import base_classes

Kind = TypeVar("Kind", bound=type)


def _unwritten(member: object) -> bool:
    code = getattr(getattr(member, "fget", member), "__code__", None)
    return code is not None and "NotImplementedError" in code.co_names and not iscoroutinefunction(member)


def _refusing(label: str) -> Callable[..., NoReturn]:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise NotImplementedError(f"{label} is not available with LibreOffice.")

    return refuse


def declined(kind: Kind) -> Kind:
    """Return the class with each inherited member that only raises replaced by one that says what is missing."""
    for base in kind.__mro__[1:]:
        if base.__module__ != base_classes.__name__:
            continue
        for name, member in vars(base).items():
            if name in vars(kind) or not _unwritten(member):
                continue
            refuse = _refusing(f"{base.__name__}.{name}")
            setattr(kind, name, refuse if isinstance(member, FunctionType) else property(refuse, refuse))
    return kind
