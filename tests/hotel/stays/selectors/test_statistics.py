"""Closed days summed up."""

from datetime import timedelta

from moneyed import Money

from hotel.stays.selectors.statistics import figures_of_period
from tests.cast import TODAY
from tests.contracts.queries import queries_of
from tests.factories.stays import daily_statistic_make

DAY = timedelta(days=1)


def test_the_days_of_a_period_are_summed_by_property_both_ends_inclusive(cast):
    for n in range(4):
        daily_statistic_make(cast.alpha, rooms_sold=n, room_revenue=Money(100 * n, "EUR"))
    daily_statistic_make(cast.beta, rooms_sold=7)
    ids = (cast.beta.pk, cast.alpha.pk)

    alpha, beta = figures_of_period(ids, TODAY, TODAY + 2 * DAY)

    assert (alpha.property_id, alpha.days, alpha.figures.counts.rooms_sold) == (cast.alpha.pk, 3, 3)
    assert alpha.figures.revenue.room == Money(300, "EUR")
    assert (beta.property_id, beta.days, beta.figures.revenue.room) == (cast.beta.pk, 1, Money(0, "JPY"))
    assert figures_of_period(ids, TODAY + 9 * DAY, TODAY + 9 * DAY) == []
    assert len(queries_of(lambda: figures_of_period(ids, TODAY, TODAY + 2 * DAY))) == 1
