-- What holds of documents whatever code does: numbers follow one another, the content is what its hash says, more than
-- the whole is never credited, and nothing that was issued is changed.

CREATE FUNCTION folios_require_document() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    v_last integer;
    v_left numeric;
BEGIN
    SELECT coalesce(max(number), 0) INTO v_last FROM folios_invoice
     WHERE property_id = NEW.property_id AND series_id = NEW.series_id;
    IF NEW.number <> v_last + 1 THEN
        RAISE EXCEPTION 'The next number of this series is %.', v_last + 1
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_number_follows';
    END IF;
    IF encode(sha256(convert_to(NEW.content, 'UTF8')), 'hex') <> NEW.content_hash THEN
        RAISE EXCEPTION 'The content is not what its hash says.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_content_hash';
    END IF;
    IF NEW.corrects_id IS NOT NULL THEN
        -- The row is locked, so that two credit notes are added up one after the other.
        SELECT total INTO v_left FROM folios_invoice
         WHERE id = NEW.corrects_id AND property_id = NEW.property_id FOR NO KEY UPDATE;
        SELECT v_left + coalesce(sum(total), 0) INTO v_left FROM folios_invoice
         WHERE property_id = NEW.property_id AND corrects_id = NEW.corrects_id;
        IF v_left IS NULL OR v_left + NEW.total < 0 AND NOT NEW.is_cancellation
           OR v_left + NEW.total <> 0 AND NEW.is_cancellation THEN
            RAISE EXCEPTION 'Only % of the document are left.', v_left
                USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_credit_within_total';
        END IF;
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION folios_require_release() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF OLD.released_by_id IS NULL AND NEW.released_by_id IS NOT NULL
       AND (OLD.property_id, OLD.invoice_id, OLD.posting_id, OLD.is_payment, OLD.created_at)
         = (NEW.property_id, NEW.invoice_id, NEW.posting_id, NEW.is_payment, NEW.created_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A posting on a document is only released, once.'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ledger_is_immutable';
END
$$;

CREATE TRIGGER folios_invoice_sound BEFORE INSERT ON folios_invoice
    FOR EACH ROW EXECUTE FUNCTION folios_require_document();

CREATE TRIGGER folios_invoicedposting_release BEFORE UPDATE ON folios_invoicedposting
    FOR EACH ROW EXECUTE FUNCTION folios_require_release();

CREATE TRIGGER folios_invoicedposting_undeleted BEFORE DELETE ON folios_invoicedposting
    FOR EACH STATEMENT EXECUTE FUNCTION folios_refuse_change();
