"""Roles, their assignments, limits and tokens; whom a person works for."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import djmoney.models.fields
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock
from hotel.core.postgresql.tables import models_at_once


class Migration(migrations.Migration):
    replaces = [("accounts", "0002_initial")]

    initial = True

    dependencies = [
        ("accounts", "0001_users"),
        ("properties", "0001_schema"),
    ]

    operations = [
        migrations.CreateModel(
            name="Role",
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
                    "chain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roles",
                        to="properties.chain",
                    ),
                ),
                ("code", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=80)),
                ("is_seeded", models.BooleanField(default=False, editable=False)),
                (
                    "max_discount_rate",
                    models.DecimalField(
                        decimal_places=4,
                        default=0,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                    ),
                ),
                ("can_override_rate", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["chain", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("chain", "code"), name="role_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(("max_discount_rate__range", (0, 1))), name="role_discount_share"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RolePermission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="permissions",
                        to="accounts.role",
                    ),
                ),
                ("area", models.CharField(max_length=40)),
                ("verb", models.CharField(max_length=20)),
            ],
            options={
                "ordering": ["role", "area", "verb"],
                "constraints": [
                    models.UniqueConstraint(fields=("role", "area", "verb"), name="role_right_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="limits", to="accounts.role"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("rebate", "Rebate on a posted charge"), ("refund", "Refund of a payment")],
                        max_length=12,
                    ),
                ),
                (
                    "amount_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3
                    ),
                ),
                ("amount", djmoney.models.fields.MoneyField(decimal_places=3, max_digits=14)),
            ],
            options={
                "ordering": ["role", "kind", "amount_currency"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("role", "kind", "amount_currency"), name="role_limit_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="role_limit_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["rebate", "refund"])), name="role_limit_kind"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleAssignment",
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="role_assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="accounts.role",
                    ),
                ),
                (
                    "property",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_assignments",
                        to="properties.property",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_assignments",
                        to="properties.propertygroup",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, help_text="Calendar day, inclusive.", null=True)),
                ("valid_to", models.DateField(blank=True, help_text="Calendar day, inclusive.", null=True)),
            ],
            options={
                "ordering": ["user", "role"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("property__isnull", True), ("group__isnull", True), _connector="XOR"
                        ),
                        name="assignment_at_property_or_group",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_to", None),
                            ("valid_from__lte", models.F("valid_to")),
                            _connector="OR",
                        ),
                        name="assignment_dates_order",
                    ),
                    models.UniqueConstraint(
                        fields=("user", "role", "property", "group"),
                        name="assignment_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="api_tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "prefix",
                    models.CharField(
                        help_text="The visible part, to recognise it by.", max_length=24, unique=True
                    ),
                ),
                (
                    "digest",
                    models.CharField(help_text="SHA-256 of the whole secret.", max_length=64, unique=True),
                ),
                (
                    "codenames",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64),
                        help_text="Rights such as view_rooms_area.",
                        size=None,
                    ),
                ),
                ("expires_at", models.DateTimeField()),
                ("last_used_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("properties", models.ManyToManyField(related_name="api_tokens", to="properties.property")),
            ],
            options={
                "ordering": ["user", "name"],
            },
        ),
        migrations.CreateModel(
            name="StaffProfile",
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
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staff_profile",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "home_property",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="staff_profiles",
                        to="properties.property",
                    ),
                ),
                ("job_title", models.CharField(blank=True, max_length=80)),
                ("employee_number", models.CharField(blank=True, max_length=40)),
                ("phone", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "ordering": ["home_property", "user"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("employee_number", ""), _negated=True),
                        fields=("home_property", "employee_number"),
                        name="employee_number_once",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="user",
            name="chain",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="users",
                to="properties.chain",
            ),
        ),
    ]
    operations = models_at_once(operations)
