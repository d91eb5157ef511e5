-- Delete the counters of a type that never sold anything, so that an unused type can be deleted.
-- HT003  something is or was in use
CREATE FUNCTION rooms_inventory_forget(p_property bigint, p_type bigint) RETURNS integer
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
    v_deleted integer;
BEGIN
    PERFORM rooms_structure_lock(p_property, true);
    IF EXISTS (SELECT FROM rooms_inventorynight
                WHERE property_id = p_property AND room_type_id = p_type
                  AND sold + blocked + held + day_sold > 0) THEN
        RAISE EXCEPTION 'capacity in use' USING ERRCODE = 'HT003', DETAIL = '[]';
    END IF;
    PERFORM set_config('auberge.inventory_writer', 'on', true);
    DELETE FROM rooms_inventorynight WHERE property_id = p_property AND room_type_id = p_type;
    GET DIAGNOSTICS v_deleted = ROW_COUNT;
    PERFORM set_config('auberge.inventory_writer', 'off', true);
    RETURN v_deleted;
END
$$;
