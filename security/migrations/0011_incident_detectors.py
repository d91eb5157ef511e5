"""How sharply each detector looks."""

import django.core.validators
from django.db import migrations, models

import hotel.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("security", "0010_compliance"),
    ]

    operations = [
        migrations.CreateModel(
            name="IncidentDetector",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("code", models.SlugField(editable=False, max_length=40, unique=True)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "threshold",
                    models.PositiveIntegerField(
                        help_text="From how many on an incident is opened.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                    ),
                ),
                (
                    "window_seconds",
                    models.PositiveIntegerField(
                        help_text="How long it looks back.",
                        validators=[
                            django.core.validators.MinValueValidator(60),
                            django.core.validators.MaxValueValidator(86400),
                        ],
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("low", "Low"),
                            ("medium", "Medium"),
                            ("high", "High"),
                            ("critical", "Critical"),
                        ],
                        max_length=8,
                    ),
                ),
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("threshold__gte", 1), ("window_seconds__range", (60, 86400))),
                        name="detector_ranges",
                    )
                ],
            },
        ),
    ]
