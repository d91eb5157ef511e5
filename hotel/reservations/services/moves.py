"""What a reservation takes from the counters and gives back."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from hotel.reservations.domain.stays import runs
from hotel.reservations.models import PriceHold, ReservationNight
from hotel.rooms.services.inventory import Bucket, Move

Slice = tuple[int, date]


def slices(nights: Iterable[ReservationNight]) -> set[Slice]:
    """(room type sold, night) of night rows; of a shared room those of the stay that holds it."""
    return {(night.room_type_id, night.night) for night in nights if night.holds_room}


def sold_moves(
    taken: Iterable[Slice] = (), *, released: Iterable[Slice] = (), is_day_use: bool = False
) -> list[Move]:
    """The moves that take and give back slices; what is in both costs nothing.

    Args:
        taken: (room type, night) to take.
        released: (room type, night) to give back.
        is_day_use: from the day-use pool instead of the nights.

    Returns:
        One move per run of nights without a gap and type, released ones first.
    """
    new, old = set(taken), set(released)
    bucket = Bucket.DAY_SOLD if is_day_use else Bucket.SOLD
    return [*_moves(old - new, bucket, -1), *_moves(new - old, bucket, 1)]


def hold_moves(hold: PriceHold, quantity: int) -> list[Move]:
    """The move that takes (or, negative, gives back) so many rooms of a price hold."""
    return [Move(hold.room_type_id, hold.arrival, hold.departure, Bucket.HELD, quantity)]


def _moves(found: set[Slice], bucket: Bucket, quantity: int) -> list[Move]:
    by_type: dict[int, list[date]] = defaultdict(list)
    for room_type_id, night in found:
        by_type[room_type_id].append(night)
    return [
        Move(room_type_id, start, end, bucket, quantity)
        for room_type_id, days in sorted(by_type.items())
        for start, end in runs(days)
    ]
