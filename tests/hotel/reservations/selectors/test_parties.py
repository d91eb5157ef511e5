"""Who stays, sorted into the property's age bands."""

import pytest

from hotel.core.exceptions import InvalidInput
from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.selectors.parties import occupancy_sorted
from tests.contracts.queries import queries_of


def test_adults_alone_are_asked_nothing(cast):
    party = Occupancy(adults=2)
    assert queries_of(lambda: occupancy_sorted(cast.alpha.pk, party)) == []
    assert occupancy_sorted(cast.alpha.pk, party) == party


def test_stated_bands_are_kept_in_order_and_empty_ones_dropped(cast):
    party = Occupancy(adults=1, children=(("child", 2),))
    assert occupancy_sorted(cast.alpha.pk, party) == party
    none = Occupancy(adults=1, children=(("child", 0),))
    assert occupancy_sorted(cast.alpha.pk, none) == Occupancy(adults=1)


def test_ages_find_their_band_and_the_grown_are_adults(cast):
    party = Occupancy(adults=1, children=(("child", 1),), child_ages=(12, 11))
    assert occupancy_sorted(cast.alpha.pk, party) == Occupancy(
        adults=2, children=(("child", 1),), child_ages=(11,)
    )


@pytest.mark.parametrize(
    ("party", "code"),
    [
        (Occupancy(adults=1, children=(("dog", 1),)), "age_band_unknown"),
        (Occupancy(adults=1, children=(("adult", 1),)), "age_band_unknown"),
        (Occupancy(adults=1, child_ages=(-1,)), "age_band_unknown"),
        (Occupancy(adults=1, children=(("child", 2),), child_ages=(4,)), "occupancy_mismatch"),
    ],
)
def test_what_does_not_fit_the_bands_is_refused(cast, party, code):
    with pytest.raises(InvalidInput) as refused:
        occupancy_sorted(cast.alpha.pk, party)
    assert refused.value.code == code
