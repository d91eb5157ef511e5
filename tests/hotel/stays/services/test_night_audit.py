"""The night audit closes a day; broken off anywhere it is resumed, and nothing is lost or done twice."""

from datetime import timedelta

import pytest
from django.db import connection
from moneyed import Money

from hotel.contracts.stays import BusinessDayClosed, NightAuditAdvanced, NightAuditRequested
from hotel.core.invariants import invariants_verify
from hotel.core.models import OutboxMessage
from hotel.folios.models import Folio, LedgerEntry, Posting
from hotel.folios.selectors.balances import folio_balances
from hotel.folios.services.codes import standard_code
from hotel.folios.services.postings import charge_post
from hotel.reservations.models import Reservation
from hotel.rooms.models import Room
from hotel.stays.domain.night_audit import STEPS
from hotel.stays.models import DailyStatistic, NightAudit, NightAuditStep
from hotel.stays.services import audit_steps
from hotel.stays.services.check_in import check_in
from hotel.stays.services.night_audit import (
    NightAuditBlocked,
    night_audit_request,
    night_audit_run,
    night_audits_run,
)
from tests.cast import TODAY, make_cast
from tests.factories.reservations import house_make
from tests.hotel.stays.services.test_check_in import refused, told
from tests.together import together

DAY = timedelta(days=1)


@pytest.fixture
def full(house):
    """Two guests in house, one who does not come, one cancelled; a free room."""
    for n in range(2):
        check_in(reservation=house.reserve(0, 2), actor=None, room=house.rooms[n])
    house.reserve(0, 1)
    return house


def green():
    return [f.invariant.name for f in invariants_verify() if f.violations] == []


def test_a_day_is_closed_with_everything_that_belongs_to_it(full, cast):
    seen = []

    audit = night_audit_run(place=full.place, actor=cast.bo, watch=lambda audit, step: seen.append(step.name))

    assert (audit.status, audit.business_date, audit.requested_by) == ("finished", TODAY, cast.bo)
    assert seen == [
        "checks",
        "no_shows",
        "nights",
        "fixed_charges",
        "allowances",
        "rooms",
        "statistics",
        "proof",
        "roll",
    ]
    assert full.place.business_date == TODAY + DAY
    results = dict(NightAuditStep.objects.filter(audit=audit).values_list("name", "result"))
    assert results["no_shows"] == {"no_shows": 1}
    assert results["nights"] == {"stays": 2, "postings": 2}
    assert results["rooms"] == {"rooms": 2}
    assert results["proof"] == {
        "nights": "2", "nights_amount": "200.000", "revenue": "300.000", "tax": "0", "trial_balance": "0.00",
    }  # fmt: skip
    assert sorted(Reservation.objects.values_list("status", flat=True)) == ["in_house", "in_house", "no_show"]
    statuses = Room.objects.order_by("number").values_list("housekeeping_status", flat=True)
    assert list(statuses) == ["dirty", "dirty", "clean", "clean"]
    row = DailyStatistic.objects.get()
    assert (row.rooms_available, row.rooms_sold, row.arrivals, row.departures, row.no_shows) == (
        4,
        2,
        2,
        0,
        1,
    )
    assert (row.persons, row.room_revenue, row.no_show_revenue) == (
        {"adult": 4},
        Money(300, "EUR"),
        Money(100, "EUR"),
    )
    (fact,) = told(BusinessDayClosed)
    assert (fact["business_date"], fact["next_business_date"], fact["rooms_sold"]) == (
        "2027-03-14",
        "2027-03-15",
        2,
    )
    assert (fact["room_revenue"], fact["currency"]) == ("300.000", "EUR")
    assert green()


def test_each_guest_owes_the_night_he_slept_and_the_missing_one_his_fee(full):
    night_audit_run(place=full.place)
    posted = Posting.objects.order_by("pk").values_list("code__code", "gross", "source", "revenue_date")
    assert [(code, int(gross), source, day) for code, gross, source, day in posted] == [
        ("no_show_fee", 100, "fee", TODAY), ("room", 100, "night", TODAY), ("room", 100, "night", TODAY),
    ]  # fmt: skip
    folios = set(Posting.objects.values_list("window__folio_id", flat=True))
    assert sorted(int(amount.amount) for amount in folio_balances(full.place.pk, folios).values()) == [
        100,
        100,
        100,
    ]


def test_guests_who_should_have_left_block_the_day_and_nothing_is_done(full):
    night_audit_run(place=full.place)
    full.reserve(0, 1)
    Reservation.objects.filter(status="in_house").update(departure=TODAY + DAY)
    before = (Posting.objects.count(), DailyStatistic.objects.count(), OutboxMessage.objects.count())

    with pytest.raises(NightAuditBlocked) as blocked:
        night_audit_run(place=full.place)

    fact = OutboxMessage.objects.latest("pk")
    assert (fact.topic, fact.payload["step"], fact.payload["is_blocked"]) == (
        "NightAuditAdvanced",
        "checks",
        True,
    )
    fact.delete()
    assert [b["code"] for b in blocked.value.extra["blockers"]] == ["day_not_begun", "guests_due_out"]
    audit = NightAudit.objects.get(business_date=TODAY + DAY)
    assert (audit.status, len(audit.blockers), audit.started_at) == ("blocked", 2, None)
    assert set(audit.steps.values_list("status", flat=True)) == {"pending"}
    assert (Posting.objects.count(), DailyStatistic.objects.count(), OutboxMessage.objects.count()) == before
    assert full.place.business_date == TODAY + DAY


def test_a_blocked_day_is_closed_once_nothing_blocks_it(full, noon):
    night_audit_run(place=full.place)
    with pytest.raises(NightAuditBlocked):
        night_audit_run(place=full.place)
    noon.shift(DAY)
    audit = night_audit_run(place=full.place)
    assert (audit.status, audit.blockers) == ("finished", [])


def test_after_midnight_the_old_day_is_still_open_and_can_be_closed(full, noon):
    noon.shift(timedelta(hours=14))
    assert night_audit_run(place=full.place).business_date == TODAY


def test_days_are_closed_one_after_the_other_until_a_date_is_open(house, noon):
    noon.shift(5 * DAY)
    closed = list(night_audits_run(place=house.place, until=TODAY + 3 * DAY))
    assert [audit.business_date for audit in closed] == [TODAY, TODAY + DAY, TODAY + 2 * DAY]
    assert DailyStatistic.objects.count() == 3
    assert list(night_audits_run(place=house.place, until=TODAY + 3 * DAY)) == []


def test_asking_twice_makes_one_audit_and_tells_twice(house, cast):
    first = night_audit_request(place=house.place, actor=cast.bo)
    again = night_audit_request(place=house.place, actor=cast.ada)
    assert (first.pk, first.requested_by, first.status) == (again.pk, cast.bo, "requested")
    assert [fact["audit_id"] for fact in told(NightAuditRequested)] == [first.pk, first.pk]
    assert first.steps.count() == 9


@pytest.mark.parametrize("step", list(audit_steps.WORK))
def test_a_step_that_fails_is_done_again_and_the_others_are_not(full, step, monkeypatch):
    real, calls = dict(audit_steps.WORK), []

    def counted(name):
        def work(audit):
            calls.append(str(name))
            result = real[name](audit)
            if name == step and calls.count(str(name)) == 1:
                raise RuntimeError("the power is gone")
            return result

        return work

    monkeypatch.setattr("hotel.stays.services.night_audit.WORK", {name: counted(name) for name in real})
    with pytest.raises(RuntimeError, match="power"):
        night_audit_run(place=full.place)
    audit = NightAudit.objects.get()
    assert (audit.status, audit.steps.get(name=step).status) == ("running", "pending")

    night_audit_run(place=full.place)

    assert calls == [str(name) for name in real for _ in range(1 + (name == step))]
    assert (Posting.objects.count(), DailyStatistic.objects.get().rooms_sold) == (3, 2)
    assert green()


def test_while_it_is_stopped_the_desk_waits_and_after_it_goes_on(full, monkeypatch):
    late, real = Reservation.objects.get(status="confirmed"), dict(audit_steps.WORK)

    def stop(audit):
        raise RuntimeError

    monkeypatch.setattr("hotel.stays.services.night_audit.WORK", {**real, "no_shows": stop})
    with pytest.raises(RuntimeError):
        night_audit_run(place=full.place)
    refused("day_closing", lambda: check_in(reservation=late, actor=None, room=full.rooms[2]))
    monkeypatch.setattr("hotel.stays.services.night_audit.WORK", real)
    assert night_audit_run(place=full.place).status == "finished"
    late.refresh_from_db()
    assert late.status == "no_show"


def test_books_that_contradict_one_another_keep_the_day_open(full, monkeypatch):
    def forgetful(audit):
        return {}

    real = dict(audit_steps.WORK)
    monkeypatch.setattr("hotel.stays.services.night_audit.WORK", {**real, "nights": forgetful})

    with pytest.raises(audit_steps.DayUnproved) as found:
        night_audit_run(place=full.place)

    assert [(c["name"], c["expected"], c["found"]) for c in found.value.extra["claims"]] == [
        ("nights", "2", "0"), ("nights_amount", "200.000", "0"),
    ]  # fmt: skip
    full.place.refresh_from_db()
    assert full.place.business_date == TODAY


def test_what_is_posted_between_proof_and_roll_is_in_the_frozen_figures(full, monkeypatch):
    def bar(audit, step):
        if step.name == "proof":
            folio = Folio.objects.filter(reservation__status="in_house").first()
            charge_post(folio=folio, code=standard_code(full.place, "beverage"), amount=Money(7, "EUR"))

    night_audit_run(place=full.place, watch=bar)

    row = DailyStatistic.objects.get()
    assert (row.room_revenue, row.other_revenue) == (Money(300, "EUR"), Money(7, "EUR"))
    assert sum(LedgerEntry.objects.values_list("amount", flat=True)) == 0


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_close_one_day_once():
    house = house_make(make_cast().alpha)
    check_in(reservation=house.reserve(0, 1), actor=None, room=house.rooms[0])

    found = together(*[lambda: night_audit_run(place=type(house.place).objects.get(pk=house.place.pk))] * 2)

    assert [one.status for one in found if isinstance(one, NightAudit)].count("finished") >= 1
    house.place.refresh_from_db()
    assert (house.place.business_date, NightAudit.objects.filter(status="finished").count()) == (
        TODAY + DAY,
        1,
    )
    assert (Posting.objects.count(), DailyStatistic.objects.count()) == (1, 1)
    assert connection.in_atomic_block is False


def test_each_step_is_told_once(full):
    night_audit_run(place=full.place)

    assert [(fact["step"], fact["is_blocked"]) for fact in told(NightAuditAdvanced)] == [
        (str(name), False) for name in STEPS
    ]
