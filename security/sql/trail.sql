-- The trail: every change of every row of the house, written by the database itself, whoever made it and by whatever way.

CREATE TABLE security_auditlog (
    id bigint NOT NULL,
    at timestamptz NOT NULL,
    op varchar(1) NOT NULL,
    "table" varchar(63) NOT NULL,
    row_pk text NOT NULL,
    property_id bigint,
    old jsonb,
    new jsonb,
    actor varchar(120) NOT NULL,
    actor_id bigint,
    impersonator_id bigint,
    token_id bigint,
    request_id varchar(64) NOT NULL,
    door varchar(12) NOT NULL,
    address varchar(45) NOT NULL,
    reason varchar(200) NOT NULL,
    transaction bigint NOT NULL,
    row_hash bytea NOT NULL,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);

CREATE SEQUENCE security_auditlog_id_seq OWNED BY security_auditlog.id;
CREATE INDEX security_auditlog_row ON security_auditlog ("table", row_pk, id);
CREATE INDEX security_auditlog_place ON security_auditlog (property_id, id);
CREATE INDEX security_auditlog_actor ON security_auditlog (actor_id, id);
CREATE INDEX security_auditlog_request ON security_auditlog (request_id) WHERE request_id <> '';
CREATE INDEX security_auditlog_unknown ON security_auditlog (id) WHERE actor = 'system:unknown';
CREATE INDEX security_auditlog_subject ON security_auditlog USING gin ((new -> 'subjects')) WHERE op = 'R';

-- What a row of the trail says, in one line: a JSON array. Its SHA-256 is the row's hash, its leaf in the seals, and its
-- line in an archive. Moments are microseconds since 1970, so that no session's time zone shows.
CREATE FUNCTION security_trail_line(
    p_id bigint, p_at timestamptz, p_op text, p_table text, p_pk text, p_property bigint, p_old jsonb, p_new jsonb,
    p_actor text, p_actor_id bigint, p_impersonator bigint, p_token bigint, p_request text, p_door text, p_address text,
    p_reason text, p_transaction bigint
) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT json_build_array(p_id, (extract(epoch FROM p_at) * 1000000)::bigint, p_op, p_table, p_pk, p_property, p_old,
                            p_new, p_actor, p_actor_id, p_impersonator, p_token, p_request, p_door, p_address, p_reason,
                            p_transaction)::text
$$;

-- Secrets stay out of the trail: that they changed is said, not what they are. Of long binary values the digest is kept.
CREATE FUNCTION security_trail_hidden(p_row jsonb, p_masked text[], p_digested text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT p_row || coalesce((
        SELECT jsonb_object_agg(name, CASE
                   WHEN coalesce(p_row ->> name, '') = '' THEN p_row -> name
                   WHEN name = ANY (p_digested)
                   THEN to_jsonb('sha256:' || encode(sha256(convert_to(p_row ->> name, 'UTF8')), 'hex'))
                   ELSE to_jsonb('•••'::text) END)
          FROM unnest(p_masked || p_digested) AS name WHERE p_row ? name), '{}')
$$;

CREATE TYPE security_change AS (op text, row_pk text, property_id bigint, old jsonb, new jsonb);

-- Write changes of one table, by whoever is told by app.act; what is not told stays empty. Returns how many.
CREATE FUNCTION security_trail_write(p_table text, p_changes security_change[]) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    v_act jsonb := coalesce(NULLIF(current_setting('app.act', true), ''), '{}')::jsonb;
    v_written integer;
BEGIN
    INSERT INTO security_auditlog
    SELECT r.*, sha256(convert_to(security_trail_line(
               r.id, r.at, r.op, r.tab, r.row_pk, r.property_id, r.old, r.new, r.actor, r.actor_id, r.impersonator_id,
               r.token_id, r.request_id, r.door, r.address, r.reason, r.transaction), 'UTF8'))
      FROM (SELECT nextval('security_auditlog_id_seq') AS id, clock_timestamp() AS at, change.op, p_table AS tab,
                   change.row_pk, change.property_id, change.old, change.new,
                   left(coalesce(v_act ->> 'actor', 'system:unknown'), 120) AS actor,
                   (v_act ->> 'user')::bigint AS actor_id,
                   (v_act ->> 'impersonator')::bigint AS impersonator_id,
                   (v_act ->> 'token')::bigint AS token_id,
                   left(coalesce(v_act ->> 'request', ''), 64) AS request_id,
                   left(coalesce(v_act ->> 'door', ''), 12) AS door,
                   left(coalesce(v_act ->> 'address', ''), 45) AS address,
                   left(coalesce(v_act ->> 'reason', ''), 200) AS reason,
                   pg_current_xact_id()::text::bigint AS transaction
              FROM unnest(p_changes) AS change OFFSET 0) AS r;
    GET DIAGNOSTICS v_written = ROW_COUNT;
    RETURN v_written;
END
$$;

-- The trigger of every table of the house, once for each statement. Its arguments: the column of the key, that of the
-- property or nothing, columns whose values are masked, and columns of which the digest is kept.
CREATE FUNCTION security_trail_capture() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    v_key text := TG_ARGV[0];
    v_place text := TG_ARGV[1];
    v_masked text[] := string_to_array(TG_ARGV[2], ',');
    v_digested text[] := string_to_array(TG_ARGV[3], ',');
    v_changes security_change[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(('I', j ->> v_key, j ->> v_place, NULL, j)::security_change) INTO v_changes
          FROM (SELECT to_jsonb(t) AS j FROM new_rows AS t OFFSET 0) AS made;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT array_agg(('D', j ->> v_key, j ->> v_place, j, NULL)::security_change) INTO v_changes
          FROM (SELECT to_jsonb(t) AS j FROM old_rows AS t OFFSET 0) AS gone;
    ELSIF TG_OP = 'UPDATE' THEN
        -- A row whose key itself changed is one that went and one that came.
        SELECT array_agg((CASE WHEN o.j IS NULL THEN 'I' WHEN n.j IS NULL THEN 'D' ELSE 'U' END,
                          coalesce(n.pk, o.pk), coalesce(n.j ->> v_place, o.j ->> v_place),
                          coalesce(differing.old, o.j), coalesce(differing.new, n.j))::security_change) INTO v_changes
          FROM (SELECT j, j ->> v_key AS pk FROM (SELECT to_jsonb(t) AS j FROM old_rows AS t OFFSET 0) AS a) AS o
          FULL JOIN (SELECT j, j ->> v_key AS pk
                       FROM (SELECT to_jsonb(t) AS j FROM new_rows AS t OFFSET 0) AS a) AS n ON n.pk = o.pk
         CROSS JOIN LATERAL (
               SELECT jsonb_object_agg(key, value) AS old, jsonb_object_agg(key, n.j -> key) AS new
                 FROM jsonb_each(CASE WHEN n.j IS NOT NULL THEN o.j END)
                WHERE value IS DISTINCT FROM n.j -> key) AS differing
         WHERE n.j IS DISTINCT FROM o.j;
    ELSE
        v_changes := ARRAY[('T', '', NULL, NULL, NULL)::security_change];
    END IF;
    IF v_changes IS NOT NULL THEN
        IF TG_ARGV[2] <> '' OR TG_ARGV[3] <> '' THEN
            SELECT array_agg((change.op, change.row_pk, change.property_id,
                              security_trail_hidden(change.old, v_masked, v_digested),
                              security_trail_hidden(change.new, v_masked, v_digested))::security_change) INTO v_changes
              FROM unnest(v_changes) AS change;
        END IF;
        PERFORM security_trail_write(TG_TABLE_NAME::text, v_changes);
    END IF;
    RETURN NULL;
END
$$;

-- Somebody looked at personal data: one row for each request, whatever it showed.
CREATE FUNCTION security_trail_read(p_table text, p_subjects bigint[], p_property bigint, p_kind text) RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT security_trail_write(p_table, ARRAY[(
        'R', CASE WHEN cardinality(p_subjects) = 1 THEN p_subjects[1]::text ELSE '' END, p_property, NULL,
        jsonb_build_object('kind', p_kind, 'subjects', to_jsonb(p_subjects)))::security_change])
$$;

-- Nothing that was written is changed. (Between tests every table is emptied, also those that nobody may empty.)
CREATE FUNCTION security_refuse_change() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION '% is only ever added to.', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'trail_is_immutable';
END
$$;

CREATE TRIGGER trail_unchanged BEFORE UPDATE OR DELETE ON security_auditlog
    FOR EACH ROW EXECUTE FUNCTION security_refuse_change();
CREATE TRIGGER trail_not_emptied BEFORE TRUNCATE ON security_auditlog
    FOR EACH STATEMENT WHEN (current_setting('auberge.ledger_emptying', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION security_refuse_change();

-- The partition of the month in which p_day lies, made when it is missing. Rows that came before their partition lie in
-- the one for the rest and stay there; returns whether one was made.
CREATE FUNCTION security_trail_partition(p_day date) RETURNS boolean
LANGUAGE plpgsql VOLATILE SET search_path = public, pg_temp
AS $$
DECLARE
    v_from date := date_trunc('month', p_day)::date;
    v_to date := (date_trunc('month', p_day) + interval '1 month')::date;
    v_name text := 'security_auditlog_' || to_char(p_day, 'YYYY_MM');
BEGIN
    IF to_regclass(v_name) IS NOT NULL
       OR EXISTS (SELECT FROM security_auditlog_rest WHERE at >= v_from::timestamp AT TIME ZONE 'UTC'
                                                       AND at < v_to::timestamp AT TIME ZONE 'UTC') THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE %I PARTITION OF security_auditlog FOR VALUES FROM (%L) TO (%L)', v_name,
                   v_from::text || ' 00:00+00', v_to::text || ' 00:00+00');
    EXECUTE format('CREATE TRIGGER trail_not_emptied BEFORE TRUNCATE ON %I FOR EACH STATEMENT '
                   'WHEN (current_setting(''auberge.ledger_emptying'', true) IS DISTINCT FROM ''on'') '
                   'EXECUTE FUNCTION security_refuse_change()', v_name);
    RETURN true;
END
$$;

CREATE TABLE security_auditlog_rest PARTITION OF security_auditlog DEFAULT;
CREATE TRIGGER trail_not_emptied BEFORE TRUNCATE ON security_auditlog_rest
    FOR EACH STATEMENT WHEN (current_setting('auberge.ledger_emptying', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION security_refuse_change();

-- Rights. Nobody but the owner of these functions writes, and nobody at all changes; the roles of the product get what
-- they need where they are made.
REVOKE ALL ON FUNCTION security_trail_write, security_trail_capture, security_trail_read, security_trail_partition
  FROM PUBLIC;
