-- The revision of a property's terms: another number after every change that a rate sheet is made of, whoever makes it.
-- A process may keep a sheet as long as the revision it read it under is still the property's.
--
-- Numbers come from a sequence, so that one that was rolled back never comes again. The row is locked until the commit:
-- who changes terms of one property waits for who did before.
CREATE SEQUENCE rates_revision_number;
CREATE TABLE rates_revision (property_id bigint PRIMARY KEY, revision bigint NOT NULL);

CREATE FUNCTION rates_revision_raise() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO rates_revision AS known (property_id, revision)
    SELECT property_id, nextval('rates_revision_number')
      FROM (SELECT DISTINCT property_id FROM changed ORDER BY property_id) AS place
        ON CONFLICT (property_id) DO UPDATE SET revision = excluded.revision;
    RETURN NULL;
END
$$;
