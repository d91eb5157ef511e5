"""Points end with the last day in the programme's zone, of any number of members at a time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loyalty.choices import PointKind
from loyalty.domain.lots import Balance
from loyalty.models import PointLot, PointMovement, PointTransaction
from loyalty.selectors.balances import member_balance
from loyalty.services import expiry
from loyalty.services.expiry import points_expire
from loyalty.services.points import points_give_back, points_spend
from loyalty.services.programs import program_change
from tests.cast import TODAY
from tests.factories.loyalty import loyalty_member_make, loyalty_program_make, points_make
from tests.loyalty.services.test_points import event

DAY = timedelta(days=1)
LAST = date(2027, 4, 14)


@pytest.fixture
def program(cast):
    """Points end after a month: those of the cast's day on 14 April."""
    return loyalty_program_make(cast.alpha, expiry="term", expiry_months=1)


@pytest.fixture
def member(program, cast):
    return loyalty_member_make(cast.alpha)


@pytest.fixture
def over(noon):
    """The day after the last one."""
    noon.move_to(datetime(2027, 4, 15, 12, tzinfo=UTC))


def left(member):
    return list(PointLot.objects.filter(member=member).order_by("pk").values_list("left", flat=True))


def ended():
    rows = PointTransaction.objects.filter(kind=PointKind.EXPIRY).order_by("member_id", "pk")
    return list(rows.values_list("member_id", "points", "business_date", "because"))


def test_what_is_left_of_lots_that_are_over_is_booked_out_by_member(program, member, cast, over):
    other = loyalty_member_make(cast.alpha)
    points_make(member, 100)
    points_make(member, 50, day=TODAY - DAY)
    points_make(member, 70, day=TODAY + DAY)
    points_make(other, 30)
    points_spend(event(member), 80, on=TODAY)
    assert points_expire(program=program) == 2
    assert ended() == [
        (member.pk, -70, LAST + DAY, "Last day 14 Apr 2027"),
        (other.pk, -30, LAST + DAY, "Last day 14 Apr 2027"),
    ]
    assert (left(member), left(other)) == ([0, 0, 70], [0])
    assert member_balance(member, LAST + DAY) == Balance(70, 0)
    booked = PointTransaction.objects.get(member=member, kind=PointKind.EXPIRY)
    assert (booked.property, booked.actor) == (cast.alpha, None)
    lots = list(PointLot.objects.filter(member=member).order_by("pk"))
    assert list(booked.movements.order_by("pk").values_list("lot_id", "points")) == [(lots[0].pk, -70)]


def test_several_lots_of_one_member_end_in_one_transaction(program, member, over):
    points_make(member, 100)
    points_make(member, 50, day=TODAY - 3 * DAY)
    assert points_expire(program=program) == 1
    assert ended() == [(member.pk, -150, LAST + DAY, "Last day 14 Apr 2027")]
    assert sorted(PointMovement.objects.filter(points__lt=0).values_list("points", flat=True)) == [-100, -50]
    assert left(member) == [0, 0]


def test_a_second_run_finds_nothing(program, member, over):
    points_make(member, 100)
    assert [points_expire(program=program), points_expire(program=program)] == [1, 0]
    assert len(ended()) == 1


def test_what_comes_back_to_a_lot_that_is_over_ends_with_the_next_run_of_the_same_day(program, member, over):
    points_make(member, 100)
    spent = points_spend(event(member), 60, on=TODAY)
    points_expire(program=program)
    points_give_back(event(member, PointKind.GIVEN_BACK), spent, 60)
    assert points_expire(program=program) == 1
    assert [points for _, points, _, _ in ended()] == [-40, -60]
    assert left(member) == [0]


@pytest.mark.parametrize(
    ("instant", "members"),
    [
        (datetime(2027, 4, 14, 21, 59, 59, tzinfo=UTC), 0),
        (datetime(2027, 4, 14, 22, tzinfo=UTC), 1),
    ],
    ids=["a second before midnight in Vienna", "midnight in Vienna"],
)
def test_the_last_day_ends_at_midnight_of_the_programmes_zone(program, member, noon, instant, members):
    points_make(member, 100)
    noon.move_to(instant)
    assert points_expire(program=program) == members
    assert left(member) == [100 - 100 * members]


def test_another_zone_has_another_midnight(program, member, noon):
    points_make(member, 100)
    program = program_change(program=program, changes={"time_zone": "Asia/Tokyo"})
    noon.move_to(datetime(2027, 4, 14, 14, 59, 59, tzinfo=UTC))
    assert points_expire(program=program) == 0
    noon.move_to(datetime(2027, 4, 14, 15, tzinfo=UTC))
    assert points_expire(program=program) == 1


def test_points_of_another_programme_are_left_alone(program, member, cast, over):
    loyalty_program_make(cast.beta, expiry="term", expiry_months=1)
    stranger = loyalty_member_make(cast.beta)
    points_make(stranger, 100)
    assert points_expire(program=program) == 0
    assert left(stranger) == [100]


def test_more_members_than_a_chunk_are_all_done(program, cast, over, monkeypatch):
    monkeypatch.setattr(expiry, "CHUNK", 2)
    members = [loyalty_member_make(cast.alpha) for _ in range(5)]
    for member in members:
        points_make(member, 10)
        points_make(member, 5)
    assert points_expire(program=program) == 5
    assert [(member, points) for member, points, _, _ in ended()] == [(member.pk, -15) for member in members]


def test_what_a_broken_off_run_did_stays_and_the_next_does_the_rest(program, cast, over, monkeypatch):
    monkeypatch.setattr(expiry, "CHUNK", 2)
    for _ in range(5):
        points_make(loyalty_member_make(cast.alpha), 10)
    assert expiry._chunk(program) == 2
    assert len(ended()) == 2
    assert points_expire(program=program) == 3
    assert [points for _, points, _, _ in ended()] == [-10] * 5


def test_a_chunk_takes_as_many_statements_for_many_members_as_for_one(program, cast, over):
    def statements(members):
        for _ in range(members):
            points_make(loyalty_member_make(cast.alpha), 10)
        with CaptureQueriesContext(connection) as captured:
            assert expiry._chunk(program) == members
        return len(captured)

    assert [statements(1), statements(12)] == [7, 7]
