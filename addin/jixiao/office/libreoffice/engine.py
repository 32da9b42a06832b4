"""The engine that xlwings calls: its offices, and what a value is on its way in and out."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from jixiao.office.libreoffice.apps import Apps
from jixiao.office.libreoffice.values import ERROR_WORDS, Rows

NAME = "libreoffice"


class Engine:
    """What `xlwings.main.Engine` wraps."""

    def __init__(self, *, macros: bool) -> None:
        self._apps = Apps(self, macros=macros)

    @property
    def apps(self) -> Apps:
        return self._apps

    @property
    def name(self) -> str:
        return NAME

    @property
    def type(self) -> str:
        """Return xlwings' word for a program on this machine: values cross as they are, at once."""
        return "desktop"

    @staticmethod
    def prepare_xl_data_element(x: object, options: Mapping[str, object]) -> object:  # noqa: ARG004  # xlwings' form
        """Return a value as a cell takes it; what is not a number (NaN, NaT, NA) empties the cell."""
        if x is None or _is_nothing(x):
            return ""
        if isinstance(x, (str, bool, int, float, dt.date, dt.time)) and not hasattr(x, "to_pydatetime"):
            return x
        for plain in ("to_pydatetime", "item"):  # pandas' timestamps, numpy's scalars
            if hasattr(x, plain):
                return getattr(x, plain)()
        return x

    @staticmethod
    def clean_value_data(
        data: Rows,
        datetime_builder: Callable[..., object],
        empty_as: object,
        number_builder: Callable[[float], object] | None,
        err_to_str: bool,
    ) -> list[list[object]]:
        """Return the values as the caller of xlwings wants dates, empty cells, numbers and errors."""

        def cleaned(value: object) -> object:
            if value is None or value == "":
                return empty_as
            if isinstance(value, dt.datetime):
                return _rebuilt(value, datetime_builder)
            if isinstance(value, int) and value in ERROR_WORDS:
                return ERROR_WORDS[value] if err_to_str else None
            if number_builder is not None and isinstance(value, float):
                return number_builder(value)
            return value

        return [[cleaned(value) for value in row] for row in data]


def _is_nothing(value: object) -> bool:
    try:
        return bool(value != value)  # noqa: PLR0124  # true of NaN and NaT alone
    except (TypeError, ValueError):  # pandas.NA, and arrays
        return True


def _rebuilt(value: dt.datetime, builder: Callable[..., object]) -> object:
    if builder is dt.datetime:
        return value
    parts: Sequence[str] = ("year", "month", "day", "hour", "minute", "second", "microsecond")
    return builder(**{part: getattr(value, part) for part in parts}, tzinfo=None)
