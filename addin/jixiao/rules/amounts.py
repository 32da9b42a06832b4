"""The amounts of money of a form, by field."""

from __future__ import annotations

from functools import cache

from jixiao import schemas


@cache
def money_fields(form: str) -> tuple[tuple[str, str], ...]:
    """Return (field, its Chinese title) of every amount of a form, in the order of the schema."""
    fields = schemas.schema(form)["properties"]
    return tuple((name, limits["title"]) for name, limits in fields.items() if schemas.is_money(form, name))
