"""Identity documents: recorded once, their numbers encrypted."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from hotel.core.crypto import key_ring
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.words import _
from hotel.guests.domain.documents import normal_number
from hotel.guests.models import Guest, GuestDocument
from hotel.guests.services.guests import guest_locked
from hotel.guests.services.matches import matches_refresh


@dataclass(frozen=True, kw_only=True)
class DocumentData:
    """A document as shown. Dates are calendar days, the expiry day inclusive; countries ISO 3166."""

    kind: str
    number: str
    issuing_country: str
    issued_on: date | None = None
    expires_on: date | None = None


def number_fingerprint(number: str) -> str:
    """The blind index of a number as ``normal_number`` gives it."""
    return key_ring().fingerprint(number, context="guests.document_number")


@transaction.atomic
def document_record(*, guest: Guest, data: DocumentData) -> GuestDocument:
    """Keep a document of a guest; locks the guest and looks for profiles with the same one.

    Raises:
        InvalidInput: a number without letters and digits, or dates out of order.
        Conflict: the guest has this document already, or was merged.
    """
    guest = guest_locked(guest.pk)
    number = normal_number(data.number)
    if not number:
        text = _("Give the number as printed on the document.")
        raise InvalidInput(text, fields={"number": [text]})
    if data.issued_on and data.expires_on and data.expires_on < data.issued_on:
        text = _("It expires before it was issued.")
        raise InvalidInput(text, fields={"expires_on": [text]})
    prints = key_ring().fingerprints(number, context="guests.document_number")
    same = GuestDocument.objects.filter(
        guest=guest, kind=data.kind, issuing_country=data.issuing_country, number_fingerprint__in=prints
    )
    if document := same.first():
        raise Conflict(
            _("This document is recorded already."), code="document_known", extra={"id": document.pk}
        )
    document = GuestDocument.objects.create(
        guest=guest,
        kind=data.kind,
        number=number,
        number_fingerprint=number_fingerprint(number),
        issuing_country=data.issuing_country,
        issued_on=data.issued_on,
        expires_on=data.expires_on,
    )
    matches_refresh(guest=guest)
    return document
