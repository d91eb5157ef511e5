"""Past money by SQL: what every guest who was here spent, night after night, and paid when he left.

Run as ``python -m benchmarks.money`` on a run's copy that has no folio yet; prints how much there is as JSON. Lines and
taxes are those that the services compute. The guards of the ledger, which take the open day alone, are off meanwhile;
``verify_invariants`` holds afterwards. Each stay spends alike in every size: what grows is the number of past stays.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

import django
from django.apps import apps
from django.db import connection, transaction
from moneyed import Money
from psycopg import ClientCursor

from benchmarks.generate import guards, indexes_drop, indexes_make, settings_apply, step
from benchmarks.mass import DRAWN, insert
from benchmarks.sizes import TODAY
from hotel.properties.tenancy import EVERYTHING, narrow

SPENT = 8  # charges of a night besides the room, and one more in three nights of ten: 20 million in all at 1m
MENU = (
    ("food", "Breakfast", "38.00"), ("food", "Dinner", "84.00"), ("food", "Snack", "9.50"),
    ("beverage", "Bar", "26.00"), ("beverage", "Minibar", "6.50"), ("service", "Garage", "22.00"),
    ("service", "Laundry", "17.00"), ("sundry", "Shop", "12.40"), ("tip", "Tip", "5.00"),
)  # fmt: skip
NOON = "day + time '12:00'"
NIGHT = 2**62  # the last event of a day; 0 is what was spent, others are payments by folio

PAST = """
CREATE TEMP TABLE line (id integer, property_id bigint, kind text, room_type_id bigint, nth integer, part text,
                        code_id bigint, "group" text, description text, net numeric, gross numeric);
-- Of each line what it puts on which ledger; a payment's amount is the bill's. From the third place on taxes.
CREATE TEMP TABLE side (line_id integer, place integer, ledger text, code_id bigint, sign integer, amount numeric,
                        base numeric, is_inclusive boolean);
CREATE TEMP TABLE past AS
SELECT numbered.*, pg_temp.numbered(code || '-F', id) AS folio_number,
       CASE WHEN has_left THEN pg_temp.numbered(code || '-P', id) ELSE '' END AS payment_number
  FROM (SELECT row_number() OVER (ORDER BY arrival, stay.id) AS id, stay.id AS stay_id, stay.property_id, place.code,
               room_type_id, arrival, departure, least(departure, %(today)s::date) - arrival AS nights,
               primary_guest_id AS guest_id, stay.status = 'checked_out' AS has_left
          FROM reservations_reservation AS stay JOIN properties_property AS place ON place.id = stay.property_id
         WHERE stay.status IN ('in_house', 'checked_out') AND arrival < %(today)s) AS numbered;
CREATE TEMP TABLE day AS
SELECT row_number() OVER (ORDER BY business_date, property_id) AS id, property_id, business_date,
       business_date + 1 + time '03:00' AS closed_at
  FROM (SELECT property_id, min(arrival) AS first FROM past GROUP BY 1) AS place
 CROSS JOIN LATERAL (SELECT first + step AS business_date
                       FROM generate_series(0, %(today)s::date - 1 - first) AS step) AS every;
ANALYZE past;
"""

CHARGES = """
ANALYZE line, side;
CREATE TEMP TABLE charge AS
WITH night AS (
    SELECT past.*, arrival + step AS day, stay_id * 64 + step AS what
      FROM past CROSS JOIN LATERAL generate_series(0, nights - 1) AS step
)
SELECT night.id AS folio_id, property_id, day, line.id AS line_id, line.gross, %(night)s AS event
  FROM night JOIN line USING (property_id, room_type_id)
 UNION ALL
SELECT night.id, property_id, day, line.id, line.gross, 0
  FROM night
 CROSS JOIN LATERAL generate_series(1, %(spent)s + (pg_temp.drawn(what, 21, 10) < 3)::integer) AS step
  JOIN line USING (property_id)
 WHERE line.nth = 1 + pg_temp.drawn(what * 16 + step, 22, %(menu)s);
ANALYZE charge;
"""

POSTED = """
CREATE TEMP TABLE posted AS
SELECT row_number() OVER (ORDER BY day, property_id, event, folio_id, line_id) AS id,
       dense_rank() OVER (ORDER BY day, property_id, event) AS journal_id, every.*
  FROM (SELECT folio_id, property_id, day, line_id, event, NULL::numeric AS paid FROM charge
         UNION ALL
        SELECT past.id, past.property_id, departure, line.id, past.id, bill.amount
          FROM (SELECT folio_id, sum(gross) AS amount FROM charge GROUP BY 1) AS bill
          JOIN past ON past.id = bill.folio_id AND has_left
          JOIN line ON line.property_id = past.property_id AND line.kind = 'payment') AS every;
DROP TABLE charge;
ANALYZE posted;
"""

STEPS = """
SELECT day.*, (day.id - 1) * cardinality(names) + position AS id_of_step, position - 1 AS nth, name
  FROM day CROSS JOIN (SELECT %(steps)s::text[] AS names) AS every
 CROSS JOIN unnest(names) WITH ORDINALITY AS step (name, position)
"""

FIGURES = """
SELECT day.*, rooms, coalesce(slept, 0) AS slept, coalesce(adults, 0) AS adults, coalesce(came, 0) AS came,
       coalesce(gone, 0) AS gone, coalesce(missed, 0) AS missed, coalesce(cancelled, 0) AS cancelled,
       coalesce(room, 0) AS room, coalesce(other, 0) AS other, coalesce(tax, 0) AS tax
  FROM day
  JOIN (SELECT property_id, count(*) AS rooms FROM rooms_room GROUP BY 1) AS house USING (property_id)
  LEFT JOIN (SELECT night.property_id, night AS business_date, count(*) AS slept, sum(night.adults) AS adults
               FROM reservations_reservationnight AS night
               JOIN reservations_reservation AS stay ON stay.id = reservation_id
              WHERE stay.status IN ('in_house', 'checked_out') GROUP BY 1, 2) AS nights
    USING (property_id, business_date)
  LEFT JOIN (SELECT property_id, arrival AS business_date,
                    count(*) FILTER (WHERE status IN ('in_house', 'checked_out')) AS came,
                    count(*) FILTER (WHERE status = 'no_show') AS missed
               FROM reservations_reservation GROUP BY 1, 2) AS arrivals USING (property_id, business_date)
  LEFT JOIN (SELECT property_id, departure AS business_date, count(*) AS gone
               FROM reservations_reservation WHERE status = 'checked_out' GROUP BY 1, 2) AS departures
    USING (property_id, business_date)
  LEFT JOIN (SELECT property_id, business_date, count(*) AS cancelled
               FROM reservations_reservationchange WHERE kind = 'cancelled' GROUP BY 1, 2) AS changes
    USING (property_id, business_date)
  LEFT JOIN (SELECT posted.property_id, posted.day AS business_date,
                    sum(net) FILTER (WHERE "group" = 'room') AS room,
                    sum(net) FILTER (WHERE "group" NOT IN ('room', '')) AS other, sum(gross - net) AS tax
               FROM posted JOIN line ON line.id = line_id GROUP BY 1, 2) AS earned
    USING (property_id, business_date)
"""


def _at(instant: str) -> dict[str, str]:
    return {"created_at": instant, "updated_at": instant}


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


_EUR = {"currency": "'EUR'"}
_LEFT = "CASE WHEN has_left THEN departure + time '10:00' END"
PARTS: tuple[tuple[str, dict[str, str], str], ...] = (
    (
        "properties.BusinessDay",
        {
            "id": "id + last", "opened_at": "closed_at - interval '1 day'",
            **_same("property_id", "business_date", "closed_at"), **_at("closed_at"),
        },
        "SELECT day.*, last FROM day CROSS JOIN (SELECT max(id) AS last FROM properties_businessday) AS known",
    ),
    (
        "stays.NightAudit",
        {
            "status": "'finished'", "started_at": "closed_at", "finished_at": "closed_at",
            **_same("property_id", "business_date"), **_at("closed_at"),
        },
        "SELECT * FROM day",
    ),
    (
        "stays.NightAuditStep",
        {
            "id": "id_of_step", "audit_id": "id", "position": "nth", "status": "'done'", "done_at": "closed_at",
            **_same("property_id", "name"), **_at("closed_at"),
        },
        STEPS,
    ),
    (
        "folios.Folio",
        {
            "number": "folio_number", "kind": "'guest'", "reservation_id": "stay_id", "opened_on": "arrival",
            "status": "CASE WHEN has_left THEN 'closed' ELSE 'open' END",
            "closed_on": "CASE WHEN has_left THEN departure END", "version": "1 + has_left::integer",
            **_same("property_id"), **_EUR, **_at("arrival + time '15:00'"),
        },
        "SELECT * FROM past",
    ),
    (
        "folios.FolioWindow",
        {
            "folio_id": "id", "number": "1", "closed_at": _LEFT,
            **_same("property_id", "guest_id"), **_at("arrival + time '15:00'"),
        },
        "SELECT * FROM past",
    ),
    (
        "folios.Journal",
        {
            "business_date": "day", "kind": "CASE WHEN payment_number IS NULL THEN 'charge' ELSE 'payment' END",
            "reference": "coalesce(payment_number, '')", **_same("property_id"), **_at(NOON),
        },
        """
        SELECT journal.*, payment_number
          FROM (SELECT journal_id AS id, property_id, day, event FROM posted GROUP BY 1, 2, 3, 4) AS journal
          LEFT JOIN past ON past.id = event
        """,
    ),
    (
        "folios.Payment",
        {
            "number": "payment_number", "key": "md5(payment_number)", "status": "'captured'", "window_id": "id",
            "amount": "paid", "authorised_amount": "paid", "captured_amount": "paid", "version": "2",
            **_same("property_id", "code_id", "journal_id"), **_EUR, **_at(NOON),
        },
        """
        SELECT past.*, posted.journal_id, paid, day, line.code_id
          FROM posted JOIN past ON past.id = event JOIN line ON line.id = line_id
        """,
    ),
    (
        "folios.Posting",
        {
            "window_id": "folio_id", "business_date": "day", "revenue_date": "day",
            "net": "coalesce(net, -paid)", "gross": "coalesce(gross, -paid)",
            "reference": "CASE kind WHEN 'payment' THEN payment_number ELSE '' END",
            "source": "CASE kind WHEN 'menu' THEN '' ELSE kind END",
            "source_key": "CASE kind WHEN 'night' THEN stay_id || ':' || day || ':' || part"
                          " WHEN 'payment' THEN folio_id::text ELSE '' END",
            **_same("property_id", "journal_id", "code_id", "description"), **_EUR, **_at(NOON),
        },
        """
        SELECT posted.*, kind, part, line.code_id, description, net, gross, stay_id, payment_number
          FROM posted JOIN line ON line.id = line_id JOIN past ON past.id = folio_id
        """,
    ),
    (
        "folios.PostingTax",
        {
            "id": "id_of_tax", "posting_id": "id",
            **_same("property_id", "code_id", "base", "amount", "is_inclusive"), **_EUR, **_at(NOON),
        },
        """
        SELECT posted.*, (posted.id - 1) * %(places)s + place AS id_of_tax, side.code_id, base, amount, is_inclusive
          FROM posted JOIN side USING (line_id) WHERE place > 2
        """,
    ),
    (
        "folios.LedgerEntry",
        {
            "id": "id_of_entry", "posting_id": "id", "business_date": "day", "window_id": "folio_id",
            "reservation_id": "stay_id", "amount": "sign * coalesce(amount, paid)",
            **_same("property_id", "journal_id", "ledger", "code_id"), **_EUR, **_at(NOON),
        },
        """
        SELECT posted.*, (posted.id - 1) * %(places)s + place AS id_of_entry, ledger, sign, amount, side.code_id,
               stay_id
          FROM posted JOIN side USING (line_id) JOIN past ON past.id = folio_id
        """,
    ),
    (
        "stays.DailyStatistic",
        {
            "rooms_available": "rooms", "rooms_sold": "slept", "arrivals": "came", "departures": "gone",
            "no_shows": "missed", "cancellations": "cancelled", "room_revenue": "room", "no_show_revenue": "0",
            "other_revenue": "other",
            "persons": "CASE WHEN adults > 0 THEN jsonb_build_object('adult', adults) ELSE '{}' END",
            **_same("property_id", "business_date", "tax"), **_EUR, **_at("closed_at"),
        },
        FIGURES,
    ),
)  # fmt: skip
MODELS = tuple(model for model, _, _ in PARTS)


@transaction.atomic  # at its begin PostgreSQL is told of the hotels, and without shows none
def load(step: Any) -> dict[str, int]:
    """Fill the tables of money and of past days; ``step`` runs and times one part.

    Returns:
        How many rows there are, by model.
    """
    from hotel.stays.choices import StepName

    values = {
        "today": TODAY, "spent": SPENT, "menu": len(MENU), "night": NIGHT, "steps": [name.value for name in StepName],
    }  # fmt: skip
    tables = [apps.get_model(model)._meta.db_table for model in MODELS]
    connection.ensure_connection()
    with ClientCursor(connection.connection) as cursor:
        cursor.execute(DRAWN)
        step("past stays", cursor.execute, PAST, values)
        values["places"] = step("what can be posted", lines_make, cursor)
        step("what was spent", cursor.execute, CHARGES, values)
        step("what was posted", cursor.execute, POSTED, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # tables with checks to come cannot be altered
        saved = step("indexes dropped", indexes_drop, tables)
        guards(cursor, tables, "DISABLE")  # that of the frozen days stays on: they are frozen by its function
        counts = {}
        for model, columns, source in PARTS:
            step(model, insert, cursor, apps.get_model(model), columns, source, values)
            counts[model] = cursor.execute(
                f"SELECT count(*) FROM {apps.get_model(model)._meta.db_table}"
            ).fetchone()[0]
        guards(cursor, tables, "ENABLE")
        step("indexes made again", indexes_make, saved)
        step(
            "days frozen",
            cursor.execute,
            "SELECT folios_days_freeze(property_id) FROM day GROUP BY property_id",
        )
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("DROP TABLE posted, past, day, line, side")
    return counts


def lines_make(cursor: Any) -> int:
    """The lines that are posted at each property, with their sides.

    Returns:
        How many sides a line has at most.
    """
    from hotel.properties.models import Property

    cursor.execute("SELECT DISTINCT property_id FROM past ORDER BY 1")
    places = list(Property.objects.filter(pk__in=[row[0] for row in cursor.fetchall()]).order_by("pk"))
    lines = [(place, *line) for place in places for line in lines_of(place, places[0])]
    most = 0
    for number, (place, kind, key, line) in enumerate(lines, 1):
        sides = sides_of(line, is_payment=kind == "payment")
        most = max(most, len(sides))
        net, gross = sides[1][3], sides[0][3]
        cursor.execute(
            "INSERT INTO line VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                number, place.pk, kind, key if kind == "night" else None, key if kind == "menu" else None,
                line.source_key, line.code.pk, line.code.group, line.description, net, gross,
            ],
        )  # fmt: skip
        cursor.executemany(
            "INSERT INTO side VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [(number, nth, *side) for nth, side in enumerate(sides, 1)],
        )
    return most


def sides_of(line: Any, *, is_payment: bool) -> list[tuple[Any, ...]]:
    """Ledger, code, sign, and amount, of taxes also the base and whether they are contained; as the entries' SQL does.

    A payment has no amounts here: each has its own.
    """
    from hotel.folios.choices import CodeKind

    against = "revenue" if line.code.kind == CodeKind.CHARGE else str(line.code.kind)
    owed = -1 if is_payment else 1
    gross, net = (None, None) if is_payment else (line.amounts.gross.amount, line.net.amount)
    return [
        ("guest", line.code.pk, owed, gross, None, None),
        (against, line.code.pk, -owed, net, None, None),
        *(
            ("tax", tax.code.pk, -1, tax.amount.amount, tax.base.amount, tax.is_inclusive)
            for tax in line.taxes
        ),
    ]


def lines_of(place: Any, first: Any) -> Iterator[tuple[str, int, Any]]:
    """Kind, key and line: the nights by room type, the menu by its places, a payment.

    The taxes of the menu are those of the first property everywhere, as the prices of the nights are.
    """
    from hotel.folios.choices import CodeKind
    from hotel.folios.domain.codes import CodeSeed
    from hotel.folios.models import Folio
    from hotel.folios.services.codes import codes_ensure, standard_code
    from hotel.folios.services.nights import Night, code_seeds, night_lines, night_parts
    from hotel.folios.services.posting_data import PostingData
    from hotel.folios.services.postings import charge_amounts
    from hotel.rates.domain.quotes import night_price_load
    from hotel.reservations.models import ReservationNight
    from hotel.rooms.models import RoomType

    ahead = ReservationNight.objects.at(place.pk).filter(night__gte=TODAY).order_by("night", "pk")
    for room_type in RoomType.objects.at(place.pk):
        row = ahead.filter(room_type=room_type).first()
        assert row is not None  # noqa: S101
        parts = night_parts([Night(0, row.reservation_id, night_price_load(row.price_detail))])
        for line in night_lines(parts, codes_ensure(place=place, seeds=code_seeds(parts))):
            yield "night", room_type.pk, replace(line, source_key=line.source_key.split(":", 2)[2])
    for nth, (code, name, price) in enumerate(MENU, 1):
        asked = Money(Decimal(price), str(first.currency))
        net, taxes = charge_amounts(
            folio=Folio(property=first), code=standard_code(first, code), amount=asked, day=TODAY
        )
        seeds = [CodeSeed(tax.code.code, tax.code.name, CodeKind.TAX) for tax in taxes]
        own = codes_ensure(place=place, seeds=seeds)
        taxes = tuple(replace(tax, code=own[CodeKind.TAX, tax.code.code]) for tax in taxes)
        yield (
            "menu",
            nth,
            PostingData(folio_id=0, code=standard_code(place, code), net=net, taxes=taxes, description=name),
        )
    yield "payment", 0, PostingData(
        folio_id=0, code=standard_code(place, "card_terminal"), net=Money(0, str(place.currency)),
        description="Card, by terminal",
    )  # fmt: skip


def money() -> dict[str, int]:
    """Fill, then clean up for the planner as a server would have by night."""
    settings_apply()
    said = partial(step, to=sys.stderr)  # the output is the answer
    counts = load(said)
    empty = [model for model, count in counts.items() if not count]
    assert not empty, f"Nothing was spent: {', '.join(empty)}"  # noqa: S101
    with connection.cursor() as cursor:
        said("vacuum and analyze", cursor.execute, "VACUUM (ANALYZE, FREEZE)")
    return counts


if __name__ == "__main__":
    django.setup()
    narrow(EVERYTHING)
    json.dump(money(), sys.stdout)
