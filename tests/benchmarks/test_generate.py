"""The databases of the benchmarks: what their generator writes by SQL alone keeps every rule of the house."""

import pytest
from django.db import connection

from benchmarks import generate, mass
from benchmarks.sizes import Size
from hotel.core.invariants import invariants_verify
from hotel.core.models import OutboxMessage
from hotel.reservations.models import Reservation, RoomAssignment
from tests.structure import by_owner, tables_count


@pytest.fixture(autouse=True)
def owned(db):
    """The generator takes indexes and triggers away for a while, which only the owner of the tables may."""
    with by_owner():
        yield


OUTBOX = "pg_get_serial_sequence('core_outboxmessage', 'id')"


def test_generated_reservations_keep_every_rule(monkeypatch):
    monkeypatch.setattr(generate, "PROPERTIES", 1)
    monkeypatch.setattr(generate, "BUSY", 1)
    generate.hotels()
    OutboxMessage.objects.all().delete()
    generate.prices()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT setval({OUTBOX}, nextval({OUTBOX}) + 2000)")
        (drawn,) = cursor.fetchone()
    mass.load(Size("tiny", 2_000, 1), lambda name, function, *values: function(*values))
    generate.counters()
    tables_count()

    assert Reservation.objects.count() == 2_000
    assert RoomAssignment.objects.filter(released_at=None).exists()
    assert [found.invariant.name for found in invariants_verify() if found.violations] == []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nextval({OUTBOX})")
        assert cursor.fetchone()[0] > drawn  # other tests hold ids that were drawn before: none comes twice
