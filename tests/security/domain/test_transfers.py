"""Where data leave the European Economic Area."""

import pytest

from security.domain.transfers import EEA, is_transfer


@pytest.mark.parametrize("country", ["AT", "DE", "IS", "LI", "NO", "HR"])
def test_within_the_economic_area_nothing_is_transferred(country):
    assert not is_transfer(country)


@pytest.mark.parametrize("country", ["US", "GB", "CH", "JP", "", "at"])
def test_all_else_is_a_transfer_whatever_decision_of_adequacy_there_is(country):
    assert is_transfer(country)


def test_the_area_has_the_27_of_the_union_and_three_more():
    assert len(EEA) == 30
