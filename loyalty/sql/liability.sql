-- What the books were told is never changed.

CREATE TRIGGER loyalty_liability_immutable BEFORE UPDATE OR DELETE ON loyalty_liabilitysnapshot
    FOR EACH ROW EXECUTE FUNCTION loyalty_refuse_change();
CREATE TRIGGER loyalty_settlement_immutable BEFORE UPDATE OR DELETE ON loyalty_propertysettlement
    FOR EACH ROW EXECUTE FUNCTION loyalty_refuse_change();
