-- The figures of a business date are written while it is open and never again: not by the application, not by a
-- person with SQL. What is corrected later counts on the day of the correction.
CREATE FUNCTION stays_statistic_frozen() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    row_day date := CASE WHEN TG_OP = 'DELETE' THEN OLD.business_date ELSE NEW.business_date END;
    row_property bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.property_id ELSE NEW.property_id END;
    open_day date;
BEGIN
    SELECT business_date INTO open_day FROM properties_property WHERE id = row_property;
    IF row_day IS DISTINCT FROM open_day
       OR (TG_OP = 'UPDATE' AND (OLD.business_date, OLD.property_id) <> (NEW.business_date, NEW.property_id)) THEN
        RAISE EXCEPTION 'The figures of % are frozen: the open business date is %.', row_day, open_day
            USING ERRCODE = 'HT020';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;

CREATE TRIGGER stays_statistic_frozen
    BEFORE INSERT OR UPDATE OR DELETE ON stays_dailystatistic
    FOR EACH ROW EXECUTE FUNCTION stays_statistic_frozen();
