"""The audit books what is left of allowances; audits that are under way get the step, too."""

from django.db import migrations, models

STEP = """
UPDATE stays_nightauditstep AS step SET position = position + 1
  FROM stays_nightaudit AS audit
 WHERE audit.id = step.audit_id AND audit.status <> 'finished'
   AND step.name IN ('rooms', 'statistics', 'proof', 'roll');
INSERT INTO stays_nightauditstep (property_id, audit_id, name, position, status, result, created_at, updated_at)
SELECT property_id, id, 'allowances', 4, 'pending', '{}', clock_timestamp(), clock_timestamp()
  FROM stays_nightaudit WHERE status <> 'finished';
"""
BACK = "DELETE FROM stays_nightauditstep WHERE name = 'allowances'"


class Migration(migrations.Migration):
    dependencies = [
        ("folios", "0006_allowances"),
        ("stays", "0002_fixed_charges"),
    ]

    operations = [
        migrations.AlterField(
            model_name="nightauditstep",
            name="name",
            field=models.CharField(
                choices=[
                    ("checks", "Look for what blocks the day"),
                    ("no_shows", "Mark arrivals that did not come"),
                    ("nights", "Post room, packages and taxes of the night"),
                    ("fixed_charges", "Post fixed charges"),
                    ("allowances", "Book what is left of package allowances"),
                    ("rooms", "Turn occupied rooms dirty"),
                    ("statistics", "Take the figures of the day"),
                    ("proof", "Prove figures = revenue = ledger"),
                    ("roll", "Open the next business day"),
                ],
                max_length=16,
            ),
        ),
        migrations.RunSQL(STEP, reverse_sql=BACK),
    ]
