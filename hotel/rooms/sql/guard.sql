-- The counters have one family of writers: the functions of this folder, which set
-- auberge.inventory_writer around their write. A guard against mistakes, not against malice.
CREATE FUNCTION rooms_inventory_refuse() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION 'Inventory counters are written by the rooms_inventory_* functions only.'
        USING ERRCODE = 'HT009', HINT = 'Call hotel.rooms.services.inventory.';
END
$$;

CREATE TRIGGER rooms_inventory_guard
    BEFORE INSERT OR UPDATE OR DELETE ON rooms_inventorynight
    FOR EACH STATEMENT
    WHEN (current_setting('auberge.inventory_writer', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION rooms_inventory_refuse();

-- Room on each page for new versions: updates of counters touch no index and stay on their page.
ALTER TABLE rooms_inventorynight SET (fillfactor = 60);
