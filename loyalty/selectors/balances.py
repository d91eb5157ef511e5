"""What members have: their lots, and the sum of them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from loyalty.domain import lots
from loyalty.models import LoyaltyMember, PointLot


def lots_of(member_ids: Iterable[int]) -> dict[int, list[lots.Lot]]:
    """Member to his lots that have something left. One query."""
    found: dict[int, list[lots.Lot]] = defaultdict(list)
    rows = PointLot.objects.with_points().filter(member_id__in=list(member_ids))
    columns = ("member_id", "id", "left", "earned_on", "usable_from", "expires_on")
    for member_id, *values in rows.order_by("id").values_list(*columns):
        found[member_id].append(lots.Lot(*values))
    return found


def lot_of_member(lot_id: int | None, member_id: int) -> int | None:
    """A lot, or the one that goes on for it with who has the points now."""
    while lot_id is not None and not PointLot.objects.filter(pk=lot_id, member_id=member_id).exists():
        heirs = PointLot.objects.filter(origin_id=lot_id).order_by("-pk")
        lot_id = heirs.values_list("pk", flat=True).first()
    return lot_id


def member_balance(member: LoyaltyMember, on: date) -> lots.Balance:
    """What a member has on a day of the programme's zone."""
    return lots.balance(lots_of([member.pk])[member.pk], on=on, debt=member.debt)
