"""Things that were found in the house."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock
import hotel.core.fields
from hotel.core.postgresql.tables import models_at_once


class Migration(migrations.Migration):
    dependencies = [
        ("operations", "0004_notes_of_tasks"),
        ("properties", "0003_restraints"),
        ("reservations", "0002_shared_rooms"),
        ("rooms", "0004_claims_by_instants"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LostItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("valuable", "Money, jewellery, watches"),
                            ("document", "Documents and cards"),
                            ("electronics", "Electronics"),
                            ("clothing", "Clothing and shoes"),
                            ("bag", "Bags and luggage"),
                            ("toiletry", "Toiletries and medicine"),
                            ("other", "Other"),
                        ],
                        max_length=11,
                    ),
                ),
                ("description", models.CharField(max_length=200)),
                (
                    "location",
                    models.CharField(blank=True, help_text="Where, when not in a room.", max_length=80),
                ),
                ("found_on", models.DateField(help_text="Business date.")),
                ("found_at", models.DateTimeField()),
                ("storage", models.CharField(help_text="Where it lies.", max_length=80)),
                ("keep_until", models.DateField(help_text="Business date from which it may be disposed of.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("kept", "Kept"),
                            ("returned", "Returned: handed over against a signature"),
                            ("shipped", "Shipped to its owner"),
                            ("disposed", "Disposed of after its time"),
                        ],
                        default="kept",
                        editable=False,
                        max_length=8,
                    ),
                ),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
                (
                    "because",
                    models.CharField(
                        blank=True, help_text="How it was disposed of, or a note.", max_length=200
                    ),
                ),
                (
                    "signed_name",
                    hotel.core.fields.EncryptedTextField(blank=True, help_text="Who signed for it."),
                ),
                ("ship_to", hotel.core.fields.EncryptedTextField(blank=True, help_text="Where it was sent.")),
                ("carrier_reference", models.CharField(blank=True, max_length=60)),
                (
                    "ended_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "found_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "reservation",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The stay of its owner, when known.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="reservations.reservation",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rooms.room",
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "-id"],
                "indexes": [
                    models.Index(fields=["property", "state", "keep_until"], name="operations_lost_due"),
                    models.Index(fields=["property", "room", "id"], name="operations_lost_room"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("description", ""), _negated=True),
                            models.Q(("storage", ""), _negated=True),
                        ),
                        name="operations_lost_described",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("room__isnull", False),
                            models.Q(("location", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="operations_lost_is_somewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("state", "kept")),
                            models.Q(
                                models.Q(("state", "kept"), _negated=True),
                                ("ended_at__gte", models.F("found_at")),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="operations_lost_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("keep_until__gt", models.F("found_on"))),
                        name="operations_lost_kept_a_while",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "disposed"), _negated=True),
                            models.Q(("because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="operations_lost_disposed_says_how",
                    ),
                ],
            },
        ),
    ]
    operations = models_at_once(operations)
