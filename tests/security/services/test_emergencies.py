"""The glass is broken in person, for some minutes, and somebody else looks at it afterwards."""

from datetime import timedelta

import pytest
import time_machine

from hotel.accounts.models import User
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, NotPermitted, RuleBroken
from hotel.messaging.models import Message
from hotel.properties.models import PropertyUserObjectPermission
from hotel.properties.scoping import Limit, grants_of
from security.models import AccessPolicy, EmergencyAccess
from security.services.emergencies import (
    emergencies_end,
    emergency_close,
    emergency_open,
    emergency_review,
)
from tests.factories.accounts import user_make
from tests.together import together

REASON = "The manager is on a plane and the till will not open."


def held(user, place):
    grants = grants_of(User.objects.get(pk=user.pk))
    return {name for name, ids in grants.by_codename.items() if place.pk in ids}


def open_it(house, **over):
    return emergency_open(**{"place": house.alpha, "reason": REASON, "by": house.ida, **over})


def test_it_gives_the_emergency_role_at_one_place_and_ends_by_itself(house):
    emergency = open_it(house, minutes=30)

    assert emergency.ends_at - now() <= timedelta(minutes=30)
    assert held(house.ida, house.alpha) == held(house.ada, house.alpha)
    assert held(house.ida, house.beta) == set()
    with time_machine.travel(emergency.ends_at, tick=False):
        assert held(house.ida, house.alpha) == set()
        assert PropertyUserObjectPermission.objects.filter(user=house.ida).exists()
        assert (emergencies_end(), emergencies_end()) == (1, 0)
    assert not PropertyUserObjectPermission.objects.filter(user=house.ida).exists()
    emergency.refresh_from_db()
    assert emergency.closed_at == emergency.ends_at


def test_without_minutes_it_lasts_as_long_as_the_policy_says(house):
    with time_machine.travel("2027-03-14T10:00Z", tick=False):
        assert open_it(house).ends_at.isoformat() == "2027-03-14T11:00:00+00:00"


@pytest.mark.parametrize(
    ("case", "over", "error"),
    [
        ("no reason", {"reason": "Because"}, InvalidInput),
        ("longer than the policy", {"minutes": 61}, InvalidInput),
        ("no time", {"minutes": 0}, InvalidInput),
    ],
)
def test_what_makes_no_sense_is_refused(house, case, over, error):
    with pytest.raises(error):
        open_it(house, **over)
    assert (EmergencyAccess.objects.count(), held(house.ida, house.alpha)) == (0, set())


def test_no_machine_and_no_token_breaks_the_glass(house):
    machine = user_make(house.alpha, username="till", is_machine=True)
    house.ida.grant_limit = Limit(frozenset({house.alpha.pk}), frozenset({"break_glass_security_area"}))
    for person in (machine, house.ida):
        with pytest.raises(NotPermitted):
            open_it(house, by=person)
    assert not EmergencyAccess.objects.exists()


def test_a_chain_without_an_emergency_role_has_none(house):
    AccessPolicy.objects.update(emergency_role=None)
    with pytest.raises(RuleBroken, match="named no role"):
        open_it(house)
    assert not EmergencyAccess.objects.exists()


def test_one_at_a_time_and_place(house):
    open_it(house)
    with pytest.raises(Conflict):
        open_it(house)
    open_it(house, place=house.beta)
    assert EmergencyAccess.objects.count() == 2


def test_it_is_taken_away_before_its_time(house):
    emergency = open_it(house)
    emergency_close(emergency=emergency, by=house.ada)
    again = emergency_close(emergency=emergency, by=house.bo)

    assert again.closed_by == house.ada
    assert held(house.ida, house.alpha) == set()


def test_what_was_held_before_stays(house):
    before = held(house.bo, house.alpha)
    emergency = open_it(house, by=house.bo)
    assert held(house.bo, house.alpha) > before
    emergency_close(emergency=emergency, by=house.bo)
    assert held(house.bo, house.alpha) == before


def test_somebody_else_looks_at_it_once_it_is_over(house):
    emergency = open_it(house)
    with pytest.raises(Conflict, match="still runs"):
        emergency_review(emergency=emergency, verdict="justified", note="", by=house.ada)
    emergency_close(emergency=emergency, by=house.ida)
    with pytest.raises(NotPermitted):
        emergency_review(emergency=emergency, verdict="justified", note="", by=house.ida)
    for verdict, note in (("open", ""), ("unjustified", " ")):
        with pytest.raises(InvalidInput):
            emergency_review(emergency=emergency, verdict=verdict, note=note, by=house.ada)
    emergency.refresh_from_db()
    assert emergency.verdict == "open"

    seen = emergency_review(
        emergency=emergency, verdict="unjustified", note="Nothing was broken.", by=house.ada
    )

    assert (seen.verdict, seen.reviewed_by, seen.review_note) == (
        "unjustified",
        house.ada,
        "Nothing was broken.",
    )
    with pytest.raises(Conflict, match="already"):
        emergency_review(emergency=emergency, verdict="justified", note="", by=house.ada)


def test_those_who_may_agree_to_rights_are_told_once(house, drain):
    open_it(house)
    drain()
    drain()

    [message] = Message.objects.filter(template_code="staff_notice")
    assert (message.address, message.subject) == ("ada@example.com", "Emergency access at Alpha: ida")
    assert REASON in message.body


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_break_it_once():
    from security.services.catalogue import catalogue_seed
    from tests.cast import make_cast

    cast = make_cast()
    catalogue_seed(chain=cast.chain)
    outcome = together(lambda: open_it(cast), lambda: open_it(cast))

    assert sorted(type(one).__name__ for one in outcome) == ["Conflict", "EmergencyAccess"]
    assert EmergencyAccess.objects.count() == 1
