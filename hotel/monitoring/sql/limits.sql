-- The moment of each key (domain/gcra.py), in microseconds since 1970. Unlogged: after a crash of the server everybody
-- begins with a full burst, which costs less than writing each request to the log.
CREATE UNLOGGED TABLE monitoring_limitkey (
    key text PRIMARY KEY,
    tat bigint NOT NULL,
    is_allowed boolean NOT NULL
) WITH (fillfactor = 70);

INSERT INTO monitoring_limiterstate (id, version, suspended_reason) VALUES (1, 1, '');

-- Every change of a rule, whoever makes it, raises the version that all processes look at each second.
CREATE FUNCTION monitoring_rules_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO monitoring_limiterstate (id, version, suspended_reason) VALUES (1, 1, '')
        ON CONFLICT (id) DO UPDATE SET version = monitoring_limiterstate.version + 1;
    RETURN NULL;
END
$$;
CREATE TRIGGER rules_changed AFTER INSERT OR UPDATE OR DELETE ON monitoring_ratelimit
    FOR EACH STATEMENT EXECUTE FUNCTION monitoring_rules_changed();
CREATE TRIGGER rules_changed AFTER INSERT OR UPDATE OR DELETE ON monitoring_apiplan
    FOR EACH STATEMENT EXECUTE FUNCTION monitoring_rules_changed();
CREATE TRIGGER rules_changed AFTER INSERT OR UPDATE OR DELETE ON monitoring_apiplan_tokens
    FOR EACH STATEMENT EXECUTE FUNCTION monitoring_rules_changed();
