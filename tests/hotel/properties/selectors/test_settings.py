"""The latest value at or before a business date counts, else the house default."""

from datetime import date, timedelta

from hotel.properties.choices import SettingKey
from hotel.properties.selectors.settings import DEFAULTS, setting_value, settings_at
from tests.cast import TODAY
from tests.factories.properties import property_setting_make

HOURS = SettingKey.OPTION_HOURS


def test_every_setting_has_a_default(cast):
    assert set(DEFAULTS) == set(SettingKey)
    assert settings_at(cast.alpha.pk, TODAY) == {key.value: DEFAULTS[key] for key in SettingKey}


def test_a_value_counts_from_its_day_until_the_next(cast, django_assert_num_queries):
    property_setting_make(cast.alpha, value=12, valid_from=TODAY)
    property_setting_make(cast.alpha, value=6, valid_from=TODAY + timedelta(days=2))
    property_setting_make(cast.beta, value=1, valid_from=date(2020, 1, 1))
    expected = {-1: 24, 0: 12, 1: 12, 2: 6, 300: 6}
    for days, value in expected.items():
        day = TODAY + timedelta(days=days)
        assert setting_value(cast.alpha.pk, HOURS, day) == value
        with django_assert_num_queries(1):
            assert settings_at(cast.alpha.pk, day)[HOURS] == value


def test_a_value_of_nought_is_a_value(cast):
    property_setting_make(cast.alpha, key=SettingKey.TURN_MINUTES, value=0)
    assert setting_value(cast.alpha.pk, SettingKey.TURN_MINUTES, TODAY) == 0
