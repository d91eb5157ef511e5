-- A redemption keeps what it is, goes the ways of its life only, and never more are taken than there are.

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
