"""Members whom a hotel welcomes today."""

from dataclasses import dataclass

from hotel.properties.models import Property
from hotel.reservations.models import Reservation
from loyalty.choices import MemberStatus
from loyalty.domain import benefits
from loyalty.models import LoyaltyMember
from loyalty.selectors.members import program_at


@dataclass(frozen=True)
class MemberArriving:
    """A member who is due today, or came.

    Attributes:
        honoured: what the house gives him for his tier, in words.
    """

    reservation: Reservation
    member: LoyaltyMember
    honoured: list[str]


def members_arriving(place: Property) -> list[MemberArriving] | None:
    """Members among the primary guests of today's arrivals, the highest tier first; None without a programme.

    Three queries, however many.
    """
    program = program_at(place)
    if program is None:
        return None
    due = Reservation.objects.at(place.pk).arriving_on(place.business_date).exclude(primary_guest=None)
    stays = list(due.select_related("primary_guest", "property").order_by("eta", "number"))
    known = LoyaltyMember.objects.standing().filter(program=program, status=MemberStatus.ACTIVE)
    known = known.filter(guest_id__in=[stay.primary_guest_id for stay in stays]).select_related("tier")
    members = {member.guest_id: member for member in known}
    found = [
        MemberArriving(stay, member, benefits.in_words(member.tier.benefits))
        for stay in stays
        if stay.primary_guest_id and (member := members.get(stay.primary_guest_id))
    ]
    return sorted(found, key=lambda one: -one.member.tier.level)
