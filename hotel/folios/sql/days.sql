-- Freeze what each ledger stood at on every closed day that is not frozen yet. A closed day takes no entries any more,
-- so what is frozen is final. Days without a movement carry the balances on. Returns how many rows were written.
CREATE FUNCTION folios_days_freeze(p_property bigint) RETURNS integer
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
    v_open date;
    v_last date;
    v_written integer;
BEGIN
    SELECT business_date INTO v_open FROM properties_property WHERE id = p_property FOR NO KEY UPDATE;
    SELECT max(business_date) INTO v_last FROM folios_ledgerday WHERE property_id = p_property;

    INSERT INTO folios_ledgerday (property_id, business_date, ledger, currency, opening, debits, credits, closing,
                                  created_at, updated_at)
    WITH moved AS (
        SELECT business_date, ledger, currency,
               coalesce(sum(amount) FILTER (WHERE amount > 0), 0) AS debits,
               coalesce(sum(amount) FILTER (WHERE amount < 0), 0) AS credits
          FROM folios_ledgerentry
         WHERE property_id = p_property AND business_date < v_open AND (v_last IS NULL OR business_date > v_last)
         GROUP BY business_date, ledger, currency
    ), before AS (
        SELECT ledger, currency, closing FROM folios_ledgerday
         WHERE property_id = p_property AND business_date = v_last AND closing <> 0
    ), kept AS (
        SELECT ledger, currency FROM moved UNION SELECT ledger, currency FROM before
    ), days AS (
        SELECT business_date FROM properties_businessday
         WHERE property_id = p_property AND business_date < v_open
           AND business_date >= coalesce(v_last + 1, (SELECT min(business_date) FROM moved))
        UNION
        SELECT business_date FROM moved
    ), balances AS (
        SELECT days.business_date, kept.ledger, kept.currency,
               coalesce(moved.debits, 0) AS debits, coalesce(moved.credits, 0) AS credits,
               coalesce(before.closing, 0)
                   + sum(coalesce(moved.debits, 0) + coalesce(moved.credits, 0)) OVER until_then AS closing
          FROM days CROSS JOIN kept
          LEFT JOIN moved USING (business_date, ledger, currency)
          LEFT JOIN before ON before.ledger = kept.ledger AND before.currency = kept.currency
        WINDOW until_then AS (PARTITION BY kept.ledger, kept.currency ORDER BY days.business_date)
    )
    SELECT p_property, business_date, ledger, currency, closing - debits - credits, debits, credits, closing,
           clock_timestamp(), clock_timestamp()
      FROM balances
     WHERE debits <> 0 OR credits <> 0 OR closing <> 0
     ORDER BY business_date, ledger, currency;
    GET DIAGNOSTICS v_written = ROW_COUNT;
    RETURN v_written;
END
$$;

CREATE FUNCTION folios_require_closed_day() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF EXISTS (SELECT FROM made JOIN properties_property AS place ON place.id = made.property_id
                WHERE made.business_date >= place.business_date) THEN
        RAISE EXCEPTION 'A day is frozen when it is closed.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'business_date_is_closed';
    END IF;
    RETURN NULL;
END
$$;

DROP TRIGGER folios_ledgerday_day ON folios_ledgerday;
CREATE TRIGGER folios_ledgerday_closed AFTER INSERT ON folios_ledgerday
    REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION folios_require_closed_day();
