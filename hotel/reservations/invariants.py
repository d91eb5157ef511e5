"""What holds in the tables of reservations whatever code does; SQL that returns the violations.

Counters are compared from the business date's month on and back: every row that exists. The sums are made once per
counter by hash joins, so that a million reservations take seconds.
"""

from collections.abc import Iterator

from hotel.core.invariants import Invariant

_USED = """
    SELECT night.property_id, coalesce(vector.counter_type_id, 0) AS counter, night.night,
           sum(night.rooms * vector.quantity) AS used
      FROM ({nights}) AS night
      JOIN rooms_roomtypeconsumption AS vector ON vector.room_type_id = night.room_type_id
     GROUP BY 1, 2, 3
    HAVING sum(night.rooms * vector.quantity) <> 0
"""
_COMPARED = """
    SELECT coalesce(used.property_id, counter.property_id) AS property_id,
           coalesce(used.counter, counter.room_type_id, 0) AS counter,
           coalesce(used.night, counter.night) AS night,
           coalesce(used.used, 0) AS used, coalesce(counter.{bucket}, 0) AS counted
      FROM ({used}) AS used
      FULL JOIN (SELECT * FROM rooms_inventorynight WHERE {bucket} <> 0) AS counter
        ON counter.property_id = used.property_id AND counter.night = used.night
       AND coalesce(counter.room_type_id, 0) = used.counter
     WHERE coalesce(used.used, 0) <> coalesce(counter.{bucket}, 0)
"""
_ACTIVE = "('option', 'confirmed', 'in_house', 'checked_out')"
_SOLD = f"""
    SELECT night.property_id, night.room_type_id, night.night, count(*) AS rooms
      FROM reservations_reservationnight AS night
      JOIN reservations_reservation AS stay ON stay.id = night.reservation_id
     WHERE stay.status IN {_ACTIVE} AND {{kind}} stay.is_day_use
     GROUP BY 1, 2, 3
"""  # noqa: S608
_HELD = """
    SELECT hold.property_id, hold.room_type_id, night.day::date AS night, sum(hold.quantity) AS rooms
      FROM reservations_pricehold AS hold
     CROSS JOIN LATERAL generate_series(hold.arrival, hold.departure - 1, interval '1 day') AS night (day)
     WHERE hold.status = 'active'
     GROUP BY 1, 2, 3
"""


def _compared(bucket: str, nights: str) -> str:
    return _COMPARED.format(bucket=bucket, used=_USED.format(nights=nights))


def invariants() -> Iterator[Invariant]:
    """The invariants of reservations."""
    yield Invariant(
        "inv_sold_matches",
        "On every night the sold counters equal the nights of active reservations by what each type consumes.",
        _compared("sold", _SOLD.format(kind="NOT")),
    )
    yield Invariant(
        "inv_day_sold_matches",
        "On every day the day-use counters equal the active day-use stays by what each type consumes.",
        _compared("day_sold", _SOLD.format(kind="")),
    )
    yield Invariant(
        "inv_held_matches",
        "On every night the held counters equal the active price holds by what each type consumes.",
        _compared("held", _HELD),
    )
    yield Invariant(
        "inv_no_shared_room",
        "No two active assignments share a room on a night.",
        """
        SELECT one.room_id, one.id AS one, other.id AS other
          FROM (SELECT id, room_id, arrival, departure, reservation_id,
                       lead(id) OVER later AS next_id
                  FROM reservations_roomassignment
                 WHERE released_at IS NULL AND departure > arrival
                WINDOW later AS (PARTITION BY room_id ORDER BY arrival, id)) AS one
          JOIN reservations_roomassignment AS other ON other.id = one.next_id
         WHERE other.arrival < one.departure
        """,
    )
    yield Invariant(
        "inv_assignment_claims_room",
        "Every active assignment holds its room in the exclusion table of the rooms floor.",
        """
        SELECT assignment.id, assignment.room_id
          FROM reservations_roomassignment AS assignment
          LEFT JOIN rooms_roomoccupancy AS claim ON claim.id = assignment.occupancy_id
         WHERE assignment.released_at IS NULL
           AND (claim.id IS NULL OR claim.room_id <> assignment.room_id)
        """,
    )
    yield Invariant(
        "inv_no_room_of_ended_stay",
        "A cancelled stay or a no-show holds no room.",
        """
        SELECT assignment.id, stay.number
          FROM reservations_roomassignment AS assignment
          JOIN reservations_reservation AS stay ON stay.id = assignment.reservation_id
         WHERE assignment.released_at IS NULL AND stay.status IN ('cancelled', 'no_show')
        """,
    )
    yield Invariant(
        "inv_version_positive",
        "Versions of reservations start at 1, and the last change in the log carries the present one.",
        """
        SELECT stay.id, stay.version, log.version AS logged
          FROM reservations_reservation AS stay
          LEFT JOIN (SELECT reservation_id, max(version) AS version
                       FROM reservations_reservationchange GROUP BY 1) AS log ON log.reservation_id = stay.id
         WHERE stay.version < 1 OR log.version IS DISTINCT FROM stay.version
        """,
    )
    yield Invariant(
        "inv_totals",
        "The total of a reservation is the sum of its nights and its stay taxes, in one currency.",
        """
        SELECT stay.id, stay.total_amount, sum(night.total) AS nights, stay.stay_tax_amount
          FROM reservations_reservation AS stay
          JOIN reservations_reservationnight AS night ON night.reservation_id = stay.id
         GROUP BY stay.id
        HAVING stay.total_amount <> sum(night.total) + stay.stay_tax_amount
            OR bool_or(night.total_currency <> stay.total_amount_currency)
        """,
    )
    yield Invariant(
        "inv_taken_over",
        "Only stays taken over from another system have nights priced there, lack an adult or cost less than nothing.",
        """
        SELECT stay.id, stay.number, stay.adults, stay.total_amount
          FROM reservations_reservation AS stay
         WHERE NOT stay.is_taken_over
           AND (stay.adults < 1 OR stay.total_amount < 0
                OR EXISTS (SELECT FROM reservations_reservationnight AS night
                            WHERE night.reservation_id = stay.id AND night.is_taken_over))
        """,
    )
    yield Invariant(
        "inv_every_night_once",
        "A reservation has one row for each night of its stay, and none outside it.",
        """
        SELECT stay.id, stay.arrival, stay.departure, count(night.id) AS nights
          FROM reservations_reservation AS stay
          LEFT JOIN reservations_reservationnight AS night ON night.reservation_id = stay.id
         GROUP BY stay.id
        HAVING count(night.id) <> greatest(stay.departure - stay.arrival, stay.is_day_use::int)
            OR min(night.night) <> stay.arrival
        """,
    )
    yield Invariant(
        "inv_external_id_once",
        "One number of a channel leads to one booking.",
        """
        SELECT property_id, channel_code, external_id, count(*)
          FROM reservations_booking WHERE external_id <> ''
         GROUP BY 1, 2, 3 HAVING count(*) > 1
        """,
    )
    yield Invariant(
        "inv_booking_has_reservations",
        "A booking has at least one reservation, all at its property.",
        """
        SELECT booking.id, booking.confirmation_number
          FROM reservations_booking AS booking
          LEFT JOIN reservations_reservation AS stay
            ON stay.booking_id = booking.id AND stay.property_id = booking.property_id
         WHERE stay.id IS NULL
        """,
    )
    yield Invariant(
        "inv_option_expires",
        "An option knows until when it is held, and nothing else is held.",
        """
        SELECT id, number, status FROM reservations_reservation
         WHERE (status = 'option') <> (hold_expires_at IS NOT NULL) AND status <> 'cancelled'
        """,
    )
