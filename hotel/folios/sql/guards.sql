-- What holds whatever code does: the ledger is never changed, only the open day is written, a journal adds up to zero.
-- Refusals are integrity errors with the name of the rule in place of a constraint's.

CREATE FUNCTION folios_refuse_change() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION 'Rows of % are never changed or deleted. Correct with further postings.', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ledger_is_immutable';
END
$$;

-- The day is held with the property's row, so that it cannot be closed before the writer has committed.
CREATE FUNCTION folios_require_open_day() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    v_place record;
BEGIN
    FOR v_place IN
        SELECT id, business_date FROM properties_property
         WHERE id IN (SELECT property_id FROM made) ORDER BY id FOR SHARE
    LOOP
        IF EXISTS (SELECT FROM made WHERE property_id = v_place.id AND business_date <> v_place.business_date) THEN
            RAISE EXCEPTION 'The open business date is %.', v_place.business_date
                USING ERRCODE = 'check_violation', CONSTRAINT = 'business_date_is_open';
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;

CREATE FUNCTION folios_require_open_window() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF EXISTS (SELECT FROM made JOIN folios_foliowindow AS payer ON payer.id = made.window_id
                WHERE payer.closed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'The window is closed.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'folio_window_is_open';
    END IF;
    RETURN NULL;
END
$$;

-- Runs for each entry at the commit, but adds a journal up once: what is proved is remembered with its last entry.
CREATE FUNCTION folios_require_balance() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    v_proved text := coalesce(current_setting('auberge.journal_proved', true), '');
    v_last bigint;
    v_wrong text;
BEGIN
    IF v_proved <> '' AND split_part(v_proved, ' ', 1)::bigint = NEW.journal_id
       AND split_part(v_proved, ' ', 2)::bigint >= NEW.id THEN
        RETURN NULL;
    END IF;
    SELECT max(last), string_agg(balance || ' ' || currency, ', ') FILTER (WHERE balance <> 0)
      INTO v_last, v_wrong
      FROM (SELECT currency, sum(amount) AS balance, max(id) AS last
              FROM folios_ledgerentry WHERE journal_id = NEW.journal_id GROUP BY currency) AS sums;
    IF v_wrong IS NOT NULL THEN
        RAISE EXCEPTION 'Journal % does not add up to zero: %.', NEW.journal_id, v_wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_balances';
    END IF;
    PERFORM set_config('auberge.journal_proved', NEW.journal_id || ' ' || v_last, true);
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER folios_entry_balance AFTER INSERT ON folios_ledgerentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION folios_require_balance();

CREATE TRIGGER folios_posting_window AFTER INSERT ON folios_posting
    REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION folios_require_open_window();
