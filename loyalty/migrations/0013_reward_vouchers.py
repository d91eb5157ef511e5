"""Vouchers: their codes, days and hotels, and what guards them."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock
import hotel.core.fields

SQL = Path(__file__).resolve().parent.parent / "sql" / "vouchers.sql"
UNDO = "DROP FUNCTION loyalty_voucher_guard CASCADE"


class Migration(migrations.Migration):
    dependencies = [
        ("loyalty", "0012_challenges"),
        ("properties", "0003_restraints"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="reward",
            name="voucher_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="How long its voucher is good, from the confirmation on; empty without end.",
                null=True,
            ),
        ),
        migrations.CreateModel(
            name="RewardVoucher",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("code", hotel.core.fields.EncryptedTextField(editable=False)),
                (
                    "fingerprint",
                    models.CharField(editable=False, help_text="What a code is found by.", max_length=64),
                ),
                (
                    "ending",
                    models.CharField(editable=False, help_text="The last symbols of the code.", max_length=4),
                ),
                (
                    "hotels",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12),
                        blank=True,
                        default=list,
                        help_text="Codes of the hotels that take it; empty for all that take part.",
                        size=None,
                    ),
                ),
                ("valid_from", models.DateField(help_text="First business date that a hotel takes it on.")),
                (
                    "valid_until",
                    models.DateField(blank=True, help_text="Last one; none without end.", null=True),
                ),
                ("redeemed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "uses",
                    models.PositiveSmallIntegerField(
                        default=0,
                        editable=False,
                        help_text="How often it was redeemed, with those that were taken back.",
                    ),
                ),
                (
                    "redeemed_by",
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
                    "redeemed_place",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        help_text="The hotel that took it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "redemption",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voucher",
                        to="loyalty.rewardredemption",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("fingerprint",), name="loyalty_voucher_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="loyalty_voucher_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("redeemed_at", None), ("redeemed_place", None)),
                            models.Q(
                                ("redeemed_at__isnull", False),
                                ("redeemed_place__isnull", False),
                                ("uses__gt", 0),
                            ),
                            _connector="OR",
                        ),
                        name="loyalty_voucher_redeemed_somewhere",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=UNDO),
    ]
