"""Who still calls an operation, as far as one may see."""

from datetime import timedelta

from hotel.core.clock import now
from hotel.monitoring.selectors.callers import Caller, callers_of
from tests.factories.monitoring import api_usage_make

OLD, OTHER = "GET /api/v1/old", "GET /api/v1/rooms"


def minute(cast, place=None, *, ago=1, **over):
    at = (now() - timedelta(days=ago)).replace(second=0, microsecond=0)
    values = {"grain": "minute", "started_at": at, "operation": OLD, "client_kind": "user"}
    return api_usage_make(place or cast.alpha, **{**values, **over})


def test_the_busiest_of_the_last_seven_days_come_first(cast):
    minute(cast, client_id=cast.ada.pk, count=2)
    minute(cast, client_id=cast.ada.pk, count=3, ago=2)
    minute(cast, client_id=cast.eve.pk, count=9)
    minute(cast, client_id=cast.bo.pk, count=99, ago=8)
    minute(cast, client_id=cast.bo.pk, count=99, operation=OTHER)
    assert callers_of([OLD], cast.ada, now()) == {
        OLD: [
            Caller("user", cast.eve.pk, cast.eve.username, 9),
            Caller("user", cast.ada.pk, cast.ada.username, 5),
        ]
    }


def test_nobody_is_told_of_callers_he_may_not_see(cast):
    minute(cast, client_id=cast.ada.pk, count=2)
    assert callers_of([OLD], cast.eve, now()) == {}
