-- What the rooms and their holds say about each night: the truth that `capacity`, `out_of_order` and `day_limit`
-- of the counters are copied from. One row per counter (0 = house) and night of [p_first, p_past).
--
-- A suite is open only where all its parts are, and a hold of a suite holds its parts and the other way round.
-- A virtual type has the rooms of its base. The house counts physical standard rooms only.
CREATE FUNCTION rooms_inventory_counted(p_property bigint, p_first date, p_past date)
RETURNS TABLE (counter bigint, night date, capacity integer, out_of_order integer, day_limit integer)
LANGUAGE sql STABLE
AS $$
    WITH nights AS (
        SELECT p_first + step AS night FROM generate_series(0, p_past - p_first - 1) AS step
    ), physical AS (
        SELECT room.id, room.room_type_id,
               greatest(room.opened_on, max(part.opened_on)) AS opened_on,
               least(room.closed_on, min(part.closed_on)) AS closed_on
          FROM rooms_room AS room
          JOIN rooms_roomtype AS type ON type.id = room.room_type_id AND type.kind IN ('standard', 'component')
          LEFT JOIN rooms_roompart AS link ON link.room_id = room.id
          LEFT JOIN rooms_room AS part ON part.id = link.part_id
         WHERE room.property_id = p_property
         GROUP BY room.id
    ), direct AS (
        SELECT room_id, start_on, end_on, kind
          FROM rooms_roomblock
         WHERE property_id = p_property AND kind <> 'out_of_service' AND start_on < p_past AND end_on > p_first
    ), hold AS (
        SELECT room_id, start_on, end_on, kind FROM direct
        UNION ALL
        SELECT link.part_id, start_on, end_on, kind FROM direct JOIN rooms_roompart AS link USING (room_id)
        UNION ALL
        SELECT link.room_id, start_on, end_on, kind
          FROM direct JOIN rooms_roompart AS link ON link.part_id = direct.room_id
    ), held_night AS (
        SELECT hold.room_id, nights.night, bool_or(hold.kind = 'out_of_inventory') AS has_left
          FROM hold JOIN nights ON nights.night >= hold.start_on AND nights.night < hold.end_on
         GROUP BY hold.room_id, nights.night
    ), by_type AS (
        SELECT physical.room_type_id, nights.night,
               count(*) FILTER (WHERE NOT coalesce(held_night.has_left, false)) AS capacity,
               count(*) FILTER (WHERE NOT held_night.has_left) AS out_of_order
          FROM physical
          JOIN nights ON nights.night >= physical.opened_on
                     AND (physical.closed_on IS NULL OR nights.night < physical.closed_on)
          LEFT JOIN held_night ON held_night.room_id = physical.id AND held_night.night = nights.night
         GROUP BY physical.room_type_id, nights.night
    ), typed AS (
        SELECT type.id, type.kind, nights.night,
               coalesce(by_type.capacity, 0) AS capacity,
               coalesce(by_type.out_of_order, 0) AS out_of_order,
               least(type.day_use_limit, coalesce(by_type.capacity - by_type.out_of_order, 0)) AS day_limit
          FROM rooms_roomtype AS type
         CROSS JOIN nights
          LEFT JOIN by_type ON by_type.room_type_id = coalesce(type.base_type_id, type.id)
                           AND by_type.night = nights.night
         WHERE type.property_id = p_property AND type.kind <> 'pseudo'
    )
    SELECT id, night, capacity::integer, out_of_order::integer, day_limit::integer FROM typed
    UNION ALL
    SELECT 0, nights.night, coalesce(sum(typed.capacity), 0)::integer,
           coalesce(sum(typed.out_of_order), 0)::integer, coalesce(sum(typed.day_limit), 0)::integer
      FROM nights LEFT JOIN typed ON typed.night = nights.night AND typed.kind = 'standard'
     GROUP BY nights.night
$$;
