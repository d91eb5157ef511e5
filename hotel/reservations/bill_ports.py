"""The port through which a higher floor says which nights are on a bill already, so that their price stands."""

from collections.abc import Callable, Collection
from datetime import date

Reader = Callable[[int, Collection[int], date], Collection[int]]
_readers: list[Reader] = []


def register_bill_reader(reader: Reader) -> None:
    """Install who knows: ``reader(property_id, reservation_ids, night)`` gives those whose night was posted.

    The last one installed counts.
    """
    _readers[:] = [reader]


def nights_on_bill(property_id: int, reservation_ids: Collection[int], night: date) -> frozenset[int]:
    """Which of these stays have a night on their folio, though it is not over; none without a reader."""
    return frozenset(pk for reader in _readers for pk in reader(property_id, reservation_ids, night))
