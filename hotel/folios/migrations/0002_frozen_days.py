"""What ledgers stood at is frozen once a day is closed; events without postings are told apart by their source."""

from pathlib import Path

from django.db import migrations, models

SQL = (Path(__file__).parents[1] / "sql" / "days.sql").read_text(encoding="utf-8")
BACK = """
DROP FUNCTION folios_require_closed_day CASCADE;
DROP FUNCTION folios_days_freeze;
CREATE TRIGGER folios_ledgerday_day AFTER INSERT ON folios_ledgerday
    REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION folios_require_open_day();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("folios", "0001_initial"),
        ("properties", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="journal",
            name="source",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Of events that are on no folio: who wrote it.",
                max_length=20,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="journal",
            name="source_key",
            field=models.CharField(
                blank=True, default="", help_text="What the source wrote it for.", max_length=100
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="journal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source", ""), _negated=True),
                fields=("property", "source", "source_key"),
                name="journal_source_once",
            ),
        ),
        migrations.RunSQL(SQL, reverse_sql=BACK),
    ]
