-- Months of the trail are made and taken out by whoever may call these two, with the rights of the owner: no role that
-- serves may change the structure. A month goes only when its archive says that all of it is kept.
ALTER FUNCTION security_trail_partition(date) SECURITY DEFINER;

CREATE FUNCTION security_trail_month_drop(p_partition text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    v_rows bigint;
    v_last bigint;
BEGIN
    IF p_partition = 'security_auditlog_rest'
       OR NOT EXISTS (SELECT FROM pg_inherits WHERE inhparent = 'security_auditlog'::regclass
                                                AND inhrelid = to_regclass(quote_ident(p_partition))) THEN
        RAISE EXCEPTION '% is no month of the trail.', p_partition USING ERRCODE = 'invalid_parameter_value';
    END IF;
    EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', p_partition);
    EXECUTE format('SELECT count(*), max(id) FROM %I', p_partition) INTO v_rows, v_last;
    IF v_rows > 0 AND NOT EXISTS (SELECT FROM security_auditarchive
                                   WHERE "partition" = p_partition AND "rows" = v_rows AND last_id = v_last) THEN
        RAISE EXCEPTION '% is not archived.', p_partition
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'trail_is_immutable';
    END IF;
    EXECUTE format('ALTER TABLE security_auditlog DETACH PARTITION %I', p_partition);
    EXECUTE format('DROP TABLE %I', p_partition);
    RETURN true;
END
$$;
REVOKE ALL ON FUNCTION security_trail_month_drop, security_trail_given FROM PUBLIC;
