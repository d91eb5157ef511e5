"""Registration cards: what the house knows of a guest, to be checked, completed and signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hotel.folios.domain.document_words import language_chosen
from hotel.guests.models import Guest, GuestDocument
from hotel.papers.domain.spelling import Spelling
from hotel.papers.domain.tables import Content
from hotel.papers.domain.words import words
from hotel.papers.selectors.stays import MOST, nights, persons, room_of
from hotel.properties.models import Property
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation

LINES = 3  # for guests who travel along, at least


@dataclass(frozen=True)
class Card:
    """One card in its guest's language.

    Attributes:
        w: the words.
        yours: (word, text) of the guest; an empty text is a line to write on.
        stay: (word, text) of the stay.
        others: names of those who travel along; empty ones are lines.
    """

    language: str
    w: dict[str, str]
    number: str
    yours: tuple[tuple[str, str], ...]
    stay: tuple[tuple[str, str], ...]
    others: tuple[str, ...]
    privacy: str


def registration_content(place: Property, stay: Reservation | None) -> Content:
    """The card of a stay, or those of all who are still to come on the business date, by name; five queries.

    Args:
        stay: whose card; None for all arrivals.
    """
    rows = Reservation.objects.at(place.pk).with_parts().with_rooms().prefetch_related("guests__guest")
    if stay is not None:
        found = list(rows.filter(pk=stay.pk))
    else:
        due = rows.filter(arrival=place.business_date, status=ReservationStatus.CONFIRMED)
        found = list(due.order_by("primary_guest__name_key", "number")[:MOST])
    documents = _documents(found)
    named = {row.guest_id for one in found for row in one.guests.all()}
    named |= {one.primary_guest_id for one in found if one.primary_guest_id}
    return Content(
        word="registration",
        day=place.business_date,
        parts=tuple(_card(place, one, documents) for one in found),
        guests=frozenset(named),
        about=stay.number if stay is not None else "",
    )


def _documents(stays: Iterable[Reservation]) -> dict[int, GuestDocument]:
    """The newest document of each primary guest; one query."""
    ids = [stay.primary_guest_id for stay in stays if stay.primary_guest_id]
    rows = GuestDocument.objects.filter(guest__in=ids).order_by("pk")
    return {row.guest_id: row for row in rows}


def _card(place: Property, stay: Reservation, documents: dict[int, GuestDocument]) -> Card:
    guest = stay.primary_guest
    language = language_chosen(guest.language if guest else "", place.language)
    w, spell = words(language), Spelling(language)
    adults, children = persons(stay)
    others = [str(row.guest) for row in stay.guests.all() if row.guest_id != stay.primary_guest_id]
    lines = max(min(adults + children - 1, LINES), 0)
    contact = place.email or place.phone or place.name
    return Card(
        language=language,
        w=w,
        number=stay.number,
        yours=_yours(guest, documents.get(guest.pk) if guest else None, w, spell),
        stay=(
            (w["room"], room_of(stay, stay.arrival)),
            (w["arrival"], spell.day(stay.arrival)),
            (w["departure"], spell.day(stay.departure)),
            (w["nights"], spell.cell(nights(stay))),
            (w["adults"], spell.cell(adults)),
            (w["children"], spell.cell(children)),
        ),
        others=(*others, *[""] * (lines - len(others))),
        privacy=w["privacy_text"].format(hotel=place.brand_name or place.name, contact=contact),
    )


def _yours(
    guest: Guest | None, document: GuestDocument | None, w: dict[str, str], spell: Spelling
) -> tuple[tuple[str, str], ...]:
    """What is asked of every guest, known or not, in pairs that stand beside each other."""

    def known(name: str) -> Any:
        return getattr(guest, name, None) or ""

    shown = ""
    if document is not None:
        shown = f"{w[document.kind]}, {spell.country(document.issuing_country)}"
    return (
        (w["family_name"], known("last_name")),
        (w["first_name"], known("first_name")),
        (w["birth_date"], spell.day(known("birth_date") or None)),
        (w["nationality"], spell.country(known("nationality"))),
        (w["street"], known("street")),
        (w["city"], f"{known('postal_code')} {known('city')}".strip()),
        (w["country"], spell.country(known("country"))),
        (w["phone"], known("phone")),
        (w["email"], known("email")),
        (w["document"], shown),
        (w["document_number"], document.masked_number if document is not None else ""),
    )
