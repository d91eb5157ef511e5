"""Free nights that a stay has no more go back while their redemption stays."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql" / "redemption_guard.sql"


class Migration(migrations.Migration):
    dependencies = [("loyalty", "0016_statement_days")]

    operations = [
        migrations.RemoveConstraint(model_name="rewardredemption", name="loyalty_redemption_returned"),
        migrations.AddConstraint(
            model_name="rewardredemption",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("returned__lt", models.F("points")),
                    models.Q(("closed_at__isnull", False), ("returned", models.F("points"))),
                    _connector="OR",
                ),
                name="loyalty_redemption_returned",
            ),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
