"""Something is held back at a property for a while: exports, changes, signing in without a second step."""

import django.db.models.deletion
from django.db import migrations, models

import hotel.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("properties", "0002_grants_end"),
    ]

    operations = [
        migrations.CreateModel(
            name="PropertyRestraint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("exports", "No files with personal data"),
                            ("read_only", "No changes"),
                            ("second_step", "Signing in with a second step only"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("incident", "An incident is being answered"),
                            ("disk", "The disk is nearly full"),
                        ],
                        default="incident",
                        help_text="Who ends it.",
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(help_text="Told to whoever is refused.", max_length=400)),
                ("placed_at", models.DateTimeField(default=hotel.core.clock.now)),
                ("until", models.DateTimeField(help_text="Ends by itself then.")),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "-placed_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("property", "kind", "source"),
                        name="restraint_stands_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["exports", "read_only", "second_step"])),
                        name="restraint_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["incident", "disk"])), name="restraint_source"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("placed_at"))), name="restraint_has_time"
                    ),
                ],
            },
        ),
    ]
