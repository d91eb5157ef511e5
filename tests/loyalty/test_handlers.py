"""What happens in the house moves points, by the facts it tells."""

import pytest

from hotel.contracts.loyalty import PointsAwarded, TierChanged
from hotel.folios.services.folios import folio_reopen
from hotel.guests.models import Guest
from hotel.guests.services.merges import guest_merge, guest_unmerge
from hotel.reservations.services.cancellations import reservation_cancel, reservation_no_show
from hotel.stays.services.check_out import check_out_reinstate
from loyalty.handlers import on_charge_posted, on_reservation_changed
from loyalty.models import PointTransaction, StayAccrual
from loyalty.selectors.balances import member_balance
from loyalty.services.redemptions import redemption_confirm, redemption_refund
from tests.cast import TODAY
from tests.factories.folios import charge_make, folio_make
from tests.factories.guests import guest_make
from tests.factories.loyalty import (
    Visit,
    earning_rule_make,
    loyalty_member_make,
    loyalty_tier_make,
    points_make,
    reward_make,
    reward_redemption_make,
)
from tests.factories.reservations import house_make
from tests.factories.stays import bill_pay
from tests.loyalty.services.unchanged import state, told


@pytest.fixture
def visit(cast, member):
    """One night for 100."""
    earning_rule_make(cast.alpha)
    visit = Visit(cast.alpha, member.guest, nights=1)
    charge_make(visit.folio, "100.00", code="room")
    visit.nights_pass()
    return visit


def total(member):
    member.refresh_from_db()
    return member_balance(member, TODAY).total


def points():
    return list(PointTransaction.objects.order_by("pk").values_list("points", flat=True))


def test_a_stay_in_house_and_what_is_charged_to_it_earn_nothing_yet(visit, member, drain):
    drain()
    assert (points(), StayAccrual.objects.count()) == ([], 0)


def test_the_check_out_earns(visit, member, drain, cast):
    loyalty_tier_make(cast.alpha, min_nights=1)
    visit.leave()
    assert points() == []
    drain()
    assert points() == [1000]
    (fact,) = told(PointsAwarded)
    wanted = {
        "property_id": cast.alpha.pk,
        "member_id": member.pk,
        "guest_id": member.guest_id,
        "program_id": member.program_id,
        "points": 1000,
        "reservation_id": visit.reservation.pk,
        "business_date": "2027-03-15",
    }
    assert {name: fact[name] for name in wanted} == wanted
    (rise,) = told(TierChanged)
    assert (rise["after"], rise["property_id"]) == ("silver", cast.alpha.pk)


def test_a_late_charge_earns_its_difference(visit, member, drain):
    visit.leave()
    drain()
    folio_reopen(folio=visit.folio)
    charge_make(visit.folio, "20.00", code="beverage")
    drain()
    assert (points(), total(member)) == ([1000, 200], 1200)
    bill_pay(visit.reservation)
    drain()
    assert points() == [1000, 200]
    assert [fact["points"] for fact in told(PointsAwarded)] == [1000, 200]


def test_a_guest_who_is_back_in_house_has_earned_nothing_and_earns_when_he_leaves(visit, member, drain):
    visit.leave()
    drain()
    check_out_reinstate(reservation=visit.reservation, actor=None)
    drain()
    assert (points(), total(member)) == ([1000, -1000], 0)
    charge_make(visit.folio, "10.00", code="food")
    drain()
    assert total(member) == 0
    visit.leave()
    drain()
    assert (points(), total(member)) == ([1000, -1000, 1100], 1100)
    assert [fact["points"] for fact in told(PointsAwarded)] == [1000, -1000, 1100]


def test_each_fact_twice_earns_once(visit, member, drain):
    leaves = visit.leave()
    drain()
    before = state()
    fact = type("Fact", (), {"reservation_id": leaves.pk})
    on_charge_posted(fact)
    on_reservation_changed(fact)
    assert state() == before


def test_charges_of_strangers_and_of_nobodys_account_move_nothing(cast, member, drain):
    earning_rule_make(cast.alpha)
    stranger = Visit(cast.alpha, guest_make(cast.alpha), nights=1)
    charge_make(stranger.folio, "50.00", code="food")
    charge_make(folio_make(cast.alpha), "50.00", code="food")
    stranger.nights_pass()
    stranger.leave()
    drain()
    assert (points(), StayAccrual.objects.count()) == ([], 0)


def free_nights(member, stay):
    """All nights of a stay for 1000 each; a fifth is kept from the day before on."""
    reward = reward_make(stay.property, kind="free_night", penalty_percent=20)
    held = reward_redemption_make(stay.property, member, reward, reservation=stay)
    return redemption_confirm(redemption=held, actor=None)


@pytest.mark.parametrize(
    ("days", "command", "returned", "reason"),
    [
        (2, reservation_cancel, 2000, "The stay was cancelled"),
        (0, reservation_cancel, 1600, "The stay was cancelled"),
        (0, reservation_no_show, 1600, "The guest did not come"),
    ],
    ids=["in time", "on the day", "no-show"],
)
def test_free_nights_go_with_their_stay_by_their_rules(cast, member, drain, days, command, returned, reason):
    points_make(member, 2000)
    done = free_nights(member, house_make(cast.alpha).reserve(days, 2, primary_guest=member.guest))
    drain()
    command(reservation=done.reservation, actor=None)
    drain()
    done.refresh_from_db()
    assert (done.status, done.returned, done.reason) == ("cancelled", returned, reason)
    assert total(member) == returned
    drain()
    assert PointTransaction.objects.filter(kind="given_back").count() == 1


def test_a_stay_with_free_nights_earns_as_one_and_anew_when_they_are_given_back(visit, member, drain):
    points_make(member, 1000, usable_from=TODAY)
    done = free_nights(member, visit.reservation)
    visit.leave()
    drain()
    assert total(member) == 0
    redemption_refund(redemption=done, actor=None, reason="A noise")
    drain()
    assert total(member) == 2000


def test_a_stay_that_is_paid_with_points_later_earns_no_more(visit, member, drain):
    points_make(member, 1000, usable_from=TODAY)
    reward = reward_make(visit.place, kind="free_night")
    held = reward_redemption_make(visit.place, member, reward, reservation=visit.reservation)
    visit.leave()
    drain()
    assert total(member) == 1000
    redemption_confirm(redemption=held, actor=None)
    drain()
    assert total(member) == 0


def test_guests_who_become_one_are_one_member_and_two_again(cast, member, drain):
    other = loyalty_member_make(cast.alpha)
    points_make(other, 50)
    guest_merge(kept=member.guest, merged=other.guest, by=None, reason="The same passport")
    drain()
    assert (total(member), total(other), other.merged_into) == (50, 0, member)
    guest_unmerge(guest=Guest.objects.get(pk=other.guest_id), by=None)
    drain()
    assert (total(member), total(other), other.merged_into) == (0, 50, None)
