"""References by the short way are those that the long one finds, and are refused in the same words."""

from types import SimpleNamespace

import pytest
from rest_framework.serializers import PrimaryKeyRelatedField, Serializer, ValidationError

from hotel.properties.api.mixins import ScopedRelatedField, key_read
from hotel.rooms.models import RoomType
from tests.factories.rooms import room_type_make


def field_for(user, queryset=None) -> ScopedRelatedField:
    """Bound as in a request of the user."""

    class Body(Serializer):
        kind = ScopedRelatedField(queryset=RoomType.objects.all() if queryset is None else queryset)

    return Body(context={"request": SimpleNamespace(user=user)}).fields["kind"]


def refusal(field, value, method) -> tuple[str, str]:
    with pytest.raises(ValidationError) as caught:
        method(field, value)
    [detail] = caught.value.detail
    return detail.code, str(detail)


@pytest.mark.parametrize("rows", [RoomType.objects.all(), RoomType.objects], ids=["query set", "manager"])
def test_a_row_of_the_own_hotel_is_found_with_one_query(cast, django_assert_num_queries, rows):
    double = room_type_make(cast.alpha)
    field = field_for(cast.rae, rows)
    field.to_internal_value(double.pk)  # reads the rights
    with django_assert_num_queries(1):
        assert field.to_internal_value(str(double.pk)) == double


@pytest.mark.parametrize(
    "value", ["beta", 0, -1, True, "", "x", "1 ", "1.0", 10**30, None, [1], {"id": 1}], ids=str
)
def test_what_is_not_the_callers_is_refused_in_the_frameworks_words(cast, value):
    if value == "beta":
        value = room_type_make(cast.beta).pk
    field = field_for(cast.rae)
    short = refusal(field, value, ScopedRelatedField.to_internal_value)
    assert short == refusal(field, value, PrimaryKeyRelatedField.to_internal_value)
    assert short[0] in {"does_not_exist", "incorrect_type"}


def test_a_narrowed_choice_stays_narrow(cast):
    gone = room_type_make(cast.alpha, is_active=False)
    field = field_for(cast.rae, RoomType.objects.filter(is_active=True))
    assert refusal(field, gone.pk, ScopedRelatedField.to_internal_value)[0] == "does_not_exist"


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (7, 7),
        ("7", 7),
        ("007", 7),
        (True, None),
        ("-7", None),
        ("٧", None),
        ("7.0", None),
        (10**18, None),
        (None, None),
    ],
    ids=str,
)
def test_keys_are_whole_numbers_that_fit(data, key):
    assert key_read(data) == key
