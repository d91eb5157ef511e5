"""Pools of members, and redemptions that they pay together."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import hotel.core.clock
from hotel.core.postgresql.tables import models_at_once

SQL = Path(__file__).resolve().parent.parent / "sql" / "pools.sql"
UNDO = """
DROP FUNCTION loyalty_pool_payment_guard CASCADE;
DROP FUNCTION loyalty_pool_pays CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("guests", "0004_search_past_the_wall"),
        ("loyalty", "0013_reward_vouchers"),
    ]

    operations = [
        migrations.CreateModel(
            name="PointPool",
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
                    "program",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pools",
                        to="loyalty.loyaltyprogram",
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("family", "Family"), ("company", "Company")], max_length=7),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "head",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.loyaltymember",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="guests.company",
                    ),
                ),
                (
                    "share_percent",
                    models.PositiveSmallIntegerField(
                        default=100,
                        help_text="Of each lot of another member so much may be spent by the pool.",
                    ),
                ),
                (
                    "max_members",
                    models.PositiveSmallIntegerField(default=6, help_text="The head is one of them."),
                ),
                (
                    "spenders",
                    models.CharField(
                        choices=[("all", "All members"), ("head", "The head alone")],
                        default="all",
                        max_length=4,
                    ),
                ),
                (
                    "member_limit",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Points of others that one member may spend in a calendar year; the head has no limit.",
                        null=True,
                    ),
                ),
                (
                    "waiting_days",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Days after joining before a member spends points of others."
                    ),
                ),
                ("opened_on", models.DateField(help_text="In the programme's zone.")),
                ("closed_on", models.DateField(editable=False, null=True)),
            ],
            options={
                "ordering": ["program_id", "-id"],
                "indexes": [models.Index(fields=["program", "id"], name="loyalty_pool_program")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("max_members__gte", 2), ("share_percent__range", (1, 100))),
                        name="loyalty_pool_limits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("company__isnull", False), ("kind", "company")),
                            models.Q(("company", None), ("kind", "family")),
                            _connector="OR",
                        ),
                        name="loyalty_pool_of_a_company",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PoolMember",
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
                    "pool",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="loyalty.pointpool",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.loyaltymember",
                    ),
                ),
                ("invited_on", models.DateField(help_text="In the programme's zone.")),
                ("joined_on", models.DateField(help_text="None while he was only invited.", null=True)),
                (
                    "consent",
                    models.CharField(blank=True, help_text="How he agreed, in words.", max_length=200),
                ),
                ("left_on", models.DateField(help_text="Left, or declined.", null=True)),
            ],
            options={
                "ordering": ["pool_id", "id"],
                "indexes": [models.Index(fields=["pool", "member"], name="loyalty_pool_member")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("joined_on__isnull", False), ("left_on", None)),
                        fields=("member",),
                        name="loyalty_pool_one_at_a_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("left_on", None)),
                        fields=("pool", "member"),
                        name="loyalty_pool_invited_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("consent", ""), ("joined_on", None)),
                            models.Q(("joined_on__isnull", False), models.Q(("consent", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="loyalty_pool_consent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PoolPayment",
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
                    "redemption",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pool_payments",
                        to="loyalty.rewardredemption",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.loyaltymember",
                    ),
                ),
                (
                    "spent",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pool_payment",
                        to="loyalty.pointtransaction",
                    ),
                ),
                ("points", models.PositiveIntegerField()),
                (
                    "returned",
                    models.PositiveIntegerField(default=0, help_text="Points that went back into his lots."),
                ),
            ],
            options={
                "ordering": ["redemption_id", "id"],
                "indexes": [models.Index(fields=["member", "id"], name="loyalty_pool_paid")],
                "constraints": [
                    models.UniqueConstraint(fields=("redemption", "member"), name="loyalty_pool_pays_once"),
                    models.CheckConstraint(
                        condition=models.Q(("points__gt", 0), ("returned__lte", models.F("points"))),
                        name="loyalty_pool_payment_points",
                    ),
                ],
            },
        ),
        migrations.AlterField(
            model_name="rewardredemption",
            name="spent",
            field=models.OneToOneField(
                editable=False,
                help_text="What it took from the member; none when a pool pays.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="redemption",
                to="loyalty.pointtransaction",
            ),
        ),
        migrations.AddField(
            model_name="rewardredemption",
            name="pool",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                help_text="That pays it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="loyalty.pointpool",
            ),
        ),
        migrations.AddConstraint(
            model_name="rewardredemption",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("pool", None), ("spent__isnull", False)),
                    models.Q(("pool__isnull", False), ("spent", None)),
                    _connector="OR",
                ),
                name="loyalty_redemption_paid",
            ),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=UNDO),
    ]
    operations = models_at_once(operations)
