"""Names with a fixed meaning."""

from django.db.models import TextChoices


class LimitKind(TextChoices):
    """What a role's amount limits."""

    REBATE = "rebate", "Rebate on a posted charge"
    REFUND = "refund", "Refund of a payment"
