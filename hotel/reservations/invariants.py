"""What holds in the tables of reservations whatever code does; SQL that returns the violations.

Counters are compared from the business date's month on and back: every row that exists. The sums are made once per
counter by hash joins, and the two widest tables are read once for all, so that a million reservations take seconds.
"""

from collections.abc import Iterator

from hotel.core.invariants import Invariant, Narrow

# Both tables are wide by their JSON. Rules that look at all their rows share a copy, but for some that keep the other
# connection busy as long.
_NARROW = (
    Narrow(
        "reservations_reservation",
        "id, property_id, booking_id, room_type_id, rate_plan_id, block_id, number, status, arrival, departure, "
        "adults, is_day_use, share_id, is_taken_over, total_amount, total_amount_currency, stay_tax_amount, "
        "cancelled_at, cancellation_number, no_show_at, hold_expires_at",
    ),
    Narrow(
        "reservations_reservationnight",
        "id, property_id, reservation_id, night, room_type_id, rate_room_type_id, total, total_currency, "
        "is_taken_over, share_id, holds_room",
    ),
)
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
     WHERE stay.status IN {_ACTIVE} AND night.holds_room AND {{kind}} stay.is_day_use
     GROUP BY 1, 2, 3
"""  # noqa: S608
_HELD = """
    SELECT hold.property_id, hold.room_type_id, night.day::date AS night, sum(hold.quantity) AS rooms
      FROM reservations_pricehold AS hold
     CROSS JOIN LATERAL generate_series(hold.arrival, hold.departure - 1, interval '1 day') AS night (day)
     WHERE hold.status = 'active'
     GROUP BY 1, 2, 3
"""
# A block deducts as hotel.reservations.domain.blocks.deducts says.
_BLOCKED = """
    SELECT cell.property_id, cell.room_type_id, cell.night, sum(cell.current - cell.picked_up) AS rooms
      FROM reservations_blocknight AS cell
      JOIN reservations_groupblock AS block ON block.id = cell.block_id
     WHERE block.status IN ('tentative', 'optional', 'definite') AND block.control <> 'sell_limit'
       AND block.cut_off_at IS NULL AND cell.current > cell.picked_up
     GROUP BY 1, 2, 3
"""


def _compared(bucket: str, nights: str) -> str:
    return _COMPARED.format(bucket=bucket, used=_USED.format(nights=nights))


def invariants() -> Iterator[Invariant]:
    """The invariants of reservations."""
    yield from _counted()
    yield from _roomed()
    yield from _booked()
    yield from _waiting()
    yield from _recorded()


def _counted() -> Iterator[Invariant]:
    """The counters are the sums of what takes rooms."""
    yield Invariant(
        "inv_sold_matches",
        "On every night the sold counters equal the nights of active reservations by what each type consumes.",
        _compared("sold", _SOLD.format(kind="NOT")),
        narrow=_NARROW,
    )
    yield Invariant(
        "inv_day_sold_matches",
        "On every day the day-use counters equal the active day-use stays by what each type consumes.",
        _compared("day_sold", _SOLD.format(kind="")),
        narrow=_NARROW,
    )
    yield Invariant(
        "inv_held_matches",
        "On every night the held counters equal the active price holds by what each type consumes.",
        _compared("held", _HELD),
    )
    yield Invariant(
        "inv_blocked_matches",
        "On every night the blocked counters equal what deducting blocks still hold, by what each type consumes.",
        _compared("blocked", _BLOCKED),
    )
    yield Invariant(
        "inv_picked_up_matches",
        "A cell of a block counts as picked up the nights of active reservations made from it.",
        f"""
        SELECT cell.id, cell.night, cell.picked_up, count(night.id) AS nights
          FROM reservations_blocknight AS cell
          LEFT JOIN reservations_reservation AS stay
            ON stay.block_id = cell.block_id AND stay.status IN {_ACTIVE}
          LEFT JOIN reservations_reservationnight AS night
            ON night.reservation_id = stay.id AND night.night = cell.night
           AND night.rate_room_type_id = cell.room_type_id AND night.holds_room
         GROUP BY cell.id
        HAVING count(night.id) <> cell.picked_up
        """,  # noqa: S608
        narrow=_NARROW,
    )


def _roomed() -> Iterator[Invariant]:
    """Rooms are assigned to living stays, within their dates, and to one at a time."""
    yield Invariant(
        "inv_no_shared_room",
        "No two active assignments share a room on a night, but those of stays that share it.",
        """
        WITH held AS (
            SELECT assignment.id, assignment.room_id, claim.party,
                   daterange(assignment.arrival, assignment.departure) AS days
              FROM reservations_roomassignment AS assignment
              LEFT JOIN rooms_roomoccupancy AS claim ON claim.id = assignment.occupancy_id
             WHERE assignment.released_at IS NULL AND assignment.departure > assignment.arrival),
        spans AS (
            SELECT id, room_id, days FROM held WHERE party IS NULL
             UNION ALL
            SELECT min(id), room_id, unnest(range_agg(days)) FROM held WHERE party IS NOT NULL
             GROUP BY room_id, party)
        SELECT room_id, id, next_id
          FROM (SELECT spans.*, lead(id) OVER later AS next_id, lead(days) OVER later AS next_days
                  FROM spans WINDOW later AS (PARTITION BY room_id ORDER BY lower(days), id)) AS one
         WHERE next_days && days
        """,
    )
    yield Invariant(
        "inv_shared_room_held_once",
        "On every night of a shared room one of the living stays that are there holds it.",
        f"""
        SELECT night.share_id, night.night, count(*) FILTER (WHERE night.holds_room) AS held
          FROM reservations_reservationnight AS night
          JOIN reservations_reservation AS stay ON stay.id = night.reservation_id
         WHERE night.share_id IS NOT NULL AND stay.status IN {_ACTIVE}
         GROUP BY 1, 2 HAVING count(*) FILTER (WHERE night.holds_room) <> 1
        """,  # noqa: S608
        narrow=_NARROW,
    )
    yield Invariant(
        "inv_shared_room_is_one",
        "Stays that share a room have none in two different rooms on one night to come, and are sold one type.",
        """
        SELECT stay.share_id, stay.number, mate.number AS other
          FROM reservations_reservation AS stay
          JOIN reservations_reservation AS mate ON mate.share_id = stay.share_id AND mate.id > stay.id
          JOIN properties_property AS place ON place.id = stay.property_id
         WHERE stay.status IN ('confirmed', 'in_house') AND mate.status IN ('confirmed', 'in_house')
           AND (stay.room_type_id <> mate.room_type_id
                OR EXISTS (SELECT FROM reservations_roomassignment AS one
                             JOIN reservations_roomassignment AS other
                               ON other.reservation_id = mate.id AND other.released_at IS NULL
                              AND other.room_id <> one.room_id
                              AND greatest(one.arrival, other.arrival) < least(one.departure, other.departure)
                              AND least(one.departure, other.departure) > place.business_date
                            WHERE one.reservation_id = stay.id AND one.released_at IS NULL))
         UNION ALL
        SELECT claim.party, stay.number, stranger.number
          FROM rooms_roomoccupancy AS claim
          JOIN rooms_roomoccupancy AS beside ON beside.party = claim.party AND beside.id > claim.id
           AND beside.room_id = claim.room_id AND beside.during && claim.during
          JOIN reservations_roomassignment AS one ON one.occupancy_id = claim.id
          JOIN reservations_roomassignment AS other ON other.occupancy_id = beside.id
          JOIN reservations_reservation AS stay ON stay.id = one.reservation_id
          JOIN reservations_reservation AS stranger ON stranger.id = other.reservation_id
          JOIN properties_property AS place ON place.id = stay.property_id
         WHERE stay.share_id IS DISTINCT FROM stranger.share_id
           AND greatest(one.arrival, other.arrival) < least(one.departure, other.departure)
           AND least(one.departure, other.departure) > place.business_date
           AND stay.status IN ('confirmed', 'in_house') AND stranger.status IN ('confirmed', 'in_house')
        """,
        narrow=_NARROW,
    )
    yield Invariant(
        "inv_one_room_a_night",
        "No stay has two rooms on one night.",
        """
        SELECT one.reservation_id, one.id AS one, other.id AS other
          FROM reservations_roomassignment AS one
          JOIN reservations_roomassignment AS other
            ON other.reservation_id = one.reservation_id AND other.id > one.id AND other.released_at IS NULL
           AND other.arrival < one.departure AND one.arrival < other.departure
         WHERE one.released_at IS NULL
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
        narrow=_NARROW,
    )
    yield Invariant(
        "inv_assignment_within_stay",
        "A room is assigned within the dates of its stay.",
        """
        SELECT assignment.id, stay.number, assignment.arrival, assignment.departure
          FROM reservations_roomassignment AS assignment
          JOIN reservations_reservation AS stay ON stay.id = assignment.reservation_id
         WHERE assignment.released_at IS NULL
           AND (assignment.arrival < stay.arrival OR assignment.departure > stay.departure)
        """,
        narrow=_NARROW,
    )


def _booked() -> Iterator[Invariant]:
    """Bookings are whole: nights, sums, numbers, places."""
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
        "The total of a reservation is the sum of its nights and its stay taxes.",
        """
        SELECT stay.id, stay.total_amount, nights.total, stay.stay_tax_amount
          FROM reservations_reservation AS stay
          JOIN (SELECT reservation_id, sum(total) AS total
                  FROM reservations_reservationnight GROUP BY 1) AS nights ON nights.reservation_id = stay.id
         WHERE stay.total_amount <> nights.total + stay.stay_tax_amount
        """,
        narrow=_NARROW,
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
        narrow=_NARROW,
    )
    yield Invariant(
        "inv_every_night_once",
        "A reservation has one row for each night of its stay at its property, and none outside it.",
        """
        SELECT stay.id, stay.arrival, stay.departure, nights.count
          FROM reservations_reservation AS stay
          LEFT JOIN (SELECT reservation_id, count(*) AS count, min(night) AS first, max(night) AS last,
                            min(property_id) AS property_id, max(property_id) AS other_property_id
                       FROM reservations_reservationnight GROUP BY 1) AS nights ON nights.reservation_id = stay.id
         WHERE coalesce(nights.count, 0) <> greatest(stay.departure - stay.arrival, stay.is_day_use::int)
            OR nights.first <> stay.arrival OR nights.last <> greatest(stay.departure - 1, stay.arrival)
            OR nights.property_id <> stay.property_id OR nights.other_property_id <> stay.property_id
        """,
        narrow=_NARROW,
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
        "inv_one_property",
        "A stay, its booking, type, plan, room and block are of one property.",
        """
        SELECT stay.id, stay.number
          FROM reservations_reservation AS stay
          JOIN reservations_booking AS booking ON booking.id = stay.booking_id
          JOIN rooms_roomtype AS type ON type.id = stay.room_type_id
          JOIN rates_rateplan AS plan ON plan.id = stay.rate_plan_id
          LEFT JOIN reservations_groupblock AS block ON block.id = stay.block_id
         WHERE (booking.property_id, type.property_id, plan.property_id, coalesce(block.property_id, stay.property_id))
               <> (stay.property_id, stay.property_id, stay.property_id, stay.property_id)
         UNION ALL
        SELECT assignment.id, room.number
          FROM reservations_roomassignment AS assignment
          JOIN reservations_reservation AS stay ON stay.id = assignment.reservation_id
          JOIN rooms_room AS room ON room.id = assignment.room_id
         WHERE assignment.property_id <> stay.property_id OR room.property_id <> stay.property_id
        """,
        narrow=_NARROW,
    )
    yield Invariant(
        "inv_currency",
        "A stay and its nights are in the currency of their property.",
        """
        SELECT stay.id, stay.number, stay.total_amount_currency
          FROM reservations_reservation AS stay
          JOIN properties_property AS place ON place.id = stay.property_id
         WHERE stay.total_amount_currency <> place.currency
         UNION ALL
        SELECT night.reservation_id, night.night::text, night.total_currency
          FROM reservations_reservationnight AS night
          JOIN properties_property AS place ON place.id = night.property_id
         WHERE night.total_currency <> place.currency
        """,
        narrow=_NARROW,
    )
    yield Invariant(
        "inv_ended_says_when",
        "A cancelled stay has its number and instant, a no-show its instant, and no other stay has either.",
        """
        SELECT id, number, status FROM reservations_reservation
         WHERE (status = 'cancelled') <> (cancelled_at IS NOT NULL AND cancellation_number <> '')
            OR (status = 'no_show') <> (no_show_at IS NOT NULL)
        """,
        narrow=_NARROW,
    )


def _waiting() -> Iterator[Invariant]:
    """What is held for somebody is held once, and for one who waits."""
    yield Invariant(
        "inv_option_expires",
        "An option knows until when it is held, and nothing else is held.",
        """
        SELECT id, number, status FROM reservations_reservation
         WHERE (status = 'option') <> (hold_expires_at IS NOT NULL) AND status <> 'cancelled'
        """,
        narrow=_NARROW,
    )
    yield Invariant(
        "inv_offer_holds_room",
        "An open offer holds a room for a waitlisted stay; a hold of an ended offer is over.",
        """
        SELECT offer.id, offer.status, hold.status AS hold, stay.status AS stay
          FROM reservations_waitlistoffer AS offer
          JOIN reservations_pricehold AS hold ON hold.id = offer.hold_id
          JOIN reservations_reservation AS stay ON stay.id = offer.reservation_id
         WHERE (offer.status = 'open') <> (hold.status = 'active')
            OR (offer.status = 'open' AND stay.status <> 'waitlisted')
        """,
    )
    yield Invariant(
        "inv_used_hold_has_booking",
        "A hold that was used led to a booking at its property, and no other one did.",
        """
        SELECT hold.id, hold.status, hold.booking_id
          FROM reservations_pricehold AS hold
          LEFT JOIN reservations_booking AS booking
            ON booking.id = hold.booking_id AND booking.property_id = hold.property_id
         WHERE (hold.status = 'used') <> (booking.id IS NOT NULL)
        """,
    )


def _recorded() -> Iterator[Invariant]:
    """Every change is in the log, and told to the outbox in the same transaction."""
    yield Invariant(
        "inv_change_log_unbroken",
        "The change log has one entry for each version of a reservation.",
        """
        SELECT reservation_id, count(*) AS entries, count(DISTINCT version) AS versions, max(version) AS last
          FROM reservations_reservationchange
         GROUP BY reservation_id
        HAVING count(*) <> max(version) OR count(DISTINCT version) <> max(version)
        """,
    )
    yield Invariant(
        "inv_changes_told",
        "The last fact told of a reservation is of its present version; stays from before the first fact, and those "
        "taken over in bulk and unchanged since, are left out.",
        """
        WITH told AS (
            SELECT substr(aggregate, 13)::bigint AS id, max((payload ->> 'version')::bigint) AS version,
                   min(created_at) AS first
              FROM core_outboxmessage
             WHERE aggregate LIKE 'reservation:%' AND payload ->> 'version' IS NOT NULL  -- a deposit tells none
             GROUP BY aggregate
        )
        SELECT coalesce(stay.id, told.id) AS id, stay.version, told.version AS told
          FROM reservations_reservation AS stay
          FULL JOIN told ON told.id = stay.id
         WHERE stay.version IS DISTINCT FROM told.version
           AND (stay.id IS NULL OR stay.updated_at > (SELECT min(first) FROM told))
           AND NOT coalesce(stay.is_taken_over AND stay.version = 1 AND told.id IS NULL, false)
        """,
    )
