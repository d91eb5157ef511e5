"""Joining a programme, pausing and leaving."""

import secrets
from datetime import date

from django.db import transaction

from hotel.contracts.loyalty import MemberEnrolled
from hotel.core.exceptions import Conflict, InvalidInput, NotFound
from hotel.core.facts import publish
from hotel.core.words import _
from hotel.guests.models import Guest
from hotel.guests.services.guests import guests_locked
from hotel.properties.models import Property
from hotel.reservations.domain.numbers import SPACE, confirmation_number
from loyalty.choices import EnrolmentChannel, MemberStatus
from loyalty.models import LoyaltyMember, LoyaltyTier, ProgramProperty
from loyalty.services.points import member_locked
from loyalty.services.pools import pools_left


@transaction.atomic
def member_enrol(
    *,
    place: Property,
    guest: Guest,
    channel: EnrolmentChannel = EnrolmentChannel.DESK,
    referred_by: LoyaltyMember | None = None,
    number: str = "",
    enrolled_on: date | None = None,
) -> LoyaltyMember:
    """Make a guest a member of the programme that a hotel takes part in, on its business date.

    Args:
        referred_by: the member of the same programme who brought him.
        number: that he has already; a new one when empty.
        enrolled_on: since when he is a member elsewhere; the business date when None.

    Raises:
        NotFound: the hotel takes part in no programme (``program_missing``).
        Conflict: he is a member (``member_exists``; ``extra["number"]``), or the profile was merged (``guest_merged``).
        InvalidInput: brought by himself or by a stranger to the programme (``referrer_invalid``).

    Publishes: MemberEnrolled.

    Locks: the guest.
    """
    house = ProgramProperty.objects.at(place.pk).on(place.business_date).select_related("program").first()
    if house is None or not house.program.is_active:
        raise NotFound(
            _("%(place)s takes part in no programme now.") % {"place": place.name}, code="program_missing"
        )
    (guest,) = guests_locked(guest.pk)  # enrolled by one at a time
    if referred_by is not None and (
        referred_by.program_id != house.program_id or referred_by.guest_id == guest.pk
    ):
        raise InvalidInput(
            _("Who brings a guest is another member of the programme."), code="referrer_invalid"
        )
    known = LoyaltyMember.objects.standing().filter(program=house.program, guest=guest)
    member = known.exclude(status=MemberStatus.CLOSED).first()
    if member is not None:
        raise Conflict(
            _("%(guest)s is a member: %(member)s.") % {"guest": guest, "member": member.number},
            code="member_exists",
            extra={"number": member.number},
        )
    member = LoyaltyMember.objects.create(
        program=house.program,
        guest=guest,
        number=number or confirmation_number(house.program.code, secrets.randbelow(SPACE)),
        home=place,
        channel=channel,
        enrolled_on=enrolled_on or place.business_date,
        tier=LoyaltyTier.objects.get(program=house.program, level=0),
        tier_since=place.business_date,
        referred_by=referred_by,
    )
    publish(
        MemberEnrolled(
            property_id=place.pk,
            member_id=member.pk,
            guest_id=guest.pk,
            program_id=house.program_id,
            channel=channel,
            business_date=place.business_date,
        )
    )
    return member


@transaction.atomic
def member_set_status(
    *, member: LoyaltyMember, status: MemberStatus, expected_version: int | None = None
) -> LoyaltyMember:
    """Pause a membership, let it go on, or close it for good; a closed one keeps its history.

    Raises:
        VersionConflict: somebody changed it meanwhile.
        Conflict: it is closed (``member_closed``).

    Publishes: PoolLeft, of one who is in a pool and whose membership is closed.

    Locks: the member; the pool that he leaves.
    """
    fresh = member_locked(member.pk)
    fresh.require_version(expected_version, _("member"))
    if fresh.status == MemberStatus.CLOSED:
        raise Conflict(_("This membership is closed. Enrol the guest anew."), code="member_closed")
    if status == MemberStatus.CLOSED:
        pools_left(member=fresh)
    fresh.status = status
    fresh.version += 1
    fresh.save(update_fields=["status", "version", "updated_at"])
    return fresh
