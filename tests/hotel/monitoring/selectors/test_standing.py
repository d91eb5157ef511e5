"""Promises as people read them, and what the public is told."""

from datetime import timedelta
from decimal import Decimal

from hotel.core.clock import now
from hotel.monitoring.selectors.standing import alerts_open, last_looks, promises_now, public_parts
from tests.factories.monitoring import MINUTE, api_alert_make, api_health_make, api_usage_make


def look(name, state="ok", ago=timedelta(seconds=30)):
    return api_health_make(None, check_name=name, state=state, checked_at=MOMENT - ago)


MOMENT = now()


def test_a_promise_tells_its_share_and_its_windows_shortest_first(cast):
    api_usage_make(None, started_at=MOMENT - timedelta(minutes=2), count=98)
    api_usage_make(None, started_at=MOMENT - timedelta(minutes=2), count=2, status_class=5)
    errors = next(promise for promise in promises_now(MOMENT) if promise.objective == "errors")
    assert errors.kept_rate == Decimal("0.99900")
    assert [window.minutes for window in errors.windows] == [5, 30, 60, 360, 4320]
    assert (errors.windows[0].total, errors.windows[0].bad, errors.windows[0].burn) == (
        100,
        2,
        Decimal("20.00"),
    )
    assert errors.alarms == []


def test_only_the_last_run_is_told_and_only_while_it_is_fresh(db):
    look("disk", "failed", timedelta(seconds=90))
    fresh = look("database")
    assert [row.pk for row in last_looks(MOMENT)] == [fresh.pk]
    assert last_looks(MOMENT + timedelta(minutes=6)) == []


def test_the_public_is_told_states_and_how_much_of_a_week_worked(db):
    look("database")
    look("mail", "failed")
    for n in range(3):
        look("mail", "ok", timedelta(hours=n + 1))
    look("database", "ok", timedelta(hours=1))
    look("mail", "failed", timedelta(days=8))
    told = {part.title: (part.state, part.working_rate) for part in public_parts(MOMENT)}
    assert told == {
        "Reservations and desk": ("ok", Decimal(1)),
        "Background work": ("off", None),
        "Messages to guests": ("failed", Decimal("0.75")),
        "Connections to other systems": ("off", None),
    }


def test_open_alarms_come_with_pages_first(db):
    ticket = api_alert_make(None, severity="ticket")
    page = api_alert_make(None)
    api_alert_make(None, closed_at=MINUTE)
    assert [row.pk for row in alerts_open()] == [page.pk, ticket.pk]
