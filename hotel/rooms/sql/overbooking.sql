-- Allow so many rooms of a counter (0 = house) to be sold beyond its capacity on the nights [p_first, p_past).
-- HT001  a night is not opened    HT003  more is in use already; DETAIL lists every such night
CREATE FUNCTION rooms_overbooking_set(
    p_property bigint, p_counter bigint, p_first date, p_past date, p_rooms integer
) RETURNS integer
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
    v_locked integer;
    v_short jsonb;
BEGIN
    PERFORM rooms_structure_lock(p_property, false);
    SELECT count(*),
           jsonb_agg(jsonb_build_object(
               'night', night, 'room_type', room_type_id,
               'code', (SELECT code FROM rooms_roomtype WHERE rooms_roomtype.id = room_type_id),
               'short', sold + blocked + held + out_of_order - capacity - p_rooms
           )) FILTER (WHERE sold + blocked + held > capacity + p_rooms - out_of_order)
      INTO v_locked, v_short
      FROM (SELECT *
              FROM rooms_inventorynight
             WHERE property_id = p_property AND night >= p_first AND night < p_past
               AND coalesce(room_type_id, 0) = p_counter
             ORDER BY night
               FOR NO KEY UPDATE) AS locked;
    IF v_locked <> p_past - p_first THEN
        RAISE EXCEPTION 'nights not open' USING ERRCODE = 'HT001', DETAIL = (
            SELECT coalesce(jsonb_agg(p_first + step), '[]')
              FROM generate_series(0, p_past - p_first - 1) AS step
             WHERE NOT EXISTS (SELECT FROM rooms_inventorynight AS night
                                WHERE night.property_id = p_property AND night.night = p_first + step
                                  AND coalesce(night.room_type_id, 0) = p_counter))::text;
    END IF;
    IF v_short IS NOT NULL THEN
        RAISE EXCEPTION 'capacity in use' USING ERRCODE = 'HT003', DETAIL = v_short::text;
    END IF;
    PERFORM set_config('auberge.inventory_writer', 'on', true);
    UPDATE rooms_inventorynight
       SET overbooking = p_rooms, updated_at = clock_timestamp()
     WHERE property_id = p_property AND night >= p_first AND night < p_past
       AND coalesce(room_type_id, 0) = p_counter AND overbooking <> p_rooms;
    PERFORM set_config('auberge.inventory_writer', 'off', true);
    RETURN v_locked;
END
$$;
