DROP TRIGGER rules_changed ON monitoring_ratelimit;
DROP TRIGGER rules_changed ON monitoring_apiplan;
DROP TRIGGER rules_changed ON monitoring_apiplan_tokens;
DROP FUNCTION monitoring_rules_changed();
DROP TABLE monitoring_limitkey;
DROP TABLE monitoring_apiusage;
DROP AGGREGATE monitoring_histogram (jsonb);
DROP FUNCTION monitoring_histograms_added(jsonb, jsonb);
