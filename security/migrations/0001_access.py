import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock
from hotel.core.postgresql.tables import models_at_once


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_roles_and_tokens"),
        ("accounts", "__first__"),
        ("properties", "0002_grants_end"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("name", models.CharField(max_length=80)),
                ("due_on", models.DateField(help_text="Calendar day at the property.")),
                (
                    "revokes_undecided",
                    models.BooleanField(
                        default=False,
                        help_text="What nobody has decided when the review is closed is revoked.",
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
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
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["property", "-created_at"], name="access_review_property")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("property",),
                        name="access_review_open_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessReviewItem",
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
                    "subject",
                    models.CharField(
                        choices=[("role", "Role"), ("direct", "Direct grant"), ("token", "Token")],
                        max_length=8,
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="The role, the token, or that it is granted directly.", max_length=200
                    ),
                ),
                (
                    "rights",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64),
                        blank=True,
                        help_text="Codenames held through it.",
                        size=None,
                    ),
                ),
                (
                    "flags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24),
                        blank=True,
                        default=list,
                        help_text="What is worth a second look.",
                        size=None,
                    ),
                ),
                ("last_used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decision",
                    models.CharField(
                        choices=[("open", "Undecided"), ("keep", "Keep"), ("revoke", "Revoke")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "assignment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.roleassignment",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
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
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="security.accessreview",
                    ),
                ),
                (
                    "token",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.apitoken",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["review", "pk"],
                "indexes": [models.Index(fields=["property", "review"], name="review_item_property")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("subject__in", ["role", "direct", "token"])),
                        name="review_item_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["open", "keep", "revoke"])),
                        name="review_item_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision", "open"),
                            models.Q(
                                ("decided_by__isnull", False),
                                models.Q(("decided_by", models.F("user")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="review_item_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmergencyAccess",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("reason", models.CharField(max_length=300)),
                ("ends_at", models.DateTimeField(help_text="The rights end at this instant by themselves.")),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, help_text="Given back before the end.", null=True),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("open", "Not looked at yet"),
                            ("justified", "Justified"),
                            ("unjustified", "Not justified"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                ("review_note", models.CharField(blank=True, max_length=300)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
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
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.role"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "emergency accesses",
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["property", "-created_at"], name="emergency_property")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["open", "justified", "unjustified"])),
                        name="emergency_verdict",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("created_at"))),
                        name="emergency_ends_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict", "open"),
                            models.Q(
                                ("reviewed_by__isnull", False),
                                models.Q(("reviewed_by", models.F("user")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="emergency_seen_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Permission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("area", models.CharField(max_length=40)),
                ("verb", models.CharField(max_length=20)),
                (
                    "risk",
                    models.CharField(
                        choices=[
                            ("ordinary", "Ordinary"),
                            ("sensitive", "Sensitive"),
                            ("privileged", "Privileged"),
                        ],
                        default="ordinary",
                        max_length=12,
                    ),
                ),
                (
                    "needs_second_person",
                    models.BooleanField(
                        default=False, help_text="Somebody else must agree before anybody gains this right."
                    ),
                ),
                (
                    "chain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rights",
                        to="properties.chain",
                    ),
                ),
            ],
            options={
                "ordering": ["chain", "area", "verb"],
                "constraints": [
                    models.UniqueConstraint(fields=("chain", "area", "verb"), name="permission_once"),
                    models.CheckConstraint(
                        condition=models.Q(("risk__in", ["ordinary", "sensitive", "privileged"])),
                        name="permission_risk",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyConflict",
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
                    "action",
                    models.CharField(
                        choices=[("warn", "Show it"), ("forbid", "Refuse it")], default="warn", max_length=8
                    ),
                ),
                ("reason", models.CharField(help_text="What could go wrong.", max_length=200)),
                (
                    "chain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duty_conflicts",
                        to="properties.chain",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="security.permission",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="security.permission",
                    ),
                ),
            ],
            options={
                "ordering": ["chain", "first", "second"],
                "constraints": [
                    models.UniqueConstraint(fields=("chain", "first", "second"), name="duty_conflict_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="duty_conflict_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("action__in", ["warn", "forbid"])), name="duty_conflict_action"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessPolicy",
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
                    "review_every_days",
                    models.PositiveSmallIntegerField(
                        default=90,
                        help_text="Calendar days from one access review of a property to the next.",
                        validators=[
                            django.core.validators.MinValueValidator(7),
                            django.core.validators.MaxValueValidator(730),
                        ],
                    ),
                ),
                (
                    "dormant_after_days",
                    models.PositiveSmallIntegerField(
                        default=90,
                        help_text="Calendar days without signing in after which a person counts as dormant.",
                        validators=[
                            django.core.validators.MinValueValidator(7),
                            django.core.validators.MaxValueValidator(730),
                        ],
                    ),
                ),
                (
                    "request_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        help_text="Calendar days that a request for rights waits before it lapses.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                    ),
                ),
                (
                    "emergency_minutes",
                    models.PositiveSmallIntegerField(
                        default=60,
                        help_text="How long an emergency access lasts at most.",
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(480),
                        ],
                    ),
                ),
                (
                    "chain",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="access_policy",
                        to="properties.chain",
                    ),
                ),
                (
                    "emergency_role",
                    models.ForeignKey(
                        blank=True,
                        help_text="What an emergency access gives; none while this is empty.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.role",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "access policies",
                "ordering": ["chain"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dormant_after_days__range", (7, 730)),
                            ("emergency_minutes__range", (5, 480)),
                            ("request_days__range", (1, 60)),
                            ("review_every_days__range", (7, 730)),
                        ),
                        name="access_policy_ranges",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessRequest",
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
                    "rights",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64),
                        blank=True,
                        help_text="What the role gave when it was asked for, as codenames; who agrees, agrees to these.",
                        size=None,
                    ),
                ),
                ("valid_from", models.DateField(blank=True, help_text="Calendar day, inclusive.", null=True)),
                ("valid_to", models.DateField(blank=True, help_text="Calendar day, inclusive.", null=True)),
                ("reason", models.CharField(max_length=300)),
                ("lapses_at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Waiting for a second pair of eyes"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                            ("lapsed", "Lapsed"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decision_reason", models.CharField(blank=True, max_length=300)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="properties.propertygroup",
                    ),
                ),
                (
                    "property",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="access_requests",
                        to="accounts.role",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="access_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(fields=["property", "status"], name="access_request_property"),
                    models.Index(
                        condition=models.Q(("status", "open")),
                        fields=["lapses_at"],
                        name="access_request_open",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("property__isnull", True), ("group__isnull", True), _connector="XOR"
                        ),
                        name="access_request_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["open", "approved", "refused", "withdrawn", "lapsed"])
                        ),
                        name="access_request_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_to", None),
                            ("valid_from__lte", models.F("valid_to")),
                            _connector="OR",
                        ),
                        name="access_request_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "approved"), _negated=True),
                            models.Q(
                                ("decided_by__isnull", False),
                                models.Q(("decided_by", models.F("requested_by")), _negated=True),
                                models.Q(("decided_by", models.F("user")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="access_request_four_eyes",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "open")),
                        fields=("property", "group", "user", "role"),
                        name="access_request_open_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
    ]

    operations = models_at_once(operations)
