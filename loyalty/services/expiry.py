"""Points whose last day has gone are booked out, some members at a time."""

from collections import defaultdict

from django.db import transaction

from hotel.core.inserts import rows_insert
from hotel.core.locks import lock_rows
from loyalty.choices import PointKind
from loyalty.models import LoyaltyMember, LoyaltyProgram, PointLot, PointMovement, PointTransaction
from loyalty.selectors.terms import today_of

CHUNK = 500  # lots


def points_expire(*, program: LoyaltyProgram) -> int:
    """Book out what a programme's members have left of lots that are over. Repeatable, and resumed where it broke off.

    Returns:
        Of how many members.
    """
    done = 0
    while found := _chunk(program):
        done += found
    return done


@transaction.atomic
def _chunk(program: LoyaltyProgram) -> int:
    """The members of the next lots in the order of their index, in five statements however many they are."""
    day = today_of(program)
    over = PointLot.objects.over(day).filter(member__program=program).order_by("expires_on", "member_id")
    ids = set(over.values_list("member_id", flat=True)[:CHUNK])
    members = {member.pk: member for member in lock_rows(LoyaltyMember.objects.filter(pk__in=ids))}
    lots: dict[int, list[PointLot]] = defaultdict(list)
    for lot in PointLot.objects.over(day).filter(member_id__in=ids).order_by("pk"):
        lots[lot.member_id].append(lot)
    made = rows_insert(
        PointTransaction(
            member=members[member_id],
            property_id=members[member_id].home_id,
            kind=PointKind.EXPIRY,
            points=-sum(lot.left for lot in own),
            business_date=day,
            because=f"Last day {max(lot.expires_on for lot in own if lot.expires_on):%d %b %Y}",
        )
        for member_id, own in lots.items()
    )
    rows_insert(
        PointMovement(transaction=booked, member=booked.member, lot=lot, points=-lot.left)
        for booked in made
        for lot in lots[booked.member_id]
    )
    return len(made)
