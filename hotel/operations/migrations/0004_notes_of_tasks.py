"""Tasks take notes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("operations", "0003_work_orders"),
    ]

    operations = [
        migrations.AlterField(
            model_name="taskchange",
            name="kind",
            field=models.CharField(
                choices=[
                    ("started", "Started"),
                    ("done", "Done"),
                    ("skipped", "Skipped"),
                    ("cancelled", "Cancelled"),
                    ("assigned", "Assigned"),
                    ("rewritten", "Rewritten by the day"),
                    ("dnd", "Do not disturb"),
                    ("failed", "Inspected, and not good"),
                    ("reopened", "Reopened after an inspection"),
                    ("told", "Told who does it"),
                    ("noted", "Noted"),
                ],
                max_length=10,
            ),
        ),
    ]
