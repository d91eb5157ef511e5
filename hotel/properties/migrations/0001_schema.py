"""Chains, properties and what belongs to them."""

import datetime

import django.contrib.postgres.constraints
import django.core.validators
import django.db.models.deletion
import djmoney.models.fields
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock
import hotel.properties.models.properties
from hotel.core.postgresql.tables import models_at_once


class Migration(migrations.Migration):
    replaces = [("properties", "0001_initial")]

    initial = True

    dependencies = [
        ("accounts", "0001_users"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("core", "0001_schema"),
    ]

    operations = [
        migrations.CreateModel(
            name="Chain",
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
                    "code",
                    models.CharField(
                        max_length=16,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z0-9][A-Z0-9_-]{0,15}$", "Use up to 16 capital letters, digits, - and _."
                            )
                        ],
                    ),
                ),
                ("name", models.CharField(max_length=120)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Property",
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
                    "chain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="properties",
                        to="properties.chain",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        max_length=16,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z0-9][A-Z0-9_-]{0,15}$", "Use up to 16 capital letters, digits, - and _."
                            )
                        ],
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "time_zone",
                    models.CharField(
                        max_length=64, validators=[hotel.properties.models.properties.validate_time_zone]
                    ),
                ),
                (
                    "currency",
                    djmoney.models.fields.CurrencyField(
                        default=None,
                        max_length=3,
                        validators=[hotel.properties.models.properties.validate_currency],
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        help_text="ISO 3166.",
                        max_length=2,
                        validators=[django.core.validators.RegexValidator("^[A-Z]{2}$")],
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        default="en", help_text="Of letters to guests, such as en or de.", max_length=8
                    ),
                ),
                (
                    "business_date",
                    models.DateField(help_text="The open business day; only the night audit moves it."),
                ),
                ("check_in_time", models.TimeField(default=datetime.time(15, 0))),
                ("check_out_time", models.TimeField(default=datetime.time(11, 0))),
                (
                    "fiscal_year_start_month",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                    ),
                ),
                ("brand_name", models.CharField(blank=True, max_length=120)),
                (
                    "brand_colour",
                    models.CharField(
                        blank=True,
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^#[0-9a-fA-F]{6}$", "Use a colour such as #1f6feb."
                            )
                        ],
                    ),
                ),
                ("logo", models.FileField(blank=True, upload_to="logos")),
                ("address", models.TextField(blank=True)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("tax_number", models.CharField(blank=True, max_length=40)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "verbose_name_plural": "properties",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("fiscal_year_start_month__range", (1, 12))),
                        name="property_fiscal_month",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PropertyGroup",
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
                        related_name="groups",
                        to="properties.chain",
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "properties",
                    models.ManyToManyField(blank=True, related_name="groups", to="properties.property"),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [models.UniqueConstraint(fields=("chain", "name"), name="group_name_once")],
            },
        ),
        migrations.CreateModel(
            name="AgeBand",
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
                    "code",
                    models.SlugField(
                        help_text="adult, child, infant … used in occupancies and prices.", max_length=20
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                (
                    "min_age",
                    models.PositiveSmallIntegerField(
                        help_text="Inclusive, in full years on the arrival day.",
                        validators=[django.core.validators.MaxValueValidator(199)],
                    ),
                ),
                (
                    "max_age",
                    models.PositiveSmallIntegerField(
                        help_text="Inclusive; 199 for no limit.",
                        validators=[django.core.validators.MaxValueValidator(199)],
                    ),
                ),
                (
                    "takes_bed",
                    models.BooleanField(
                        default=True, help_text="Whether such a guest counts towards the beds."
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "-min_age"],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "code"), name="age_band_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(("min_age__lte", models.F("max_age"))), name="age_band_order"
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("property", "="),
                            (
                                hotel.properties.models.properties.AgeRange(
                                    "min_age", "max_age", models.Value("[]")
                                ),
                                "&&",
                            ),
                        ],
                        name="age_bands_apart",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PropertyUserObjectPermission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "permission",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "content_object",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="properties.property"),
                ),
            ],
            options={
                "unique_together": {("user", "permission", "content_object")},
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PropertyGroupObjectPermission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "permission",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                (
                    "content_object",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="properties.property"),
                ),
            ],
            options={
                "unique_together": {("group", "permission", "content_object")},
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Building",
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
                ("code", models.CharField(max_length=16)),
                ("name", models.CharField(max_length=80)),
            ],
            options={
                "ordering": ["property_id", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "code"), name="building_code_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Floor",
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
                    "building",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="floors",
                        to="properties.building",
                    ),
                ),
                ("level", models.SmallIntegerField()),
                ("name", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "ordering": ["property_id", "building", "level"],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "building", "level"), name="floor_level_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Section",
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
                ("code", models.CharField(max_length=16)),
                ("name", models.CharField(max_length=80)),
            ],
            options={
                "ordering": ["property_id", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "code"), name="section_code_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PropertySetting",
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
                ("key", models.CharField(max_length=60)),
                ("value", models.JSONField()),
                ("valid_from", models.DateField(help_text="Business date, inclusive.")),
            ],
            options={
                "ordering": ["property_id", "key", "-valid_from"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("property", "key", "valid_from"), name="setting_once_a_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BusinessDay",
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
                ("opened_at", models.DateTimeField(default=hotel.core.clock.now)),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["property_id", "-business_date"],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "business_date"), name="business_day_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("property",),
                        name="one_open_business_day",
                    ),
                ],
            },
        ),
    ]
    operations = models_at_once(operations)
