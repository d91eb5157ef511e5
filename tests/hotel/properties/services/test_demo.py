"""The demo's two properties: made once, only where no other hotel is."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from hotel.core.exceptions import RuleBroken
from hotel.properties.choices import SettingKey
from hotel.properties.models import Building, BusinessDay, Chain, Floor, Property, Section
from hotel.properties.selectors.settings import setting_value
from hotel.properties.services.demo import demo_group, demo_places, demo_seed


@pytest.mark.django_db
def test_two_properties_open_three_local_days_ago_and_a_second_run_adds_nothing():
    said: list[str] = []
    with time_machine.travel(datetime(2027, 3, 14, 18, tzinfo=UTC), tick=False):
        demo_seed(say=said.append)
        demo_seed(say=said.append)
    city, resort = demo_places()
    assert (city.currency, city.time_zone, city.business_date) == ("EUR", "Europe/Vienna", date(2027, 3, 11))
    assert (resort.currency, resort.time_zone, resort.business_date) == (
        "JPY",
        "Asia/Tokyo",
        date(2027, 3, 12),
    )
    assert said == [
        "VIENNA: Hotel Lindenhof Wien, business date 2027-03-11",
        "IZU: Izu Bay Resort, business date 2027-03-12",
    ]
    assert list(demo_group().properties.order_by("pk")) == [city, resort]
    assert [model.objects.count() for model in (Chain, Property, BusinessDay)] == [1, 2, 2]
    assert [model.objects.count() for model in (Building, Floor, Section)] == [4, 15, 5]
    assert setting_value(city.pk, SettingKey.OPTION_HOURS, city.business_date) == 48


def test_a_database_with_other_hotels_is_left_alone(cast):
    with pytest.raises(RuleBroken, match="other hotels"):
        demo_seed(say=print)
    assert Property.objects.count() == 2
