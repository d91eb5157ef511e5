"""Events that somebody responsible for security should know of."""

from django.db import migrations, models

import hotel.core.clock


class Migration(migrations.Migration):
    dependencies = [("core", "0001_schema")]

    operations = [
        migrations.CreateModel(
            name="SecurityEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(help_text="Such as card_data_refused or csp_violation.", max_length=40),
                ),
                ("occurred_at", models.DateTimeField(default=hotel.core.clock.now)),
                (
                    "user_id",
                    models.BigIntegerField(help_text="Who was signed in; empty for nobody.", null=True),
                ),
                ("address", models.CharField(blank=True, max_length=45)),
                ("request_id", models.CharField(blank=True, max_length=64)),
                ("path", models.CharField(blank=True, max_length=200)),
                ("detail", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["kind", "occurred_at"], name="security_event_kind")],
            },
        ),
    ]
