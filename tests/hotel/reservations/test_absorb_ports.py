"""Higher floors say what stands against a stay becoming part of another."""

from hotel.reservations import absorb_ports
from hotel.reservations.absorb_ports import absorb_obstacles, register_absorb_guard
from tests.factories.reservations import reservation_make


def test_every_guard_is_asked_once_and_silence_means_nothing(cast, monkeypatch):
    monkeypatch.setattr(absorb_ports, "_guards", [])
    row = reservation_make(cast.alpha)

    def first(reservation):
        return f"{reservation.number} has a folio."

    def second(reservation):
        return ""

    for guard in (first, second, first):
        register_absorb_guard(guard)

    assert absorb_obstacles(row) == [f"{row.number} has a folio."]
