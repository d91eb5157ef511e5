"""Points on birthdays and on the day of enrolment."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("loyalty", "0008_referrals"),
    ]

    operations = [
        migrations.AddField(
            model_name="loyaltyprogram",
            name="anniversary_points",
            field=models.PositiveIntegerField(
                default=0, help_text="Given on the day of each year that a member enrolled on; 0: none."
            ),
        ),
        migrations.AddField(
            model_name="loyaltyprogram",
            name="birthday_points",
            field=models.PositiveIntegerField(default=0, help_text="Given on a member's birthday; 0: none."),
        ),
        migrations.AddField(
            model_name="loyaltyprogram",
            name="celebrated_until",
            field=models.DateField(
                editable=False,
                help_text="Last day whose birthdays and anniversaries were looked for.",
                null=True,
            ),
        ),
    ]
