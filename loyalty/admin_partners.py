"""Partners, what they posted and what they owe, in the admin."""

from typing import Any

from django.contrib import admin

from hotel.properties.admin_base import ReadOnlyAdmin
from loyalty.admin_base import OfMemberAdmin, OfProgramAdmin
from loyalty.domain.partners import in_words
from loyalty.models import LoyaltyPartner, PartnerAccrual, PartnerStatement
from loyalty.selectors.partners import contract_of
from loyalty.services.partners import CHANGEABLE, partner_change, partner_create


@admin.register(LoyaltyPartner)
class LoyaltyPartnerAdmin(OfProgramAdmin):
    """Partners whose customers earn, by contracts that are read back in plain words."""

    list_display = ["name", "says", "kind", "program", "property", "is_active"]
    list_filter = ["program", "kind", "is_active"]
    list_select_related = ["program", "property"]
    search_fields = ["code", "name"]
    readonly_fields = ["says"]

    @admin.display(description="What it says")
    def says(self, row: LoyaltyPartner) -> str:
        """In plain words."""
        return in_words(contract_of(row)) if row.pk else "Shown once it is saved."

    def get_readonly_fields(self, request: Any, obj: Any = None) -> Any:
        """What was agreed for good stays."""
        if obj is None:
            return self.readonly_fields
        fixed = {field.name for field in obj._meta.fields if field.editable} - set(CHANGEABLE)
        return [*self.readonly_fields, *sorted(fixed - {"id"})]

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """By the service."""
        values = dict(form.cleaned_data)
        if change:
            partner_change(partner=obj, changes=values)
        else:
            self.require_all_houses(request, values["program"])
            obj.pk = partner_create(program=values.pop("program"), values=values).pk


@admin.register(PartnerAccrual)
class PartnerAccrualAdmin(OfMemberAdmin):
    """What partners posted."""

    list_display = ["partner", "reference", "member", "earned_on", "amount", "points", "value", "reversal"]
    list_filter = ["partner", "earned_on"]
    list_select_related = ["partner", "member", "reversal"]
    search_fields = ["reference", "member__number"]


@admin.register(PartnerStatement)
class PartnerStatementAdmin(ReadOnlyAdmin):
    """What partners owe, month by month."""

    list_display = ["partner", "property", "month", "given", "taken_back", "amount", "currency"]
    list_filter = ["partner", "property", "month"]
    list_select_related = ["partner", "property"]
    search_fields = ["partner__code", "partner__name"]
