"""Looks at the house, and alarms about promises."""

from django.db import migrations, models

from hotel.core.postgresql.tables import models_at_once


class Migration(migrations.Migration):
    dependencies = [
        ("monitoring", "0001_limits_and_usage"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApiAlert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("objective", models.SlugField(db_index=False, max_length=40)),
                (
                    "severity",
                    models.CharField(
                        choices=[("page", "Wake somebody"), ("ticket", "Look at it today")], max_length=6
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "burn",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="Of the long window: at 1 the budget lasts 30 days.",
                        max_digits=9,
                    ),
                ),
                ("window_minutes", models.PositiveIntegerField(help_text="The long window.")),
                ("bad_requests", models.PositiveBigIntegerField(help_text="In the long window.")),
            ],
            options={
                "ordering": ["-opened_at", "-pk"],
                "indexes": [models.Index(fields=["-opened_at"], name="api_alert_latest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("objective", "severity"),
                        name="api_alert_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at", None), ("closed_at__gte", models.F("opened_at")), _connector="OR"
                        ),
                        name="api_alert_span",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiHealth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("checked_at", models.DateTimeField()),
                ("check_name", models.SlugField(db_index=False, max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ok", "Well"),
                            ("off", "Not in use"),
                            ("degraded", "Works, not as it should"),
                            ("failed", "Failed"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "value",
                    models.BigIntegerField(
                        blank=True, help_text="What was measured, in the unit beside it.", null=True
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=20)),
                ("detail", models.CharField(blank=True, max_length=200)),
                (
                    "latency_us",
                    models.PositiveIntegerField(help_text="How long the look took, microseconds."),
                ),
            ],
            options={
                "verbose_name_plural": "API health",
                "ordering": ["-checked_at", "check_name"],
                "indexes": [models.Index(fields=["-checked_at"], name="api_health_latest")],
                "constraints": [
                    models.UniqueConstraint(fields=("check_name", "checked_at"), name="api_health_once")
                ],
            },
        ),
    ]
    operations = models_at_once(operations)
