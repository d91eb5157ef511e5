"""Rewards on a member's page: redeemed, held, confirmed, handed over, paid on the bill, given up."""

from uuid import uuid4

import pytest

from hotel.properties.scoping import codename
from loyalty.models import RewardRedemption
from tests.factories.folios import charge_make
from tests.factories.guests import guest_make
from tests.factories.loyalty import (
    Visit,
    loyalty_member_make,
    loyalty_program_make,
    points_make,
    reward_make,
    reward_redemption_make,
)
from tests.factories.reservations import house_make
from tests.loyalty.views.pages import act, text_of, url


@pytest.fixture
def moser(cast):
    loyalty_program_make(cast.alpha, currency="EUR")
    return loyalty_member_make(cast.alpha, guest_make(cast.alpha, first_name="Anna", last_name="Moser"))


def statuses():
    return list(RewardRedemption.objects.order_by("pk").values_list("status", flat=True))


def test_what_can_be_afforded_is_offered_with_its_price_and_why(cast, desk, moser):
    reward_make(cast.alpha)
    reward_make(cast.alpha, code="wine", name="Wine", base=3000)
    assert "Not enough points for any of them yet: Breakfast takes 1,000." in text_of(desk.get(url(moser)))
    points_make(moser, 1500)

    text = text_of(desk.get(url(moser)))

    assert "Breakfast · 1,000" in text
    assert '<th scope="row">Breakfast</th><td class="num nw"><strong>1,000</strong></td>' in text
    assert '<th scope="row">Wine</th>' not in text
    assert "Wine · 3,000" not in text


def test_points_are_redeemed_once(cast, desk, moser):
    points_make(moser, 2500)
    sent = {"reward": reward_make(cast.alpha).pk, "quantity": 2, "key": uuid4()}

    text = text_of(act(desk, moser, "redeem", **sent))
    act(desk, moser, "redeem", **sent)

    row = RewardRedemption.objects.get()
    assert (row.status, row.points, row.quantity, row.property, row.actor) == (
        "confirmed", 2000, 2, cast.alpha, cast.bo,
    )  # fmt: skip
    assert "Redeemed for 2,000 points." in text
    assert "He has got it" in text


def test_a_hold_is_confirmed_and_handed_over_or_given_up(cast, desk, moser):
    points_make(moser, 2500)
    reward = reward_make(cast.alpha)
    for _ in range(2):
        told = act(desk, moser, "redeem", reward=reward.pk, quantity=1, is_held="on", key=uuid4())
        assert "Held for 1,000 points." in text_of(told)
    first, second = RewardRedemption.objects.order_by("pk")

    act(desk, moser, "confirm", redemption=first.pk)
    act(desk, moser, "cancel", redemption=second.pk)
    assert statuses() == ["confirmed", "cancelled"]
    act(desk, moser, "fulfil", redemption=first.pk)
    assert statuses() == ["fulfilled", "cancelled"]
    refused = text_of(act(desk, moser, "cancel", redemption=first.pk))
    assert "Select a valid choice." in refused
    assert statuses() == ["fulfilled", "cancelled"]


def test_a_credit_is_paid_on_the_bill_of_the_stay_in_house(cast, desk, moser):
    house_make(cast.alpha)
    visit = Visit(cast.alpha, moser.guest, nights=2)
    points_make(moser, 1000)
    credit = reward_make(cast.alpha, code="credit", kind="folio_credit", settlement_rate=5)
    refused = text_of(act(desk, moser, "redeem", reward=credit.pk, quantity=1, key=uuid4()))
    assert "Say for which stay." in refused
    assert statuses() == []

    act(desk, moser, "redeem", reward=credit.pk, quantity=1, reservation=visit.reservation.pk, key=uuid4())
    row = RewardRedemption.objects.get()
    early = text_of(act(desk, moser, "settle", redemption=row.pk))
    assert 'role="alert"' in early
    assert statuses() == ["confirmed"]
    charge_make(visit.folio, 50)
    assert "It is paid on the bill." in text_of(act(desk, moser, "settle", redemption=row.pk))
    assert statuses() == ["fulfilled"]


def test_who_only_looks_redeems_nothing(stage, signed_in):
    member = loyalty_member_make(stage.alpha)
    points_make(member, 2500)
    row = reward_redemption_make(stage.alpha, member, reward_make(stage.alpha))
    client = signed_in(stage.person({codename("view", "loyalty")}))

    text = text_of(client.get(url(member)))

    assert "Breakfast" in text
    assert "redeem-reward" not in text
    for name in ("redeem", "confirm", "cancel"):
        assert act(client, member, name, redemption=row.pk).status_code == 403
    assert statuses() == ["held"]
