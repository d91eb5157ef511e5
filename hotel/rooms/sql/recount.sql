-- Copy anew what rooms and holds say into capacity, out_of_order and day_limit of the opened nights of [p_first, p_past)
-- (NULL: all of them), for the counters that these types touch (NULL: all). Call it after the change, in its transaction.
--
-- The count runs after the rows are locked, in a statement of its own: of two such changes the later one sees both.
-- HT003  a night would hold less than is in use; DETAIL lists every such night
-- Returns how many rows changed.
CREATE FUNCTION rooms_inventory_recount(p_property bigint, p_types bigint[], p_first date, p_past date)
RETURNS integer
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
    v_counters bigint[];
    v_first date;
    v_past date;
    v_short jsonb;
    v_changed integer;
BEGIN
    PERFORM rooms_structure_lock(p_property, false);
    IF p_types IS NOT NULL THEN
        SELECT array_agg(DISTINCT other.room_type_id) || 0::bigint INTO v_counters
          FROM rooms_roomtypeconsumption AS own
          JOIN rooms_roomtypeconsumption AS other
            ON other.property_id = own.property_id AND other.counter_type_id = own.counter_type_id
         WHERE own.property_id = p_property AND own.room_type_id = ANY (p_types);
    END IF;
    SELECT min(night), max(night) + 1 INTO v_first, v_past
      FROM (SELECT night
              FROM rooms_inventorynight
             WHERE property_id = p_property
               AND (p_first IS NULL OR night >= p_first) AND (p_past IS NULL OR night < p_past)
               AND (v_counters IS NULL OR coalesce(room_type_id, 0) = ANY (v_counters))
             ORDER BY coalesce(room_type_id, 0), night
               FOR NO KEY UPDATE) AS locked;
    IF v_first IS NULL THEN
        RETURN 0;
    END IF;
    SELECT jsonb_agg(jsonb_build_object(
               'night', night.night,
               'room_type', night.room_type_id,
               'code', (SELECT code FROM rooms_roomtype WHERE rooms_roomtype.id = night.room_type_id),
               'short', greatest(
                   night.sold + night.blocked + night.held + counted.out_of_order - counted.capacity - night.overbooking,
                   night.day_sold - counted.day_limit)
           ))
      INTO v_short
      FROM rooms_inventory_counted(p_property, v_first, v_past) AS counted
      JOIN rooms_inventorynight AS night
        ON night.property_id = p_property AND night.night = counted.night
       AND coalesce(night.room_type_id, 0) = counted.counter
     WHERE (v_counters IS NULL OR counted.counter = ANY (v_counters))
       AND (night.sold + night.blocked + night.held > counted.capacity + night.overbooking - counted.out_of_order
            OR night.day_sold > counted.day_limit);
    IF v_short IS NOT NULL THEN
        RAISE EXCEPTION 'capacity in use' USING ERRCODE = 'HT003', DETAIL = v_short::text;
    END IF;
    PERFORM set_config('auberge.inventory_writer', 'on', true);
    UPDATE rooms_inventorynight AS night
       SET capacity = counted.capacity, out_of_order = counted.out_of_order, day_limit = counted.day_limit,
           updated_at = clock_timestamp()
      FROM rooms_inventory_counted(p_property, v_first, v_past) AS counted
     WHERE night.property_id = p_property AND night.night = counted.night
       AND coalesce(night.room_type_id, 0) = counted.counter
       AND (v_counters IS NULL OR counted.counter = ANY (v_counters))
       AND (night.capacity, night.out_of_order, night.day_limit)
           IS DISTINCT FROM (counted.capacity, counted.out_of_order, counted.day_limit);
    GET DIAGNOSTICS v_changed = ROW_COUNT;
    PERFORM set_config('auberge.inventory_writer', 'off', true);
    RETURN v_changed;
END
$$;
