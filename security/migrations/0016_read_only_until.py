"""A hotel takes changes again when the time of its restraint is over, whether or not its end was written down."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parents[1] / "sql" / "read_only_until.sql"


class Migration(migrations.Migration):
    dependencies = [("security", "0015_read_only")]

    operations = [
        # Going back leaves it: it refuses the same, and needs nothing that came later.
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
