"""Form editions: labels, blocks, bindings to document fields, read from `templates/*.toml`."""

from __future__ import annotations

from functools import cache

from jixiao import resources, schemas, tomls
from jixiao.errors import FormError, UsageError
from jixiao.forms.layout import INDICATOR_COLUMNS, MAY_LACK, TARGET_PARTS, Cell, Form, Row
from jixiao.forms.loading import load

__all__ = [
    "INDICATOR_COLUMNS",
    "MAY_LACK",
    "TARGET_PARTS",
    "Cell",
    "Form",
    "Row",
    "broken",
    "catalogue",
    "find",
    "load",
    "unused",
]


def catalogue() -> tuple[Form, ...]:
    """Return every edition but for the broken ones, by form and newest first."""
    return _read()[0]


def broken() -> dict[str, str]:
    """Return the editions that are broken, by the names of their files, each with file, line and remedy."""
    return _read()[1]


def unused() -> tuple[str, ...]:
    """Return what is wrong with the editions and vocabularies that this process has passed over."""
    if not _read.cache_info().currsize:
        return ()
    sentences = tuple(broken().values())
    more = (one for one in schemas.broken().values() if not any(one in sentence for sentence in sentences))
    return (*sentences, *more)


@cache
def _read() -> tuple[tuple[Form, ...], dict[str, str]]:
    sound: list[Form] = []
    bad: dict[str, str] = {}
    for name in resources.names("templates/*.toml"):
        try:
            sound.append(_named(name, load(name, tomls.text(name))))
        except FormError as error:
            bad[name] = str(error)
    sound.sort(key=lambda one: (one.form != "project_target", one.form, -one.since, one.edition))
    return tuple(sound), bad


def _named(name: str, form: Form) -> Form:
    """Return a form whose file has its name; raises FormError for any other, so that no edition is there twice."""
    wanted = f"{form.form}.{form.edition}.toml"
    if name.rpartition("/")[2] != wanted:
        raise FormError(
            f"{name} 第 1 行：文件名应当是 {wanted}（表名.版本.toml）。请改文件名，或改里面的 form、edition。"
        )
    return form


def find(form: str, edition: str | None = None) -> Form:
    """Return one edition, the newest where none is asked for.

    Raises:
        UsageError: there is none of this name; the text says what there is.
        FormError: the edition is broken; the text names file, line and remedy.

    """
    known = [one for one in catalogue() if form in (one.form, one.title, one.name)]
    if not known:
        for wrong in (text for name, text in broken().items() if name.startswith(f"templates/{form}.")):
            raise FormError(wrong)
        titles = {one.form: one.title for one in reversed(catalogue())}  # of each form its newest edition's
        names = "、".join(f"{name}（{title}）" for name, title in reversed(titles.items()))
        raise UsageError(f"没有叫“{form}”的表。可用的表：{names}。用 jixiao forms 查看全部。")
    if edition is None:
        return known[0]
    for one in known:
        if one.edition == edition:
            return one
    if faulty := broken().get(f"templates/{known[0].form}.{edition}.toml"):
        raise FormError(faulty)
    names = "、".join(one.edition for one in known)
    raise UsageError(
        f"{known[0].title}没有“{edition}”这个版本。可用的版本：{names}。用 jixiao forms 查看全部。"
    )
