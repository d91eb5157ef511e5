-- What the books were told of a partner is never changed; of what he posted only that it was taken back.

CREATE TRIGGER loyalty_partner_statement_immutable BEFORE UPDATE OR DELETE ON loyalty_partnerstatement
    FOR EACH ROW EXECUTE FUNCTION loyalty_refuse_change();

CREATE FUNCTION loyalty_partner_accrual_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change CONSTANT text[] := ARRAY['reversal_id', 'updated_at'];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.reversal_id IS NOT NULL
       OR to_jsonb(NEW) - may_change <> to_jsonb(OLD) - may_change THEN
        RAISE EXCEPTION 'What a partner posted is taken back, once, and not changed.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'points_are_immutable';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER loyalty_partner_accrual_guard BEFORE UPDATE OR DELETE ON loyalty_partneraccrual
    FOR EACH ROW EXECUTE FUNCTION loyalty_partner_accrual_guard();
