DROP FUNCTION IF EXISTS security_trail_capture, security_trail_masked, security_trail_told, security_trail_read, security_trail_write, security_trail_hidden,
    security_trail_line, security_trail_partition, security_trail_given, security_refuse_new_seal,
    security_refuse_change CASCADE;
DROP TABLE IF EXISTS security_auditlog;
DROP TYPE IF EXISTS security_change, security_told;
