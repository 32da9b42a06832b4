"""Names of agencies: what a full name is to a name without its place."""

from __future__ import annotations

import re
from collections.abc import Iterable

# What stands before an agency's own name when it is written in full: 甘肃省临夏回族自治州和政县 …
_PLACE = re.compile(
    r"(?:\w{1,12}?(?:自治区|自治州|自治县|自治旗|地区|新区|开发区|街道|省|市|州|盟|县|区|旗|乡|镇))+"
)


def longer(short: str, known: Iterable[str]) -> list[str]:
    """Return the names that are this name with a place in front; all of them as `values.key` gives them."""
    return [
        name
        for name in known
        if short and name.endswith(short) and _PLACE.fullmatch(name.removesuffix(short))
    ]
