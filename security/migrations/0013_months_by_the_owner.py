"""Months of the trail are made and taken out with the owner's rights, which nobody has who serves."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parents[1] / "sql" / "months.sql"
BACK = """
    DROP FUNCTION security_trail_month_drop(text);
    ALTER FUNCTION security_trail_partition(date) SECURITY INVOKER;
    GRANT EXECUTE ON FUNCTION security_trail_given() TO PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("security", "0012_playbooks")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=BACK)]
