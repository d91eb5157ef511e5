"""The revision that kept rate sheets are checked against, raised by triggers on every table they are read from."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parents[1] / "sql" / "revision.sql").read_text()
TABLES = (
    "properties_ageband",
    "rooms_roomtype",
    "rooms_roomtypeoccupancy",
    "rates_cancellationpolicy",
    "rates_cancellationstep",
    "rates_depositpolicy",
    "rates_depositstep",
    "rates_noshowpolicy",
    "rates_packageelement",
    "rates_package",
    "rates_rateplan",
    "rates_rateplanpackage",
    "rates_rateplanroomtype",
    "rates_rateprice",
    "rates_ratepriceadults",
    "rates_ratepricechild",
    "rates_restriction",
    "rates_season",
    "rates_seasonrange",
    "rates_taxrule",
)
EVENTS = {"insert": "NEW", "update": "NEW", "delete": "OLD"}

MAKE = [
    f"CREATE TRIGGER rates_revision_{event} AFTER {event.upper()} ON {table} "
    f"REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rates_revision_raise();"
    for table in TABLES
    for event, rows in EVENTS.items()
]
DROP = [f"DROP TRIGGER rates_revision_{event} ON {table};" for table in TABLES for event in EVENTS]


class Migration(migrations.Migration):
    dependencies = [
        ("rates", "0001_initial"),
        ("properties", "0001_initial"),
        ("rooms", "0002_functions"),
    ]
    operations = [
        migrations.RunSQL(
            SQL,
            "DROP FUNCTION rates_revision_raise; DROP TABLE rates_revision; DROP SEQUENCE rates_revision_number;",
        ),
        migrations.RunSQL("\n".join(MAKE), "\n".join(DROP)),
    ]
