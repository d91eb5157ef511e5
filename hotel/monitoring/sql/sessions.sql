-- PostgreSQL shows a role the state of its own sessions only; from the function's owner it hides none. Texts of queries, in
-- which passwords may stand, stay hidden.
CREATE FUNCTION monitoring_sessions() RETURNS TABLE (is_here boolean, state text, sessions bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(datname = current_database(), false), coalesce(state, 'unknown'), count(*)
      FROM pg_stat_activity WHERE backend_type = 'client backend' GROUP BY 1, 2
$$;
REVOKE ALL ON FUNCTION monitoring_sessions FROM PUBLIC;
