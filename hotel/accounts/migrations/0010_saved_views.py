"""Views of lists, of a person or of a role."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_looks"),
        ("properties", "0003_restraints"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("page", models.SlugField(db_index=False, max_length=40)),
                ("name", models.CharField(max_length=40)),
                ("query", models.CharField(max_length=300)),
                ("is_default", models.BooleanField(default=False, help_text="The page opens with it.")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
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
                    "role",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Everybody of it sees the view.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to="accounts.role",
                    ),
                ),
            ],
            options={
                "ordering": ["property", "page", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("owner__isnull", True), ("role__isnull", True), _connector="XOR"),
                        name="saved_view_of_person_or_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("query", ""), _negated=True),
                            models.Q(("page", ""), _negated=True),
                        ),
                        name="saved_view_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_default", False), ("owner__isnull", False), _connector="OR"),
                        name="saved_view_default_of_person",
                    ),
                    models.UniqueConstraint(
                        models.F("property"),
                        models.F("owner"),
                        models.F("page"),
                        django.db.models.functions.text.Lower("name"),
                        name="saved_view_name_once_of_person",
                    ),
                    models.UniqueConstraint(
                        models.F("property"),
                        models.F("role"),
                        models.F("page"),
                        django.db.models.functions.text.Lower("name"),
                        name="saved_view_name_once_of_role",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("property", "owner", "page"),
                        name="saved_view_one_default",
                    ),
                ],
            },
        ),
    ]
