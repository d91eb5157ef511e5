"""What pages about a guest or a reservation show of his memberships."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from hotel.reservations.models import Reservation
from loyalty.choices import MemberStatus
from loyalty.domain import lots
from loyalty.domain.benefits import in_words
from loyalty.models import LoyaltyMember
from loyalty.selectors.balances import lots_of
from loyalty.selectors.terms import today_of
from loyalty.selectors.tiers import standing


@dataclass(frozen=True)
class MembershipShown:
    """A membership in short.

    Attributes:
        usable: points that may be spent today.
        next_tier: the way to it in words; empty at the top.
        benefits: what the house honours, a line each; of a membership that rests none.
    """

    member: LoyaltyMember
    usable: int
    next_tier: str
    benefits: list[str]


def guest_memberships(guest_id: int, property_ids: AbstractSet[int]) -> list[MembershipShown]:
    """Memberships of a guest in the programmes of some hotels. Two queries, and two for each of the few there are."""
    rows = LoyaltyMember.objects.standing().at_any(property_ids).filter(guest_id=guest_id)
    members = list(rows.exclude(status=MemberStatus.CLOSED).select_related("program", "tier").order_by("pk"))
    if not members:
        return []
    left = lots_of(member.pk for member in members)
    return [_shown(member, left[member.pk]) for member in members]


def reservation_memberships(reservation_id: int, property_ids: AbstractSet[int]) -> list[MembershipShown]:
    """Those of the guest that a stay is booked for; one query more."""
    stay = Reservation.objects.filter(pk=reservation_id, property_id__in=property_ids)
    guest_id = stay.values_list("primary_guest_id", flat=True).first()
    return [] if guest_id is None else guest_memberships(guest_id, property_ids)


def _shown(member: LoyaltyMember, left: list[lots.Lot]) -> MembershipShown:
    today = today_of(member.program)
    way = standing(member, today).progress
    is_active = member.status == MemberStatus.ACTIVE
    return MembershipShown(
        member=member,
        usable=lots.balance(left, on=today).usable if is_active else 0,
        next_tier=way.in_words() if way else "",
        benefits=in_words(member.tier.benefits) if is_active else [],
    )
