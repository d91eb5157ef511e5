"""What is told of properties, where it holds and where it ends."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import Context

import pytest
from django.db import DatabaseError, connections

from hotel.core.postgresql.context import told
from hotel.properties.models import AgeBand, BusinessDay
from hotel.properties.tenancy import EVERYTHING, NOBODY, SETTING, is_scoped, narrow, tenant_scope
from tests.cast import make_cast
from tests.scope import ScopeMissing


def seen():
    return sorted(BusinessDay.objects.values_list("property__code", flat=True))


@pytest.mark.parametrize(
    ("scope", "words"),
    [(EVERYTHING, "*"), ([7], "{7}"), ({12, 3}, "{3,12}"), (NOBODY, "{}"), (iter(["5"]), "{5}")],
)
def test_a_scope_is_told_as_an_array(scope, words):
    with tenant_scope(scope):
        assert told()[SETTING] == words


def test_no_text_slips_into_a_scope():
    with pytest.raises(ValueError), tenant_scope(["1}'); DROP TABLE x; --"]):
        pass


def test_a_scope_shows_its_properties_and_ends(cast):
    assert seen() == ["ALPHA", "BETA"]
    with tenant_scope([cast.beta.pk]):
        assert seen() == ["BETA"]
        with tenant_scope(NOBODY):
            assert seen() == []
        assert seen() == ["BETA"]
    assert seen() == ["ALPHA", "BETA"]


def test_narrowing_holds_to_the_end_of_the_block_around_it(cast):
    with tenant_scope(EVERYTHING):
        narrow([cast.alpha.pk])
        assert seen() == ["ALPHA"]
        AgeBand.objects.filter(property=cast.beta).delete()
    assert AgeBand.objects.filter(property=cast.beta).count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_scope_holds_outside_a_transaction_and_a_row_of_another_is_refused():
    cast = make_cast()
    with tenant_scope([cast.alpha.pk]):
        assert seen() == ["ALPHA"]
        with pytest.raises(DatabaseError, match="row-level security"):
            AgeBand.objects.create(property=cast.beta, code="pet", name="Pet", min_age=0, max_age=1)
    assert AgeBand.objects.filter(code="pet").count() == 0


@pytest.mark.django_db(transaction=True)
def test_rows_asked_for_in_portions_stay_within_the_scope():
    cast = make_cast()
    with tenant_scope([cast.alpha.pk]):
        bands = {band.property_id for band in AgeBand.objects.iterator(chunk_size=1)}
    assert bands == {cast.alpha.pk}


def test_asking_before_anything_was_told_is_an_error_in_tests(cast):
    assert is_scoped()
    with ThreadPoolExecutor(1) as pool, pytest.raises(ScopeMissing, match="properties_businessday"):
        pool.submit(_forgetful).result()


def _forgetful():
    try:
        Context().run(BusinessDay.objects.count)
    finally:
        connections.close_all()
