"""Points from one member to another: both locked, each part with its days, within what a year allows."""

from datetime import timedelta
from decimal import Decimal

import pytest

from hotel.core.exceptions import InvalidInput
from loyalty.choices import MemberStatus, PointKind
from loyalty.domain.lots import Balance
from loyalty.models import PointLot, PointTransaction
from loyalty.selectors.balances import member_balance
from loyalty.services.enrolment import member_set_status
from loyalty.services.points import PointsMissing, points_claw_back
from loyalty.services.programs import program_change
from loyalty.services.transfers import points_transfer
from tests.cast import TODAY, make_cast
from tests.factories.loyalty import loyalty_member_make, loyalty_program_make, points_make
from tests.loyalty.services.test_points import event
from tests.loyalty.services.unchanged import refused
from tests.together import together

DAY = timedelta(days=1)


@pytest.fixture
def program(cast):
    """Up to a thousand a year, for a tenth on top; points end after a year."""
    return loyalty_program_make(
        cast.alpha, transfer_limit=1000, transfer_fee_percent=10, expiry="term", expiry_months=12
    )


@pytest.fixture
def taker(program, cast):
    return loyalty_member_make(cast.alpha)


@pytest.fixture
def giver(program, cast):
    """700 points that end first, and 600."""
    giver = loyalty_member_make(cast.alpha)
    points_make(giver, 700, day=TODAY - 30 * DAY)
    points_make(giver, 600)
    return giver


def give(giver, taker, points, actor=None):
    return points_transfer(giver=giver, taker=taker, place=giver.home, points=points, actor=actor)


def left(member):
    return list(PointLot.objects.filter(member=member).order_by("pk").values_list("left", flat=True))


def balance(member):
    member.refresh_from_db()
    return member_balance(member, TODAY)


def test_each_part_keeps_its_days_and_the_fee_is_on_top(cast, giver, taker):
    gone = give(giver, taker, 801, cast.bo)
    assert (gone.points, gone.kind, gone.because, gone.actor) == (
        -882, "transfer", "To another member, 81 of them the fee", cast.bo,
    )  # fmt: skip
    got = PointTransaction.objects.get(member=taker)
    assert (got.points, got.kind, got.source, got.source_key, got.because) == (
        801, "transfer", "transfer", str(gone.pk), "From another member",
    )  # fmt: skip
    assert (left(giver), left(taker)) == ([0, 418], [700, 101])
    columns = ("earned_on", "usable_from", "expires_on", "property_id")
    assert list(taker.lots.values_list(*columns)) == list(giver.lots.values_list(*columns))


def test_the_limit_is_of_a_calendar_year_fees_inside(cast, giver, taker, noon):
    give(giver, taker, 800)
    found = refused("transfer_above_limit", lambda: give(giver, taker, 110))
    assert found.extra == {"left": 120}
    give(giver, taker, 100)
    noon.shift(timedelta(days=300))
    cast.alpha.business_date = TODAY + 300 * DAY
    cast.alpha.save()
    giver.refresh_from_db()
    assert give(giver, taker, 100).points == -110


def test_what_the_other_one_owes_is_paid_first(giver, taker):
    points_claw_back(event(taker, PointKind.STAY), 750)
    give(giver, taker, 800)
    assert (balance(taker), left(taker)) == (Balance(50, 0), [50])


def test_who_has_fewer_gives_nothing(giver, taker, program):
    program_change(program=program, changes={"transfer_limit": 5000, "transfer_fee_percent": Decimal(0)})
    found = refused("points_missing", lambda: give(giver, taker, 1301), PointsMissing)
    assert found.extra == {"missing": 1}
    assert give(giver, taker, 1300).because == "To another member"


def test_it_is_for_another_active_member_of_the_programme(cast, giver, taker, program):
    refused("taker_invalid", lambda: give(giver, giver, 10), InvalidInput)
    stranger = loyalty_member_make(cast.beta)
    refused("taker_invalid", lambda: give(giver, stranger, 10), InvalidInput)
    for points in (0, -5):
        refused("points_invalid", lambda points=points: give(giver, taker, points), InvalidInput)
    member_set_status(member=taker, status=MemberStatus.SUSPENDED)
    refused("member_not_active", lambda: give(giver, taker, 10))
    refused("member_not_active", lambda: give(taker, giver, 10))


def test_a_programme_allows_it_or_not(giver, taker, program):
    program_change(program=program, changes={"transfer_limit": 0})
    refused("transfer_not_allowed", lambda: give(giver, taker, 10))


@pytest.mark.django_db(transaction=True)
def test_two_who_give_one_another_at_once_do_not_wait_for_ever_and_lose_nothing():
    alpha = make_cast().alpha
    loyalty_program_make(alpha, transfer_limit=10_000)
    one, other = (loyalty_member_make(alpha) for _ in range(2))
    for member in (one, other):
        points_make(member, 1000)

    found = together(*[lambda: give(one, other, 10), lambda: give(other, one, 20)] * 4)

    assert {type(answer) for answer in found} == {PointTransaction}
    assert (balance(one).total, balance(other).total) == (1040, 960)
