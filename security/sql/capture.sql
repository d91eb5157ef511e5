-- Values that the trail hides, in each change.
CREATE FUNCTION security_trail_masked(p_changes security_change[], p_masked text[], p_digested text[])
RETURNS security_change[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT array_agg((change.op, change.row_pk, change.property_id,
                      security_trail_hidden(change.old, p_masked, p_digested),
                      security_trail_hidden(change.new, p_masked, p_digested))::security_change)
      FROM unnest(p_changes) AS change
$$;
REVOKE ALL ON FUNCTION security_trail_masked FROM PUBLIC;

-- As before, but in parts of a thousand rows: a statement on a million would not fit into one array.
CREATE OR REPLACE FUNCTION security_trail_capture() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    v_key text := TG_ARGV[0];
    v_place text := TG_ARGV[1];
    v_masked text[] := string_to_array(TG_ARGV[2], ',');
    v_digested text[] := string_to_array(TG_ARGV[3], ',');
    v_hides boolean := TG_ARGV[2] <> '' OR TG_ARGV[3] <> '';
    v_changes security_change[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        FOR v_changes IN
            SELECT array_agg(('I', j ->> v_key, j ->> v_place, NULL, j)::security_change)
              FROM (SELECT to_jsonb(t) AS j, (row_number() OVER () - 1) / 1000 AS part FROM new_rows AS t OFFSET 0) AS made
             GROUP BY part
        LOOP
            IF v_hides THEN v_changes := security_trail_masked(v_changes, v_masked, v_digested); END IF;
            PERFORM security_trail_write(TG_TABLE_NAME::text, v_changes);
        END LOOP;
    ELSIF TG_OP = 'DELETE' THEN
        FOR v_changes IN
            SELECT array_agg(('D', j ->> v_key, j ->> v_place, j, NULL)::security_change)
              FROM (SELECT to_jsonb(t) AS j, (row_number() OVER () - 1) / 1000 AS part FROM old_rows AS t OFFSET 0) AS gone
             GROUP BY part
        LOOP
            IF v_hides THEN v_changes := security_trail_masked(v_changes, v_masked, v_digested); END IF;
            PERFORM security_trail_write(TG_TABLE_NAME::text, v_changes);
        END LOOP;
    ELSIF TG_OP = 'UPDATE' THEN
        -- A row whose key itself changed is one that went and one that came.
        FOR v_changes IN
            SELECT array_agg(change) FROM (
                SELECT (CASE WHEN o.j IS NULL THEN 'I' WHEN n.j IS NULL THEN 'D' ELSE 'U' END,
                        coalesce(n.pk, o.pk), coalesce(n.j ->> v_place, o.j ->> v_place),
                        coalesce(differing.old, o.j), coalesce(differing.new, n.j))::security_change AS change,
                       (row_number() OVER () - 1) / 1000 AS part
                  FROM (SELECT j, j ->> v_key AS pk FROM (SELECT to_jsonb(t) AS j FROM old_rows AS t OFFSET 0) AS a) AS o
                  FULL JOIN (SELECT j, j ->> v_key AS pk
                               FROM (SELECT to_jsonb(t) AS j FROM new_rows AS t OFFSET 0) AS a) AS n ON n.pk = o.pk
                 CROSS JOIN LATERAL (
                       SELECT jsonb_object_agg(key, value) AS old, jsonb_object_agg(key, n.j -> key) AS new
                         FROM jsonb_each(CASE WHEN n.j IS NOT NULL THEN o.j END)
                        WHERE value IS DISTINCT FROM n.j -> key) AS differing
                 WHERE n.j IS DISTINCT FROM o.j) AS changed
             GROUP BY part
        LOOP
            IF v_hides THEN v_changes := security_trail_masked(v_changes, v_masked, v_digested); END IF;
            PERFORM security_trail_write(TG_TABLE_NAME::text, v_changes);
        END LOOP;
    ELSE
        PERFORM security_trail_write(TG_TABLE_NAME::text, ARRAY[('T', '', NULL, NULL, NULL)::security_change]);
    END IF;
    RETURN NULL;
END
$$;
