-- Vectors and the set of opened nights may not change while a sale reads them. Sales, recounts and overbooking take
-- the lock shared (a lock in memory: no row is written), changes of the structure and opening nights take it alone.
-- 7 is LockSpace.ROOM_STRUCTURE of hotel.core.locks.
CREATE FUNCTION rooms_structure_lock(p_property bigint, p_alone boolean) RETURNS void
LANGUAGE plpgsql VOLATILE
AS $$
BEGIN
    IF p_alone THEN
        PERFORM pg_advisory_xact_lock(7, (p_property % 2147483647)::integer);
    ELSE
        PERFORM pg_advisory_xact_lock_shared(7, (p_property % 2147483647)::integer);
    END IF;
END
$$;
