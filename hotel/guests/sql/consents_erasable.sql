-- A consent is recorded, never changed or deleted; only of a guest who was erased the evidence goes.
CREATE OR REPLACE FUNCTION guests_consent_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_move CONSTANT text[] := ARRAY['guest_id', 'updated_at'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'A consent is never deleted: record the withdrawal.' USING ERRCODE = '23001';
    END IF;
    IF (to_jsonb(NEW) - may_move) = (to_jsonb(OLD) - may_move) THEN
        RETURN NEW;
    END IF;
    IF NEW.evidence = '' AND (to_jsonb(NEW) - may_move - 'evidence') = (to_jsonb(OLD) - may_move - 'evidence')
       AND EXISTS (SELECT FROM guests_guest WHERE id = OLD.guest_id AND erased_at IS NOT NULL) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A consent is never changed: record the new decision.' USING ERRCODE = '23001';
END $$;
