"""Changed rows go straight into the trail."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parents[1] / "sql" / "capture_at_once.sql"


class Migration(migrations.Migration):
    dependencies = [("security", "0013_months_by_the_owner")]

    operations = [
        # Going back leaves it: it writes the same entries, and needs nothing that came later.
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
