"""What loyalty does by the clock."""

from datetime import UTC, date, datetime, timedelta

import pytest

from loyalty.models import LiabilitySnapshot, PointLot, TierChange
from loyalty.services.programs import program_change
from loyalty.services.tiers import tier_grant
from loyalty.tasks import (
    books_tell,
    celebrations_give,
    challenges_close,
    holds_release,
    member_imports_run,
    points_expire,
    tiers_review,
)
from tests.factories.loyalty import (
    challenge_entry_make,
    loyalty_member_make,
    loyalty_program_make,
    loyalty_tier_make,
    member_import_make,
    points_make,
    reward_redemption_make,
)


@pytest.fixture
def members(cast):
    """One at Alpha and one at Beta, in two programmes where points end after a month."""
    for place in (cast.alpha, cast.beta):
        loyalty_program_make(place, expiry="term", expiry_months=1)
    return [loyalty_member_make(place) for place in (cast.alpha, cast.beta)]


def left():
    return list(PointLot.objects.order_by("member_id").values_list("left", flat=True))


def test_points_of_all_programmes_end_each_in_its_zone(members, noon):
    for member in members:
        points_make(member, 100)
    noon.move_to(datetime(2027, 4, 14, 15, tzinfo=UTC))
    assert (points_expire(), left()) == (1, [100, 0])
    noon.move_to(datetime(2027, 4, 14, 22, tzinfo=UTC))
    assert (points_expire(), left()) == (1, [0, 0])
    assert points_expire() == 0


def test_a_programme_at_rest_still_ends_its_points(members, noon):
    points_make(members[0], 100)
    program_change(program=members[0].program, changes={"is_active": False})
    noon.move_to(datetime(2027, 5, 1, tzinfo=UTC))
    assert (points_expire(), left()) == (1, [0])


def test_who_has_lost_his_tier_falls_when_it_ends_in_the_zone(cast, members, noon):
    for member, place in zip(members, (cast.alpha, cast.beta), strict=True):
        tier = loyalty_tier_make(place)
        tier_grant(member=member, tier=tier, until=date(2027, 4, 14), reason="Match", actor=None)
    assert tiers_review() == 0
    noon.move_to(datetime(2027, 4, 14, 14, 59, tzinfo=UTC))
    assert tiers_review() == 0
    noon.move_to(datetime(2027, 4, 14, 15, tzinfo=UTC))
    assert tiers_review() == 1
    noon.move_to(datetime(2027, 4, 14, 22, tzinfo=UTC))
    assert (tiers_review(), tiers_review()) == (1, 0)
    changes = TierChange.objects.filter(reason="ended").order_by("pk")
    assert list(changes.values_list("member_id", "after__code", "on", "until")) == [
        (members[1].pk, "member", date(2027, 4, 15), None),
        (members[0].pk, "member", date(2027, 4, 15), None),
    ]


def test_holds_are_released_when_their_time_is_over(cast, noon):
    first = reward_redemption_make(cast.alpha)
    noon.shift(timedelta(minutes=30))
    second = reward_redemption_make(cast.alpha)
    noon.shift(timedelta(minutes=30))
    assert (holds_release(), holds_release()) == (1, 0)
    for row in (first, second):
        row.refresh_from_db()
    assert (first.status, second.status) == ("released", "held")


def test_the_books_are_told_once_a_day_of_each_programme(members):
    points_make(members[0], 1000)

    assert [books_tell() for _ in range(2)] == [2, 0]

    rows = LiabilitySnapshot.objects.order_by("property_id").values_list("property_id", "usable")
    assert list(rows) == [(member.home_id, points) for member, points in zip(members, (1000, 0), strict=True)]


def test_active_programmes_celebrate(cast, noon):
    program = loyalty_program_make(cast.alpha, anniversary_points=100)
    member = loyalty_member_make(cast.alpha)
    noon.move_to(datetime(2028, 3, 14, 12, tzinfo=UTC))
    program_change(program=program, changes={"is_active": False})
    assert celebrations_give() == 0
    program_change(program=program, changes={"is_active": True})
    assert (celebrations_give(), celebrations_give()) == (1, 0)
    assert member.transactions.get().points == 100


def test_challenges_end_each_in_its_zone(cast, members, noon):
    entries = [challenge_entry_make(place) for place in (cast.alpha, cast.beta)]
    noon.move_to(datetime(2027, 4, 12, 14, 59, tzinfo=UTC))
    assert challenges_close() == 0
    noon.move_to(datetime(2027, 4, 12, 15, tzinfo=UTC))
    assert (challenges_close(), challenges_close()) == (1, 0)
    for row in entries:
        row.refresh_from_db()
    assert [row.status for row in entries] == ["open", "missed"]


def test_imports_are_checked_by_themselves(cast):
    run = member_import_make(cast.alpha)
    assert (member_imports_run(), member_imports_run()) == (1, 0)
    run.refresh_from_db()
    assert run.status == "checked"
