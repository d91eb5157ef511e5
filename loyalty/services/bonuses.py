"""A bonus that comes and goes with what it is for: what was given is compared with what should be."""

from dataclasses import replace
from datetime import date

from django.db.models import Sum

from loyalty.models import PointLot, PointTransaction
from loyalty.selectors.balances import lot_of_member
from loyalty.services.points import PointEvent, points_claw_back, points_give


def bonus_settle(event: PointEvent, wanted: int, *, gone: str, usable_from: date | None = None) -> None:
    """Give a member what he should have more of a bonus, or take what he should not have. Repeatable.

    Args:
        event: what it is for, as its source and key; its bookings are numbered below that key.
        wanted: points that he should have for it now.
        gone: why it goes, in words.
    """
    earlier = PointTransaction.objects.filter(
        source=event.source, source_key__startswith=f"{event.source_key}:"
    )
    more = wanted - (earlier.aggregate(Sum("points"))["points__sum"] or 0)
    booked = replace(event, source_key=f"{event.source_key}:{earlier.count() + 1}") if more else event
    if more > 0:
        points_give(booked, more, usable_from=usable_from)
    elif more:
        lots = PointLot.objects.filter(transaction__in=earlier).order_by("-pk").values_list("pk", flat=True)
        lot_id = lot_of_member(lots.first(), event.member.pk)
        points_claw_back(replace(booked, because=gone), -more, lot_id=lot_id)
