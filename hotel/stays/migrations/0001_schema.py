"""Night audits, fixed charges, and the frozen figures of each day."""

from pathlib import Path

import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import djmoney.models.fields
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock
from hotel.core.postgresql.tables import models_at_once

SQL = Path(__file__).resolve().parent.parent / "sql"


def text(name):
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    replaces = [
        ("stays", "0001_initial"),
        ("stays", "0002_fixed_charges"),
        ("stays", "0003_allowances_are_settled"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0002_roles_and_tokens"),
        ("core", "0001_schema"),
        ("folios", "0001_schema"),
        ("properties", "0001_schema"),
        ("reservations", "0001_schema"),
    ]

    operations = [
        migrations.CreateModel(
            name="FixedCharge",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fixed_charges",
                        to="reservations.reservation",
                    ),
                ),
                (
                    "code",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="folios.transactioncode",
                    ),
                ),
                (
                    "description",
                    models.CharField(
                        blank=True, help_text="For the guest; the code's name when empty.", max_length=120
                    ),
                ),
                (
                    "currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3
                    ),
                ),
                (
                    "amount",
                    djmoney.models.fields.MoneyField(
                        currency_field_name="currency",
                        decimal_places=3,
                        help_text="For one time, contained taxes inside.",
                        max_digits=14,
                    ),
                ),
                (
                    "every_nights",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="1 each night, 7 once a week.",
                        validators=[django.core.validators.MinValueValidator(1)],
                    ),
                ),
                ("first_night", models.DateField(help_text="Business date.")),
                (
                    "until",
                    models.DateField(
                        blank=True,
                        help_text="First night it is no longer due; empty until he leaves.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "reservation_id", "id"],
                "indexes": [models.Index(fields=["property", "reservation"], name="fixed_charge_of_stay")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="fixed_charge_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("every_nights__gte", 1)), name="fixed_charge_rhythm"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("first_night")), _connector="OR"
                        ),
                        name="fixed_charge_dates_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NightAudit",
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
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                ("business_date", models.DateField(help_text="The day it closes.")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("blocked", "Blocked: something has to be done first"),
                            ("running", "Running, or stopped in between"),
                            ("finished", "Finished"),
                        ],
                        default="requested",
                        max_length=10,
                    ),
                ),
                (
                    "blockers",
                    models.JSONField(
                        default=list,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="Code, text, reservations.",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        db_index=False,
                        help_text="None for the house itself.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("started_at", models.DateTimeField(help_text="When the pre-check had passed.", null=True)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["property_id", "-business_date"],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "business_date"), name="night_audit_once"),
                    models.CheckConstraint(
                        condition=models.Q(("status", "finished"), ("finished_at", None), _connector="XOR"),
                        name="night_audit_finished_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NightAuditStep",
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
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "audit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="stays.nightaudit",
                    ),
                ),
                (
                    "name",
                    models.CharField(
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
                ("position", models.PositiveSmallIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[("pending", "Pending"), ("done", "Done")], default="pending", max_length=8
                    ),
                ),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "result",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="What it did, in numbers.",
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "audit_id", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("audit", "name"), name="night_audit_step_once"),
                    models.CheckConstraint(
                        condition=models.Q(("status", "done"), ("done_at", None), _connector="XOR"),
                        name="night_audit_step_done_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DailyStatistic",
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
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                ("business_date", models.DateField()),
                (
                    "rooms_available",
                    models.PositiveIntegerField(help_text="Supply, rooms out of order included."),
                ),
                ("rooms_out_of_order", models.PositiveIntegerField(default=0)),
                ("rooms_sold", models.PositiveIntegerField(default=0, help_text="Slept in and paid for.")),
                ("rooms_complimentary", models.PositiveIntegerField(default=0)),
                ("rooms_house_use", models.PositiveIntegerField(default=0)),
                ("rooms_day_use", models.PositiveIntegerField(default=0)),
                ("arrivals", models.PositiveIntegerField(default=0)),
                ("departures", models.PositiveIntegerField(default=0)),
                ("walk_ins", models.PositiveIntegerField(default=0, help_text="Of the arrivals.")),
                ("no_shows", models.PositiveIntegerField(default=0)),
                ("cancellations", models.PositiveIntegerField(default=0)),
                (
                    "persons",
                    models.JSONField(
                        default=dict, help_text="Guests who slept here: age band code to count."
                    ),
                ),
                (
                    "currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3
                    ),
                ),
                (
                    "room_revenue",
                    djmoney.models.fields.MoneyField(
                        currency_field_name="currency",
                        decimal_places=3,
                        help_text="Without taxes; fees of no-shows included.",
                        max_digits=18,
                    ),
                ),
                (
                    "no_show_revenue",
                    djmoney.models.fields.MoneyField(
                        currency_field_name="currency",
                        decimal_places=3,
                        help_text="The part of the room revenue that no-shows paid.",
                        max_digits=18,
                    ),
                ),
                (
                    "other_revenue",
                    djmoney.models.fields.MoneyField(
                        currency_field_name="currency",
                        decimal_places=3,
                        help_text="Without taxes.",
                        max_digits=18,
                    ),
                ),
                (
                    "tax",
                    djmoney.models.fields.MoneyField(
                        currency_field_name="currency",
                        decimal_places=3,
                        help_text="Taxes that became due.",
                        max_digits=18,
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "-business_date"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("property", "business_date"), name="daily_statistic_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rooms_out_of_order__lte", models.F("rooms_available"))),
                        name="daily_statistic_supply",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("walk_ins__lte", models.F("arrivals"))),
                        name="daily_statistic_walk_ins_arrive",
                    ),
                ],
            },
        ),
        migrations.RunSQL(text("frozen"), reverse_sql=text("drop")),
    ]
    operations = models_at_once(operations)
