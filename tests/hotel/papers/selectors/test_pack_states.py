"""How far the packs of a closed day are."""

from datetime import timedelta

from hotel.messaging.models import Message
from hotel.papers.choices import PaperForm, PaperKind, PaperStatus
from hotel.papers.models import Paper
from hotel.papers.selectors.pack_states import pack_states
from hotel.papers.services.packs import pack_send
from hotel.properties.choices import SettingKey
from hotel.properties.models import PropertySetting
from tests.cast import TODAY
from tests.contracts.queries import queries_of
from tests.factories.papers import paper_make_ready, paper_make_waiting

YESTERDAY = TODAY - timedelta(days=1)


def test_packs_that_nobody_has_asked_for(cast):
    states = pack_states(cast.alpha, YESTERDAY)

    assert [(one.label, one.day, one.paper, one.addresses, one.letters) for one in states] == [
        ("Night-audit pack", YESTERDAY, None, 0, 0),
        ("Downtime pack", TODAY, None, 0, 0),
    ]


def test_a_pack_that_was_sent(full, cast):
    PropertySetting.objects.create(
        property=full.place,
        key=SettingKey.DOWNTIME_PACK_TO,
        value=["a@example.com", "b@example.com"],
        valid_from=TODAY,
    )
    paper_make_waiting(full.place, kind=PaperKind.AUDIT_PACK, business_date=YESTERDAY)
    paper = paper_make_ready(full.place, PaperKind.DOWNTIME_PACK, PaperForm.XLSX)
    Paper.objects.filter(pk=paper.pk).update(form=PaperForm.PDF)
    first, _ = pack_send(paper=paper)
    Message.objects.filter(pk=first.pk).update(status="failed", next_attempt_at=None)

    audit, downtime = pack_states(full.place, YESTERDAY)

    assert (audit.is_waiting, audit.is_ready, audit.paper.status) == (True, False, PaperStatus.WAITING)
    assert (downtime.is_ready, downtime.addresses) == (True, 2)
    assert (downtime.sent, downtime.waiting, downtime.failed, downtime.letters) == (0, 1, 1, 2)
    assert len(queries_of(lambda: pack_states(full.place, YESTERDAY))) == 3
