"""What detectors find: one statement each over what is written down anyway.

Each gives rows of (subject, user, property, count, the newest sign, ids of the rows that show it), for those at or
above ``threshold`` within (``since``, ``until``]. Entries of the trail are looked for among the newest ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

EVENTS, TRAIL, USAGE = "core_securityevent", "security_auditlog", "monitoring_apiusage"
PAYMENTS, JOBS = "folios_payment", "security_trailjob"

_GUESSING = """
    SELECT 'user:' || (detail ->> 'user'), (detail ->> 'user')::bigint, NULL::bigint, count(*), max(occurred_at),
           array_agg(id)
      FROM core_securityevent
     WHERE kind IN ('sign_in_failed', 'sign_in_slowed') AND occurred_at > %(since)s AND occurred_at <= %(until)s
       AND detail ->> 'user' IS NOT NULL
     GROUP BY 1, 2 HAVING count(*) >= %(threshold)s"""
_SPRAY = """
    SELECT 'address:' || address, NULL::bigint, NULL::bigint, count(DISTINCT detail ->> 'user'), max(occurred_at),
           array_agg(id)
      FROM core_securityevent
     WHERE kind = 'sign_in_failed' AND occurred_at > %(since)s AND occurred_at <= %(until)s AND address <> ''
     GROUP BY 1 HAVING count(DISTINCT detail ->> 'user') >= %(threshold)s"""
_STUFFING = """
    SELECT 'sign_in', NULL::bigint, NULL::bigint, count(*), max(occurred_at), array_agg(id)
      FROM core_securityevent
     WHERE kind = 'sign_in_failed' AND occurred_at > %(since)s AND occurred_at <= %(until)s
       AND detail ->> 'user' IS NULL
    HAVING count(*) >= %(threshold)s"""
_SECOND_STEP_GUESSING = """
    SELECT 'user:' || who, who, NULL::bigint, count(*), max(occurred_at), array_agg(id)
      FROM (SELECT id, occurred_at, coalesce((detail ->> 'user')::bigint, user_id) AS who FROM core_securityevent
             WHERE kind IN ('second_step_failed', 'step_up_failed')
               AND occurred_at > %(since)s AND occurred_at <= %(until)s) AS failed
     WHERE who IS NOT NULL GROUP BY who HAVING count(*) >= %(threshold)s"""
_SECOND_FACTOR_REMOVED = """
    SELECT 'user:' || who, who, NULL::bigint, count(*), max(occurred_at), array_agg(id)
      FROM (SELECT id, occurred_at, (detail ->> 'user')::bigint AS who FROM core_securityevent
             WHERE kind IN ('second_factor_removed', 'second_factors_reset')
               AND occurred_at > %(since)s AND occurred_at <= %(until)s) AS removed
     WHERE EXISTS (SELECT FROM accounts_user WHERE id = who AND is_superuser)
        OR EXISTS (SELECT FROM accounts_roleassignment AS held
                     JOIN accounts_role AS role ON role.id = held.role_id
                     JOIN accounts_rolepermission AS gives ON gives.role_id = role.id
                     JOIN security_permission AS known ON (known.chain_id, known.area, known.verb)
                          = (role.chain_id, gives.area, gives.verb)
                    WHERE held.user_id = who AND known.risk = 'privileged')
     GROUP BY who HAVING count(*) >= %(threshold)s"""
_FROM_ELSEWHERE = """
    SELECT 'token:' || token.id, token.user_id, NULL::bigint, count(*), max(occurred_at), array_agg(event.id)
      FROM core_securityevent AS event JOIN accounts_apitoken AS token ON token.id = (event.detail ->> 'token')::bigint
     WHERE kind = 'token_from_elsewhere' AND occurred_at > %(since)s AND occurred_at <= %(until)s
     GROUP BY token.id HAVING count(*) >= %(threshold)s"""
_INTEGRATOR_GUESSING = """
    SELECT 'address:' || address, NULL::bigint, NULL::bigint, count(*), max(occurred_at), array_agg(id)
      FROM core_securityevent
     WHERE kind = 'integrator_refused' AND occurred_at > %(since)s AND occurred_at <= %(until)s
     GROUP BY 1 HAVING count(*) >= %(threshold)s"""
_CARD_DATA_FOUND = """
    SELECT 'column:' || (detail ->> 'place'), NULL::bigint, NULL::bigint, count(*), max(occurred_at), array_agg(id)
      FROM core_securityevent
     WHERE kind = 'card_data_found' AND occurred_at > %(since)s AND occurred_at <= %(until)s
     GROUP BY 1 HAVING count(*) >= %(threshold)s"""
_CIPHERTEXT_REFUSED = """
    SELECT 'encryption', NULL::bigint, NULL::bigint, count(*), max(occurred_at), array_agg(id)
      FROM core_securityevent
     WHERE kind = 'ciphertext_refused' AND occurred_at > %(since)s AND occurred_at <= %(until)s
    HAVING count(*) >= %(threshold)s"""
_ROAMING_PERSON = """
    SELECT 'user:' || user_id, user_id, NULL::bigint, count(DISTINCT network(set_masklen(address, CASE family(address)
           WHEN 4 THEN 16 ELSE 32 END))), max(last_seen_at), '{}'::bigint[]
      FROM accounts_staffsession
     WHERE last_seen_at > %(since)s AND last_seen_at <= %(until)s AND user_id IS NOT NULL AND address IS NOT NULL
     GROUP BY user_id HAVING count(DISTINCT network(set_masklen(address, CASE family(address)
           WHEN 4 THEN 16 ELSE 32 END))) >= %(threshold)s"""
_CANARY = """
    SELECT 'token:' || id, user_id, NULL::bigint, 1, last_used_at, '{}'::bigint[]
      FROM accounts_apitoken
     WHERE name ILIKE 'canary%%' AND last_used_at > %(since)s AND last_used_at <= %(until)s AND 1 >= %(threshold)s"""
# Whoever was the first one is no finding: there must have been another before.
_NEW_SUPERUSER = """
    SELECT 'user:' || row_pk, row_pk::bigint, NULL::bigint, count(*), max(at), array_agg(id)
      FROM security_auditlog AS log
     WHERE id > (SELECT coalesce(max(id), 0) - 50000 FROM security_auditlog)
       AND at > %(since)s AND at <= %(until)s AND "table" = 'accounts_user' AND op IN ('I', 'U')
       AND new ->> 'is_superuser' = 'true'
       AND EXISTS (SELECT FROM accounts_user AS other
                    WHERE other.is_superuser AND other.id::text <> log.row_pk
                      AND NOT EXISTS (SELECT FROM security_auditlog AS later
                                       WHERE later."table" = 'accounts_user' AND later.row_pk = other.id::text
                                         AND later.id > log.id AND later.new ->> 'is_superuser' = 'true'))
     GROUP BY row_pk HAVING count(*) >= %(threshold)s"""
# Who opens a hotel gives power at any hour: its first day is no finding.
_PRIVILEGE_AT_NIGHT = """
    SELECT 'user:' || (given.new ->> 'user_id'), (given.new ->> 'user_id')::bigint, place.id, count(DISTINCT given.id),
           max(given.at), array_agg(DISTINCT given.id)
      FROM security_auditlog AS given
      JOIN accounts_role AS role ON role.id = (given.new ->> 'role_id')::bigint
      JOIN accounts_rolepermission AS gives ON gives.role_id = role.id
      JOIN security_permission AS known ON (known.chain_id, known.area, known.verb)
           = (role.chain_id, gives.area, gives.verb)
      JOIN properties_property AS place ON place.id = (given.new ->> 'property_id')::bigint
     WHERE given.id > (SELECT coalesce(max(id), 0) - 50000 FROM security_auditlog)
       AND given.at > %(since)s AND given.at <= %(until)s AND given."table" = 'accounts_roleassignment'
       AND given.op = 'I' AND known.risk = 'privileged' AND given.at > place.created_at + interval '1 day'
       AND extract(hour FROM given.at AT TIME ZONE place.time_zone) NOT BETWEEN 6 AND 21
     GROUP BY 1, 2, 3 HAVING count(DISTINCT given.id) >= %(threshold)s"""
# A person is compared with the most that he ever looked at within an hour of the two weeks before.
_MASS_READ = """
    SELECT CASE WHEN token IS NULL THEN 'user:' || actor_id ELSE 'token:' || token END, actor_id, NULL::bigint, seen,
           newest, ids
      FROM (SELECT actor_id, token_id AS token, count(DISTINCT subject) AS seen, max(at) AS newest,
                   array_agg(DISTINCT id) AS ids
              FROM security_auditlog CROSS JOIN LATERAL jsonb_array_elements(new -> 'subjects') AS subject
             WHERE id > (SELECT coalesce(max(id), 0) - 50000 FROM security_auditlog)
               AND at > %(since)s AND at <= %(until)s AND op = 'R' AND actor_id IS NOT NULL
             GROUP BY actor_id, token_id HAVING count(DISTINCT subject) >= %(threshold)s) AS recent
     WHERE seen > 3 * coalesce((
           SELECT max(usual) FROM (
               SELECT sum(jsonb_array_length(new -> 'subjects')) AS usual FROM security_auditlog AS past
                WHERE past.actor_id = recent.actor_id AND past.op = 'R'
                  AND past.at > %(since)s - interval '14 days' AND past.at <= %(since)s
                GROUP BY date_trunc('hour', past.at)) AS hours), 0)"""
_PROBING = """
    SELECT client_kind || ':' || client_id, CASE client_kind WHEN 'user' THEN client_id END, NULL::bigint,
           sum(count - limited) FILTER (WHERE status_class = 4), max(started_at),
           array_agg(id) FILTER (WHERE status_class = 4)
      FROM monitoring_apiusage
     WHERE grain = 'minute' AND started_at > %(since)s AND started_at <= %(until)s AND client_kind IN ('user', 'token')
     GROUP BY client_kind, client_id
    HAVING sum(count - limited) FILTER (WHERE status_class = 4) >= greatest(%(threshold)s, sum(count - limited) / 2)"""
_LIMIT_STORM = """
    SELECT client_kind || ':' || client_id, CASE client_kind WHEN 'user' THEN client_id END, NULL::bigint,
           sum(limited), max(started_at), array_agg(id)
      FROM monitoring_apiusage
     WHERE grain = 'minute' AND started_at > %(since)s AND started_at <= %(until)s AND limited > 0
     GROUP BY client_kind, client_id HAVING sum(limited) >= %(threshold)s"""
_WEBHOOK_FORGED = """
    SELECT 'webhooks', NULL::bigint, NULL::bigint, sum(count - limited), max(started_at), array_agg(id)
      FROM monitoring_apiusage
     WHERE grain = 'minute' AND started_at > %(since)s AND started_at <= %(until)s AND status_class = 4
       AND operation LIKE 'POST /api/v1/payments/webhooks/%%'
    HAVING sum(count - limited) >= %(threshold)s"""
# A person is compared with what he pays back in an hour of those two weeks before in which he does so at all.
_REFUND_SPIKE = """
    SELECT 'user:' || actor_id, actor_id, property_id, times, newest, ids
      FROM (SELECT actor_id, property_id, count(*) AS times, max(created_at) AS newest, array_agg(id) AS ids
              FROM folios_payment
             WHERE id > (SELECT coalesce(max(id), 0) - 20000 FROM folios_payment)
               AND kind = 'refund' AND created_at > %(since)s AND created_at <= %(until)s AND actor_id IS NOT NULL
             GROUP BY actor_id, property_id HAVING count(*) >= %(threshold)s) AS recent
     WHERE times > 3 * coalesce((
           SELECT avg(usual) FROM (
               SELECT count(*) AS usual FROM folios_payment AS past
                WHERE past.id > (SELECT coalesce(max(id), 0) - 20000 FROM folios_payment)
                  AND past.property_id = recent.property_id AND past.actor_id = recent.actor_id
                  AND past.kind = 'refund' AND past.created_at > %(since)s - interval '14 days'
                  AND past.created_at <= %(since)s
                GROUP BY date_trunc('hour', past.created_at)) AS hours), 0)"""
_TRAIL_TAMPERED = """
    SELECT 'trail', NULL::bigint, NULL::bigint, count(*), max(finished_at), array_agg(id)
      FROM security_trailjob
     WHERE kind = 'verify' AND status = 'done' AND result ->> 'is_sound' = 'false'
       AND finished_at > %(since)s AND finished_at <= %(until)s
    HAVING count(*) >= %(threshold)s"""

# code -> where its signs lie (empty where nothing can be quoted), and the statement
STATEMENTS: Mapping[str, tuple[str, str]] = {
    "password_guessing": (EVENTS, _GUESSING),
    "password_spray": (EVENTS, _SPRAY),
    "credential_stuffing": (EVENTS, _STUFFING),
    "second_step_guessing": (EVENTS, _SECOND_STEP_GUESSING),
    "second_factor_removed": (EVENTS, _SECOND_FACTOR_REMOVED),
    "token_from_elsewhere": (EVENTS, _FROM_ELSEWHERE),
    "integrator_guessing": (EVENTS, _INTEGRATOR_GUESSING),
    "card_data_found": (EVENTS, _CARD_DATA_FOUND),
    "ciphertext_refused": (EVENTS, _CIPHERTEXT_REFUSED),
    "roaming_person": ("", _ROAMING_PERSON),
    "canary_token": ("", _CANARY),
    "new_superuser": (TRAIL, _NEW_SUPERUSER),
    "privilege_at_night": (TRAIL, _PRIVILEGE_AT_NIGHT),
    "mass_read": (TRAIL, _MASS_READ),
    "probing": (USAGE, _PROBING),
    "limit_storm": (USAGE, _LIMIT_STORM),
    "webhook_forged": (USAGE, _WEBHOOK_FORGED),
    "refund_spike": (PAYMENTS, _REFUND_SPIKE),
    "trail_tampered": (JOBS, _TRAIL_TAMPERED),
}


@dataclass(frozen=True)
class Finding:
    """One subject at or above the threshold.

    Attributes:
        subject: such as ``user:7``.
        user_id, property_id: whom and where, when known.
        count: how many signs there were.
        last_at: the newest of them.
        table, ids: rows that show it; empty where nothing can be quoted.
    """

    subject: str
    user_id: int | None
    property_id: int | None
    count: int
    last_at: datetime
    table: str
    ids: tuple[int, ...]


def findings_of(code: str, *, threshold: int, window_seconds: int, until: datetime) -> list[Finding]:
    """What one detector sees in the time before an instant; one statement."""
    table, statement = STATEMENTS[code]
    since = until - timedelta(seconds=window_seconds)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"since": since, "until": until, "threshold": threshold})
        return [
            Finding(subject, user, place, int(count), last_at, table, tuple(ids or ()))
            for subject, user, place, count, last_at, ids in cursor.fetchall()
        ]
