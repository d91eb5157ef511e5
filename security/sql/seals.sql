-- Of a seal only the moment of its export is filled in, once. Of an archive nothing is changed.
CREATE FUNCTION security_refuse_new_seal() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF OLD.exported_at IS NULL
       AND to_jsonb(OLD) - 'exported_at' = to_jsonb(NEW) - 'exported_at' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is only ever added to.', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'trail_is_immutable';
END
$$;

CREATE TRIGGER seal_unchanged BEFORE UPDATE ON security_auditseal
    FOR EACH ROW EXECUTE FUNCTION security_refuse_new_seal();
CREATE TRIGGER seal_kept BEFORE DELETE ON security_auditseal
    FOR EACH ROW EXECUTE FUNCTION security_refuse_change();
CREATE TRIGGER seal_not_emptied BEFORE TRUNCATE ON security_auditseal
    FOR EACH STATEMENT WHEN (current_setting('auberge.ledger_emptying', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION security_refuse_change();
CREATE TRIGGER archive_unchanged BEFORE UPDATE OR DELETE ON security_auditarchive
    FOR EACH ROW EXECUTE FUNCTION security_refuse_change();

-- The numbers given out so far, and a transaction id that every transaction which could hold one of them is older than:
-- whoever takes a number has an id already, because he has written a row.
CREATE FUNCTION security_trail_given(OUT last_id bigint, OUT horizon bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    SELECT CASE WHEN is_called THEN last_value ELSE 0 END INTO last_id FROM security_auditlog_id_seq;
    horizon := pg_current_xact_id()::text::bigint;
END
$$;
