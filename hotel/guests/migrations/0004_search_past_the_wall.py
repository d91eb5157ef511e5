"""The search of guests keeps to the properties of the transaction itself, so that it may use its indexes."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("guests", "0003_encrypted_contact_data")]

    operations = [
        migrations.RunSQL(
            (SQL / "search_past_the_wall.sql").read_text(encoding="utf-8"),
            reverse_sql=(SQL / "search.sql")
            .read_text(encoding="utf-8")
            .replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"),
        )
    ]
