"""The handover book: written, done once, taken up again."""

import pytest
from django.db import IntegrityError, transaction

from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.models import OutboxMessage
from hotel.operations.models import HandoverNote
from hotel.operations.services.handover import handover_done, handover_reopen, handover_write
from tests.cast import TODAY
from tests.together import together


def told() -> list[bool]:
    rows = OutboxMessage.objects.filter(topic="HandoverChanged").order_by("pk")
    return [row.payload["is_open"] for row in rows]


def test_a_note_is_written_done_and_taken_up_again(cast):
    note = handover_write(place=cast.alpha, text=" Parcel for 204 ", is_urgent=True, actor=cast.bo)
    assert (note.text, note.is_urgent, note.business_date, note.written_by, note.done_at) == (
        "Parcel for 204", True, TODAY, cast.bo, None,
    )  # fmt: skip

    done = handover_done(note=note, actor=cast.di)
    assert (done.done_by, done.done_at is not None) == (cast.di, True)

    again = handover_reopen(note=note)
    assert (again.done_by, again.done_at) == (None, None)
    assert told() == [True, False, True]


def test_what_makes_no_sense_is_refused_and_changes_nothing(cast):
    with pytest.raises(InvalidInput) as caught:
        handover_write(place=cast.alpha, text="  ", actor=cast.bo)
    assert (caught.value.code, HandoverNote.objects.count()) == ("text_required", 0)

    note = handover_write(place=cast.alpha, text="Lamp", actor=cast.bo)
    with pytest.raises(Conflict) as caught:
        handover_reopen(note=note)
    assert caught.value.code == "note_open"
    done = handover_done(note=note, actor=cast.di)
    with pytest.raises(Conflict) as caught:
        handover_done(note=note, actor=cast.bo)
    assert caught.value.code == "note_done"
    assert HandoverNote.objects.get().done_at == done.done_at
    assert told() == [True, False]


@pytest.mark.parametrize("wrong", [{"text": ""}, {"done_by": "di"}])
def test_the_database_refuses_what_no_service_writes(cast, wrong):
    note = handover_write(place=cast.alpha, text="Lamp", actor=cast.bo)
    wrong = {name: getattr(cast, value) if value else value for name, value in wrong.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        HandoverNote.objects.filter(pk=note.pk).update(**wrong)
    assert HandoverNote.objects.get().text == "Lamp"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_have_done_it_at_once_one_is_told_so():
    from tests.cast import make_cast

    cast = make_cast()
    note = handover_write(place=cast.alpha, text="Lamp", actor=cast.bo)

    def done(actor):
        try:
            return handover_done(note=note, actor=actor).done_by
        except Conflict as error:
            return error.code

    found = together(lambda: done(cast.bo), lambda: done(cast.di))
    assert found.count("note_done") == 1
    assert HandoverNote.objects.get().done_by in found
    assert HandoverNote.objects.get().done_at <= now()
