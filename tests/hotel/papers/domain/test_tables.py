"""Columns of papers."""

import pytest

from hotel.papers.domain.tables import Column


@pytest.mark.parametrize(
    ("kind", "is_number"),
    [("money", True), ("count", True), ("figure", True), ("text", False), ("day", False)],
)
def test_numbers_stand_to_the_right(kind, is_number):
    assert Column("balance", kind).is_number is is_number
