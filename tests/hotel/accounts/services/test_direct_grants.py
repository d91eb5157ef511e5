"""Rights that are lent end at their instant, and what was held before stays."""

from datetime import timedelta

import time_machine

from hotel.accounts.models import User
from hotel.accounts.selectors.rights import rights_of
from hotel.accounts.services.direct_grants import direct_grants_revoke, lent_take_back, role_lend
from hotel.core.clock import now
from hotel.properties.models import PropertyUserObjectPermission
from hotel.properties.scoping import grants_of
from tests.factories.accounts import role_make


def held(user, place):
    grants = grants_of(User.objects.get(pk=user.pk))
    return sorted(name for name, ids in grants.by_codename.items() if place.pk in ids)


def test_what_is_lent_ends_by_itself(cast):
    role, until = role_make(cast.chain, "rooms.view", "rates.view"), now() + timedelta(minutes=30)

    lent = role_lend(user=cast.ida, role=role, place=cast.alpha, until=until)

    assert lent == ["view_rates_area", "view_rooms_area"] == held(cast.ida, cast.alpha)
    assert held(cast.ida, cast.beta) == []
    [why] = rights_of(User.objects.get(pk=cast.ida.pk), [cast.alpha.pk])[0].reasons
    assert (why.source, why.valid_until) == ("direct", until)
    with time_machine.travel(until, tick=False):
        assert held(cast.ida, cast.alpha) == []
        assert rights_of(User.objects.get(pk=cast.ida.pk), [cast.alpha.pk]) == []


def test_what_is_held_for_ever_is_not_shortened(stage):
    person = stage.person(["view_rooms_area"])
    role, until = role_make(stage.alpha.chain, "rooms.view", "rates.view"), now() + timedelta(minutes=30)

    assert role_lend(user=person, role=role, place=stage.alpha, until=until) == ["view_rates_area"]
    assert lent_take_back(user=person, place=stage.alpha, until=until) == 1
    assert lent_take_back(user=person, place=stage.alpha, until=until) == 0
    assert held(person, stage.alpha) == ["view_rooms_area"]


def test_all_direct_grants_at_a_place_can_be_taken_away(stage):
    person = stage.person(["view_rooms_area", "view_rates_area"], stage.alpha, stage.beta)

    assert direct_grants_revoke(user=person, place=stage.alpha) == 2
    assert (held(person, stage.alpha), len(held(person, stage.beta))) == ([], 2)
    assert PropertyUserObjectPermission.objects.filter(user=person).count() == 2
