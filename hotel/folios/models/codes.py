"""Transaction codes: what can be posted, and how it is taxed and counted."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from hotel.folios.choices import CodeKind
from hotel.properties.scoping import PropertyScopedModel
from hotel.rates.choices import ChargeGroup

CODE = RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$", "Use up to 32 letters, digits, - and _.")
GROUPED = (CodeKind.CHARGE, CodeKind.ADJUSTMENT, CodeKind.PACKAGE)


class TransactionCode(PropertyScopedModel):
    """One kind of line on folios. Codes are retired, never deleted; kind and group stay as they were made.

    ``group`` counts the revenue and names the tax rules that are taken. Codes of taxes and of package elements are
    made when they are first posted, with the codes that rates gave them.
    """

    code = models.CharField(max_length=32, validators=[CODE])
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=CodeKind)
    group = models.CharField(
        max_length=10, choices=ChargeGroup, blank=True, help_text="Of revenue; decides the taxes."
    )
    department = models.CharField(max_length=40, blank=True, help_text="Who earns it, such as rooms or bar.")
    is_taxed = models.BooleanField(
        default=True, help_text="By the tax rules of its group; or outside all taxes."
    )
    adjustment_code = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        help_text="What adjustments of its postings are posted with; itself when empty.",
    )  # fmt: skip
    is_standard = models.BooleanField(
        default=False, editable=False, help_text="The house posts with it by itself; it cannot be retired."
    )
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["property_id", "kind", "code"]
        constraints = [
            models.UniqueConstraint(fields=["property", "kind", "code"], name="transaction_code_once"),
            models.CheckConstraint(
                condition=Q(kind__in=GROUPED) & ~Q(group="") | ~Q(kind__in=GROUPED) & Q(group=""),
                name="transaction_code_group",
            ),
            models.CheckConstraint(
                condition=Q(is_standard=False) | Q(is_active=True), name="transaction_code_standard_is_active"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def is_cash(self) -> bool:
        """Whether payments with it are banknotes and coins."""
        return self.is_standard and self.code == "cash"
