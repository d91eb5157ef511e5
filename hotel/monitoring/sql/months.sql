-- Partitions of the usage are made and dropped by whoever may call these two, with the rights of the owner: no role
-- that serves may change the structure.
CREATE FUNCTION monitoring_usage_month_make(p_grain text, p_start timestamptz) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC'
AS $$
DECLARE
    v_parent text := 'monitoring_apiusage_' || p_grain;
    v_name text := v_parent || to_char(p_start, '_YYYYMM');
    v_end timestamptz := p_start + interval '1 month';
BEGIN
    IF p_grain NOT IN ('minute', 'hour', 'day') OR p_start <> date_trunc('month', p_start) THEN
        RAISE EXCEPTION 'There are no months of % from %.', p_grain, p_start USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF to_regclass(v_name) IS NOT NULL THEN
        RETURN NULL;
    END IF;
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', v_name, v_parent);
    EXECUTE format('WITH gone AS (DELETE FROM %I WHERE started_at >= $1 AND started_at < $2 RETURNING *)'
                   ' INSERT INTO %I SELECT * FROM gone', v_parent || '_rest', v_name) USING p_start, v_end;
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', v_parent, v_name, p_start, v_end);
    RETURN v_name;
END
$$;

CREATE FUNCTION monitoring_usage_month_drop(p_name text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    IF p_name LIKE '%\_rest'
       OR NOT EXISTS (SELECT FROM pg_inherits JOIN pg_class AS parent ON parent.oid = inhparent
                       WHERE inhrelid = to_regclass(quote_ident(p_name))
                         AND parent.relname IN ('monitoring_apiusage_minute', 'monitoring_apiusage_hour',
                                                'monitoring_apiusage_day')) THEN
        RAISE EXCEPTION '% is no month of the usage.', p_name USING ERRCODE = 'invalid_parameter_value';
    END IF;
    EXECUTE format('DROP TABLE %I', p_name);
    RETURN true;
END
$$;
REVOKE ALL ON FUNCTION monitoring_usage_month_make, monitoring_usage_month_drop FROM PUBLIC;
