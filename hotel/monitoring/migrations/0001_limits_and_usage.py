"""Limits and usage; the rules that the house begins with."""

from pathlib import Path

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock
from hotel.core.postgresql.tables import models_at_once
from hotel.monitoring.domain.defaults import DEFAULTS

SQL = Path(__file__).resolve().parent.parent / "sql"


def text(name):
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def rules_seed(apps, schema_editor):
    rows = apps.get_model("monitoring", "RateLimit")
    rows.objects.bulk_create(rows(**values) for values in DEFAULTS)


# Partitioned, which Django does not know: made by sql/usage.sql.
USAGE = migrations.CreateModel(
    name="ApiUsage",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        (
            "grain",
            models.CharField(choices=[("minute", "Minute"), ("hour", "Hour"), ("day", "Day")], max_length=6),
        ),
        ("started_at", models.DateTimeField(help_text="The beginning of the minute, hour or day, UTC.")),
        ("operation", models.CharField(help_text="Such as GET /api/v1/rooms/{id}.", max_length=160)),
        (
            "client_kind",
            models.CharField(
                choices=[
                    ("token", "Token"),
                    ("user", "Person"),
                    ("anonymous", "Not signed in"),
                    ("other", "Others together"),
                ],
                max_length=9,
            ),
        ),
        ("client_id", models.BigIntegerField(default=0)),
        ("status_class", models.PositiveSmallIntegerField(help_text="2 for all answers 200–299, and so on.")),
        ("version", models.CharField(default="v1", max_length=20)),
        ("count", models.BigIntegerField(default=0)),
        ("limited", models.BigIntegerField(default=0, help_text="Refused by a limit, or shed.")),
        ("bytes_in", models.BigIntegerField(default=0)),
        ("bytes_out", models.BigIntegerField(default=0)),
        ("queries", models.BigIntegerField(default=0)),
        ("total_us", models.BigIntegerField(default=0, help_text="Sum of the durations in microseconds.")),
        ("max_us", models.BigIntegerField(default=0)),
        ("histogram", models.JSONField(default=dict)),
        (
            "property",
            models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="properties.property",
            ),
        ),
    ],
    options={
        "ordering": ["-started_at", "-pk"],
        "constraints": [
            models.UniqueConstraint(
                fields=(
                    "grain",
                    "started_at",
                    "operation",
                    "client_kind",
                    "client_id",
                    "property",
                    "status_class",
                    "version",
                ),
                name="api_usage_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(("count__gt", 0), ("limited__gte", 0)), name="api_usage_counts"
            ),
        ],
    },
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_roles_and_tokens"),
        ("properties", "0002_grants_end"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ApiPlan",
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
                    "name",
                    models.CharField(
                        max_length=40,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z][a-z0-9-]{0,39}$",
                                "Use small letters, digits and -, beginning with a letter.",
                            )
                        ],
                    ),
                ),
                ("description", models.CharField(blank=True, max_length=200)),
                (
                    "concurrency",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="How many requests of one token may be under way at once; 0 for the general limit.",
                    ),
                ),
                ("tokens", models.ManyToManyField(blank=True, related_name="plans", to="accounts.apitoken")),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="LimiterState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.BigIntegerField(default=1, editable=False)),
                (
                    "suspended_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="Until then rules only count: nobody is refused but by a block.",
                        null=True,
                    ),
                ),
                ("suspended_reason", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="limiter_state_one_row")
                ],
            },
        ),
        migrations.CreateModel(
            name="RateLimit",
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
                    "name",
                    models.CharField(
                        help_text="Told to clients.",
                        max_length=40,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z][a-z0-9-]{0,39}$",
                                "Use small letters, digits and -, beginning with a letter.",
                            )
                        ],
                    ),
                ),
                ("description", models.CharField(blank=True, max_length=200)),
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        default=100,
                        help_text="The lowest comes first.",
                        validators=[django.core.validators.MinValueValidator(1)],
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("client", "Each client"),
                            ("address", "Each address"),
                            ("property", "Each property"),
                        ],
                        default="client",
                        max_length=8,
                    ),
                ),
                (
                    "is_anonymous",
                    models.BooleanField(default=False, help_text="Only callers who are not signed in."),
                ),
                ("network", models.CharField(blank=True, help_text="Such as 192.0.2.0/24.", max_length=43)),
                (
                    "area",
                    models.CharField(
                        blank=True,
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z][a-z0-9_]{0,39}$", "Use the name of an area, such as rooms."
                            )
                        ],
                    ),
                ),
                (
                    "operation",
                    models.CharField(
                        blank=True,
                        max_length=120,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(GET|POST|PUT|PATCH|DELETE) /api/[A-Za-z0-9/{}._-]*$",
                                "Use the form GET /api/v1/rooms/{id}.",
                            )
                        ],
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("GET", "GET"),
                            ("POST", "POST"),
                            ("PUT", "PUT"),
                            ("PATCH", "PATCH"),
                            ("DELETE", "DELETE"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "rate",
                    models.PositiveIntegerField(
                        help_text="Points per period.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                    ),
                ),
                (
                    "period_seconds",
                    models.PositiveIntegerField(
                        default=60,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(86400),
                        ],
                    ),
                ),
                (
                    "burst",
                    models.PositiveIntegerField(
                        help_text="Points that may pass at once after a pause.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                    ),
                ),
                (
                    "cost",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Points of a plain request; a search costs three times, a report fifty times as much.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("enforce", "Refuse"),
                            ("observe", "Only count"),
                            ("block", "Refuse always"),
                        ],
                        default="observe",
                        max_length=7,
                    ),
                ),
                ("valid_from", models.DateTimeField(blank=True, null=True)),
                ("valid_until", models.DateTimeField(blank=True, help_text="Not included.", null=True)),
                ("is_active", models.BooleanField(default=True)),
                ("is_floor", models.BooleanField(default=False, editable=False)),
                (
                    "is_closed",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Falls back to a tenth of its share, not to its share, when the counters cannot be reached.",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rules",
                        to="monitoring.apiplan",
                    ),
                ),
                (
                    "property",
                    models.ForeignKey(
                        blank=True,
                        help_text="Only requests about this property; empty for the whole installation.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.role",
                    ),
                ),
                (
                    "token",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.apitoken",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("burst__gt", 0), ("cost__gt", 0), ("period_seconds__gt", 0), ("rate__gt", 0)
                        ),
                        name="rate_limit_amounts_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_until", None),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="rate_limit_window_ordered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("is_active", True), ("is_floor", True), ("priority", 0), ("property", None)
                            ),
                            models.Q(("is_floor", False), ("priority__gt", 0)),
                            _connector="OR",
                        ),
                        name="rate_limit_floor_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scope", "address"), _negated=True),
                            models.Q(
                                ("is_anonymous", False),
                                ("plan", None),
                                ("property", None),
                                ("role", None),
                                ("token", None),
                                ("user", None),
                            ),
                            _connector="OR",
                        ),
                        name="rate_limit_address_knows_no_client",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_anonymous", False),
                            models.Q(("plan", None), ("role", None), ("token", None), ("user", None)),
                            _connector="OR",
                        ),
                        name="rate_limit_anonymous_is_nobody",
                    ),
                ],
                "ordering": ["priority", "pk"],
            },
        ),
        migrations.CreateModel(
            name="LimitTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hour", models.DateTimeField()),
                ("passed", models.BigIntegerField(default=0)),
                ("refused", models.BigIntegerField(default=0)),
                ("observed", models.BigIntegerField(default=0, help_text="Would have been refused.")),
                (
                    "rule",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tallies",
                        to="monitoring.ratelimit",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("rule", "hour"), name="limit_tally_once")],
                "ordering": ["-hour", "rule"],
            },
        ),
        migrations.CreateModel(
            name="SlowRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("operation", models.CharField(max_length=160)),
                (
                    "client_kind",
                    models.CharField(
                        choices=[
                            ("token", "Token"),
                            ("user", "Person"),
                            ("anonymous", "Not signed in"),
                            ("other", "Others together"),
                        ],
                        max_length=9,
                    ),
                ),
                ("client_id", models.BigIntegerField(default=0)),
                ("status", models.PositiveSmallIntegerField()),
                ("duration_us", models.BigIntegerField()),
                ("queries", models.PositiveIntegerField()),
                ("query_us", models.BigIntegerField(help_text="Spent in the database.")),
                ("request_id", models.CharField(max_length=64)),
                (
                    "statements",
                    models.JSONField(default=list, help_text="The slowest: text, how often, microseconds."),
                ),
                (
                    "property",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-at"], name="slow_request_latest")],
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[USAGE],
            database_operations=[migrations.RunSQL(text("usage") + text("limits"), reverse_sql=text("drop"))],
        ),
        migrations.RunPython(rules_seed, migrations.RunPython.noop),
    ]
    operations = models_at_once(operations)
