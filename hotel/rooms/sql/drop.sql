DROP TRIGGER IF EXISTS rooms_inventory_guard ON rooms_inventorynight;
DROP FUNCTION IF EXISTS
    rooms_inventory_refuse, rooms_inventory_move, rooms_inventory_open, rooms_inventory_recount,
    rooms_overbooking_set, rooms_inventory_forget, rooms_inventory_counted, rooms_structure_lock;
