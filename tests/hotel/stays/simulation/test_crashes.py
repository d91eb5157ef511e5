import pytest
from django.db import transaction

from hotel.properties.models import Property
from hotel.stays.simulation.crashes import crash_before
from tests.contracts.queries import queries_of


@transaction.atomic
def renamed(place):
    """Two statements within a savepoint."""
    Property.objects.filter(pk=place.pk).update(name="Another")
    Property.objects.filter(pk=place.pk).update(name="Other")


@pytest.mark.parametrize(
    ("statement", "has_struck", "name"), [(0, True, ""), (1, True, ""), (2, False, "Other")]
)
def test_what_is_broken_off_has_not_happened(cast, statement, has_struck, name):
    before = cast.alpha.name

    with crash_before(statement) as point:
        renamed(cast.alpha)

    cast.alpha.refresh_from_db()
    assert point.has_struck is has_struck
    assert cast.alpha.name == (name or before)


def test_a_server_ends_once(cast):
    with crash_before(0) as point:
        renamed(cast.alpha)
    renamed(cast.alpha)

    assert point.has_struck
    assert len(queries_of(lambda: renamed(cast.alpha))) == 2


def test_errors_of_the_command_are_not_hidden():
    with pytest.raises(ValueError, match="its own"), crash_before(0):
        raise ValueError("its own")
