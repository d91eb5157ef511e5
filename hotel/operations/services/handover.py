"""What one shift tells the next: written, done, taken up again. Locks: the note."""

from django.db import transaction

from hotel.accounts.models import User
from hotel.contracts.operations import HandoverChanged
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.operations.models import HandoverNote
from hotel.properties.models import Property


@transaction.atomic
def handover_write(
    *, place: Property, text: str, is_urgent: bool = False, actor: User | None
) -> HandoverNote:
    """Leave a note for whoever comes next.

    Publishes: HandoverChanged.

    Raises:
        InvalidInput: it says nothing (``text_required``).
    """
    said = text.strip()
    if not said:
        told = _("Say what the next shift should know.")
        raise InvalidInput(told, code="text_required", fields={"text": [told]})
    note = HandoverNote.objects.create(
        property=place,
        business_date=place.business_date,
        text=said,
        is_urgent=is_urgent,
        written_at=now(),
        written_by=actor,
    )
    return _told(note)


@transaction.atomic
def handover_done(*, note: HandoverNote, actor: User) -> HandoverNote:
    """Say that it is done.

    Publishes: HandoverChanged.

    Raises:
        Conflict: somebody has done it already (``note_done``).
    """
    fresh = _locked(note)
    if fresh.done_at is not None:
        raise Conflict(_("This is done already."), code="note_done")
    fresh.done_at, fresh.done_by = now(), actor
    fresh.save(update_fields=["done_at", "done_by", "updated_at"])
    return _told(fresh)


@transaction.atomic
def handover_reopen(*, note: HandoverNote) -> HandoverNote:
    """Let it stand again; who had done it stays in the trail.

    Publishes: HandoverChanged.

    Raises:
        Conflict: it is not done (``note_open``).
    """
    fresh = _locked(note)
    if fresh.done_at is None:
        raise Conflict(_("This is not done yet."), code="note_open")
    fresh.done_at = fresh.done_by = None
    fresh.save(update_fields=["done_at", "done_by", "updated_at"])
    return _told(fresh)


def _locked(note: HandoverNote) -> HandoverNote:
    (fresh,) = lock_rows(HandoverNote.objects.filter(pk=note.pk))
    return fresh


def _told(note: HandoverNote) -> HandoverNote:
    publish(HandoverChanged(property_id=note.property_id, note_id=note.pk, is_open=note.done_at is None))
    return note
