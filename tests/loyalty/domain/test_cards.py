"""Writing on cards of any colour can be read."""

import pytest

from loyalty.domain.cards import ink_on


@pytest.mark.parametrize(
    ("colour", "ink"),
    [
        ("#000000", "light"),
        ("#ffffff", "dark"),
        ("#b8862b", "dark"),
        ("#8a939f", "dark"),
        ("#6b7280", "light"),
        ("#757575", "light"),
        ("#767676", "dark"),
        ("#0000ff", "light"),
        ("#00ff00", "dark"),
    ],
)
def test_the_ink_is_the_one_that_reads_better(colour, ink):
    assert ink_on(colour) == ink
