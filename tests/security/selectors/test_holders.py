"""Who holds what is read from the grants that are enforced."""

from datetime import timedelta

import time_machine

from hotel.accounts.models import User
from hotel.accounts.services.direct_grants import role_lend
from hotel.core.clock import now
from hotel.properties.scoping import grants_of, pair_of
from security.selectors.holders import holders_everywhere, rights_at
from tests.factories.accounts import role_make


def test_it_agrees_with_what_each_request_reads(house):
    found = rights_at([house.alpha.pk, house.beta.pk])
    for person in User.objects.filter(chain=house.chain):
        for place in (house.alpha, house.beta):
            own = {pair_of(name) for name, ids in grants_of(person).by_codename.items() if place.pk in ids}
            assert found[place.pk].get(person.pk, frozenset()) == own


def test_a_right_must_be_held_at_each_place(house):
    both = [house.alpha.pk, house.beta.pk]
    assert holders_everywhere("view", "rooms", both) == {house.ada.pk}
    assert holders_everywhere("view", "rooms", [house.beta.pk]) == {house.ada.pk, house.eve.pk}


def test_those_shut_out_and_what_has_ended_do_not_count(house):
    User.objects.filter(pk=house.eve.pk).update(is_active=False)
    until = now() + timedelta(minutes=5)
    role_lend(user=house.ida, role=role_make(house.chain, "rooms.view"), place=house.beta, until=until)
    assert holders_everywhere("view", "rooms", [house.beta.pk]) == {house.ada.pk, house.ida.pk}
    with time_machine.travel(until, tick=False):
        assert holders_everywhere("view", "rooms", [house.beta.pk]) == {house.ada.pk}


def test_one_query_for_all(house, django_assert_num_queries):
    with django_assert_num_queries(1):
        rights_at([house.alpha.pk, house.beta.pk])
