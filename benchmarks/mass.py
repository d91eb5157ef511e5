"""The SQL of the generator: each room is filled stay after stay, so nothing overlaps and the counters fit."""

from django.apps import apps
from django.db import connection
from psycopg import ClientCursor, sql

from benchmarks.sizes import AHEAD, TODAY, Size

ROOMS = 60
KEPT_SHARE = 0.77  # of the reservations; the others were cancelled or did not come
GUESTS_SHARE = 0.6  # guests per reservation: some come again
ASSIGNED_DAYS = 30  # how far ahead rooms are assigned
LAST = [
    "Adler",
    "Bauer",
    "Castro",
    "Dubois",
    "Eriksen",
    "Fischer",
    "Garcia",
    "Hoffmann",
    "Ivanov",
    "Jansen",
    "Keller",
    "Lopez",
    "Moreau",
    "Novak",
    "Olsen",
    "Petrov",
    "Quinn",
    "Rossi",
    "Sanchez",
    "Tanaka",
    "Ulrich",
    "Vogel",
    "Wagner",
    "Xu",
    "Yilmaz",
    "Zimmermann",
]
TAILS = ["son", "berg", "mann", "stein", "ova", "ez", "ier", "land", "hof", "wood"]
FIRST = [
    "Anna",
    "Ben",
    "Carla",
    "David",
    "Elena",
    "Felix",
    "Greta",
    "Hugo",
    "Irene",
    "Jonas",
    "Katja",
    "Luis",
    "Maria",
    "Nils",
    "Olga",
    "Paul",
    "Rosa",
    "Stefan",
    "Tina",
    "Uwe",
    "Vera",
    "Willem",
    "Xenia",
    "Yusuf",
    "Zoe",
]

# A number drawn from what a row is, not from when it is made.
DRAWN = """
CREATE OR REPLACE FUNCTION pg_temp.drawn(what bigint, salt integer, below integer) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$ SELECT ((hashint8extended(what, salt) & 9223372036854775807) % below)::integer $$;

-- The number people see: a code, seven symbols, a check symbol; see hotel.reservations.domain.numbers.
CREATE OR REPLACE FUNCTION pg_temp.numbered(code text, what bigint) RETURNS text LANGUAGE plpgsql IMMUTABLE
AS $$
DECLARE
    symbols CONSTANT text := '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    rest bigint := (what * 9876543211) % 34359738368;
    digit integer;
    state integer := 0;
    found text := '';
BEGIN
    FOR step IN 1..7 LOOP
        digit := rest % 32;
        rest := rest / 32;
        found := found || substr(symbols, digit + 1, 1);
        state := (state # digit) << 1;
        IF state & 32 > 0 THEN
            state := state # 37;
        END IF;
    END LOOP;
    RETURN code || '-' || found || substr(symbols, state + 1, 1);
END $$;
"""

STAYS = """
CREATE TEMP TABLE stay AS
WITH room AS (
    SELECT property_id, id AS room_id, room_type_id, dense_rank() OVER (ORDER BY property_id) AS place
      FROM rooms_room
     WHERE property_id IN (SELECT id FROM properties_property ORDER BY id LIMIT %(places)s)
), paced AS (
    SELECT room.*, step, 1 + pg_temp.drawn(room_id * 4096 + step, 1, 5) AS nights,
           pg_temp.drawn(room_id * 4096 + step, 2, 3) AS gap
      FROM room CROSS JOIN generate_series(1, %(kept)s) AS step
), kept AS (
    SELECT property_id, place, room_id, room_type_id, nights, room_id * 4096 + step AS what,
           %(today)s::date + %(ahead)s
               - (sum(nights + gap) OVER (PARTITION BY room_id ORDER BY step))::integer AS arrival
      FROM paced
), missed AS (
    SELECT type.property_id, type.place, NULL::bigint AS room_id, type.ids[1 + pg_temp.drawn(what, 3, 5)] AS type_id,
           1 + pg_temp.drawn(what, 4, 5) AS nights, -what AS what,
           type.first + pg_temp.drawn(what, 5, %(today)s::date + %(ahead)s - 5 - type.first) AS arrival
      FROM (SELECT property_id, place, array_agg(DISTINCT room_type_id) AS ids, min(arrival) AS first
              FROM kept GROUP BY 1, 2) AS type
     CROSS JOIN generate_series(1, %(missed)s) AS step
     CROSS JOIN LATERAL (SELECT type.place * 1000000 + step AS what) AS named
), dated AS (
    SELECT *, arrival + nights AS departure,
           least(arrival - pg_temp.drawn(what, 6, 60), %(today)s::date - pg_temp.drawn(what, 7, 20)) AS booked_on
      FROM (SELECT property_id, place, room_id, room_type_id, nights, what, arrival FROM kept
             UNION ALL SELECT property_id, place, room_id, type_id, nights, what, arrival FROM missed) AS every
), stated AS (
    SELECT *, CASE
        WHEN room_id IS NULL THEN CASE WHEN arrival < %(today)s AND what %% 8 = 0 THEN 'no_show' ELSE 'cancelled' END
        WHEN departure < %(today)s THEN 'checked_out'
        WHEN departure = %(today)s THEN CASE WHEN what %% 2 = 0 THEN 'checked_out' ELSE 'in_house' END
        WHEN arrival < %(today)s THEN 'in_house'
        WHEN arrival = %(today)s AND what %% 3 = 0 THEN 'in_house'
        ELSE 'confirmed' END AS status
      FROM dated
), counted AS (
    SELECT *, row_number() OVER (ORDER BY booked_on, what) AS id,
           row_number() OVER (PARTITION BY property_id ORDER BY booked_on, what) AS nth
      FROM stated
)
SELECT counted.*, CASE WHEN nth %% 8 = 0 THEN lag(counted.id) OVER (PARTITION BY counted.property_id ORDER BY nth)
                       ELSE counted.id END AS booking_id,
       1 + (nth %% 8 = 0)::integer AS position,
       (place - 1) * %(guests)s + 1 + pg_temp.drawn(what, 8, %(guests)s) AS guest_id,
       booked_on + time '08:00' + pg_temp.drawn(what, 9, 43200) * interval '1 second' AS booked_at,
       price.rate_plan_id, price.net, price.gross, price.total
  FROM counted JOIN price USING (property_id, room_type_id);
ALTER TABLE stay ADD COLUMN number text;
UPDATE stay SET number = pg_temp.numbered(place.code, stay.booking_id) FROM properties_property AS place
 WHERE place.id = stay.property_id;
ANALYZE stay;
"""

PEOPLE = """
SELECT number AS id, first_name, last_name, last_name || ' ' || first_name AS full_name,
       1 + (number - 1) / %(guests)s AS place
  FROM (SELECT number,
               (%(firsts)s::text[])[1 + pg_temp.drawn(number, 11, cardinality(%(firsts)s::text[]))] AS first_name,
               (%(lasts)s::text[])[1 + pg_temp.drawn(number, 12, cardinality(%(lasts)s::text[]))] AS last_name
          FROM generate_series(1, %(guests)s * %(places)s) AS number) AS named
"""

NIGHTS = """
SELECT stay.*, stay.arrival + step AS night FROM stay CROSS JOIN LATERAL generate_series(0, nights - 1) AS step
"""


def load(size: Size, step) -> None:
    """Fill the mass tables; ``step`` runs and times one part."""
    kept = int(size.per_property * KEPT_SHARE) // ROOMS
    values = {
        "today": TODAY, "ahead": AHEAD, "kept": kept, "missed": size.per_property - kept * ROOMS,
        "guests": int(size.per_property * GUESTS_SHARE), "places": size.properties, "firsts": FIRST,
        "lasts": [head + tail for head in LAST for tail in TAILS], "assigned": ASSIGNED_DAYS,
    }  # fmt: skip
    connection.ensure_connection()
    # Values are put in by the client: several commands, and those that make tables, cannot be prepared.
    with ClientCursor(connection.connection) as cursor:
        step("stays planned", _run, cursor, DRAWN, STAYS, values)
        for model, columns, source in PARTS:
            step(model, insert, cursor, apps.get_model(model), columns, source, values)


def _run(cursor, functions: str, statement: str, values) -> None:
    cursor.execute(functions)
    cursor.execute(statement, values)


def insert(cursor, model, columns: dict[str, str], source: str, values) -> None:
    """INSERT … SELECT of rows with an ``id``; columns that are not named get the model's default."""
    chosen = {"id": "id", **columns}
    for field in model._meta.concrete_fields:
        if field.column not in chosen and not field.null and not field.generated:
            chosen[field.column] = "now()" if getattr(field, "auto_now", False) else default_of(field)
    names, expressions = ", ".join(f'"{name}"' for name in chosen), ", ".join(chosen.values())
    cursor.execute(
        f"INSERT INTO {model._meta.db_table} ({names}) SELECT {expressions} FROM ({source}) AS made", values
    )
    sequence = f"pg_get_serial_sequence('{model._meta.db_table}', 'id')"
    # Only ever forward: a sequence set back would give ids out again that are written down elsewhere.
    cursor.execute(
        f"SELECT setval({sequence}, greatest(nextval({sequence}), max(id))) FROM {model._meta.db_table}"
    )


def default_of(field) -> str:
    """The model's default as SQL."""
    default = field.get_db_prep_save(field.get_default(), connection)
    return sql.Literal(default).as_string(connection.connection).replace("%", "%%")


_MADE = {"created_at": "booked_at", "updated_at": "booked_at"}
_EUR = {f"{name}_currency": "'EUR'" for name in ("room_net", "room_gross", "total")}
PARTS = (
    (
        "guests.Guest",
        {
            "chain_id": "(SELECT id FROM properties_chain)", "first_name": "first_name", "last_name": "last_name",
            "name_key": "lower(full_name)", "country": "'AT'", "language": "'en'",
        },
        PEOPLE,
    ),
    (
        "guests.ProfileAtProperty",
        {
            "property_id": "property_id", "guest_id": "id", "search_text": "lower(full_name)",
            "stays": "coalesce(stays, 0)",
            "nights": "coalesce(nights, 0)", "cancellations": "coalesce(cancellations, 0)",
            "no_shows": "coalesce(no_shows, 0)",
            "revenue": "revenue",
            "revenue_currency": "CASE WHEN revenue IS NOT NULL THEN 'EUR' END",
            "first_stay_on": "first_stay_on",
            "last_stay_on": "last_stay_on",
        },
        f"""
        SELECT person.id, place.id AS property_id, person.full_name, stays, nights, cancellations, no_shows, revenue,
               first_stay_on, last_stay_on
          FROM ({PEOPLE}) AS person
          JOIN (SELECT id, dense_rank() OVER (ORDER BY id) AS nth FROM properties_property) AS place
            ON place.nth = person.place
          LEFT JOIN (
               SELECT guest_id, count(*) FILTER (WHERE has_stayed) AS stays,
                      count(*) FILTER (WHERE status = 'cancelled') AS cancellations,
                      count(*) FILTER (WHERE status = 'no_show') AS no_shows,
                      sum(least(departure, %(today)s::date) - arrival) FILTER (WHERE has_stayed) AS nights,
                      sum(total * nights) FILTER (WHERE has_stayed) AS revenue,
                      min(arrival) FILTER (WHERE has_stayed) AS first_stay_on,
                      max(arrival) FILTER (WHERE has_stayed) AS last_stay_on
                 FROM (SELECT *, status IN ('in_house', 'checked_out') AS has_stayed FROM stay) AS stated
                GROUP BY 1) AS figures ON figures.guest_id = person.id
        """,
    ),
    (
        "reservations.Booking",
        {
            "property_id": "property_id", "confirmation_number": "number", "booker_id": "guest_id",
            "channel_code": "CASE WHEN what %% 3 = 0 THEN 'direct' ELSE 'ota' END",
            "external_id": "CASE WHEN what %% 3 = 0 THEN '' ELSE 'X' || id END", "currency": "'EUR'",
            "booked_at": "booked_at", "booked_on": "booked_on", **_MADE,
        },
        "SELECT * FROM stay WHERE position = 1",
    ),
    (
        "reservations.Reservation",
        {
            "property_id": "property_id", "booking_id": "booking_id", "number": "number || '-' || position",
            "status": "status", "arrival": "arrival", "departure": "departure", "room_type_id": "room_type_id",
            "rate_plan_id": "rate_plan_id", "adults": "2", "primary_guest_id": "guest_id",
            "policies": "policies",
            "policy_arrival": "arrival", "booked_at": "booked_at", "booked_on": "booked_on",
            "total_amount": "total * nights", "total_amount_currency": "'EUR'", "stay_tax_amount": "0",
            "stay_tax_amount_currency": "'EUR'", "confirmed_at": "booked_at",
            "cancelled_at": "CASE WHEN status = 'cancelled' THEN booked_at END",
            "cancellation_number": "CASE WHEN status = 'cancelled' THEN number || '-' || position || '-X2' ELSE '' END",
            "fee_amount_currency": "NULL", "no_show_at": "CASE WHEN status = 'no_show' THEN booked_at END",
            "version": "1 + (status <> 'confirmed')::integer", **_MADE,
        },
        "SELECT stay.*, policies FROM stay JOIN price USING (property_id, room_type_id)",
    ),
    (
        "reservations.ReservationNight",
        {
            "property_id": "property_id", "reservation_id": "reservation_id", "night": "night", "id": "id_of_night",
            "room_type_id": "room_type_id", "rate_room_type_id": "room_type_id", "rate_plan_id": "rate_plan_id",
            "adults": "2", "room_net": "net", "room_gross": "gross", "total": "total", **_EUR,
            "price_detail": "detail || jsonb_build_object('night', night)", **_MADE,
        },
        f"""
        SELECT night.*, night.id AS reservation_id, price.detail, row_number() OVER () AS id_of_night
          FROM ({NIGHTS}) AS night JOIN price USING (room_type_id)
        """,
    ),
    (
        "reservations.ReservationGuest",
        {"property_id": "property_id", "reservation_id": "id", "guest_id": "guest_id", "role": "'primary'", **_MADE},
        "SELECT * FROM stay",
    ),
    (
        "reservations.ReservationChange",
        {
            "property_id": "property_id", "reservation_id": "reservation_id", "kind": "kind", "version": "version",
            "id": "id_of_change", "at": "booked_at", "business_date": "booked_on",
            "after": "jsonb_build_object('status', logged, 'total', (total * nights)::text)", **_MADE,
        },
        """
        SELECT stay.*, stay.id AS reservation_id, kind, version, logged, row_number() OVER () AS id_of_change
          FROM stay
         CROSS JOIN LATERAL (
               SELECT 'created' AS kind, 1 AS version, 'confirmed' AS logged
                UNION ALL
               SELECT CASE WHEN stay.status IN ('cancelled', 'no_show') THEN stay.status ELSE 'details' END,
                      2, stay.status WHERE stay.status <> 'confirmed') AS change
        """,
    ),
    (
        "rooms.RoomOccupancy",
        {
            "property_id": "property_id", "room_id": "room_id", "kind": "'stay'",
            "during": "tstzrange((arrival + time '15:00') AT TIME ZONE 'Europe/Vienna',"
                      " (departure + time '11:00') AT TIME ZONE 'Europe/Vienna')",
            **_MADE,
        },
        "SELECT * FROM stay WHERE room_id IS NOT NULL AND arrival <= %(today)s::date + %(assigned)s",
    ),
    (
        "reservations.RoomAssignment",
        {
            "property_id": "property_id", "reservation_id": "id", "room_id": "room_id", "arrival": "arrival",
            "departure": "departure", "occupancy_id": "id", **_MADE,
        },
        "SELECT * FROM stay WHERE room_id IS NOT NULL AND arrival <= %(today)s::date + %(assigned)s",
    ),
    (
        "core.OutboxMessage",
        {
            "property_id": "property_id", "aggregate": "'reservation:' || id", "topic": "'ReservationCreated'",
            "payload": "jsonb_build_object('property_id', property_id, 'reservation_id', id, 'booking_id', booking_id,"
                       " 'arrival', arrival, 'departure', departure, 'room_type_id', room_type_id,"
                       " 'status', status, 'version', 1 + (status <> 'confirmed')::integer, 'business_date', booked_on,"
            " 'channel_code', 'ota',"
                       " 'external_id', '')",
            "created_at": "booked_at", "position": "id", "delivered_at": "booked_at",
        },
        "SELECT * FROM stay",
    ),
)  # fmt: skip
