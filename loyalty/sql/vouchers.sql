-- A voucher keeps its code, its days and its hotels; only who took it changes. Its redemption may be taken back by it.

CREATE FUNCTION loyalty_voucher_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change CONSTANT text[] := ARRAY['redeemed_at', 'redeemed_place_id', 'redeemed_by_id', 'uses', 'code', 'fingerprint',
                                         'updated_at'];  -- code and fingerprint with a new key
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - may_change <> to_jsonb(OLD) - may_change THEN
        RAISE EXCEPTION 'A voucher keeps what it is, and is not deleted.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'voucher_is_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER loyalty_voucher_guard BEFORE UPDATE OR DELETE ON loyalty_rewardvoucher
    FOR EACH ROW EXECUTE FUNCTION loyalty_voucher_guard();

CREATE OR REPLACE FUNCTION loyalty_redemption_guard() RETURNS trigger LANGUAGE plpgsql AS $$
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
        'confirmed>refunded', 'fulfilled>refunded')
       AND NOT (NEW.kind = 'voucher' AND OLD.status = 'fulfilled' AND NEW.status = 'confirmed') THEN
        RAISE EXCEPTION 'A redemption does not go from % to %.', OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'redemption_ways';
    END IF;
    RETURN NEW;
END $$;
