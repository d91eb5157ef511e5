-- Usage by grain, then by month. A unique key of a partitioned table holds the columns it is parted by.
CREATE TABLE monitoring_apiusage (
    id bigserial NOT NULL,
    grain varchar(6) NOT NULL,
    started_at timestamptz NOT NULL,
    operation varchar(160) NOT NULL,
    client_kind varchar(9) NOT NULL,
    client_id bigint NOT NULL,
    property_id bigint,
    status_class smallint NOT NULL CHECK (status_class >= 0),
    version varchar(20) NOT NULL,
    count bigint NOT NULL,
    limited bigint NOT NULL,
    bytes_in bigint NOT NULL,
    bytes_out bigint NOT NULL,
    queries bigint NOT NULL,
    total_us bigint NOT NULL,
    max_us bigint NOT NULL,
    histogram jsonb NOT NULL,
    PRIMARY KEY (id, grain, started_at),
    CONSTRAINT api_usage_once UNIQUE NULLS NOT DISTINCT (
        grain, started_at, operation, client_kind, client_id, property_id, status_class, version
    ),
    CONSTRAINT api_usage_counts CHECK (count > 0 AND limited >= 0)
) PARTITION BY LIST (grain);

CREATE TABLE monitoring_apiusage_minute PARTITION OF monitoring_apiusage
    FOR VALUES IN ('minute') PARTITION BY RANGE (started_at);
CREATE TABLE monitoring_apiusage_hour PARTITION OF monitoring_apiusage
    FOR VALUES IN ('hour') PARTITION BY RANGE (started_at);
CREATE TABLE monitoring_apiusage_day PARTITION OF monitoring_apiusage
    FOR VALUES IN ('day') PARTITION BY RANGE (started_at);
-- Where rows go of a month that nobody has made a partition for.
CREATE TABLE monitoring_apiusage_minute_rest PARTITION OF monitoring_apiusage_minute DEFAULT;
CREATE TABLE monitoring_apiusage_hour_rest PARTITION OF monitoring_apiusage_hour DEFAULT;
CREATE TABLE monitoring_apiusage_day_rest PARTITION OF monitoring_apiusage_day DEFAULT;

-- Histograms are sums: bucket to count, merged without loss.
CREATE FUNCTION monitoring_histograms_added(one jsonb, other jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(jsonb_object_agg(bucket, total), '{}')
      FROM (SELECT part.key AS bucket, sum(part.value::bigint) AS total
              FROM (SELECT * FROM jsonb_each_text(one) UNION ALL SELECT * FROM jsonb_each_text(other)) AS part
             GROUP BY part.key) AS sums
$$;
CREATE AGGREGATE monitoring_histogram (jsonb) (
    SFUNC = monitoring_histograms_added, STYPE = jsonb, INITCOND = '{}', PARALLEL = SAFE
);
