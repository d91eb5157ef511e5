"""Restraints: placed once, ended once, told to the process; what they do is in the tests of incidents."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from hotel.core.clock import now
from hotel.properties.models import PropertyRestraint
from hotel.properties.restraints import standing
from hotel.properties.services.restraints import restraint_end, restraint_place, restraints_end_due
from tests.factories.properties import property_restraint_make


def test_one_of_a_kind_stands_at_a_property(cast, django_capture_on_commit_callbacks):
    until = now() + timedelta(hours=1)
    with django_capture_on_commit_callbacks(execute=True):
        row, is_new = restraint_place(place=cast.alpha, kind="exports", reason="A", until=until)
        again = restraint_place(place=cast.alpha, kind="exports", reason="B", until=until)
    assert (is_new, again) == (True, (row, False))
    assert [(one.property_id, one.kind, one.reason) for one in standing.rows] == [
        (cast.alpha.pk, "exports", "A")
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        property_restraint_make(cast.alpha)
    with django_capture_on_commit_callbacks(execute=True):
        assert (restraint_end(restraint=row), restraint_end(restraint=row)) == (True, False)
    assert standing.rows == ()
    assert restraint_place(place=cast.alpha, kind="exports", reason="C", until=until)[1]


def test_what_is_over_ends_and_the_rest_stays(cast):
    begun = now() - timedelta(days=2)
    over = property_restraint_make(cast.alpha, placed_at=begun, until=begun + timedelta(days=1))
    left = property_restraint_make(cast.beta)
    assert (restraints_end_due(), restraints_end_due()) == (1, 0)
    assert list(PropertyRestraint.objects.standing()) == [left]
    over.refresh_from_db()
    assert over.ended_at == over.until, "it held until then and not a minute longer"


def test_what_is_over_is_placed_anew_though_nobody_has_written_its_end_down(cast):
    begun = now() - timedelta(days=2)
    over = property_restraint_make(cast.alpha, placed_at=begun, until=begun + timedelta(days=1))
    until = now() + timedelta(hours=1)

    row, is_new = restraint_place(place=cast.alpha, kind="exports", reason="B", until=until)

    assert (is_new, row.until, row.ended_at) == (True, until, None)
    over.refresh_from_db()
    assert over.ended_at == over.until
    assert restraint_end(restraint=over) is False
