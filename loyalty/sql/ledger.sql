-- The ledger of points is never changed; what lots have left and what members owe is the sum of the movements.

CREATE FUNCTION loyalty_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of % are never changed or deleted. Correct with further ones.', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'points_are_immutable';
END $$;

CREATE TRIGGER loyalty_transaction_immutable BEFORE UPDATE OR DELETE ON loyalty_pointtransaction
    FOR EACH ROW EXECUTE FUNCTION loyalty_refuse_change();
CREATE TRIGGER loyalty_movement_immutable BEFORE UPDATE OR DELETE ON loyalty_pointmovement
    FOR EACH ROW EXECUTE FUNCTION loyalty_refuse_change();
CREATE TRIGGER loyalty_tier_change_immutable BEFORE UPDATE OR DELETE ON loyalty_tierchange
    FOR EACH ROW EXECUTE FUNCTION loyalty_refuse_change();
CREATE TRIGGER loyalty_tier_credit_immutable BEFORE UPDATE OR DELETE ON loyalty_tiercredit
    FOR EACH ROW EXECUTE FUNCTION loyalty_refuse_change();

-- Of a lot only what is left changes, by movements alone, and its end, which activity moves on.
CREATE FUNCTION loyalty_lot_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change CONSTANT text[] := ARRAY['left', 'expires_on', 'updated_at'];
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - may_change <> to_jsonb(OLD) - may_change
       OR NEW."left" <> OLD."left" AND pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'A lot is moved by movements alone.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'points_are_immutable';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER loyalty_lot_guard BEFORE UPDATE OR DELETE ON loyalty_pointlot
    FOR EACH ROW EXECUTE FUNCTION loyalty_lot_guard();

CREATE FUNCTION loyalty_lot_begin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW."left" := 0;  -- its first movement fills it
    RETURN NEW;
END $$;
CREATE TRIGGER loyalty_lot_begin BEFORE INSERT ON loyalty_pointlot
    FOR EACH ROW EXECUTE FUNCTION loyalty_lot_begin();

-- Writers lock the member's row first, so no two of them meet here.
CREATE FUNCTION loyalty_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE loyalty_pointlot AS lot SET "left" = lot."left" + moved.points
      FROM (SELECT lot_id, sum(points) AS points FROM made WHERE lot_id IS NOT NULL GROUP BY 1) AS moved
     WHERE lot.id = moved.lot_id;
    UPDATE loyalty_loyaltymember AS member SET debt = member.debt - moved.points
      FROM (SELECT member_id, sum(points) AS points FROM made WHERE lot_id IS NULL GROUP BY 1) AS moved
     WHERE member.id = moved.member_id;
    RETURN NULL;
END $$;
CREATE TRIGGER loyalty_move AFTER INSERT ON loyalty_pointmovement
    REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION loyalty_move();

-- At the commit a transaction is what its movements are, also when one was added later.
CREATE FUNCTION loyalty_require_sum() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    booked CONSTANT bigint := to_jsonb(NEW) ->> TG_ARGV[0];
BEGIN
    IF (SELECT points FROM loyalty_pointtransaction WHERE id = booked)
       <> coalesce((SELECT sum(points) FROM loyalty_pointmovement WHERE transaction_id = booked), 0) THEN
        RAISE EXCEPTION 'Transaction % of points is not the sum of its movements.', booked
            USING ERRCODE = 'check_violation', CONSTRAINT = 'points_add_up';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER loyalty_points_add_up AFTER INSERT ON loyalty_pointtransaction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION loyalty_require_sum('id');
CREATE CONSTRAINT TRIGGER loyalty_movement_adds_up AFTER INSERT ON loyalty_pointmovement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION loyalty_require_sum('transaction_id');
