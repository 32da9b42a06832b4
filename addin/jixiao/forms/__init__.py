"""Form editions: labels, blocks, bindings to document fields, read from `templates/*.toml`."""

from __future__ import annotations

from functools import cache

from jixiao import resources
from jixiao.errors import UsageError
from jixiao.forms.layout import INDICATOR_COLUMNS, Cell, Form, Row
from jixiao.forms.loading import load

__all__ = ["INDICATOR_COLUMNS", "Cell", "Form", "Row", "catalogue", "find", "load"]


@cache
def catalogue() -> tuple[Form, ...]:
    """Return every edition, by form and newest first; raises FormError for a broken TOML."""
    forms = [load(name, resources.text(name)) for name in resources.names("templates/*.toml")]
    return tuple(
        sorted(forms, key=lambda one: (one.form != "project_target", one.form, -one.since, one.edition))
    )


def find(form: str, edition: str | None = None) -> Form:
    """Return one edition, the newest where none is asked for; raises UsageError with what there is."""
    known = [one for one in catalogue() if form in (one.form, one.title, one.name)]
    if not known:
        titles = {one.form: one.title for one in reversed(catalogue())}  # of each form its newest edition's
        names = "、".join(f"{name}（{title}）" for name, title in reversed(titles.items()))
        raise UsageError(f"没有叫“{form}”的表。可用的表：{names}。用 jixiao forms 查看全部。")
    if edition is None:
        return known[0]
    for one in known:
        if one.edition == edition:
            return one
    names = "、".join(one.edition for one in known)
    raise UsageError(
        f"{known[0].title}没有“{edition}”这个版本。可用的版本：{names}。用 jixiao forms 查看全部。"
    )
