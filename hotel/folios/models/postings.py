"""Postings: the lines of folios, with their taxes."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q

from hotel.folios.models.allowances import Allowance
from hotel.folios.models.codes import TransactionCode
from hotel.folios.models.folios import FolioWindow
from hotel.folios.models.journal import Journal, entry_amount
from hotel.folios.models.routing import RoutingRule
from hotel.folios.querysets import PostingQuerySet
from hotel.properties.scoping import PropertyScopedModel


class Posting(PropertyScopedModel):
    """One line on a window; never changed or deleted, corrections are further postings.

    ``gross`` = ``net`` + its taxes is what the guest owes more, or less when it is negative: payments are negative.
    ``business_date`` is the day it was posted on, ``revenue_date`` the day it is for. A posting with a ``source`` is
    made once: (source, source key) is unique at a property.
    """

    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, related_name="postings")
    window = models.ForeignKey(FolioWindow, on_delete=models.PROTECT, related_name="postings", db_index=False)
    business_date = models.DateField(help_text="The open business date when it was posted.")
    revenue_date = models.DateField(help_text="The business day it is for, such as the night.")
    code = models.ForeignKey(TransactionCode, on_delete=models.PROTECT, related_name="+", db_index=False)
    description = models.CharField(max_length=200)
    quantity = models.DecimalField(max_digits=10, decimal_places=3, default=Decimal(1))
    net = entry_amount(help_text="Without any tax.")
    gross = entry_amount(help_text="Taxes inside.")
    reference = models.CharField(max_length=80, blank=True, help_text="Such as the number of a bar bill.")
    source = models.CharField(
        max_length=20, blank=True, help_text="Who posted by itself, such as night_audit."
    )
    source_key = models.CharField(max_length=100, blank=True, help_text="What the source posted it for.")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    routing_rule = models.ForeignKey(
        RoutingRule, on_delete=models.PROTECT, null=True, related_name="+", db_index=False,
        help_text="The rule that sent it to its window.",
    )  # fmt: skip
    reverses = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="reversals", db_index=False
    )
    adjusts = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="adjustments", db_index=False
    )
    moved_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="moved_to", db_index=False,
        help_text="The posting it takes the place of, after a transfer or split.",
    )  # fmt: skip
    allowance = models.ForeignKey(
        Allowance, on_delete=models.PROTECT, null=True, related_name="postings", db_index=False,
        help_text="That it grants, or takes from.",
    )  # fmt: skip
    covers = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="covered_by", db_index=False,
        help_text="The charge that is paid from an allowance, or let off beyond it.",
    )  # fmt: skip

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["property_id", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["property", "source", "source_key"],
                condition=~Q(source=""),
                name="posting_source_once",
            ),
            models.UniqueConstraint(
                fields=["property", "reverses"],
                condition=Q(reverses__isnull=False),
                name="posting_reversed_once",
            ),
            models.CheckConstraint(
                condition=Q(source="", source_key="") | ~Q(source="") & ~Q(source_key=""),
                name="posting_source_has_key",
            ),
        ]
        indexes = [
            models.Index(fields=["property", "window", "id"], name="posting_window"),
            models.Index(fields=["property", "business_date", "id"], name="posting_day"),
            models.Index(
                fields=["property", "adjusts"], condition=Q(adjusts__isnull=False), name="posting_adjusts"
            ),
            models.Index(
                fields=["property", "moved_from"], condition=Q(moved_from__isnull=False), name="posting_moved"
            ),
            models.Index(
                fields=["property", "routing_rule", "revenue_date"],
                condition=Q(routing_rule__isnull=False),
                name="posting_routed",
            ),
            models.Index(
                fields=["property", "allowance"],
                condition=Q(allowance__isnull=False),
                name="posting_allowance",
            ),
            models.Index(
                fields=["property", "covers"], condition=Q(covers__isnull=False), name="posting_covers"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.description} {self.gross}"


class PostingTax(PropertyScopedModel):
    """One tax of one posting, contained in its price or added to it."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="taxes")
    code = models.ForeignKey(TransactionCode, on_delete=models.PROTECT, related_name="+", db_index=False)
    base = entry_amount(help_text="What it was computed on.")
    amount = entry_amount()
    is_inclusive = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "posting taxes"
        ordering = ["posting_id", "id"]

    def __str__(self) -> str:
        return f"{self.code} {self.amount}"
