"""Challenges, and the members who take part."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import hotel.core.clock
from hotel.core.postgresql.tables import models_at_once


class Migration(migrations.Migration):
    dependencies = [
        ("loyalty", "0011_partners"),
        ("properties", "0003_restraints"),
    ]

    operations = [
        migrations.CreateModel(
            name="Challenge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("code", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=80)),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Days from the day he joins, that one included; or give the days that all have.",
                        null=True,
                    ),
                ),
                ("first_on", models.DateField(blank=True, help_text="First day of departure.", null=True)),
                ("last_on", models.DateField(blank=True, help_text="Last day of departure.", null=True)),
                (
                    "min_nights",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="All of the targets that are given must be reached.", null=True
                    ),
                ),
                ("min_stays", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "min_spend",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="In the programme's currency.",
                        max_digits=14,
                        null=True,
                    ),
                ),
                (
                    "min_hotels",
                    models.PositiveSmallIntegerField(blank=True, help_text="Hotels that differ.", null=True),
                ),
                (
                    "min_direct",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Stays that were booked with the house itself.", null=True
                    ),
                ),
                (
                    "tiers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        help_text="Codes of the tiers it is for; empty for all.",
                        size=None,
                    ),
                ),
                (
                    "enrolled_since",
                    models.DateField(blank=True, help_text="Only who enrolled since then.", null=True),
                ),
                ("is_invited", models.BooleanField(default=False, help_text="Only who was invited.")),
                ("is_matched", models.BooleanField(default=False, help_text="Only who has a matched tier.")),
                ("points", models.PositiveIntegerField(default=0, help_text="What who reaches it gets.")),
                (
                    "tier_days",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Days that he has it, the first one included.", null=True
                    ),
                ),
                (
                    "keeps_match",
                    models.BooleanField(
                        default=False, help_text="He keeps his matched tier, as if he had earned it."
                    ),
                ),
                (
                    "max_members",
                    models.PositiveIntegerField(blank=True, help_text="Members at most.", null=True),
                ),
                (
                    "budget",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Points at most; those of who has joined are set aside.",
                        null=True,
                    ),
                ),
                ("joined", models.PositiveIntegerField(default=0, editable=False)),
                ("is_open", models.BooleanField(default=True, editable=False)),
                (
                    "program",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="challenges",
                        to="loyalty.loyaltyprogram",
                    ),
                ),
                (
                    "tier",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="A tier that he gets.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.loyaltytier",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("program", "code"), name="loyalty_challenge_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("code", ""), _negated=True)
                        ),
                        name="loyalty_challenge_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("days__range", (1, 1096)), ("first_on", None), ("last_on", None)),
                            models.Q(
                                ("days", None),
                                ("first_on__isnull", False),
                                ("last_on__gte", models.F("first_on")),
                            ),
                            _connector="OR",
                        ),
                        name="loyalty_challenge_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("min_direct", None),
                            ("min_hotels", None),
                            ("min_nights", None),
                            ("min_spend", None),
                            ("min_stays", None),
                            _negated=True,
                        ),
                        name="loyalty_challenge_asks_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("points__gt", 0), ("tier__isnull", False), ("keeps_match", True), _connector="OR"
                        ),
                        name="loyalty_challenge_gives_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("tier", None), ("tier_days", None)),
                            models.Q(
                                ("keeps_match", False),
                                ("tier__isnull", False),
                                ("tier_days__range", (1, 1096)),
                            ),
                            _connector="OR",
                        ),
                        name="loyalty_challenge_tier_lasts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("keeps_match", False), ("is_matched", True), _connector="OR"),
                        name="loyalty_challenge_keeps_a_match",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("max_members", None), ("joined__lte", models.F("max_members")), _connector="OR"
                        ),
                        name="loyalty_challenge_full",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("budget", None),
                            (
                                "budget__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("joined"), "*", models.F("points")
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="loyalty_challenge_within_budget",
                    ),
                ],
                "ordering": ["program_id", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ChallengeEntry",
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
                    "status",
                    models.CharField(
                        choices=[
                            ("invited", "Invited"),
                            ("open", "Takes part"),
                            ("done", "Reached"),
                            ("missed", "Not reached"),
                        ],
                        default="invited",
                        max_length=7,
                    ),
                ),
                ("first_on", models.DateField(help_text="First day of departure that counts.", null=True)),
                ("last_on", models.DateField(help_text="Last one.", null=True)),
                (
                    "granted_until",
                    models.DateField(help_text="Last day of the tier that he got for it.", null=True),
                ),
                (
                    "missing",
                    models.CharField(blank=True, help_text="What was missing at its end.", max_length=200),
                ),
                (
                    "challenge",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="loyalty.challenge",
                    ),
                ),
                (
                    "match",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.statusmatch",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="challenges",
                        to="loyalty.loyaltymember",
                    ),
                ),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        help_text="Where he joined.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("member", "challenge"), name="loyalty_challenge_entered_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("first_on", None), ("last_on", None), ("status", "invited")),
                            models.Q(
                                models.Q(("status", "invited"), _negated=True),
                                ("last_on__gte", models.F("first_on")),
                            ),
                            _connector="OR",
                        ),
                        name="loyalty_challenge_entry_days",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "open")),
                        fields=["last_on"],
                        name="loyalty_challenge_open",
                    )
                ],
                "verbose_name_plural": "challenge entries",
                "ordering": ["-id"],
            },
        ),
    ]
    operations = models_at_once(operations)
