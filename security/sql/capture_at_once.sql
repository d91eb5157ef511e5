-- Values that the trail hides, in one row. A loop, since this is called for each row: a query in it would take longer.
CREATE OR REPLACE FUNCTION security_trail_hidden(p_row jsonb, p_masked text[], p_digested text[]) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
DECLARE
    v_row jsonb := p_row;
    v_name text;
    v_value text;
BEGIN
    FOREACH v_name IN ARRAY p_masked LOOP
        IF coalesce(p_row ->> v_name, '') <> '' THEN
            v_row := v_row || jsonb_build_object(v_name, '•••');
        END IF;
    END LOOP;
    FOREACH v_name IN ARRAY p_digested LOOP
        v_value := p_row ->> v_name;
        IF coalesce(v_value, '') <> '' THEN
            v_row := v_row || jsonb_build_object(
                v_name, 'sha256:' || encode(sha256(convert_to(v_value, 'UTF8')), 'hex'));
        END IF;
    END LOOP;
    RETURN v_row;
END
$$;

-- Who acts, as told by app.act; what is not told stays empty.
CREATE TYPE security_told AS (
    actor text, actor_id bigint, impersonator_id bigint, token_id bigint, request_id text, door text, address text,
    reason text
);
CREATE FUNCTION security_trail_told() RETURNS security_told
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    v_act jsonb := coalesce(NULLIF(current_setting('app.act', true), ''), '{}')::jsonb;
BEGIN
    RETURN (
        left(coalesce(v_act ->> 'actor', 'system:unknown'), 120), v_act ->> 'user', v_act ->> 'impersonator',
        v_act ->> 'token', left(coalesce(v_act ->> 'request', ''), 64), left(coalesce(v_act ->> 'door', ''), 12),
        left(coalesce(v_act ->> 'address', ''), 45), left(coalesce(v_act ->> 'reason', ''), 200))::security_told;
END
$$;

-- As before: changes of one table that are not rows of a statement, such as that it was emptied. Returns how many.
CREATE OR REPLACE FUNCTION security_trail_write(p_table text, p_changes security_change[]) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    v_told security_told := security_trail_told();
    v_xact bigint := pg_current_xact_id()::text::bigint;
    v_written integer;
BEGIN
    INSERT INTO security_auditlog
    SELECT r.id, r.at, r.op, p_table, r.row_pk, r.property_id, r.old, r.new, v_told.actor, v_told.actor_id,
           v_told.impersonator_id, v_told.token_id, v_told.request_id, v_told.door, v_told.address, v_told.reason, v_xact,
           sha256(convert_to(security_trail_line(
               r.id, r.at, r.op, p_table, r.row_pk, r.property_id, r.old, r.new, v_told.actor, v_told.actor_id,
               v_told.impersonator_id, v_told.token_id, v_told.request_id, v_told.door, v_told.address,
               v_told.reason, v_xact), 'UTF8'))
      FROM (SELECT nextval('security_auditlog_id_seq') AS id, clock_timestamp() AS at, change.*
              FROM unnest(p_changes) AS change OFFSET 0) AS r;
    GET DIAGNOSTICS v_written = ROW_COUNT;
    RETURN v_written;
END
$$;

-- As before, but each row goes straight into the trail, however many there are: an array of them, taken apart again by
-- another function, cost a booking as much as all that it writes.
CREATE OR REPLACE FUNCTION security_trail_capture() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    v_table text := TG_TABLE_NAME;
    v_key text := TG_ARGV[0];
    v_place text := TG_ARGV[1];
    v_masked text[] := string_to_array(TG_ARGV[2], ',');
    v_digested text[] := string_to_array(TG_ARGV[3], ',');
    v_hides boolean := TG_ARGV[2] <> '' OR TG_ARGV[3] <> '';
    v_told security_told := security_trail_told();
    v_xact bigint := pg_current_xact_id()::text::bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO security_auditlog
        SELECT r.id, r.at, 'I', v_table, r.pk, r.place, NULL, r.j, v_told.actor, v_told.actor_id, v_told.impersonator_id,
               v_told.token_id, v_told.request_id, v_told.door, v_told.address, v_told.reason, v_xact,
               sha256(convert_to(security_trail_line(
                   r.id, r.at, 'I', v_table, r.pk, r.place, NULL, r.j, v_told.actor, v_told.actor_id,
                   v_told.impersonator_id, v_told.token_id, v_told.request_id, v_told.door, v_told.address,
                   v_told.reason, v_xact), 'UTF8'))
          FROM (SELECT nextval('security_auditlog_id_seq') AS id, clock_timestamp() AS at, j ->> v_key AS pk,
                       (j ->> v_place)::bigint AS place,
                       CASE WHEN v_hides THEN security_trail_hidden(j, v_masked, v_digested) ELSE j END AS j
                  FROM (SELECT to_jsonb(t) AS j FROM new_rows AS t OFFSET 0) AS made OFFSET 0) AS r;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO security_auditlog
        SELECT r.id, r.at, 'D', v_table, r.pk, r.place, r.j, NULL, v_told.actor, v_told.actor_id, v_told.impersonator_id,
               v_told.token_id, v_told.request_id, v_told.door, v_told.address, v_told.reason, v_xact,
               sha256(convert_to(security_trail_line(
                   r.id, r.at, 'D', v_table, r.pk, r.place, r.j, NULL, v_told.actor, v_told.actor_id,
                   v_told.impersonator_id, v_told.token_id, v_told.request_id, v_told.door, v_told.address,
                   v_told.reason, v_xact), 'UTF8'))
          FROM (SELECT nextval('security_auditlog_id_seq') AS id, clock_timestamp() AS at, j ->> v_key AS pk,
                       (j ->> v_place)::bigint AS place,
                       CASE WHEN v_hides THEN security_trail_hidden(j, v_masked, v_digested) ELSE j END AS j
                  FROM (SELECT to_jsonb(t) AS j FROM old_rows AS t OFFSET 0) AS gone OFFSET 0) AS r;
    ELSIF TG_OP = 'UPDATE' THEN
        -- A row whose key itself changed is one that went and one that came.
        INSERT INTO security_auditlog
        SELECT r.id, r.at, r.op, v_table, r.pk, r.place, r.old, r.new, v_told.actor, v_told.actor_id,
               v_told.impersonator_id, v_told.token_id, v_told.request_id, v_told.door, v_told.address, v_told.reason,
               v_xact,
               sha256(convert_to(security_trail_line(
                   r.id, r.at, r.op, v_table, r.pk, r.place, r.old, r.new, v_told.actor, v_told.actor_id,
                   v_told.impersonator_id, v_told.token_id, v_told.request_id, v_told.door, v_told.address,
                   v_told.reason, v_xact), 'UTF8'))
          FROM (SELECT nextval('security_auditlog_id_seq') AS id, clock_timestamp() AS at, changed.op, changed.pk,
                       changed.place::bigint AS place,
                       CASE WHEN v_hides THEN security_trail_hidden(changed.old, v_masked, v_digested)
                            ELSE changed.old END AS old,
                       CASE WHEN v_hides THEN security_trail_hidden(changed.new, v_masked, v_digested)
                            ELSE changed.new END AS new
                  FROM (SELECT CASE WHEN o.j IS NULL THEN 'I' WHEN n.j IS NULL THEN 'D' ELSE 'U' END AS op,
                               coalesce(n.pk, o.pk) AS pk, coalesce(n.j ->> v_place, o.j ->> v_place) AS place,
                               coalesce(differing.old, o.j) AS old, coalesce(differing.new, n.j) AS new
                          FROM (SELECT j, j ->> v_key AS pk
                                  FROM (SELECT to_jsonb(t) AS j FROM old_rows AS t OFFSET 0) AS a) AS o
                          FULL JOIN (SELECT j, j ->> v_key AS pk
                                       FROM (SELECT to_jsonb(t) AS j FROM new_rows AS t OFFSET 0) AS a) AS n
                            ON n.pk = o.pk
                         CROSS JOIN LATERAL (
                               SELECT jsonb_object_agg(key, value) AS old, jsonb_object_agg(key, n.j -> key) AS new
                                 FROM jsonb_each(CASE WHEN n.j IS NOT NULL THEN o.j END)
                                WHERE value IS DISTINCT FROM n.j -> key) AS differing
                         WHERE n.j IS DISTINCT FROM o.j OFFSET 0) AS changed OFFSET 0) AS r;
    ELSE
        PERFORM security_trail_write(v_table, ARRAY[('T', '', NULL, NULL, NULL)::security_change]);
    END IF;
    RETURN NULL;
END
$$;
DROP FUNCTION security_trail_masked;
REVOKE ALL ON FUNCTION security_trail_capture, security_trail_told FROM PUBLIC;
