"""Cards of erased guests, to be forgotten by the processor; links by their payment."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("folios", "0003_won_chargebacks"),
        ("guests", "0001_schema"),
        ("properties", "0001_schema"),
        ("reservations", "0001_schema"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="cardtoken",
            name="forget_at",
            field=models.DateTimeField(
                editable=False,
                help_text="When to let the processor forget it; its guest was erased, or it was removed.",
                null=True,
            ),
        ),
        migrations.AddIndex(
            model_name="cardtoken",
            index=models.Index(
                condition=models.Q(("forget_at", None), _negated=True),
                fields=["forget_at"],
                name="card_token_to_forget",
            ),
        ),
        migrations.AddIndex(
            model_name="paymentlink",
            index=models.Index(
                condition=models.Q(("payment__isnull", False)),
                fields=["property", "payment"],
                name="payment_link_payment",
            ),
        ),
        migrations.AddConstraint(
            model_name="cardtoken",
            constraint=models.CheckConstraint(
                condition=models.Q(("forget_at", None), ("is_active", False), _connector="OR"),
                name="card_token_forgotten_is_not_used",
            ),
        ),
    ]
