"""Backups that were restored on trial."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("monitoring", "0002_health_and_alerts"),
    ]

    operations = [
        migrations.CreateModel(
            name="RestoreDrill",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("started_at", models.DateTimeField()),
                (
                    "backup_name",
                    models.CharField(help_text="The file's name without its folder.", max_length=255),
                ),
                ("backup_sha256", models.CharField(max_length=64)),
                ("backup_bytes", models.PositiveBigIntegerField()),
                (
                    "backup_made_at",
                    models.DateTimeField(help_text="What was done later would have been lost."),
                ),
                (
                    "restore_seconds",
                    models.DecimalField(
                        decimal_places=2, help_text="From the file to a database that answers.", max_digits=9
                    ),
                ),
                (
                    "verify_seconds",
                    models.DecimalField(
                        decimal_places=2, help_text="The examination after that.", max_digits=9
                    ),
                ),
                ("table_count", models.PositiveIntegerField()),
                ("row_count", models.PositiveBigIntegerField()),
                (
                    "business_date",
                    models.DateField(
                        blank=True, help_text="The newest in the backup; empty without a hotel.", null=True
                    ),
                ),
                ("is_proven", models.BooleanField(help_text="Every question was answered as it should be.")),
                (
                    "checks",
                    models.JSONField(help_text="Each question with `name`, `is_ok` and `text`, in order."),
                ),
                (
                    "proof",
                    models.CharField(
                        help_text="SHA-256 of all the rest; see docs/guide/deployment.md.", max_length=64
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at", "-pk"],
                "indexes": [models.Index(fields=["-started_at"], name="restore_drill_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("backup_made_at__lte", models.F("started_at"))),
                        name="restore_drill_of_the_past",
                    )
                ],
            },
        ),
    ]
