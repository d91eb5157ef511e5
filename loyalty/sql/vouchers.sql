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
