-- Timelines and evidence are only ever added to. (Between tests every table is emptied.)
CREATE TRIGGER incident_entry_unchanged BEFORE UPDATE OR DELETE ON security_incidententry
    FOR EACH ROW EXECUTE FUNCTION security_refuse_change();
CREATE TRIGGER incident_entry_not_emptied BEFORE TRUNCATE ON security_incidententry
    FOR EACH STATEMENT WHEN (current_setting('auberge.ledger_emptying', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION security_refuse_change();
CREATE TRIGGER incident_evidence_unchanged BEFORE UPDATE OR DELETE ON security_incidentevidence
    FOR EACH ROW EXECUTE FUNCTION security_refuse_change();
CREATE TRIGGER incident_evidence_not_emptied BEFORE TRUNCATE ON security_incidentevidence
    FOR EACH STATEMENT WHEN (current_setting('auberge.ledger_emptying', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION security_refuse_change();
