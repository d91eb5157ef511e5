"""Papers asked for, made once, given out to those who may read them, and forgotten."""

from datetime import timedelta

import pytest
import time_machine

from hotel.contracts.papers import PaperAsked, PaperMade
from hotel.core.access_notes import access_noted, register_access_sink
from hotel.core.clock import now
from hotel.core.exceptions import InvalidInput, NotFound, NotPermitted
from hotel.core.models import OutboxMessage
from hotel.core.pdf import PdfUnavailable
from hotel.papers.choices import PaperForm, PaperKind, PaperStatus
from hotel.papers.models import Paper
from hotel.papers.services import papers as service
from hotel.papers.services.papers import (
    PaperWish,
    paper_ask,
    paper_give,
    paper_make,
    papers_forget,
    papers_left,
)
from hotel.properties.choices import RestraintKind
from hotel.properties.services.restraints import restraint_place
from tests.factories.papers import paper_make_ready, paper_make_waiting
from tests.factories.reservations import group_block_make

ARRIVALS = PaperWish(kind=PaperKind.ARRIVALS, form=PaperForm.XLSX)


def told(fact: type) -> int:
    return OutboxMessage.objects.filter(topic=fact.__name__).count()


def test_a_paper_is_asked_for_once_and_made_once(full, cast):
    first = paper_ask(place=full.place, wish=ARRIVALS, by=cast.bo)
    again = paper_ask(place=full.place, wish=ARRIVALS, by=cast.bo)
    other = paper_ask(place=full.place, wish=ARRIVALS, by=cast.ada)

    assert (first, first != other, first.language) == (again, True, "de")
    assert paper_make(paper_id=first.pk) == PaperStatus.READY
    assert paper_make(paper_id=first.pk) == ""
    assert (told(PaperAsked), told(PaperMade)) == (2, 1)
    first.refresh_from_db()
    assert first.guests == sorted([full.ana.primary_guest_id, full.cleo.primary_guest_id])
    assert first.expires_at - first.made_at == timedelta(days=1)
    assert paper_ask(place=full.place, wish=ARRIVALS, by=cast.bo) != first


@pytest.mark.parametrize(
    ("person", "kind"),
    [("di", PaperKind.ARRIVALS), ("val", PaperKind.REGISTRATION), ("rae", PaperKind.AUDIT_PACK)],
)
def test_who_may_not_read_what_is_in_it_cannot_have_it(full, cast, person, kind):
    with pytest.raises(NotPermitted) as refused:
        paper_ask(place=full.place, wish=PaperWish(kind=kind), by=getattr(cast, person))

    assert refused.value.code == "paper_not_permitted"
    assert not Paper.objects.exists()


def test_a_file_is_given_to_readers_counted_and_noted(full, cast):
    paper = paper_make_ready(full.place, PaperKind.ARRIVALS, PaperForm.XLSX, by=cast.bo)
    noted = []
    register_access_sink(noted.extend)
    with access_noted():
        assert paper_give(paper=paper, by=cast.rae)[:2] == b"PK"
    with pytest.raises(NotPermitted):
        paper_give(paper=paper, by=cast.eve)

    assert [(note.kind, note.subjects) for note in noted] == [("export", tuple(paper.guests))]
    paper.refresh_from_db()
    assert paper.downloads == 1


def test_frozen_exports_stop_asking_making_and_giving(full, cast):
    ready = paper_make_ready(full.place, PaperKind.HOUSEKEEPING, PaperForm.XLSX, by=cast.bo)
    waiting = paper_ask(place=full.place, wish=ARRIVALS, by=cast.bo)
    restraint_place(
        place=full.place, kind=RestraintKind.EXPORTS, reason="Incident", until=now() + timedelta(hours=1)
    )

    with pytest.raises(NotPermitted):
        paper_ask(place=full.place, wish=PaperWish(kind=PaperKind.IN_HOUSE), by=cast.bo)
    with pytest.raises(NotPermitted):
        paper_give(paper=ready, by=cast.bo)
    assert paper_make(paper_id=waiting.pk) == PaperStatus.FAILED
    assert Paper.objects.count() == 2
    waiting.refresh_from_db()
    assert waiting.content == ""
    assert waiting.failure


def test_after_its_time_the_file_is_gone(full, cast):
    paper = paper_make_ready(full.place, PaperKind.ARRIVALS, PaperForm.XLSX, by=cast.bo)
    with time_machine.travel(paper.expires_at, tick=False):
        with pytest.raises(NotFound):
            paper_give(paper=paper, by=cast.bo)
        assert papers_forget() == 1
    paper.refresh_from_db()
    assert (paper.status, paper.content, paper.guests) == (PaperStatus.GONE, "", [])
    with time_machine.travel(paper.created_at + timedelta(days=91), tick=False):
        assert papers_forget() == 1
    assert not Paper.objects.exists()


def test_what_a_dead_worker_left_is_made_again(cast):
    paper = paper_make_waiting(cast.alpha, form=PaperForm.XLSX)
    assert papers_left() == []
    with time_machine.travel(paper.created_at + timedelta(seconds=21), tick=False):
        assert papers_left() == [paper.pk]
    Paper.objects.filter(pk=paper.pk).update(status=PaperStatus.MAKING, begun_at=paper.created_at)
    assert paper_make(paper_id=paper.pk) == ""
    with time_machine.travel(paper.created_at + timedelta(minutes=11), tick=False):
        assert papers_left() == [paper.pk]
        assert paper_make(paper_id=paper.pk) == PaperStatus.READY


@pytest.mark.parametrize("error", [PdfUnavailable("No Pango."), ValueError("secret")])
def test_what_fails_says_so_and_nothing_of_its_inside(cast, monkeypatch, error):
    def fails(*args):
        raise error

    monkeypatch.setattr(service, "paper_pdf", fails)
    paper = paper_make_ready(cast.alpha, PaperKind.ARRIVALS)

    assert paper.status == PaperStatus.FAILED
    assert "secret" not in paper.failure
    assert paper.failure
    assert told(PaperMade) == 1


@pytest.mark.parametrize(
    "wish",
    [
        PaperWish(kind=PaperKind.REGISTRATION, form=PaperForm.XLSX),
        PaperWish(kind=PaperKind.ROOMING),
    ],
    ids=["form", "no group"],
)
def test_what_makes_no_sense_is_refused(cast, wish):
    with pytest.raises(InvalidInput):
        paper_ask(place=cast.alpha, wish=wish, by=cast.ada)
    assert not Paper.objects.exists()


def test_the_file_is_encrypted_in_the_table(full, cast):
    from django.db import connection

    paper = paper_make_ready(full.place, PaperKind.ARRIVALS, PaperForm.XLSX)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM papers_paper WHERE id = %s", [paper.pk])
        (stored,) = cursor.fetchone()
    assert stored.startswith("v2:")
    assert "UEsDB" not in stored


def test_a_rooming_list_is_of_its_group(house, cast):
    block = group_block_make(house.place)
    paper = paper_make_ready(house.place, PaperKind.ROOMING, PaperForm.XLSX, by=cast.bo, block=block)

    assert (paper.status, paper.file_name) == (PaperStatus.READY, "rooming-2027-03-14.xlsx")
