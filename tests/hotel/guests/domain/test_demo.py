"""Invented people are the same for the same seed, and their data can be read."""

from collections import Counter
from datetime import date

from hotel.guests.domain.contacts import email_kind, normal_phone
from hotel.guests.domain.demo import NATIONS, ORIGINS, people

DAY = date(2027, 3, 14)


def test_the_same_seed_gives_the_same_people_and_another_one_others():
    first = list(people("VIENNA", 50, born_before=DAY, seed=1))
    assert first == list(people("VIENNA", 50, born_before=DAY, seed=1))
    assert first != list(people("VIENNA", 50, born_before=DAY, seed=2))
    assert len({person.email for person in first}) == 50


def test_everybody_is_adult_and_can_be_reached():
    for person in people("IZU", 200, born_before=DAY, seed=1):
        assert 20 * 365 <= (DAY - person.birth_date).days < 84 * 365
        assert normal_phone(person.phone, country="") == person.phone
        assert email_kind(person.email) == "personal"
        assert person.email.isascii()


def test_guests_come_from_where_the_house_draws_them():
    found = Counter(person.nationality for person in people("IZU", 1000, born_before=DAY, seed=1))
    assert found.most_common(1)[0][0] == "JP"
    assert set(found) <= set(NATIONS)
    assert all(set(weights) <= set(NATIONS) for weights in ORIGINS.values())
