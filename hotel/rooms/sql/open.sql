-- Open the nights [p_first, p_past) for sale: insert the missing counters of every type but the pseudo ones, and of
-- the house, with what the rooms and holds say. Repeatable; nights opened before keep their counters.
-- Locks the structure alone. Returns how many rows were inserted.
CREATE FUNCTION rooms_inventory_open(
    p_property bigint, p_first date, p_past date, p_house_overbooking integer
) RETURNS integer
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
    v_first date;
    v_last date;
    v_made integer;
BEGIN
    PERFORM rooms_structure_lock(p_property, true);
    SELECT min(wanted.night), max(wanted.night) INTO v_first, v_last
      FROM (SELECT 0::bigint AS counter
             UNION ALL
            SELECT id FROM rooms_roomtype WHERE property_id = p_property AND kind <> 'pseudo') AS counters
     CROSS JOIN LATERAL (SELECT p_first + step AS night FROM generate_series(0, p_past - p_first - 1) AS step) AS wanted
     WHERE NOT EXISTS (SELECT FROM rooms_inventorynight AS night
                        WHERE night.property_id = p_property AND night.night = wanted.night
                          AND coalesce(night.room_type_id, 0) = counters.counter);
    IF v_first IS NULL THEN
        RETURN 0;
    END IF;
    PERFORM set_config('auberge.inventory_writer', 'on', true);
    INSERT INTO rooms_inventorynight (
        property_id, room_type_id, night, capacity, out_of_order, overbooking, sold, blocked, held, day_sold,
        day_limit, created_at, updated_at
    )
    SELECT p_property, nullif(counter, 0), night, capacity, out_of_order,
           CASE WHEN counter = 0 THEN p_house_overbooking ELSE 0 END, 0, 0, 0, 0,
           day_limit, clock_timestamp(), clock_timestamp()
      FROM rooms_inventory_counted(p_property, v_first, v_last + 1)
     ORDER BY night, counter
        ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS v_made = ROW_COUNT;
    PERFORM set_config('auberge.inventory_writer', 'off', true);
    RETURN v_made;
END
$$;
