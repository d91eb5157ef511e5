"""PINs of people, and the browsers that they open again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_impersonations"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeskPin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("pin", models.CharField(help_text="Argon2id.", max_length=128)),
                ("set_at", models.DateTimeField()),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="desk_pin",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["user"],
            },
        ),
        migrations.CreateModel(
            name="DeskSeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("session", models.CharField(help_text="The last session of it.", max_length=40)),
                (
                    "factor",
                    models.CharField(blank=True, help_text="The second step that was taken.", max_length=20),
                ),
                ("until", models.DateTimeField(help_text="Then he signs in in full again.")),
                ("locked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "wrong",
                    models.PositiveSmallIntegerField(default=0, help_text="PINs in a row that were wrong."),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "device",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seat",
                        to="accounts.signindevice",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("wrong__lte", 5)), name="seat_wrong_at_most")
                ],
            },
        ),
    ]
