-- A consent is recorded, never changed or deleted.
CREATE FUNCTION guests_consent_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'A consent is never deleted: record the withdrawal.' USING ERRCODE = '23001';
    END IF;
    IF (to_jsonb(NEW) - 'guest_id' - 'updated_at') <> (to_jsonb(OLD) - 'guest_id' - 'updated_at') THEN
        RAISE EXCEPTION 'A consent is never changed: record the new decision.' USING ERRCODE = '23001';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guests_consent_guard BEFORE UPDATE OR DELETE ON guests_guestconsent
    FOR EACH ROW EXECUTE FUNCTION guests_consent_guard();
