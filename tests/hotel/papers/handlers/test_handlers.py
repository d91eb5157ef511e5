"""What was asked for is handed to a worker after the commit."""

from datetime import timedelta

import time_machine

from hotel.core.clock import now
from hotel.messaging.models import Message
from hotel.papers import tasks
from hotel.papers.choices import PaperForm, PaperKind
from hotel.papers.models import Paper
from hotel.papers.services.papers import PaperWish, paper_ask, paper_make
from hotel.properties.choices import SettingKey
from hotel.properties.models import PropertySetting
from hotel.stays.services.night_audit import night_audit_run
from tests.cast import TODAY
from tests.factories.papers import paper_make_ready

WISH = PaperWish(kind=PaperKind.ARRIVALS)


def test_a_worker_is_told(cast, drain, settings, monkeypatch, django_capture_on_commit_callbacks):
    settings.OUTBOX_HINTS = True
    told = []
    monkeypatch.setattr(tasks.paper_make, "apply_async", lambda args, **how: told.append(args))
    paper = paper_ask(place=cast.alpha, wish=WISH, by=None)
    with django_capture_on_commit_callbacks(execute=True):
        drain()
    assert told == [(paper.pk,)]


def test_a_broker_that_is_away_stops_nothing(
    cast, drain, settings, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    settings.OUTBOX_HINTS = True

    def away(args, **how):
        raise ConnectionError

    monkeypatch.setattr(tasks.paper_make, "apply_async", away)
    paper_ask(place=cast.alpha, wish=WISH, by=None)
    with django_capture_on_commit_callbacks(execute=True):
        drain()
    assert "the sweep makes the paper" in caplog.text


def test_a_closed_day_has_its_packs_made_and_sent(house, drain):
    PropertySetting.objects.create(
        property=house.place, key=SettingKey.DOWNTIME_PACK_TO, value=["night@example.com"], valid_from=TODAY
    )
    night_audit_run(place=house.place)
    drain()
    pack = Paper.objects.get(kind=PaperKind.DOWNTIME_PACK)
    Paper.objects.filter(pk=pack.pk).update(form=PaperForm.XLSX)
    paper_make(paper_id=pack.pk)
    drain()

    assert [(row.address, row.attachment) for row in Message.objects.all()] == [
        ("night@example.com", f"paper:{pack.pk}")
    ]


def test_what_a_person_asked_for_is_sent_to_nobody(house, drain, cast):
    PropertySetting.objects.create(
        property=house.place, key=SettingKey.DOWNTIME_PACK_TO, value=["night@example.com"], valid_from=TODAY
    )
    paper_make_ready(house.place, PaperKind.DOWNTIME_PACK, PaperForm.XLSX, by=cast.ada)
    drain()
    assert not Message.objects.exists()


def test_an_old_day_has_no_packs(house, drain):
    night_audit_run(place=house.place)
    with time_machine.travel(now() + timedelta(days=1), tick=False):
        night_audit_run(place=house.place)
        drain()
    assert sorted(Paper.objects.values_list("kind", "business_date")) == [
        (PaperKind.AUDIT_PACK, TODAY + timedelta(days=1)),
        (PaperKind.DOWNTIME_PACK, TODAY + timedelta(days=2)),
    ]
