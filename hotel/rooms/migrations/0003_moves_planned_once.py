"""The function that moves rooms is planned once instead of at each call."""

from pathlib import Path

from django.db import migrations

MOVE = Path(__file__).resolve().parent.parent / "sql" / "move.sql"


class Migration(migrations.Migration):
    dependencies = [("rooms", "0002_claims_of_parties")]

    operations = [
        migrations.RunSQL(
            "DROP FUNCTION rooms_inventory_move;\n" + MOVE.read_text(encoding="utf-8"),
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
