-- What a redemption keeps and how it goes on. It names no column that came later: every migration can have it.

CREATE OR REPLACE FUNCTION loyalty_redemption_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY['status', 'settlement_id', 'closed_at', 'reason', 'updated_at'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'held' THEN
            RAISE EXCEPTION 'A redemption begins with a hold.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'redemption_begins_held';
        END IF;
        IF to_jsonb(NEW) ->> 'pool_id' IS NULL AND NOT EXISTS (SELECT FROM loyalty_pointtransaction AS spent
                        WHERE spent.id = NEW.spent_id AND spent.member_id = NEW.member_id
                          AND spent.kind = 'redemption' AND spent.points = -NEW.points) THEN
            RAISE EXCEPTION 'A redemption costs what its transaction took from its member.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'redemption_is_its_points';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.status <> OLD.status THEN
        may_change := may_change || ARRAY['returned'];
    ELSIF TG_OP = 'UPDATE' AND NEW.kind = 'free_night' AND NEW.status IN ('held', 'confirmed')
       AND NEW.quantity < OLD.quantity AND NEW.quantity = NEW.past_day - NEW.first_day
       AND NEW.first_day >= OLD.first_day AND NEW.past_day <= OLD.past_day
       AND NEW.cash <= OLD.cash AND NEW.value <= OLD.value THEN  -- the stay has fewer nights
        may_change := may_change || ARRAY['returned', 'quantity', 'first_day', 'past_day', 'cash', 'value'];
    END IF;
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - may_change <> to_jsonb(OLD) - may_change OR NEW.returned < OLD.returned THEN
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
