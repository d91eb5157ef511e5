"""How the desk looks to a person."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_passwords_due"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="are_keys_on",
            field=models.BooleanField(
                default=True, help_text="Such as G T; Ctrl K always works.", verbose_name="keys without Ctrl"
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="density",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Standard"),
                    ("compact", "Compact, for long lists"),
                    ("touch", "High, for fingers"),
                ],
                default="",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="theme",
            field=models.CharField(
                blank=True,
                choices=[("", "As this computer"), ("light", "Light"), ("dark", "Dark")],
                default="",
                max_length=8,
            ),
        ),
    ]
