"""The night audit's page: what blocks the day leads to its repair, and a closed day shows figures and proof."""

from dataclasses import replace
from datetime import timedelta

import pytest
from moneyed import Money

from hotel.contracts.stays import NightAuditRequested
from hotel.core.models import OutboxMessage
from hotel.folios.models import Posting
from hotel.folios.services.folios import folio_open
from hotel.folios.services.tills import session_open
from hotel.messaging.models import Message
from hotel.papers.choices import PaperKind, PaperStatus
from hotel.papers.models import Paper
from hotel.papers.services.papers import paper_make
from hotel.properties.choices import SettingKey
from hotel.properties.models import PropertySetting
from hotel.properties.selectors.settings import setting_value
from hotel.reservations.models import Reservation
from hotel.stays.models import DailyStatistic, NightAudit
from hotel.stays.services import audit_steps
from hotel.stays.services.check_in import check_in
from hotel.stays.services.night_audit import night_audit_request, night_audit_run
from hotel.stays.tasks import night_audit_work
from tests.cast import TODAY
from tests.contracts.queries import queries_of
from tests.factories.folios import charge_make
from tests.factories.guests import guest_make
from tests.factories.reservations import house_make
from tests.hotel.stays.conftest import noon  # noqa: F401

PAGE, DAY = "/dashboard/night-audit", timedelta(days=1)


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=4)


@pytest.fixture
def full(house):
    """A guest in house, one who does not come."""
    check_in(reservation=house.reserve(0, 2), actor=None, room=house.rooms[0])
    house.reserve(0, 1, primary_guest=guest_make(house.place, last_name="Missing"))
    return house


@pytest.fixture
def overdue(full, cast):
    """And one who should have left, and a till that is open."""
    stay = full.reserve(0, 1, primary_guest=guest_make(full.place, last_name="Staying"))
    check_in(reservation=stay, actor=None, room=full.rooms[1])
    Reservation.objects.filter(pk=stay.pk).update(
        arrival=TODAY - DAY, policy_arrival=TODAY - DAY, departure=TODAY
    )
    stay.nights.all().delete()
    session_open(place=full.place, cashier=cast.bo)
    return stay


def text_of(response) -> str:
    return response.content.decode()


def asked() -> int:
    return OutboxMessage.objects.filter(topic=NightAuditRequested.__name__).count()


def test_what_blocks_the_day_leads_to_its_repair(desk, overdue):
    page = text_of(desk.get(PAGE))

    assert "2 things to do" in page
    assert "1 guest has not left though the departure has come" in page
    assert f'href="/dashboard/reservations/{overdue.pk}/check-out"' in page
    assert "Close the cashier sessions of bo." in page
    assert "1 arrival has not come and will be marked as a no-show:" in page
    assert "Missing" in page
    assert not NightAudit.objects.exists()


def test_a_day_that_nothing_blocks_says_so(desk, full):
    page = text_of(desk.get(PAGE))

    assert "nothing blocks the day" in page
    assert "Run the night audit</button>" in page
    assert page.count('<span class="tag">to do</span>') == 9


def test_the_button_asks_a_worker_and_the_page_shows_how_far_it_is(desk, full, cast):
    answer = desk.post(PAGE, {"do": "run"}, follow=True)

    assert (asked(), NightAudit.objects.get().requested_by) == (1, cast.bo)
    assert 'data-live="audit reservations folios papers"' in text_of(answer)
    assert 'aria-labelledby="steps" aria-live="polite"' in text_of(answer)
    assert "Continue</button>" in text_of(answer)
    assert Posting.objects.count() == 0

    night_audit_work(NightAudit.objects.get().pk)

    page = text_of(desk.get(PAGE))
    assert 'aria-live="polite"><header>' not in page
    assert f"{PAGE}/{TODAY}" in page
    assert "Mon 15 Mar 2027" in page


def test_asking_twice_closes_one_day(desk, full):
    for _ in range(2):
        desk.post(PAGE, {"do": "run"})

    night_audit_work(NightAudit.objects.get().pk)
    night_audit_work(NightAudit.objects.get().pk)

    assert DailyStatistic.objects.count() == 1


def test_a_blocked_audit_goes_on_when_the_day_is_repaired(desk, overdue, full):
    desk.post(PAGE, {"do": "run"})
    night_audit_work(NightAudit.objects.get().pk)
    assert "Blocked</span>" in text_of(desk.get(PAGE))
    assert 'aria-live="polite"><header>' not in text_of(desk.get(PAGE))
    full.place.refresh_from_db()
    assert full.place.business_date == TODAY


def test_a_closed_day_shows_its_figures_and_the_proof(desk, full):
    night_audit_run(place=full.place)

    page = text_of(desk.get(f"{PAGE}/{TODAY}"))

    assert "<span>Occupancy</span><b>20.0%</b><small>1 of 5 rooms</small>" in page
    assert (
        "<span>Average daily rate</span><b>EUR 200.00</b>" in page
    )  # the fee of the no-show is room revenue
    assert "<dt>Nights, sold and posted</dt><dd>1 <span" in page
    assert "<dt>Revenue, figures and ledger</dt><dd>EUR 200.00 <span" in page
    assert "<dt>Debits less credits</dt><dd>EUR 0.00 <span" in page
    assert "(of no-shows EUR 100.00)" in page
    assert page.count('<span class="tag ok">done</span>') == 9
    assert f'href="{PAGE}/{TODAY}"' in text_of(desk.get(PAGE))


def test_contradicting_books_are_named(desk, full, monkeypatch, cast):
    taken = audit_steps.day_revenue
    wrong = lambda place, day: replace(taken(place, day), other=Money(1, "EUR"))  # noqa: E731
    monkeypatch.setattr(audit_steps, "day_revenue", wrong)
    night_audit_request(place=full.place, actor=cast.bo)
    night_audit_work(NightAudit.objects.get().pk)

    page = text_of(desk.get(PAGE))

    assert "The books contradict one another" in page
    assert "<dt>Revenue, figures and ledger</dt><dd>EUR 201.00 ≠ EUR 200.00</dd>" in page
    full.place.refresh_from_db()
    assert full.place.business_date == TODAY


@pytest.mark.parametrize("day", ["2027-03-14", "2027-03-13", "2028-01-01", "nonsense"])
def test_a_day_that_is_not_closed_has_no_page(desk, full, day):
    assert desk.get(f"{PAGE}/{day}").status_code == 404


def test_the_audit_needs_its_right_and_stays_within_the_property(full, cast, signed_in):
    night_audit_run(place=full.place)
    watcher = signed_in(cast.cy)

    assert "Your role watches the audit; others run it." in text_of(watcher.get(PAGE))
    assert watcher.post(PAGE, {"do": "run"}).status_code == 403
    assert signed_in(cast.rae).get(PAGE).status_code == 403
    assert signed_in(cast.eve).get(f"{PAGE}/{TODAY}").status_code == 404
    assert str(TODAY) not in text_of(signed_in(cast.eve).get(PAGE))
    assert (asked(), NightAudit.objects.count()) == (0, 1)


def test_the_number_of_queries_does_not_grow(desk, full):
    desk.get(PAGE)
    few = len(queries_of(lambda: desk.get(PAGE)))
    full.reserve(0, 1)
    full.reserve(0, 1, room_type=full.suite)

    assert len(queries_of(lambda: desk.get(PAGE))) == few
    assert few <= 26


def test_the_preview_says_what_would_be_posted_to_the_cent_and_posts_nothing(desk, full):
    page = text_of(desk.get(PAGE))

    assert "What would be posted now" in page
    assert '<th scope="row">Room <span class="mut sm">room</span></th><td class="num">1</td>' in page
    assert '<th scope="row">Total</th><td></td><td class="num">100.00</td>' in page
    assert Posting.objects.count() == 0


def test_what_is_in_order_is_green_and_who_has_left_owing_is_named(desk, full, cast):
    gone = full.reserve(0, 1, primary_guest=guest_make(full.place, last_name="Gone"))
    charge_make(folio_open(reservation=gone), 7)
    Reservation.objects.filter(pk=gone.pk).update(status="checked_out")

    page = text_of(desk.get(PAGE))

    assert "Every till is closed." in page
    assert "1 folio of a guest who is gone is not at zero; it does not block the day:" in page
    assert "EUR 7.00" in page
    assert "nothing blocks the day" in page


def test_after_the_last_step_the_packs_are_made_and_told(desk, full, drain):
    night_audit_run(place=full.place)
    assert "not asked for" in text_of(desk.get(PAGE))

    drain()

    assert sorted(Paper.objects.values_list("kind", "asked_by", "status")) == [
        (PaperKind.AUDIT_PACK, None, PaperStatus.WAITING),
        (PaperKind.DOWNTIME_PACK, None, PaperStatus.WAITING),
    ]
    page = text_of(desk.get(PAGE))
    assert page.count("Waiting for a worker") == 2
    assert page.count("nobody is named") == 2
    assert "of Sun 14 Mar 2027, the day that was closed" in page
    assert "Reports and sending" in text_of(desk.get(f"{PAGE}/{TODAY}"))


def test_a_manager_says_when_and_to_whom(signed_in, cast, full, desk):
    sent = {
        "do": "settings",
        "settings-hour": "3",
        "settings-audit_to": "Owner@Example.com, books@example.com",
        "settings-downtime_to": "",
    }
    assert desk.post(PAGE, sent).status_code == 403
    assert not PropertySetting.objects.exists()
    page = text_of(signed_in(cast.ada).post(PAGE, sent, follow=True))

    assert "The audit starts by itself at 03:00" in page
    assert setting_value(full.place.pk, SettingKey.AUDIT_PACK_TO, TODAY) == [
        "books@example.com",
        "owner@example.com",
    ]
    assert PropertySetting.objects.count() == 2
    wrong = signed_in(cast.ada).post(PAGE, {**sent, "settings-downtime_to": "nobody"})
    assert "nobody is no e-mail address." in text_of(wrong)
    assert PropertySetting.objects.count() == 2


@pytest.mark.pdf
def test_packs_are_sent_again_by_hand_to_each_address_once(desk, full, drain, cast):
    PropertySetting.objects.create(
        property=full.place, key=SettingKey.AUDIT_PACK_TO, value=["owner@example.com"], valid_from=TODAY
    )
    night_audit_run(place=full.place)
    drain()
    assert desk.post(PAGE, {"do": "send"}, follow=True).status_code == 200
    assert not Message.objects.exists()
    for pk in Paper.objects.values_list("pk", flat=True):
        paper_make(paper_id=pk)
    for _ in range(2):
        assert "1 letter is on its way." in text_of(desk.post(PAGE, {"do": "send"}, follow=True))
    drain()

    letter = Message.objects.get()
    assert letter.address == "owner@example.com"
    assert letter.attachment == f"paper:{Paper.objects.get(kind=PaperKind.AUDIT_PACK).pk}"
    assert "1 of 1 on the way" in text_of(desk.get(PAGE))
