"""The inventory functions and their guard; their text is in hotel/rooms/sql."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"
FILES = ("structure_lock", "counted", "guard", "move", "open", "recount", "overbooking", "forget")


def text(name):
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("rooms", "0001_initial")]

    operations = [
        migrations.RunSQL("\n".join(text(name) for name in FILES), reverse_sql=text("drop")),
    ]
