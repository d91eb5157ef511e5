from datetime import date, timedelta

import pytest

from hotel.core.exceptions import InvalidInput
from hotel.properties.choices import SettingKey
from hotel.properties.selectors.calendar import fiscal_day_at
from hotel.properties.services.settings import setting_set


def test_the_calendar_that_counts_on_the_day_is_asked(cast):
    place = cast.alpha  # the business date is Sunday 14 March 2027
    assert (fiscal_day_at(place).year, fiscal_day_at(place).period) == (2027, 3)
    place.fiscal_year_start_month = 4
    assert (fiscal_day_at(place).year, fiscal_day_at(place).period) == (2026, 12)
    tomorrow = place.business_date + timedelta(days=1)
    setting_set(place=place, key=SettingKey.FISCAL_CALENDAR, value="13x4", valid_from=tomorrow)

    assert fiscal_day_at(place).period == 12
    assert fiscal_day_at(place, tomorrow).period == 13


def test_days_that_no_hotel_keeps_books_of_are_refused(cast):
    with pytest.raises(InvalidInput, match="1000 to 9000") as refused:
        fiscal_day_at(cast.alpha, date.min)
    assert refused.value.code == "dates_invalid"
