"""Minutes become hours and days; months are made ahead and dropped when they are old."""

from datetime import UTC, datetime, timedelta

from hotel.monitoring.models import ApiUsage, SlowRequest
from hotel.monitoring.services.retention import months_from, partitions_prepare, usage_expire, usage_rollup
from tests.factories.monitoring import MINUTE, api_usage_make, slow_request_make


def test_months_follow_one_another_over_the_turn_of_a_year():
    found = months_from(datetime(2027, 11, 30, 23, tzinfo=UTC), 3)
    assert [f"{month:%Y-%m-%d}" for month in found] == ["2027-11-01", "2027-12-01", "2028-01-01"]


def test_partitions_are_made_once_and_take_in_what_came_before_them(cast):
    row = api_usage_make(cast.alpha)
    made = partitions_prepare(at=MINUTE)
    assert made[:3] == [f"monitoring_apiusage_minute_2027{month}" for month in ("03", "04", "05")]
    assert len(made) == 9
    assert partitions_prepare(at=MINUTE) == []
    assert ApiUsage.objects.get().pk == row.pk
    found = ApiUsage.objects.extra(select={"place": "tableoid::regclass::text"}).values_list("place")
    assert list(found) == [("monitoring_apiusage_minute_202703",)]


def test_a_roll_up_sums_up_without_loss_and_may_be_repeated(cast):
    for n in range(3):
        api_usage_make(cast.alpha, started_at=MINUTE + timedelta(minutes=n), count=2, histogram={"235": 2})
    api_usage_make(cast.alpha, started_at=MINUTE + timedelta(minutes=9), histogram={"300": 1})
    at = MINUTE + timedelta(hours=1)
    assert usage_rollup(at=at) == {"hour": 1, "day": 1}
    assert usage_rollup(at=at) == {"hour": 1, "day": 1}
    for grain in ("hour", "day"):
        row = ApiUsage.objects.get(grain=grain)
        assert (row.count, row.histogram, row.total_us) == (7, {"235": 6, "300": 1}, 40_000)
    assert ApiUsage.objects.get(grain="day").started_at == datetime(2027, 3, 14, tzinfo=UTC)


def test_what_is_old_goes_by_its_grain(cast):
    partitions_prepare(at=MINUTE)
    for grain in ("minute", "hour", "day"):
        api_usage_make(cast.alpha, grain=grain)
    slow_request_make(cast.alpha)
    assert usage_expire(at=MINUTE + timedelta(days=13)) == []
    assert ApiUsage.objects.count() == 3
    assert usage_expire(at=MINUTE + timedelta(days=15)) == []
    assert sorted(ApiUsage.objects.values_list("grain", flat=True)) == ["day", "hour"]
    assert SlowRequest.objects.count() == 0
    assert usage_expire(at=MINUTE + timedelta(days=40)) == ["monitoring_apiusage_minute_202703"]
    usage_expire(at=MINUTE + timedelta(days=400))
    assert list(ApiUsage.objects.values_list("grain", flat=True)) == ["day"]
