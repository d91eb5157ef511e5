from datetime import date

import pytest

from hotel.core.exceptions import InvalidInput, RuleBroken
from hotel.core.models import OutboxMessage
from hotel.properties.choices import SettingKey
from hotel.properties.models import PropertySetting
from hotel.properties.selectors.settings import DEFAULTS, setting_value, settings_at
from hotel.properties.services.settings import setting_remove, setting_set
from tests.cast import TODAY

HOLD = SettingKey.HOLD_MINUTES


def test_a_value_counts_from_its_business_date_until_the_next(cast):
    setting_set(place=cast.alpha, key=HOLD, value=10, valid_from=TODAY)
    setting_set(place=cast.alpha, key=HOLD, value=20, valid_from=date(2027, 4, 1))

    assert [
        setting_value(cast.alpha.pk, HOLD, day)
        for day in (date(2027, 3, 13), TODAY, date(2027, 3, 31), date(2027, 4, 1), date(2028, 1, 1))
    ] == [15, 10, 10, 20, 20]
    assert setting_value(cast.beta.pk, HOLD, TODAY) == 15


def test_setting_a_day_again_replaces_the_value(cast):
    first = setting_set(place=cast.alpha, key=HOLD, value=10, valid_from=TODAY)
    again = setting_set(place=cast.alpha, key=HOLD, value=12, valid_from=TODAY)

    assert first.pk == again.pk
    assert setting_value(cast.alpha.pk, HOLD, TODAY) == 12
    facts = OutboxMessage.objects.filter(topic="SettingChanged").values_list("payload", flat=True)
    assert [(fact["key"], fact["valid_from"]) for fact in facts] == [(HOLD.value, "2027-03-14")] * 2


@pytest.mark.parametrize(
    ("case", "key", "value", "code"),
    [
        ("unknown key", "nonsense", 1, "setting_unknown"),
        ("wrong type", HOLD, "ten", "setting_value"),
        ("too small", HOLD, 0, "setting_value"),
        ("too large", HOLD, 10**40, "setting_value"),
        ("a truth value", HOLD, True, "setting_value"),
    ],
)
def test_wrong_values_are_refused(cast, case, key, value, code):
    with pytest.raises(InvalidInput) as refused:
        setting_set(place=cast.alpha, key=key, value=value, valid_from=TODAY)
    assert refused.value.code == code
    assert not PropertySetting.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_the_past_stays_explicable(cast):
    row = PropertySetting.objects.create(property=cast.alpha, key=HOLD, value=5, valid_from=date(2027, 3, 13))
    with pytest.raises(RuleBroken) as refused:
        setting_set(place=cast.alpha, key=HOLD, value=1, valid_from=date(2027, 3, 13))
    assert refused.value.code == "setting_in_the_past"
    with pytest.raises(RuleBroken):
        setting_remove(setting=row)
    assert setting_value(cast.alpha.pk, HOLD, TODAY) == 5


def test_a_coming_value_can_be_taken_back(cast):
    row = setting_set(place=cast.alpha, key=HOLD, value=1, valid_from=TODAY)
    setting_remove(setting=row)
    assert setting_value(cast.alpha.pk, HOLD, TODAY) == 15


def test_all_settings_of_a_day_cost_one_query(cast, django_assert_num_queries):
    setting_set(place=cast.alpha, key=HOLD, value=10, valid_from=TODAY)
    setting_set(place=cast.alpha, key=HOLD, value=11, valid_from=date(2027, 3, 20))
    with django_assert_num_queries(1):
        found = settings_at(cast.alpha.pk, date(2027, 3, 16))
    assert found == DEFAULTS | {HOLD: 10}
