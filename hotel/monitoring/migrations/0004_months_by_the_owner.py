"""Months of the usage are made and dropped with the owner's rights, which nobody has who serves."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parents[1] / "sql" / "months.sql"
BACK = """
    DROP FUNCTION monitoring_usage_month_make(text, timestamptz);
    DROP FUNCTION monitoring_usage_month_drop(text);
"""


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0003_restore_drills")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=BACK)]
