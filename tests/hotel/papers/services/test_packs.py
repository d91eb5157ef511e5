"""Packs of a closed day: made by themselves, sent to those who are named, and noted when they leave."""

import base64
from datetime import timedelta

import pytest

from hotel.core.clock import now
from hotel.core.exceptions import NotFound
from hotel.messaging.attachments import AttachmentGone
from hotel.messaging.models import Message
from hotel.papers.choices import PaperForm, PaperKind, PaperStatus
from hotel.papers.models import Paper
from hotel.papers.services.packs import pack_send, packs_ask, paper_attachment
from hotel.properties.choices import RestraintKind, SettingKey
from hotel.properties.models import PropertySetting
from hotel.properties.services.restraints import restraint_place
from security.models import AccessEvent
from tests.cast import TODAY
from tests.factories.papers import paper_make_ready, paper_make_waiting


@pytest.fixture
def named(cast):
    for key in (SettingKey.DOWNTIME_PACK_TO, SettingKey.AUDIT_PACK_TO):
        PropertySetting.objects.create(
            property=cast.alpha, key=key, value=["night@example.com", "owner@example.com"], valid_from=TODAY
        )


def test_both_packs_are_asked_for_by_the_house(cast):
    packs_ask(place=cast.alpha, closed=TODAY - timedelta(days=1))
    packs_ask(place=cast.alpha, closed=TODAY - timedelta(days=1))

    assert sorted(Paper.objects.values_list("kind", "business_date", "asked_by")) == [
        (PaperKind.AUDIT_PACK, TODAY - timedelta(days=1), None),
        (PaperKind.DOWNTIME_PACK, TODAY, None),
    ]


def test_while_files_are_frozen_there_are_none_and_the_day_is_closed_all_the_same(cast):
    restraint_place(
        place=cast.alpha, kind=RestraintKind.EXPORTS, reason="Incident", until=now() + timedelta(hours=1)
    )
    assert packs_ask(place=cast.alpha, closed=TODAY) == []
    assert not Paper.objects.exists()


def test_a_ready_pack_is_sent_to_each_address_once(full, named):
    paper = paper_make_ready(full.place, PaperKind.DOWNTIME_PACK, PaperForm.XLSX)
    for _ in range(2):
        assert len(pack_send(paper=paper)) == 2

    assert {(row.address, row.attachment) for row in Message.objects.all()} == {
        ("night@example.com", f"paper:{paper.pk}"),
        ("owner@example.com", f"paper:{paper.pk}"),
    }


def test_nobody_is_written_to_without_an_address_or_a_file(full, cast):
    assert pack_send(paper=paper_make_ready(full.place, PaperKind.DOWNTIME_PACK, PaperForm.XLSX)) == []
    with pytest.raises(NotFound):
        pack_send(paper=paper_make_waiting(cast.alpha, kind=PaperKind.DOWNTIME_PACK))
    assert not Message.objects.exists()


def test_the_file_leaves_with_a_note_of_whom_it_names(full):
    paper = paper_make_ready(full.place, PaperKind.DOWNTIME_PACK, PaperForm.XLSX)

    file = paper_attachment(full.place.pk, paper.pk)

    assert (file.name, file.content) == ("downtime-pack-2027-03-14.xlsx", base64.b64decode(paper.content))
    assert [(one.kind, one.subjects) for one in AccessEvent.objects.all()] == [("export", paper.guests)]


def test_what_is_forgotten_or_of_another_hotel_does_not_leave(full, cast):
    paper = paper_make_ready(full.place, PaperKind.DOWNTIME_PACK, PaperForm.XLSX)
    with pytest.raises(AttachmentGone):
        paper_attachment(cast.beta.pk, paper.pk)
    Paper.objects.filter(pk=paper.pk).update(status=PaperStatus.GONE, content="")
    with pytest.raises(AttachmentGone):
        paper_attachment(full.place.pk, paper.pk)
    assert not AccessEvent.objects.exists()
