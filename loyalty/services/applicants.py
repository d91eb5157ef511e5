"""Enrolling a person who was told of: whom the house knows already is found, in doubt people are asked."""

from dataclasses import asdict
from typing import Any

from django.db import transaction

from hotel.accounts.models import User
from hotel.core.access_notes import access_note
from hotel.core.exceptions import Conflict
from hotel.core.locks import LockSpace, advisory_lock
from hotel.core.words import _
from hotel.guests.choices import EmailKind
from hotel.guests.domain.contacts import email_hint, phone_hint
from hotel.guests.domain.matching import Identity, is_surely
from hotel.guests.models import Guest
from hotel.guests.selectors.matches import Match, identity_of, matches_told
from hotel.guests.services.guests import GuestData, guest_columns, guest_create
from hotel.properties.models import Property
from loyalty.models import LoyaltyMember
from loyalty.selectors.members import numbers_of
from loyalty.services.enrolment import member_enrol


class ApplicantUncertain(Conflict):
    """The house knows somebody who may be this person: choose him, or say that it is another one (409)."""

    code = "guest_uncertain"


@transaction.atomic
def applicant_enrol(
    *, place: Property, data: GuestData, actor: User | None, is_new: bool = False, **enrolment: Any
) -> LoyaltyMember:
    """Make a person a member: the guest whom he surely is, or a new one.

    Args:
        actor: who asks; suspicions are shown of guests whom he may see. None for the house itself, which knows all.
        is_new: somebody decided that he is none of the guests known here.
        enrolment: as ``member_enrol`` takes it.

    Raises:
        ApplicantUncertain: ``extra["candidates"]`` says who it may be, contact data masked; nothing has changed.
        Conflict: he is a member, here or at another hotel of the programme (``member_exists`` with its number).
        InvalidInput: no last name, or contact data that cannot be read.
        NotFound: the hotel takes part in no programme.

    Locks: persons who are told of in the chain, then the guest.
    """
    advisory_lock(LockSpace.ENROLMENT, place.chain_id)  # else two desks would each make him
    guest = None if is_new else guest_recognised(place=place, data=data, actor=actor)
    return member_enrol(place=place, guest=guest or guest_create(place=place, data=data), **enrolment)


def guest_recognised(*, place: Property, data: GuestData, actor: User | None) -> Guest | None:
    """The guest known at a hotel who surely is this person; None when the house knows nobody like him.

    Whoever is a member of the programme is recognised although only another hotel knows him.

    Raises:
        ApplicantUncertain, InvalidInput: as ``applicant_enrol``.
    """
    told = _told(data, place)
    found = matches_told(place.chain_id, told)
    ids = [match.guest.pk for match in found]
    numbers = numbers_of(place, ids)
    known = Guest.objects.linked_to([place.pk]).filter(pk__in=ids)
    here = numbers.keys() | known.values_list("pk", flat=True)
    sure = [match.guest for match in found if is_surely(told, identity_of(match.guest))]
    if len(sure) == 1 and sure[0].pk in here:
        return sure[0]
    seen = set((known if actor is None else known.visible_to(actor)).values_list("pk", flat=True))
    access_note(Guest._meta.db_table, seen, "search")
    if candidates := [_candidate(match, numbers) for match in found if match.guest.pk in seen]:
        text = _("Somebody like this is known here. Choose him, or say that this is another person.")
        raise ApplicantUncertain(text, extra={"candidates": candidates})
    return None


def _told(data: GuestData, place: Property) -> Identity:
    columns = guest_columns(asdict(data), country=place.country)
    return Identity(
        last_name=columns["last_name"],
        first_name=columns["first_name"],
        email=columns["email"] if columns["email_kind"] == EmailKind.PERSONAL else "",
        phone=columns["phone"],
        birth_date=columns["birth_date"],
    )


def _candidate(match: Match, numbers: dict[int, str]) -> dict[str, Any]:
    guest = match.guest
    return {
        "guest": guest.pk,
        "name": guest.full_name,
        "email": email_hint(guest.email),
        "phone": phone_hint(guest.phone),
        "member": numbers.get(guest.pk, ""),
        "score": str(match.likeness.score),
        "reasons": [reason.text for reason in match.likeness.reasons],
    }
