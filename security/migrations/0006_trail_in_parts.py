"""The trail takes statements of any number of rows."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parents[1] / "sql" / "capture.sql"


class Migration(migrations.Migration):
    dependencies = [("security", "0005_sign_in_policy")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
