"""Loyalty in the admin: managers set programmes, tiers and rules; the ledger is looked at."""

from datetime import timedelta
from typing import Any, ClassVar

from django.contrib import admin

from hotel.properties.admin_base import ReadOnlyInline
from loyalty import (
    admin_challenges,  # noqa: F401  (registers challenges)
    admin_earning,  # noqa: F401  (registers what earns beside stays)
    admin_imports,  # noqa: F401  (registers imports)
    admin_liability,  # noqa: F401  (registers what the books were told)
    admin_matches,  # noqa: F401  (registers status matches)
    admin_partners,  # noqa: F401  (registers partners)
    admin_pools,  # noqa: F401  (registers pools)
    admin_rewards,  # noqa: F401  (registers rewards and redemptions)
)
from loyalty.admin_base import OfMemberAdmin, OfProgramAdmin
from loyalty.domain.wording import in_words
from loyalty.models import (
    EarningRule,
    LoyaltyMember,
    LoyaltyProgram,
    LoyaltyTier,
    PointAdjustment,
    PointLot,
    PointMovement,
    PointTransaction,
    ProgramProperty,
    StayAccrual,
    TierChange,
    TierCredit,
)
from loyalty.selectors.terms import earning_rule, today_of
from loyalty.services.adjustments import adjustment_decide
from loyalty.services.programs import (
    house_join,
    program_change,
    rule_change,
    rule_create,
    tier_change,
    tier_create,
)


class HouseInline(ReadOnlyInline):
    """The hotels of a programme."""

    model = ProgramProperty
    fields = ["property", "joined_on", "left_on", "currency_rate"]
    readonly_fields = fields


@admin.register(LoyaltyProgram)
class LoyaltyProgramAdmin(OfProgramAdmin):
    """Programmes; one is made through the API, with the first hotel that takes part."""

    list_display = ["name", "code", "currency", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["code", "name"]
    readonly_fields = ["chain", "code"]
    inlines = [HouseInline]
    admin_verbs: ClassVar[dict[str, str]] = {"add": "", "delete": ""}

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """By the service."""
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        program_change(program=obj, changes=changes)


@admin.register(ProgramProperty)
class ProgramPropertyAdmin(OfProgramAdmin):
    """Hotels that take part; one joins here, and leaves through the API."""

    list_display = ["property", "program", "joined_on", "left_on"]
    list_filter = ["property", "program"]
    list_select_related = ["property", "program"]
    search_fields = ["program__name", "property__name"]
    fields = ["property", "program", "joined_on", "currency_rate"]
    admin_verbs: ClassVar[dict[str, str]] = {"change": "", "delete": ""}

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """By the service."""
        self.require_all_houses(request, obj.program)
        made = house_join(
            program=obj.program, place=obj.property, joined_on=obj.joined_on, currency_rate=obj.currency_rate
        )
        obj.pk = made.pk


@admin.register(LoyaltyTier)
class LoyaltyTierAdmin(OfProgramAdmin):
    """Tiers."""

    list_display = ["name", "level", "program", "needs", "min_nights", "min_stays", "min_points", "min_spend"]
    list_filter = ["program"]
    list_select_related = ["program"]
    search_fields = ["code", "name"]

    def get_readonly_fields(self, request: Any, obj: Any = None) -> Any:
        """A tier stays in its programme."""
        return ["program"] if obj is not None else []

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """By the service."""
        if change:
            tier_change(tier=obj, changes={name: form.cleaned_data[name] for name in form.changed_data})
        else:
            self.require_all_houses(request, obj.program)
            obj.pk = tier_create(values=form.cleaned_data).pk


@admin.register(EarningRule)
class EarningRuleAdmin(OfProgramAdmin):
    """Earning rules, each version; saving a change begins a new one, so that earlier stays keep theirs."""

    list_display = ["name", "says", "program", "version", "valid_from", "valid_until"]
    list_filter = ["program", "basis"]
    list_select_related = ["program"]
    search_fields = ["code", "name"]
    readonly_fields = ["says"]
    exclude = ["valid_until"]

    @admin.display(description="What it says")
    def says(self, row: EarningRule) -> str:
        """In plain words."""
        return in_words(earning_rule(row), row.program.currency) if row.pk else "Shown once it is saved."

    def get_readonly_fields(self, request: Any, obj: Any = None) -> Any:
        """Programme and code stay."""
        return [*self.readonly_fields, *(["program", "code"] if obj is not None else [])]

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        """A version that has ended stays as it was."""
        is_ended = obj is not None and obj.valid_until is not None
        return not is_ended and super().has_change_permission(request, obj)

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """By the service; a change begins tomorrow unless another day was chosen."""
        values = {
            name: form.cleaned_data[name] for name in (form.changed_data if change else form.cleaned_data)
        }
        if change:
            begins = values.pop("valid_from", None) or today_of(obj.program) + timedelta(days=1)
            made = rule_change(rule=EarningRule.objects.get(pk=obj.pk), changes=values, valid_from=begins)
        else:
            self.require_all_houses(request, obj.program)
            made = rule_create(program=values.pop("program"), values=values)
        obj.pk = made.pk


@admin.register(LoyaltyMember)
class LoyaltyMemberAdmin(OfMemberAdmin):
    """Members."""

    list_display = ["number", "tier", "status", "home", "enrolled_on", "debt", "merged_into"]
    list_filter = ["status", "tier", "home", "channel"]
    list_select_related = ["tier", "home", "merged_into"]
    search_fields = ["number"]


@admin.register(PointTransaction)
class PointTransactionAdmin(OfMemberAdmin):
    """The ledger of points."""

    list_display = ["member", "kind", "points", "because", "business_date", "property"]
    list_filter = ["kind", "property"]
    list_select_related = ["member", "property"]
    search_fields = ["member__number"]


@admin.register(PointLot)
class PointLotAdmin(OfMemberAdmin):
    """Lots."""

    list_display = ["member", "points", "left", "earned_on", "usable_from", "expires_on"]
    list_filter = ["property"]
    list_select_related = ["member"]
    search_fields = ["member__number"]


@admin.register(PointMovement)
class PointMovementAdmin(OfMemberAdmin):
    """What went into lots and out of them."""

    list_display = ["member", "transaction", "lot", "points"]
    list_select_related = ["member", "transaction", "lot"]
    search_fields = ["member__number"]


@admin.register(PointAdjustment)
class PointAdjustmentAdmin(OfMemberAdmin):
    """Points by hand; those that wait are decided by somebody else than who asked."""

    list_display = ["member", "points", "reason", "status", "asked_by", "decided_by", "property"]
    list_filter = ["status", "property"]
    list_select_related = ["member", "asked_by", "decided_by", "property"]
    search_fields = ["member__number"]
    actions = ["approve", "refuse"]

    @admin.action(description="Approve", permissions=["approve"])
    def approve(self, request, queryset):
        """Post points that wait."""
        self._decide(request, queryset, is_approved=True, done="{} adjustments are posted.")

    @admin.action(description="Refuse", permissions=["approve"])
    def refuse(self, request, queryset):
        """Refuse points that wait."""
        self._decide(request, queryset, is_approved=False, done="{} adjustments are refused.")

    def _decide(self, request: Any, queryset: Any, *, is_approved: bool, done: str) -> None:
        call = lambda row: adjustment_decide(  # noqa: E731
            adjustment=row, is_approved=is_approved, actor=request.user
        )
        self.each(request, "approve", queryset, call, done)


@admin.register(StayAccrual)
class StayAccrualAdmin(OfMemberAdmin):
    """Stays that earned."""

    list_display = ["member", "reservation", "departure", "tier_code", "stay_number"]
    list_filter = ["property"]
    list_select_related = ["member", "reservation"]
    search_fields = ["member__number"]


@admin.register(TierCredit)
class TierCreditAdmin(OfMemberAdmin):
    """What counted for tiers."""

    list_display = ["member", "day", "nights", "stays", "points", "spend", "entry", "property"]
    list_filter = ["property"]
    list_select_related = ["member", "entry__member", "entry__challenge", "property"]
    search_fields = ["member__number"]


@admin.register(TierChange)
class TierChangeAdmin(OfMemberAdmin):
    """Who rose and fell, and why."""

    list_display = ["member", "before", "after", "on", "until", "reason", "because"]
    list_filter = ["reason"]
    list_select_related = ["member", "before", "after"]
    search_fields = ["member__number"]
