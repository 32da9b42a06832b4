"""What the tests of reading share: no layout is known from a test before."""

import pytest

from jixiao.reading import plans


@pytest.fixture(autouse=True)
def forgotten():
    plans.forget()
