"""Frozen figures over the API, day by day and summed up."""

from moneyed import Money

from hotel.stays.models import DailyStatistic
from tests.cast import TODAY
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.contracts.queries import QueryContract
from tests.factories.stays import daily_statistic_make

URL = "/api/v1/properties/statistics"


class TestStatistics(ReadContract, QueryContract):
    model, url, area = DailyStatistic, URL, "stays"

    def make(self, place, n):
        return daily_statistic_make(place)


def two_days(place):
    for sold, revenue in ((4, 400), (1, 50)):
        daily_statistic_make(
            place, rooms_sold=sold, persons={"adult": sold}, room_revenue=Money(revenue, place.currency)
        )


def test_a_day_is_shown_with_its_ratios(stage):
    row = daily_statistic_make(stage.alpha, rooms_sold=4, room_revenue=Money(410, "EUR"))
    shown = stage.client_of({"view_stays_area"}).get(f"{URL}/{row.pk}").json()
    assert (shown["rooms_available"], shown["rooms_sold"], shown["occupancy"]) == (10, 4, "0.4000")
    assert shown["average_daily_rate"] == {"amount": "102.50", "currency": "EUR"}
    assert shown["revenue_per_available_room"] == {"amount": "41.00", "currency": "EUR"}


def test_a_period_is_the_ratio_of_sums_for_each_property_one_may_see(stage):
    two_days(stage.alpha)
    two_days(stage.beta)
    query = {"since": TODAY, "until": stage.alpha.business_date}

    both = stage.client_of({"view_stays_area"}, stage.alpha, stage.beta).get(f"{URL}/period", query).json()
    mine = stage.client_of({"view_stays_area"}).get(f"{URL}/period", query).json()

    assert [(row["property"], row["room_revenue"]["currency"]) for row in both] == [
        (stage.alpha.pk, "EUR"), (stage.beta.pk, "JPY"),
    ]  # fmt: skip
    assert mine == both[:1]
    assert (mine[0]["days"], mine[0]["rooms_available"], mine[0]["rooms_sold"]) == (2, 20, 5)
    assert (mine[0]["occupancy"], mine[0]["average_daily_rate"]["amount"]) == ("0.2500", "90.00")
    assert mine[0]["persons"] == {"adult": 5}


def test_a_period_has_days_in_order_and_belongs_to_a_property_one_may_see(stage):
    client = stage.client_of({"view_stays_area"})
    for query in ({}, {"since": TODAY}, {"since": "2027-03-15", "until": "2027-03-14"}, {"since": "x", "until": "y"},
                  {"since": "0001-01-01", "until": "9999-12-31"}):  # fmt: skip
        assert_problem(client.get(f"{URL}/period", query), 400)
    elsewhere = {"since": TODAY, "until": TODAY, "property": stage.beta.pk}
    assert_problem(client.get(f"{URL}/period", elsewhere), 400)
    assert_problem(stage.client().get(f"{URL}/period"), 401, "not_authenticated")
