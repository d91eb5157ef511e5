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


def test_addresses_are_kept_once_in_order_and_in_lower_case():
    key = "papers.audit_pack_to"
    assert checked_value(key, [" B@Example.com", "a@example.com", "b@example.com"]) == [
        "a@example.com",
        "b@example.com",
    ]
    assert checked_value(key, []) == []


@pytest.mark.parametrize(
    "value",
    [
        "a@example.com",
        [1],
        ["nobody"],
        ["a@example"],
        ["a b@example.com"],
        [f"{n}@example.com" for n in range(11)],
    ],
    ids=["a text", "a number", "no address", "no domain", "a blank", "too many"],
)
def test_what_is_no_list_of_addresses_is_refused(value):
    with pytest.raises(ValueError, match="address"):
        checked_value("papers.audit_pack_to", value)
