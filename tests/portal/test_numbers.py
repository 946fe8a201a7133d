"""Numbers in sentences."""

import pytest

from portal.numbers import counted


@pytest.mark.parametrize(
    ("count", "words"), [(0, "geen rijen"), (1, "1 rij"), (2, "2 rijen"), (1200, "1.200 rijen")]
)
def test_what_is_counted_is_one_or_several(count, words):
    assert counted(count, "rij", "rijen") == words
