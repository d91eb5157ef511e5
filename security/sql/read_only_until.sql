-- While a property takes no changes, a change of its rows is refused by whatever way it comes: every change of every row
-- is told to the trail, so the trail is where it is refused. What is not the hotel's own business goes on: who may sign in,
-- incidents, letters that leave, book-keeping of the house; and looking (op R) is no change.
-- It ends when its time is over, whether or not anybody has written that down.
CREATE OR REPLACE FUNCTION security_read_only_refuse() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    v_held record;
BEGIN
    IF NOT EXISTS (SELECT FROM properties_propertyrestraint WHERE kind = 'read_only' AND ended_at IS NULL
                      AND until > clock_timestamp()) THEN
        RETURN NULL;
    END IF;
    SELECT held.until, held.reason INTO v_held
      FROM properties_propertyrestraint AS held
     WHERE held.kind = 'read_only' AND held.ended_at IS NULL AND held.until > clock_timestamp() AND EXISTS (
               -- A row that moved between two properties is of both.
               SELECT FROM told
                WHERE held.property_id IN (told.property_id, (told.old ->> 'property_id')::bigint) AND told.op <> 'R'
                  AND split_part(told."table", '_', 1) <> ALL ('{accounts,core,messaging,monitoring,security}')
                  AND told."table" <> 'properties_propertyrestraint')
     ORDER BY held.id LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'this property is read-only' USING ERRCODE = 'read_only_sql_transaction', DETAIL = format(
            'Nothing can be changed here at present: this hotel is read-only until %s UTC, or until somebody ends it. '
            'Why: %s', to_char(v_held.until AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), v_held.reason);
    END IF;
    RETURN NULL;
END
$$;
