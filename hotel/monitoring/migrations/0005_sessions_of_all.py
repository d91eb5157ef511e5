"""How many sessions the server has, also of other roles."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parents[1] / "sql" / "sessions.sql"


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0004_months_by_the_owner")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql="DROP FUNCTION monitoring_sessions()")
    ]
