"""Alarms open once, tell people, and close when the trouble has ended."""

from datetime import timedelta
from decimal import Decimal

import pytest

from hotel.core.clock import now
from hotel.messaging.models import Message
from hotel.monitoring.models import ApiAlert, ApiUsage
from hotel.monitoring.services.alerts import alerts_evaluate
from tests.factories.monitoring import api_usage_make
from tests.together import together


def fail(place, count=40, total=160):
    at = now().replace(second=0, microsecond=0)
    for ago in (2, 3, 4):
        api_usage_make(place, started_at=at - timedelta(minutes=ago), count=total - count)
        api_usage_make(place, started_at=at - timedelta(minutes=ago), count=count, status_class=5)


def test_without_failures_nothing_happens(cast):
    fail(cast.alpha, count=1, total=10_000)
    assert alerts_evaluate(at=now()) == []
    assert (ApiAlert.objects.count(), Message.objects.count()) == (0, 0)


def test_an_outage_opens_one_alarm_and_tells_those_who_manage_everything(cast):
    fail(cast.alpha)
    at = now()
    [alert] = alerts_evaluate(at=at)
    assert (alert.objective, alert.severity, alert.opened_at, alert.closed_at) == ("errors", "page", at, None)
    assert (alert.bad_requests, alert.window_minutes, alert.burn) == (120, 60, Decimal("250.00"))
    told = Message.objects.filter(template_code="staff_notice")
    assert {row.address for row in told} == {cast.ada.email}
    assert "120 of 480 requests were bad in the last 60 minutes" in told.get().body
    assert alerts_evaluate(at=now()) == [alert]
    assert (ApiAlert.objects.count(), told.count()) == (1, 1)


def test_it_closes_when_the_trouble_has_ended_and_may_come_again(cast):
    fail(cast.alpha)
    alerts_evaluate(at=now())
    ApiUsage.objects.filter(status_class=5).delete()
    later = now()
    assert alerts_evaluate(at=later) == []
    assert ApiAlert.objects.get().closed_at == later
    ApiUsage.objects.all().delete()
    fail(cast.alpha)
    assert len(alerts_evaluate(at=now())) == 1
    assert ApiAlert.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_clocks_open_one_alarm(cast):
    fail(cast.alpha)
    at = now()
    found = together(lambda: alerts_evaluate(at=at), lambda: alerts_evaluate(at=at))
    assert [len(alerts) for alerts in found] == [1, 1]
    assert ApiAlert.objects.count() == 1
