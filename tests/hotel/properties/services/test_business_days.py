from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from hotel.core.clock import clock_set
from hotel.core.exceptions import RuleBroken
from hotel.properties.models import BusinessDay, Property
from hotel.properties.services.business_days import business_day_close, business_day_hold
from tests.cast import TODAY
from tests.together import Actor

TOMORROW = date(2027, 3, 15)
AUDIT = datetime(2027, 3, 15, 2, tzinfo=UTC)


def test_one_day_is_closed_and_the_next_is_open(cast):
    with clock_set(AUDIT):
        assert business_day_close(place=cast.alpha, expected=TODAY) == TOMORROW

    days = BusinessDay.objects.filter(property=cast.alpha).order_by("business_date")
    assert list(days.values_list("business_date", "closed_at")) == [(TODAY, AUDIT), (TOMORROW, None)]
    assert days.last().opened_at == AUDIT
    assert cast.alpha.business_date == Property.objects.get(pk=cast.alpha.pk).business_date == TOMORROW
    assert Property.objects.get(pk=cast.beta.pk).business_date == TODAY


def test_a_day_is_closed_once(cast):
    business_day_close(place=cast.alpha, expected=TODAY)

    with pytest.raises(RuleBroken, match="open business day is Mon 15 Mar 2027"):
        business_day_close(place=cast.alpha, expected=TODAY)

    assert BusinessDay.objects.filter(property=cast.alpha).count() == 2


@pytest.mark.django_db(transaction=True)
def test_any_number_may_hold_a_day_and_closing_waits_for_them(cast):
    with Actor() as one, Actor() as other:
        for actor in (one, other):
            actor.do(lambda: transaction.set_autocommit(False))
            assert actor.do(lambda: business_day_hold(place=cast.alpha)) == TODAY
        with Actor() as auditor:
            closing = auditor.do(lambda: business_day_close(place=cast.alpha), wait=False)
            with pytest.raises(TimeoutError):
                closing.result(timeout=0.2)
            one.do(transaction.commit)
            other.do(transaction.commit)
            assert closing.result(timeout=20) == date(2027, 3, 15)
