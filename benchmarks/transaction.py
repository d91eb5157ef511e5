"""The transaction of one booking, learnt from the rows that the service itself has written.

Whatever ``booking_create`` inserts is read back and becomes the statements of the bare programs, so that the ceiling is
that of the same rows, also after the service changes.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import psycopg
from psycopg import sql

from benchmarks.requests import NIGHTS

TABLES = (
    ("reservations_booking", "id = %(booking)s"),
    ("reservations_reservation", "booking_id = %(booking)s"),
    ("reservations_reservationnight", "reservation_id = %(reservation)s"),
    ("reservations_reservationguest", "reservation_id = %(reservation)s"),
    ("reservations_reservationchange", "reservation_id = %(reservation)s"),
    ("core_outboxmessage", "id > %(outbox)s"),
)


@dataclass(frozen=True)
class Written:
    """The rows of one table: columns without the id, and the values of each row as text that casts back."""

    table: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


def learn(connection: psycopg.Connection, booking: int, outbox: int) -> list[Written]:
    """Read what a booking wrote.

    Args:
        connection: to the database.
        booking: its id.
        outbox: the last id of the outbox before it was made.
    """
    [(reservation,)] = connection.execute(
        "SELECT id FROM reservations_reservation WHERE booking_id = %s", [booking]
    ).fetchall()
    ids = {"booking": booking, "reservation": reservation, "outbox": outbox}
    found = []
    for table, condition in TABLES:
        columns = connection.execute(
            "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'id' ORDER BY attnum",
            [table],
        ).fetchall()
        texts = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(name)) for name, _ in columns)
        query = sql.SQL("SELECT {} FROM {} WHERE {} ORDER BY id").format(
            texts, sql.Identifier(table), sql.SQL(condition)
        )
        rows = connection.execute(query, ids).fetchall()
        found.append(Written(table, *zip(*columns, strict=True), rows=tuple(rows)))
    return found


def changing(row: Written, position: int, column: str, names: dict[str, str]) -> str | None:
    """The expression of a column that differs from booking to booking; None when it is the same in all."""
    if row.table == "reservations_reservationnight" and column == "night":
        return f"({names['day']}::date + {position})"
    return {
        "property_id": names["property"],
        "confirmation_number": names["number"],
        "number": f"{names['number']} || '-1'",
        "booker_id": names["guest"],
        "primary_guest_id": names["guest"],
        "guest_id": names["guest"],
        "booked_by_id": names["user"],
        "actor_id": names["user"],
        "booking_id": names["booking"],
        "reservation_id": names["reservation"],
        "room_type_id": names["type"],
        "rate_room_type_id": names["type"],
        "rate_plan_id": names["plan"],
        "arrival": f"{names['day']}::date",
        "policy_arrival": f"{names['day']}::date",
        "departure": f"({names['day']}::date + {NIGHTS})",
        "aggregate": f"'reservation:' || {names['reservation']}",
    }.get(column)


def statements(written: list[Written], names: dict[str, str]) -> list[str]:
    """The INSERTs in order; booking and reservation return their ids. The counters' call stands before the outbox."""
    found = []
    for row in written:
        lines = []
        for position, values in enumerate(row.rows):
            cells = [
                changing(row, position, column, names) or _literal(value, kind)
                for column, kind, value in zip(row.columns, row.types, values, strict=True)
            ]
            lines.append(f"({', '.join(cells)})")
        tail = " RETURNING id" if row.table in {"reservations_booking", "reservations_reservation"} else ""
        insert = f"INSERT INTO {row.table} ({', '.join(row.columns)}) VALUES {', '.join(lines)}{tail}"
        if row.table == "core_outboxmessage":
            found.append(
                f"SELECT rooms_inventory_move({names['property']}, ARRAY[{names['type']}]::bigint[],"
                f" ARRAY[{names['day']}::date], ARRAY[{names['day']}::date + {NIGHTS}],"
                " ARRAY['sold'], ARRAY[1])"
            )
        found.append(insert)
    return found


def _literal(value: str | None, kind: str) -> str:
    return "NULL" if value is None else f"{sql.Literal(value).as_string()}::{kind}"


def pgbench_booking(written: list[Written], places: list[dict[str, Any]], first_day: date, days: int) -> str:
    """The same transaction as a script of pgbench."""
    ids = ("property", "guest", "user", "booking", "reservation", "type", "plan")
    names = {name: f":{name}::bigint" for name in ids} | {
        "day": f"('{first_day}'::date + :offset::integer)",
        "number": "('PGB-' || :drawn::bigint)",
    }
    head = [
        f"\\set place random(0, {len(places) - 1})",
        f"\\set offset random(0, {days - 1})",
        f"\\set guest_nth random(0, {min(len(place['guests']) for place in places) - 1})",
        *(
            f"\\set {name} {_chosen(key, places)}"
            for name, key in (("property", "property"), ("user", "user"))
        ),
        f"\\set plan {_chosen('rate_plan', places)}",
        f"\\set type {_chosen_of('room_types', places)} + random(0, {len(places[0]['room_types']) - 1})",
        f"\\set guest {_chosen_of('guests', places)} + :guest_nth",
        "\\set drawn random(1, 9000000000000)",
    ]
    body = ["BEGIN;"]
    for statement in statements(written, names):
        if statement.endswith("RETURNING id"):
            name = "booking" if statement.startswith("INSERT INTO reservations_booking") else "reservation"
            body.append(f"{statement} AS {name} \\gset")
        else:
            body.append(f"{statement};")
    return "\n".join([*head, *body, "COMMIT;"]) + "\n"


def pgbench_counters(places: list[dict[str, Any]], first_day: date, days: int) -> str:
    """The raw read that an availability of thirty days stands on."""
    return "\n".join(
        [
            f"\\set place random(0, {len(places) - 1})",
            f"\\set offset random(0, {days - 1})",
            f"\\set property {_chosen('property', places)}",
            "SELECT night, room_type_id, capacity, overbooking, out_of_order, sold, blocked, held"
            f" FROM rooms_inventorynight WHERE property_id = :property::bigint"
            f" AND night >= '{first_day}'::date + :offset::integer"
            f" AND night < '{first_day}'::date + :offset::integer + 30;",
        ]
    ) + "\n"  # fmt: skip


def _chosen(key: str, places: list[dict[str, Any]]) -> str:
    cases = " ".join(f"WHEN :place = {nth} THEN {place[key]}" for nth, place in enumerate(places))
    return f"CASE {cases} END"


def _chosen_of(key: str, places: list[dict[str, Any]]) -> str:
    """The first of each hotel's consecutive ids."""
    for place in places:
        ids = place[key]
        assert ids == list(range(ids[0], ids[0] + len(ids))), f"{key} are not consecutive"  # noqa: S101
    cases = " ".join(f"WHEN :place = {nth} THEN {place[key][0]}" for nth, place in enumerate(places))
    return f"CASE {cases} END"


def day_range() -> tuple[date, int]:
    """The first day of bookings and how many days there are."""
    from benchmarks.sizes import FREE_FROM, OPEN_DAYS, TODAY

    return TODAY + timedelta(days=FREE_FROM), OPEN_DAYS - NIGHTS - 1 - FREE_FROM
