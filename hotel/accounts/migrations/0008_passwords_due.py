"""Since when another password is due."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_shared_desks"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="password_due_since",
            field=models.DateTimeField(
                blank=True,
                help_text="Since then nothing opens before the person has set another password.",
                null=True,
            ),
        ),
    ]
