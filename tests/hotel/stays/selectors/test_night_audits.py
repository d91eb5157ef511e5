"""Which audits start by themselves."""

from datetime import timedelta

import pytest

from hotel.properties.services.settings import setting_set
from hotel.stays.selectors.night_audits import audits_due
from tests.cast import TODAY


@pytest.mark.parametrize(
    ("hour", "later", "is_due"),
    [
        (-1, 48, False),
        (3, 0, False),
        (3, 13, False),
        (3, 14, True),
        (0, 11, True),
        (0, 10, False),
        (23, 33, False),
        (23, 35, True),
    ],
)
def test_an_audit_is_due_at_its_hour_on_the_day_after_by_the_propertys_clock(cast, noon, hour, later, is_due):
    setting_set(place=cast.alpha, key="stays.night_audit_hour", value=hour, valid_from=TODAY)
    noon.shift(timedelta(hours=later))
    assert audits_due() == ([cast.alpha.pk] if is_due else [])


def test_each_property_has_its_own_clock_and_a_closed_one_none(cast, noon):
    for place in (cast.alpha, cast.beta):
        setting_set(place=place, key="stays.night_audit_hour", value=2, valid_from=TODAY)
    noon.shift(timedelta(hours=5))
    assert audits_due() == [cast.beta.pk]
    cast.beta.is_active = False
    cast.beta.save()
    assert audits_due() == []
