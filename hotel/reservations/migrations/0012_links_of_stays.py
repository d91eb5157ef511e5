"""Stays that belong together are linked."""

import django.db.models.deletion
from django.db import migrations, models

import hotel.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("properties", "0001_initial"),
        ("reservations", "0011_release_due"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReservationLink",
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
                            ("back_to_back", "Back to back: one guest goes on in another stay"),
                            ("together", "Travelling together"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                ("reservations", models.ManyToManyField(related_name="links", to="reservations.reservation")),
            ],
            options={
                "ordering": ["property", "id"],
                "indexes": [models.Index(fields=["property", "kind"], name="reservation_link_kind")],
            },
        ),
    ]
