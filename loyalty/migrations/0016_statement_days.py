"""A member's account is read by its days."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One index."""

    dependencies = [("loyalty", "0015_member_imports")]
    operations = [
        migrations.AddIndex(
            model_name="pointtransaction",
            index=models.Index(fields=["member", "business_date"], name="loyalty_points_member_day"),
        ),
    ]
