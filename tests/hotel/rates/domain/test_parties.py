"""Who stays: age bands, stated ages, limits of types."""

from dataclasses import replace

import pytest

from hotel.rates.domain.parties import Person, occupancy_broken, party_of
from hotel.rates.domain.quotes import Occupancy
from tests.factories.rate_terms import BANDS, DOUBLE, party


def test_without_ages_children_may_be_of_any_age_of_their_band():
    found = party_of(Occupancy(2, children=(("child", 1), ("infant", 1))), BANDS)
    assert (found.adults, found.children, found.size, found.child_count) == (
        2,
        (("child", 1), ("infant", 1)),
        4,
        2,
    )
    assert found.persons == (Person(12, 199), Person(12, 199), Person(3, 11), Person(0, 2))
    assert found.broken == ()


def test_ages_decide_the_band_and_a_child_of_an_adults_age_pays_as_one():
    found = party_of(Occupancy(1, children=(("child", 3),), child_ages=(2, 11, 12)), BANDS)
    assert (found.adults, found.children) == (2, (("child", 1), ("infant", 1)))
    assert found.persons == (Person(12, 199), Person(2, 2), Person(11, 11), Person(12, 12))


def test_an_age_outside_every_band_is_an_adults():
    assert party_of(Occupancy(1, child_ages=(5,)), BANDS[2:]).adults == 2


def test_a_property_without_bands_takes_adults_from_eighteen():
    assert party_of(Occupancy(1), ()).persons == (Person(18, 199),)


def test_bands_stated_twice_are_added_up():
    assert party_of(Occupancy(1, children=(("child", 1), ("child", 2))), BANDS).children == (("child", 3),)


@pytest.mark.parametrize(
    ("occupancy", "code"),
    [
        (Occupancy(1, children=(("child", 2),), child_ages=(4,)), "occupancy_mismatch"),
        (Occupancy(1, children=(("teen", 1),)), "age_band_unknown"),
        (Occupancy(1, children=(("adult", 1),)), "age_band_unknown"),
    ],
)
def test_an_occupancy_that_makes_no_sense_is_told(occupancy, code):
    (broken,) = party_of(occupancy, BANDS).broken
    assert (broken.code, broken.level, broken.night) == (code, "request", None)


@pytest.mark.parametrize(
    ("guests", "codes"),
    [
        (party(2), []),
        (party(4), ["max_adults"]),
        (party(2, 5, 6, 7), ["max_occupancy", "max_children", "max_of_band"]),
        (party(2, 5, 6), ["max_of_band"]),
        (party(0, 5), ["no_adult"]),
    ],
    ids=["fits", "adults", "all three", "band", "children alone"],
)
def test_limits_of_the_type(guests, codes):
    found = occupancy_broken(guests, replace(DOUBLE, by_band={"child": 1}))
    assert [broken.code for broken in found] == codes


def test_the_text_names_type_limit_and_wish():
    (broken,) = occupancy_broken(party(4), DOUBLE)
    assert broken.text == "Double takes at most 3 adults; asked for 4."


@pytest.mark.parametrize(
    ("person", "wanted"),
    [(Person(11, 11), False), (Person(12, 12), True), (Person(17, 17), True), (Person(18, 18), False)],
)
def test_a_known_age_lies_in_a_range_or_not(person, wanted):
    assert person.may_be(12, 17) is wanted


def test_who_does_not_tell_his_age_may_be_liable():
    assert Person(3, 11).may_be(11, 17)
    assert not Person(3, 11).may_be(12, 17)
