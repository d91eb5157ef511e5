"""A programme's past by SQL: members with twenty movements each, on a run's copy of a generated database.

Run as ``python -m benchmarks.points_mass <members>``, which adds those that are missing; prints rows as JSON. Every
member stayed fourteen times and spent points twice, over three lots each time. The guards of the ledger are off
meanwhile; the invariants of loyalty hold afterwards. Each member is like any other: what grows is how many there are.
"""

import json
import sys
from functools import partial
from typing import Any

import django
from django.apps import apps
from django.db import connection, transaction
from psycopg import ClientCursor

from benchmarks.generate import guards, indexes_drop, indexes_make, settings_apply, step
from benchmarks.mass import DRAWN, insert
from benchmarks.sizes import BUSY, TODAY
from hotel.properties.tenancy import EVERYTHING, narrow

STAYS, SPENDINGS, OF_A_SPENDING = 14, 2, 3  # 14 + 2 × 3 movements of a member
BOOKED = STAYS + SPENDINGS
ENDING = 50  # one member in so many has points that ended yesterday
FALLING = 100  # and one in so many a tier
PROGRAM = {
    "code": "BENCH", "name": "Bench Circle", "currency": "EUR", "time_zone": "Europe/Vienna", "expiry": "term",
    "expiry_months": 36, "point_cost": "0.005", "window": "rolling",
}  # fmt: skip
TIERS = (("silver", 12), ("gold", 25))  # and how many nights each asks for

LIVED = """
CREATE TEMP TABLE last AS
SELECT (SELECT coalesce(max(id), 0) FROM guests_guest) AS guest,
       (SELECT coalesce(max(id), 0) FROM loyalty_loyaltymember) AS member,
       (SELECT coalesce(max(id), 0) FROM loyalty_pointtransaction) AS transaction,
       (SELECT coalesce(max(id), 0) FROM loyalty_pointlot) AS lot,
       (SELECT coalesce(max(id), 0) FROM loyalty_pointmovement) AS movement,
       (SELECT coalesce(max(id), 0) FROM loyalty_tiercredit) AS credit;
CREATE TEMP TABLE place AS
SELECT id, row_number() OVER (ORDER BY id) - 1 AS nth FROM properties_property ORDER BY id LIMIT %(places)s;
CREATE TEMP TABLE who AS
SELECT number, member + number AS id, guest + number AS guest_id, place.id AS property_id,
       number %% %(ending)s = 1 AS is_ending, number %% %(falling)s = 0 AS is_falling,
       CASE WHEN number %% %(falling)s = 0 THEN 1 ELSE greatest(0, pg_temp.drawn(number, 31, 20) - 17) END AS level
  FROM generate_series(1, %(members)s) AS number CROSS JOIN last
  JOIN place ON place.nth = number %% %(places)s;
-- The stays of a member, the first one first: his oldest lots were spent.
CREATE TEMP TABLE stayed AS
SELECT number, who.id AS member_id, who.property_id, nth,
       transaction + (number - 1) * %(booked)s + nth AS transaction_id,
       lot + (number - 1) * %(stays)s + nth AS id, credit + (number - 1) * %(stays)s + nth AS credit_id,
       200 + 2 * pg_temp.drawn(number * 16 + nth, 32, 900) AS points,
       1 + pg_temp.drawn(number * 16 + nth, 33, 4) AS nights,
       %(today)s::date - 20 - 70 * (%(stays)s - nth) - pg_temp.drawn(number, 34, 60) AS day,
       CASE WHEN is_ending AND nth = %(stays)s - 1 THEN %(today)s::date - 1 END AS ended,
       CASE WHEN nth > %(spendings)s * %(of_a_spending)s THEN 0 WHEN nth %% %(of_a_spending)s = 0 THEN 2 ELSE 1
        END AS spent_part  -- all of two lots, half of the third
  FROM who CROSS JOIN last CROSS JOIN generate_series(1, %(stays)s) AS nth;
ANALYZE who, stayed;
"""
SPENT = """
SELECT stayed.*, points / spent_part AS spent,
       transaction + (number - 1) * %(booked)s + %(stays)s + 1 + (nth - 1) / %(of_a_spending)s AS spending_id
  FROM stayed CROSS JOIN last WHERE spent_part > 0
"""
_MADE = {"created_at": "day + time '12:00'", "updated_at": "day + time '12:00'"}
_SINCE = {"created_at": "since + time '12:00'", "updated_at": "since + time '12:00'"}


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


PARTS: tuple[tuple[str, dict[str, str], str], ...] = (
    (
        "guests.Guest",
        {
            "chain_id": "(SELECT id FROM properties_chain)", "first_name": "'Member'", "last_name": "'No. ' || number",
            "name_key": "'no. ' || number || ' member'", "country": "'AT'", "language": "'en'",
        },
        "SELECT guest_id AS id, number FROM who",
    ),
    (
        "loyalty.LoyaltyMember",
        {
            "program_id": "%(program)s", "number": "'BENCH-' || lpad(id::text, 9, '0')", "home_id": "property_id",
            "channel": "'desk'", "enrolled_on": "since", "tier_id": "(%(tiers)s::bigint[])[level + 1]",
            "tier_since": "since", "active_on": "%(today)s::date - 20",
            "tier_until": "CASE WHEN is_falling THEN %(today)s::date - 1 WHEN level > 0 THEN %(today)s::date + 200 END",
            **_same("guest_id"), **_SINCE,
        },
        "SELECT who.*, %(today)s::date - 1100 AS since FROM who",
    ),
    (
        "loyalty.PointTransaction",
        {
            "kind": "kind", "business_date": "day", "because": "because",
            **_same("member_id", "property_id", "points"), **_MADE,
        },
        f"""
        SELECT transaction_id AS id, member_id, property_id, 'stay' AS kind, points, day, 'Ten points a euro' AS because
          FROM stayed
         UNION ALL
        SELECT spending_id, member_id, min(property_id), 'redemption', -sum(spent), %(today)s::date - 10, 'Breakfast'
          FROM ({SPENT}) AS spent GROUP BY spending_id, member_id
        """,
    ),
    (
        "loyalty.PointLot",
        {
            "left": "points - CASE WHEN spent_part > 0 THEN points / spent_part ELSE 0 END",
            "earned_on": "day", "usable_from": "day",
            "expires_on": "coalesce(ended, (day + interval '36 months')::date)",
            **_same("member_id", "property_id", "transaction_id", "points"), **_MADE,
        },
        "SELECT * FROM stayed",
    ),
    (
        "loyalty.PointMovement",
        {"lot_id": "lot_id", **_same("transaction_id", "member_id", "points"), **_MADE},
        f"""
        SELECT movement + row_number() OVER () AS id, every.*
          FROM (SELECT transaction_id, member_id, id AS lot_id, points, day FROM stayed
                 UNION ALL
                SELECT spending_id, member_id, id, -spent, %(today)s::date - 10 FROM ({SPENT}) AS spent) AS every
         CROSS JOIN last
        """,
    ),
    (
        "loyalty.TierCredit",
        {
            "stays": "1", "spend": "points / 10.0",
            **_same("member_id", "property_id", "day", "nights", "points"), **_MADE,
        },
        "SELECT credit_id AS id, member_id, property_id, day, nights, points FROM stayed",
    ),
)  # fmt: skip


def program_make() -> Any:
    """The programme of the busy hotels with its tiers, by the services; made once."""
    from hotel.properties.models import Property
    from loyalty.models import LoyaltyProgram
    from loyalty.services.programs import house_join, program_create, tier_create

    if known := LoyaltyProgram.objects.filter(code=PROGRAM["code"]).first():
        return known
    places = list(Property.objects.order_by("pk")[:BUSY])
    program = program_create(chain=places[0].chain, values=PROGRAM)
    for place in places:
        house_join(program=program, place=place, joined_on=place.business_date.replace(year=2020))
    for level, (code, nights) in enumerate(TIERS, 1):
        values = {
            "program": program,
            "level": level,
            "code": code,
            "name": code.title(),
            "min_nights": nights,
        }
        tier_create(values=values)
    return program


@transaction.atomic  # at its begin PostgreSQL is told of the hotels, and without shows none
def load(wanted: int, said: Any) -> None:
    """Fill the tables until the programme has so many members."""
    program = program_make()
    values = {
        "members": wanted - program.members.count(), "program": program.pk, "places": BUSY, "today": TODAY,
        "stays": STAYS, "booked": BOOKED, "spendings": SPENDINGS, "of_a_spending": OF_A_SPENDING, "ending": ENDING,
        "falling": FALLING, "tiers": list(program.tiers.order_by("level").values_list("pk", flat=True)),
    }  # fmt: skip
    models = [apps.get_model(name) for name, _, _ in PARTS]
    tables = [model._meta.db_table for model in models]
    with ClientCursor(connection.connection) as cursor:
        cursor.execute(DRAWN)
        said("what members lived", cursor.execute, LIVED, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # tables with checks to come cannot be altered
        saved = said("indexes dropped", indexes_drop, tables)
        guards(cursor, tables, "DISABLE")
        for model, (name, columns, source) in zip(models, PARTS, strict=True):
            said(name, insert, cursor, model, columns, source, values)
        guards(cursor, tables, "ENABLE")
        said("indexes made again", indexes_make, saved)


def points(members: int) -> dict[str, int]:
    """Fill, then clean up for the planner as a server would have by night; how many rows there are."""
    settings_apply()
    said = partial(step, to=sys.stderr)  # the output is the answer
    load(members, said)
    with connection.cursor() as cursor:
        said("vacuum and analyze", cursor.execute, "VACUUM (ANALYZE, FREEZE)")
    with transaction.atomic():
        return {name: apps.get_model(name)._default_manager.count() for name, _, _ in PARTS[1:]}


if __name__ == "__main__":
    django.setup()
    narrow(EVERYTHING)
    json.dump(points(int(sys.argv[1])), sys.stdout)
