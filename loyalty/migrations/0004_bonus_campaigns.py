"""Campaigns of bonus points, and who takes part."""

import django.db.models.deletion
from django.db import migrations, models

import hotel.core.clock
from hotel.core.postgresql.tables import models_at_once


class Migration(migrations.Migration):
    dependencies = [
        ("loyalty", "0003_merged_memberships"),
    ]

    operations = [
        migrations.CreateModel(
            name="BonusCampaign",
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
                ("code", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=80)),
                (
                    "booked_from",
                    models.DateField(blank=True, help_text="First business date of booking.", null=True),
                ),
                (
                    "booked_until",
                    models.DateField(blank=True, help_text="Last business date of booking.", null=True),
                ),
                ("stay_from", models.DateField(help_text="First day of arrival.")),
                ("stay_until", models.DateField(help_text="Last day of departure.")),
                (
                    "needs_registration",
                    models.BooleanField(
                        default=False, help_text="Only members who registered by the day of departure."
                    ),
                ),
                (
                    "times",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Stays at most for one member; any number when empty.",
                        null=True,
                    ),
                ),
                (
                    "budget",
                    models.PositiveIntegerField(
                        blank=True, help_text="Points at most for all members together.", null=True
                    ),
                ),
                ("given", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "program",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
                        to="loyalty.loyaltyprogram",
                    ),
                ),
            ],
            options={
                "ordering": ["program_id", "-stay_from", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("program", "code"), name="loyalty_campaign_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("code", ""), _negated=True)
                        ),
                        name="loyalty_campaign_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stay_until__gte", models.F("stay_from"))),
                        name="loyalty_campaign_stays_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("booked_from", None),
                            ("booked_until", None),
                            ("booked_until__gte", models.F("booked_from")),
                            _connector="OR",
                        ),
                        name="loyalty_campaign_bookings_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("times", None), ("times__gt", 0), _connector="OR"),
                        name="loyalty_campaign_times_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("budget", None), ("given__lte", models.F("budget")), _connector="OR"
                        ),
                        name="loyalty_campaign_within_budget",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CampaignRegistration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("on", models.DateField(help_text="In the programme's zone.")),
                (
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="loyalty.bonuscampaign",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="loyalty.loyaltymember",
                    ),
                ),
            ],
            options={
                "ordering": ["campaign_id", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("member", "campaign"), name="loyalty_registered_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="earningrule",
            name="campaign",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="Gives only by this campaign.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rules",
                to="loyalty.bonuscampaign",
            ),
        ),
        migrations.AddIndex(
            model_name="earningrule",
            index=models.Index(
                condition=models.Q(("campaign__isnull", False)),
                fields=["campaign"],
                name="loyalty_rule_campaign",
            ),
        ),
    ]
    operations = models_at_once(operations)
