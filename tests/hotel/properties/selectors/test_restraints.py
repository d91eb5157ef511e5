"""Whether something may be done at properties now."""

import pytest

from hotel.core.exceptions import NotPermitted, ReadOnly
from hotel.properties.models import Property
from hotel.properties.selectors.restraints import (
    read_only_everywhere,
    require_exports,
    require_writable,
    restraint_at,
)
from hotel.properties.tenancy import EVERYTHING
from tests.factories.properties import property_restraint_make


def test_exports_are_asked_of_each_hotel_whose_data_are_in_them(cast, django_assert_num_queries):
    require_exports(EVERYTHING)
    property_restraint_make(cast.alpha)
    require_exports([cast.beta.pk])
    require_exports([])
    for places in ([cast.alpha.pk], [cast.alpha.pk, cast.beta.pk], EVERYTHING):
        with pytest.raises(NotPermitted) as refused:
            require_exports(places)
        assert (refused.value.code, refused.value.status) == ("exports_frozen", 403)
    with django_assert_num_queries(1):
        assert restraint_at(EVERYTHING, "exports").property_id == cast.alpha.pk


def test_only_a_hotel_that_is_read_only_takes_no_changes(cast):
    property_restraint_make(cast.alpha)
    require_writable(cast.alpha.pk)
    property_restraint_make(cast.alpha, kind="read_only")
    with pytest.raises(ReadOnly) as refused:
        require_writable(cast.alpha.pk)
    assert (refused.value.code, refused.value.status) == ("read_only", 503)
    require_writable(cast.beta.pk)
    assert set(Property.objects.writable()) == {cast.beta}
    assert read_only_everywhere([cast.alpha.pk]).property_id == cast.alpha.pk
    assert read_only_everywhere([cast.alpha.pk, cast.beta.pk]) is None
    assert read_only_everywhere([]) is None
