"""A bonus is given once, moved by the difference, and taken from its own lot."""

from django.db import transaction

from loyalty.choices import PointKind
from loyalty.models import PointLot, PointTransaction
from loyalty.services.bonuses import bonus_settle
from loyalty.services.points import PointEvent, member_locked
from tests.cast import TODAY
from tests.factories.loyalty import points_make


def settle(member, wanted):
    event = PointEvent(
        member=member_locked(member.pk), property_id=member.home_id, day=TODAY, kind=PointKind.BONUS, because="Came",
        source="test", source_key="7",
    )  # fmt: skip
    bonus_settle(event, wanted, gone="Went")


def test_it_moves_by_the_difference_and_a_second_time_by_nothing(member):
    points_make(member, 50)
    with transaction.atomic():
        settle(member, 0)
    for wanted in (300, 300, 120, 120, 0, 0, 300):
        with transaction.atomic():
            settle(member, wanted)
    booked = PointTransaction.objects.filter(source="test").order_by("pk")
    assert list(booked.values_list("points", "because", "source_key")) == [
        (300, "Came", "7:1"), (-180, "Went", "7:2"), (-120, "Went", "7:3"), (300, "Came", "7:4"),
    ]  # fmt: skip
    assert list(PointLot.objects.order_by("pk").values_list("left", flat=True)) == [50, 0, 300]
