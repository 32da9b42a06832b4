"""The only door to `templates/`, `schema/`, `macros/`, in a checkout and in a wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def folder(name: str) -> Path:
    """Return the folder `templates`, `schema` or `macros`; raises FileNotFoundError for a broken installation."""
    for place in (_PACKAGE / name, _PACKAGE.parent.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"安装不完整：找不到 {name} 文件夹。请重新安装 jixiao。")


def text(name: str) -> str:
    """Return one file's text, by its path from the top such as `schema/project_target.json`."""
    top, _, rest = name.partition("/")
    return (folder(top) / rest).read_text(encoding="utf-8")


def names(pattern: str) -> list[str]:
    """Return the files that match `templates/*.toml` and the like, in a stable order."""
    top, _, rest = pattern.partition("/")
    base = folder(top)
    return sorted(f"{top}/{path.relative_to(base).as_posix()}" for path in base.glob(rest) if path.is_file())
