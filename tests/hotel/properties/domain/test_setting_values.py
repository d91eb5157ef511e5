import pytest

from hotel.properties.choices import SettingKey
from hotel.properties.domain.setting_values import SHAPES, OneOf, WholeNumber, checked_value
from hotel.properties.selectors.settings import DEFAULTS


def test_every_setting_has_a_shape_and_a_default_of_that_shape():
    assert set(SHAPES) == set(SettingKey.values) == {str(key) for key in DEFAULTS}
    for key, value in DEFAULTS.items():
        assert checked_value(key, value) == value


@pytest.mark.parametrize("value", [1, 5, 10])
def test_bounds_are_inclusive(value):
    assert WholeNumber(1, 10).checked(value) == value


@pytest.mark.parametrize("value", [0, 11, -1, 10**30, True, False, None, "5", 5.0, [], {}])
def test_other_values_are_refused_with_the_bounds(value):
    with pytest.raises(ValueError, match=r"Give a whole number from 1 to 10\."):
        WholeNumber(1, 10).checked(value)


def test_a_word_is_one_of_those_named():
    assert OneOf(("any", "clean")).checked("clean") == "clean"
    for wrong in ("", "dirty", None, 1, ["clean"], {}):
        with pytest.raises(ValueError, match=r"Give one of any, clean\."):
            OneOf(("any", "clean")).checked(wrong)


def test_an_unknown_key_is_a_mistake_of_the_caller():
    with pytest.raises(KeyError):
        checked_value("nonsense", 1)
