"""Members as a desk finds and reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from hotel.core.access_notes import access_note
from hotel.guests.models import Guest
from hotel.guests.selectors.profiles import guests_search
from hotel.properties.models import Property
from loyalty.choices import MemberStatus
from loyalty.domain import lots
from loyalty.models import LoyaltyMember, LoyaltyProgram, PointTransaction, ProgramProperty
from loyalty.selectors.balances import lots_of
from loyalty.selectors.terms import today_of

MAX_FOUND = 200


@dataclass(frozen=True)
class MemberShown:
    """A member in a list.

    Attributes:
        name: of the guest; empty for who may not see guests here, or him.
        usable: points that may be spent today.
    """

    member: LoyaltyMember
    name: str
    usable: int


def program_at(place: Property) -> LoyaltyProgram | None:
    """The programme that a hotel takes part in on its business date."""
    house = ProgramProperty.objects.at(place.pk).on(place.business_date).select_related("program").first()
    return house.program if house and house.program.is_active else None


def numbers_of(place: Property, guest_ids: Iterable[int]) -> dict[int, str]:
    """Guest to number, of those who are members of the programme that a hotel takes part in on its business date."""
    rows = LoyaltyMember.objects.standing().exclude(status=MemberStatus.CLOSED)
    rows = rows.filter(
        program__in=ProgramProperty.objects.at(place.pk).on(place.business_date).values("program")
    )
    return dict(rows.filter(guest_id__in=list(guest_ids)).values_list("guest_id", "number"))


def members_found(place: Property, text: str, *, by_name: bool) -> QuerySet[LoyaltyMember]:
    """Members of the programmes of a hotel, by number or by what a guest is found by; all of them without a text.

    Args:
        text: the beginning of a number; or a name, an e-mail address or a telephone number.
        by_name: whether the caller may look for guests here.
    """
    rows = LoyaltyMember.objects.standing().at_any([place.pk]).select_related("tier", "program", "home")
    if text:
        wanted = Q(number__istartswith=text)
        if by_name:
            wanted |= Q(guest_id__in=guests_search([place.pk], text, limit=MAX_FOUND))
        rows = rows.filter(wanted)
    return rows.order_by("-enrolled_on", "-pk")


def members_shown(
    members: Iterable[LoyaltyMember], user: Any, *, kind: str, may_see_guests: bool
) -> list[MemberShown]:
    """Members with their names and points; three queries, however many.

    Args:
        kind: how the guests are looked at, ``view``, ``list`` or ``search``; it is noted.
    """
    rows = list(members)
    names = names_of((row.guest_id for row in rows), user, kind=kind) if may_see_guests else {}
    left = lots_of(row.pk for row in rows)
    return [
        MemberShown(row, names.get(row.guest_id, ""), lots.balance(left[row.pk], on=_today(row)).usable)
        for row in rows
    ]


def names_of(guest_ids: Iterable[int], user: Any, *, kind: str) -> dict[int, str]:
    """Guest to name, of those whom somebody may see; that he looked at them is noted. One query."""
    found = {guest.pk: str(guest) for guest in Guest.objects.visible_to(user).filter(pk__in=set(guest_ids))}
    access_note(Guest._meta.db_table, found, kind)
    return found


def ledger_of(member: LoyaltyMember) -> QuerySet[PointTransaction]:
    """What came and went, newest first, with hotel and rule."""
    rows = PointTransaction.objects.filter(member=member).select_related("property", "rule")
    return rows.order_by("-business_date", "-pk")


def _today(member: LoyaltyMember) -> date:
    return today_of(member.program)


def heir_of(member: LoyaltyMember) -> LoyaltyMember:
    """The member himself, or the last one in his line of merges."""
    while member.merged_into is not None:
        member = member.merged_into
    return member
