from datetime import UTC, date, datetime

from hotel.properties.models import Property
from hotel.properties.selectors import directory
from hotel.properties.selectors.directory import local_day, properties_active
from tests.cast import TODAY


def test_the_directory_lists_active_properties_by_name(cast, monkeypatch, django_assert_num_queries):
    moment = datetime(2027, 3, 14, 20, 0, tzinfo=UTC)
    monkeypatch.setattr(directory, "now", lambda: moment)

    with django_assert_num_queries(1):
        alpha, beta = properties_active()

    assert (alpha.code, alpha.currency, alpha.time_zone) == ("ALPHA", "EUR", "Europe/Vienna")
    assert (alpha.business_date, alpha.local_day) == (TODAY, date(2027, 3, 14))
    # it is past midnight in Tokyo, and the business date has not moved
    assert (beta.business_date, beta.local_day) == (TODAY, date(2027, 3, 15))
    assert local_day(cast.beta) == date(2027, 3, 15)


def test_the_directory_of_a_person_and_without_closed_properties(cast):
    assert [entry.code for entry in properties_active(cast.eve)] == ["BETA"]
    assert properties_active(cast.ida) == []
    Property.objects.filter(pk=cast.alpha.pk).update(is_active=False)
    assert [entry.code for entry in properties_active()] == ["BETA"]
