"""The figures of a closed day stay as they are, whoever writes."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from moneyed import Money

from hotel.properties.services.business_days import business_day_close
from hotel.stays.models import DailyStatistic
from tests.cast import TODAY
from tests.factories.stays import daily_statistic_make


@contextmanager
def frozen():
    with pytest.raises(DatabaseError, match="are frozen"), transaction.atomic():
        yield


def test_the_open_day_can_be_counted_anew_a_closed_one_never(cast):
    row = DailyStatistic(property=cast.alpha, business_date=TODAY, rooms_available=10)
    row.room_revenue = row.no_show_revenue = row.other_revenue = row.tax = Money(0, "EUR")
    row.save()
    row.rooms_sold = 4
    row.save()
    business_day_close(place=cast.alpha)

    for change in (
        lambda: DailyStatistic.objects.update(rooms_sold=5),
        lambda: DailyStatistic.objects.update(business_date=cast.alpha.business_date),
        lambda: DailyStatistic.objects.all().delete(),
        lambda: connection.cursor().execute("DELETE FROM stays_dailystatistic"),
    ):
        with frozen():
            change()
    assert DailyStatistic.objects.get().rooms_sold == 4


@pytest.mark.parametrize("days", [-1, 1])
def test_no_day_but_the_open_one_is_written(cast, days):
    with frozen():
        daily_statistic_make(cast.alpha, business_date=TODAY + timedelta(days=days))


def test_the_open_row_does_not_wander_to_another_property(cast):
    row = DailyStatistic(property=cast.alpha, business_date=TODAY, rooms_available=10)
    row.room_revenue = row.no_show_revenue = row.other_revenue = row.tax = Money(0, "EUR")
    row.save()
    with frozen():
        DailyStatistic.objects.update(property=cast.beta)


@pytest.mark.parametrize("values", [{"rooms_out_of_order": 11}, {"walk_ins": 1}])
def test_impossible_figures_are_refused(cast, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        daily_statistic_make(cast.alpha, **values)


def test_figures_can_be_summed_up(cast):
    row = daily_statistic_make(cast.alpha, rooms_sold=4, persons={"adult": 7}, room_revenue=Money(400, "EUR"))
    figures = DailyStatistic.objects.get(pk=row.pk).figures
    assert (figures.counts.rooms_sold, figures.counts.persons) == (4, {"adult": 7})
    assert figures.average_daily_rate == Money(100, "EUR")
