-- Take and give back rooms: the only writer of sold, blocked, held and day_sold. One call per change of a stay, with
-- the old nights negative and the new ones positive, so that the union is locked once and in order.
--
-- The arrays have one entry per move: room type, nights [start, end), bucket, rooms (negative gives back).
-- READ COMMITTED: rows come out of FOR NO KEY UPDATE in their latest committed version, so the check sees the truth.
--
-- HT001  a type is unknown, or a night is not opened: no row never means free
-- HT002  use would rise above what is free; DETAIL lists every such night
-- HT004  more would be given back than was taken: the caller is wrong
CREATE FUNCTION rooms_inventory_move(
    p_property bigint, p_types bigint[], p_starts date[], p_ends date[], p_buckets text[], p_quantities integer[]
) RETURNS integer
LANGUAGE plpgsql VOLATILE
-- Two short statements over arrays, planned once: joined into one, the planner counts on a thousand nights for each
-- move, reads all counters of the property and plans anew each time, for six times the cost.
SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
    v_counters bigint[];
    v_nights date[];
    v_ids bigint[];
    v_locked bigint[];
    v_sold bigint[];
    v_blocked bigint[];
    v_held bigint[];
    v_day_sold bigint[];
    v_is_short boolean;
    v_is_below boolean;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(7, (p_property % 2147483647)::integer);

    IF EXISTS (SELECT FROM unnest(p_types) AS wanted (id)
                WHERE NOT EXISTS (SELECT FROM rooms_roomtypeconsumption AS vector
                                   WHERE vector.property_id = p_property AND vector.room_type_id = wanted.id)) THEN
        RAISE EXCEPTION 'unknown room type' USING ERRCODE = 'HT001', DETAIL = '[]';
    END IF;

    SELECT array_agg(counter), array_agg(night),
           array_agg(sold), array_agg(blocked), array_agg(held), array_agg(day_sold)
      INTO v_counters, v_nights, v_sold, v_blocked, v_held, v_day_sold
      FROM (
        SELECT coalesce(vector.counter_type_id, 0) AS counter,
               move.start + step AS night,
               coalesce(sum(vector.quantity * move.rooms) FILTER (WHERE move.bucket = 'sold'), 0) AS sold,
               coalesce(sum(vector.quantity * move.rooms) FILTER (WHERE move.bucket = 'blocked'), 0) AS blocked,
               coalesce(sum(vector.quantity * move.rooms) FILTER (WHERE move.bucket = 'held'), 0) AS held,
               coalesce(sum(vector.quantity * move.rooms) FILTER (WHERE move.bucket = 'day_sold'), 0) AS day_sold
          FROM unnest(p_types, p_starts, p_ends, p_buckets, p_quantities)
               AS move (type_id, start, past, bucket, rooms)
          JOIN rooms_roomtypeconsumption AS vector
            ON vector.property_id = p_property AND vector.room_type_id = move.type_id AND vector.quantity > 0
         CROSS JOIN LATERAL generate_series(0, move.past - move.start - 1) AS step
         GROUP BY 1, 2
      ) AS delta
     WHERE sold <> 0 OR blocked <> 0 OR held <> 0 OR day_sold <> 0;

    SELECT array_agg(id), array_agg(counter), array_agg(night),
           array_agg(sold), array_agg(blocked), array_agg(held), array_agg(day_sold),
           bool_or((rise > 0 AND rise > free) OR (day_sold > 0 AND day_sold > day_free)), bool_or(lowest < 0)
      INTO v_ids, v_locked, v_nights, v_sold, v_blocked, v_held, v_day_sold, v_is_short, v_is_below
      FROM (
        SELECT night.id, delta.counter, delta.night, delta.sold, delta.blocked, delta.held, delta.day_sold,
               delta.sold + delta.blocked + delta.held AS rise,
               night.capacity + night.overbooking - night.out_of_order
                   - night.sold - night.blocked - night.held AS free,
               night.day_limit - night.day_sold AS day_free,
               least(night.sold + delta.sold, night.blocked + delta.blocked, night.held + delta.held,
                     night.day_sold + delta.day_sold) AS lowest
          FROM unnest(v_counters, v_nights, v_sold, v_blocked, v_held, v_day_sold)
               AS delta (counter, night, sold, blocked, held, day_sold)
          JOIN rooms_inventorynight AS night
            ON night.property_id = p_property
           AND night.night = delta.night
           AND coalesce(night.room_type_id, 0) = delta.counter
         ORDER BY delta.counter, delta.night
           FOR NO KEY UPDATE OF night
      ) AS locked;

    IF cardinality(v_locked) IS DISTINCT FROM cardinality(v_counters) THEN
        RAISE EXCEPTION 'nights not open' USING ERRCODE = 'HT001', DETAIL = (
            SELECT coalesce(jsonb_agg(DISTINCT move.start + step), '[]')
              FROM unnest(p_types, p_starts, p_ends) AS move (type_id, start, past)
              JOIN rooms_roomtypeconsumption AS vector
                ON vector.property_id = p_property AND vector.room_type_id = move.type_id AND vector.quantity > 0
             CROSS JOIN LATERAL generate_series(0, move.past - move.start - 1) AS step
             WHERE NOT EXISTS (SELECT FROM rooms_inventorynight AS night
                                WHERE night.property_id = p_property AND night.night = move.start + step
                                  AND coalesce(night.room_type_id, 0) = coalesce(vector.counter_type_id, 0)))::text;
    END IF;
    -- What was refused is read again for its words: the rows are locked, and nothing has changed them.
    IF v_is_below THEN
        RAISE EXCEPTION 'more given back than taken' USING ERRCODE = 'HT004', DETAIL = (
            SELECT jsonb_agg(jsonb_build_object('night', delta.night, 'room_type', nullif(delta.counter, 0)))
              FROM unnest(v_ids, v_locked, v_nights, v_sold, v_blocked, v_held, v_day_sold)
                   AS delta (id, counter, night, sold, blocked, held, day_sold)
              JOIN rooms_inventorynight AS night USING (id)
             WHERE least(night.sold + delta.sold, night.blocked + delta.blocked, night.held + delta.held,
                         night.day_sold + delta.day_sold) < 0)::text;
    END IF;
    IF v_is_short THEN
        RAISE EXCEPTION 'sold out' USING ERRCODE = 'HT002', DETAIL = (
            SELECT jsonb_agg(jsonb_build_object(
                       'night', night,
                       'room_type', nullif(counter, 0),
                       'code', (SELECT code FROM rooms_roomtype WHERE rooms_roomtype.id = counter),
                       'free', CASE WHEN rise > 0 AND rise > free THEN free ELSE day_free END))
              FROM (
                SELECT delta.night, delta.counter, delta.day_sold,
                       delta.sold + delta.blocked + delta.held AS rise,
                       night.capacity + night.overbooking - night.out_of_order
                           - night.sold - night.blocked - night.held AS free,
                       night.day_limit - night.day_sold AS day_free
                  FROM unnest(v_ids, v_locked, v_nights, v_sold, v_blocked, v_held, v_day_sold)
                       AS delta (id, counter, night, sold, blocked, held, day_sold)
                  JOIN rooms_inventorynight AS night USING (id)
              ) AS asked
             WHERE (rise > 0 AND rise > free) OR (day_sold > 0 AND day_sold > day_free))::text;
    END IF;

    PERFORM set_config('auberge.inventory_writer', 'on', true);
    UPDATE rooms_inventorynight AS night
       SET sold = night.sold + change.sold,
           blocked = night.blocked + change.blocked,
           held = night.held + change.held,
           day_sold = night.day_sold + change.day_sold,
           updated_at = clock_timestamp()
      FROM unnest(v_ids, v_sold, v_blocked, v_held, v_day_sold) AS change (id, sold, blocked, held, day_sold)
     WHERE night.id = change.id;
    PERFORM set_config('auberge.inventory_writer', 'off', true);
    RETURN coalesce(cardinality(v_locked), 0);
END
$$;
