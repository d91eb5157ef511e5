"""What earns beside stays, and memberships that were made one, in the admin."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin

from hotel.properties.admin_base import ReadOnlyAdmin
from loyalty.admin_base import OfMemberAdmin, OfProgramAdmin
from loyalty.domain.referrals import in_words
from loyalty.models import (
    BonusCampaign,
    CampaignRegistration,
    MemberMerge,
    Referral,
    ReferralRule,
    StayClaim,
)
from loyalty.selectors.campaigns import campaign_in_words
from loyalty.selectors.programs import houses_ever
from loyalty.services.campaigns import CHANGEABLE, campaign_change, campaign_create
from loyalty.services.claims import claim_approve
from loyalty.services.referrals import referral_rule_set


@admin.register(MemberMerge)
class MemberMergeAdmin(ReadOnlyAdmin):
    """Memberships that were made one with their guests."""

    list_display = ["merged", "kept", "on", "undone_on"]
    list_select_related = ["merged", "kept"]
    search_fields = ["merged__number", "kept__number"]
    exclude = ["snapshot"]

    def property_ids_of(self, obj: Any) -> Iterable[int]:
        """All that took part ever."""
        return houses_ever(obj.kept.program_id)


@admin.register(BonusCampaign)
class BonusCampaignAdmin(OfProgramAdmin):
    """Campaigns: name, budget and last day are changed; what they give are the earning rules that name them."""

    list_display = ["name", "says", "program", "stay_from", "stay_until", "given"]
    list_filter = ["program"]
    list_select_related = ["program"]
    search_fields = ["code", "name"]
    readonly_fields = ["says", "given"]

    @admin.display(description="What it says")
    def says(self, row: BonusCampaign) -> str:
        """In plain words."""
        return campaign_in_words(row) if row.pk else "Shown once it is saved."

    def get_readonly_fields(self, request: Any, obj: Any = None) -> Any:
        """What a campaign was announced with stays."""
        names = [field.name for field in BonusCampaign._meta.fields if field.editable and field.name != "id"]
        fixed = [name for name in names if name not in CHANGEABLE] if obj is not None else []
        return [*self.readonly_fields, *fixed]

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """By the service."""
        if change:
            changes = {name: form.cleaned_data[name] for name in form.changed_data}
            campaign_change(campaign=obj, changes=changes)
        else:
            values = dict(form.cleaned_data)
            self.require_all_houses(request, values["program"])
            obj.pk = campaign_create(program=values.pop("program"), values=values).pk


@admin.register(CampaignRegistration)
class CampaignRegistrationAdmin(OfMemberAdmin):
    """Who takes part in campaigns."""

    list_display = ["member", "campaign", "on"]
    list_select_related = ["member", "campaign"]
    search_fields = ["member__number"]


@admin.register(StayClaim)
class StayClaimAdmin(OfMemberAdmin):
    """Claims for missing stays; those of stays that the house has are approved here, others through the API."""

    list_display = ["member", "property", "arrival", "departure", "reservation", "status", "asked_by"]
    list_filter = ["status", "property"]
    list_select_related = ["member", "property", "reservation", "asked_by"]
    search_fields = ["member__number", "stated_number"]
    actions = ["approve"]

    @admin.action(description="Approve", permissions=["approve"])
    def approve(self, request: Any, queryset: Any) -> None:
        """Let claimed stays earn by their rules."""
        call = lambda row: claim_approve(claim=row, actor=request.user)  # noqa: E731
        self.each(request, "approve", queryset, call, "{} claims are approved.")


@admin.register(ReferralRule)
class ReferralRuleAdmin(OfProgramAdmin):
    """What referrals give, each version; adding one begins it, so that earlier referrals keep theirs."""

    list_display = ["says", "program", "version", "valid_from", "valid_until"]
    list_filter = ["program"]
    list_select_related = ["program"]
    search_fields = ["program__name"]
    admin_verbs: ClassVar[dict[str, str]] = {"change": "", "delete": ""}

    @admin.display(description="What it says")
    def says(self, row: ReferralRule) -> str:
        """In plain words."""
        return in_words(row.referrer_points, row.referred_points, row.min_nights, row.yearly_limit)

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """By the service."""
        values = dict(form.cleaned_data)
        self.require_all_houses(request, values["program"])
        obj.pk = referral_rule_set(program=values.pop("program"), values=values).pk


@admin.register(Referral)
class ReferralAdmin(OfMemberAdmin):
    """Who was brought by whom, and what became of it."""

    list_display = ["member", "referrer", "status", "because", "rule"]
    list_filter = ["status"]
    list_select_related = ["member", "referrer", "rule"]
    search_fields = ["member__number", "referrer__number"]
