-- A redemption is paid by its member alone, or by the members of a pool, who together pay just its points.

CREATE FUNCTION loyalty_pool_payment_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change CONSTANT text[] := ARRAY['returned', 'updated_at'];
BEGIN
    IF TG_OP = 'INSERT' AND NOT EXISTS (SELECT FROM loyalty_pointtransaction AS spent
                    WHERE spent.id = NEW.spent_id AND spent.member_id = NEW.member_id
                      AND spent.kind = 'redemption' AND spent.points = -NEW.points) THEN
        RAISE EXCEPTION 'A member of a pool pays what his transaction took from him.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'pool_payment_is_its_points';
    END IF;
    IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND to_jsonb(NEW) - may_change <> to_jsonb(OLD) - may_change THEN
        RAISE EXCEPTION 'What a member of a pool paid is never changed.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'points_are_immutable';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER loyalty_pool_payment_guard BEFORE INSERT OR UPDATE OR DELETE ON loyalty_poolpayment
    FOR EACH ROW EXECUTE FUNCTION loyalty_pool_payment_guard();

-- At the commit, also when a payment was added later.
CREATE FUNCTION loyalty_pool_pays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    paid CONSTANT bigint := to_jsonb(NEW) ->> TG_ARGV[0];
BEGIN
    IF (SELECT CASE WHEN pool_id IS NULL THEN 0 ELSE points END FROM loyalty_rewardredemption WHERE id = paid)
       <> coalesce((SELECT sum(points) FROM loyalty_poolpayment WHERE redemption_id = paid), 0) THEN
        RAISE EXCEPTION 'The members of a pool pay just the points of redemption %.', paid
            USING ERRCODE = 'check_violation', CONSTRAINT = 'pool_pays_the_redemption';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER loyalty_redemption_is_paid AFTER INSERT ON loyalty_rewardredemption
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION loyalty_pool_pays('id');
CREATE CONSTRAINT TRIGGER loyalty_pool_payment_adds_up AFTER INSERT ON loyalty_poolpayment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION loyalty_pool_pays('redemption_id');
