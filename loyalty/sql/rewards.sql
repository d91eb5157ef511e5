-- A redemption keeps what it is, goes the ways of its life only, and never more are taken than there are.

CREATE FUNCTION loyalty_redemption_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change CONSTANT text[] := ARRAY['status', 'settlement_id', 'closed_at', 'returned', 'reason', 'updated_at'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'held' THEN
            RAISE EXCEPTION 'A redemption begins with a hold.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'redemption_begins_held';
        END IF;
        IF NOT EXISTS (SELECT FROM loyalty_pointtransaction AS spent
                        WHERE spent.id = NEW.spent_id AND spent.member_id = NEW.member_id
                          AND spent.kind = 'redemption' AND spent.points = -NEW.points) THEN
            RAISE EXCEPTION 'A redemption costs what its transaction took from its member.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'redemption_is_its_points';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - may_change <> to_jsonb(OLD) - may_change THEN
        RAISE EXCEPTION 'A redemption keeps what it is, and is not deleted.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'redemption_is_kept';
    END IF;
    IF NEW.status <> OLD.status AND (OLD.status || '>' || NEW.status) NOT IN
       ('held>confirmed', 'held>cancelled', 'held>released', 'confirmed>fulfilled', 'confirmed>cancelled',
        'confirmed>refunded', 'fulfilled>refunded') THEN
        RAISE EXCEPTION 'A redemption does not go from % to %.', OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'redemption_ways';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER loyalty_redemption_guard BEFORE INSERT OR UPDATE OR DELETE ON loyalty_rewardredemption
    FOR EACH ROW EXECUTE FUNCTION loyalty_redemption_guard();

-- Counted with the reward locked, so that of two who want the last one the second sees the first.
CREATE FUNCTION loyalty_stock_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    there_are integer;
BEGIN
    SELECT stock INTO there_are FROM loyalty_reward WHERE id = NEW.reward_id AND stock IS NOT NULL FOR NO KEY UPDATE;
    IF FOUND AND there_are < (SELECT sum(quantity) FROM loyalty_rewardredemption
                               WHERE reward_id = NEW.reward_id AND status IN ('held', 'confirmed', 'fulfilled')) THEN
        RAISE EXCEPTION 'There are only % of this reward.', there_are
            USING ERRCODE = 'check_violation', CONSTRAINT = 'reward_stock';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER loyalty_stock_guard AFTER INSERT ON loyalty_rewardredemption
    FOR EACH ROW EXECUTE FUNCTION loyalty_stock_guard();
