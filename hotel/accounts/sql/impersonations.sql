-- Who looked as whom is written once, ended once, and never deleted.
CREATE FUNCTION accounts_impersonation_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'Who looked as whom is never deleted.' USING ERRCODE = '23001';
    END IF;
    IF OLD.ended_at IS NOT NULL
       OR (to_jsonb(NEW) - 'ended_at' - 'ending' - 'updated_at')
          <> (to_jsonb(OLD) - 'ended_at' - 'ending' - 'updated_at') THEN
        RAISE EXCEPTION 'Who looked as whom is never changed, only ended.' USING ERRCODE = '23001';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accounts_impersonation_guard BEFORE UPDATE OR DELETE ON accounts_impersonation
    FOR EACH ROW EXECUTE FUNCTION accounts_impersonation_guard();
