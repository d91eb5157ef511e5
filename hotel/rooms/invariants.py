"""What holds of rooms whatever code does; each query returns the violations."""

from collections.abc import Iterable

from hotel.core.invariants import Invariant

_COUNTED = """
    SELECT night.property_id, night.room_type_id, night.night, night.capacity, counted.capacity AS capacity_counted,
           night.out_of_order, counted.out_of_order AS out_of_order_counted,
           night.day_limit, counted.day_limit AS day_limit_counted
      FROM (SELECT property_id, min(night) AS first, max(night) + 1 AS past
              FROM rooms_inventorynight GROUP BY property_id) AS opened
     CROSS JOIN LATERAL rooms_inventory_counted(opened.property_id, opened.first, opened.past) AS counted
      JOIN rooms_inventorynight AS night
        ON night.property_id = opened.property_id AND night.night = counted.night
       AND coalesce(night.room_type_id, 0) = counted.counter
     WHERE (night.capacity, night.out_of_order, night.day_limit)
           <> (counted.capacity, counted.out_of_order, counted.day_limit)
"""
_SUMMED = ("capacity", "out_of_order", "day_limit", "sold", "blocked", "held", "day_sold")


def invariants() -> Iterable[Invariant]:
    """All invariants of rooms. Sold, blocked and held against stays are checked by reservations."""
    yield Invariant(
        "inv_inventory_limits",
        "No night is oversold and no counter is negative.",
        """
        SELECT property_id, room_type_id, night, capacity, overbooking, out_of_order, sold, blocked, held
          FROM rooms_inventorynight
         WHERE sold + blocked + held + out_of_order > capacity + overbooking OR day_sold > day_limit
            OR least(capacity, overbooking, out_of_order, sold, blocked, held, day_sold, day_limit) < 0
        """,
    )
    yield Invariant(
        "inv_inventory_counted",
        "Capacity, rooms out of order and the limit of day use are what rooms and holds say.",
        _COUNTED,
    )
    yield Invariant("inv_inventory_house", "The house is the sum of its standard types.", _house_sql())
    yield Invariant(
        "inv_inventory_complete",
        "An opened night has a counter for every type but the pseudo ones.",
        """
        SELECT house.property_id, house.night, type.code
          FROM rooms_inventorynight AS house
          JOIN rooms_roomtype AS type ON type.property_id = house.property_id AND type.kind <> 'pseudo'
         WHERE house.room_type_id IS NULL
           AND NOT EXISTS (SELECT FROM rooms_inventorynight AS night
                            WHERE night.property_id = house.property_id AND night.night = house.night
                              AND coalesce(night.room_type_id, 0) = type.id)
        """,
    )
    yield Invariant("inv_consumption", "Each vector follows from the structure of its type.", _CONSUMPTION)
    yield Invariant(
        "inv_holds_claim",
        "A hold that takes the room claims it, and only active or past holds have claims.",
        """
        SELECT block.property_id, block.id, block.room_id, claim.id AS claim_id
          FROM rooms_roomblock AS block
          FULL JOIN (SELECT * FROM rooms_roomoccupancy WHERE kind = 'block' AND part_of_id IS NULL) AS claim
            ON claim.id = block.occupancy_id
         WHERE (block.id IS NULL)
            OR (claim.id IS NULL AND block.kind <> 'out_of_service' AND block.end_on > block.start_on)
            OR (claim.id IS NOT NULL AND (claim.room_id <> block.room_id OR block.kind = 'out_of_service'))
        """,
    )
    yield Invariant(
        "inv_room_taken_once",
        "No two claims share a room at any instant, whether of stays or of holds, but those of one party.",
        """
        WITH spans AS (
            SELECT id, room_id, during FROM rooms_roomoccupancy WHERE party IS NULL
             UNION ALL
            SELECT min(id), room_id, unnest(range_agg(during))
              FROM rooms_roomoccupancy WHERE party IS NOT NULL GROUP BY room_id, party)
        SELECT claim.room_id, claim.id, claim.next_id
          FROM (SELECT id, room_id, during, lead(id) OVER later AS next_id, lead(during) OVER later AS next_during
                  FROM spans
                WINDOW later AS (PARTITION BY room_id ORDER BY lower(during), id)) AS claim
         WHERE claim.next_during && claim.during
        """,
    )
    yield Invariant(
        "inv_suites_claim_parts",
        "A claim of a suite claims each of its parts for the same time.",
        """
        SELECT claim.property_id, claim.id, link.part_id
          FROM rooms_roomoccupancy AS claim
          JOIN rooms_roompart AS link ON link.room_id = claim.room_id
          LEFT JOIN rooms_roomoccupancy AS part
            ON part.part_of_id = claim.id AND part.room_id = link.part_id AND part.during = claim.during
         WHERE claim.part_of_id IS NULL AND part.id IS NULL
        """,
    )


def _house_sql() -> str:
    sums = ", ".join(f"sum(night.{column}) AS {column}" for column in _SUMMED)
    house = ", ".join(f"house.{column}" for column in _SUMMED)
    total = ", ".join(f"coalesce(total.{column}, 0)" for column in _SUMMED)
    return f"""
        SELECT house.property_id, house.night, {house}, {", ".join(f"total.{c} AS sum_{c}" for c in _SUMMED)}
          FROM rooms_inventorynight AS house
          LEFT JOIN (SELECT night.property_id, night.night, {sums}
                       FROM rooms_inventorynight AS night
                       JOIN rooms_roomtype AS type ON type.id = night.room_type_id AND type.kind = 'standard'
                      GROUP BY 1, 2) AS total
            ON total.property_id = house.property_id AND total.night = house.night
         WHERE house.room_type_id IS NULL AND ({house}) <> ({total})
    """  # noqa: S608


_CONSUMPTION = """
    WITH wanted AS (
        SELECT property_id, id AS room_type_id, id AS counter, (kind <> 'pseudo')::integer AS quantity
          FROM rooms_roomtype
         UNION ALL
        SELECT property_id, id, base_type_id, 1 FROM rooms_roomtype WHERE base_type_id IS NOT NULL
         UNION ALL
        SELECT property_id, room_type_id, part_type_id, quantity FROM rooms_roomtypepart
         UNION ALL
        SELECT property_id, id, 0,
               CASE WHEN kind = 'component'
                    THEN (SELECT sum(quantity) FROM rooms_roomtypepart AS part WHERE part.room_type_id = type.id)
                    ELSE 1 END
          FROM rooms_roomtype AS type WHERE kind <> 'pseudo'
    ), present AS (
        SELECT property_id, room_type_id, coalesce(counter_type_id, 0) AS counter, quantity
          FROM rooms_roomtypeconsumption
    )
    (SELECT 'missing' AS what, * FROM wanted EXCEPT SELECT 'missing', * FROM present)
     UNION ALL
    (SELECT 'superfluous', * FROM present EXCEPT SELECT 'superfluous', * FROM wanted)
"""
