"""Rates in the admin. Whatever has consequences on dates goes through the API's services; policies here."""

from django.contrib import admin

from hotel.properties.admin_base import ReadOnlyAdmin, ScopedAdmin, ScopedTabularInline
from hotel.properties.admin_rules import WordedRule
from hotel.rates.domain.wording import (
    cancellation_in_words,
    deposit_in_words,
    no_show_in_words,
    promo_in_words,
)
from hotel.rates.forms import PartFormSet, WholeForm
from hotel.rates.models import (
    CancellationPolicy,
    CancellationStep,
    DepositPolicy,
    DepositStep,
    NoShowPolicy,
    Package,
    PackageElement,
    PromoCode,
    RatePlan,
    RatePlanCompany,
    RatePlanPackage,
    RatePlanRoomType,
    RatePrice,
    RatePriceAdults,
    RatePriceChild,
    Restriction,
    Season,
    SeasonRange,
    TaxExemption,
    TaxRule,
)
from hotel.rates.selectors.policies import cancellation_snapshot, deposit_snapshot, no_show_snapshot
from hotel.rates.selectors.wording import promo_terms, restriction_says
from hotel.rates.services.facts import rates_changed
from hotel.rates.services.plans import PlanContents, plan_change
from hotel.rates.services.prices import price_delete
from hotel.rates.services.restrictions import restriction_delete


class PartInline(ScopedTabularInline):
    """Parts that take their property from the whole."""

    exclude = ["property"]
    formset = PartFormSet


class OwnedPartsAdmin(ScopedAdmin):
    """Gives the parts edited below a row the row's property, and tells which plans' rates have changed."""

    form = WholeForm

    def plan_ids(self, obj):
        """The plans whose rates change with the row."""
        return []

    def save_related(self, request, form, formsets, change):
        """See Django; channels hear of it as they do from the services."""
        super().save_related(request, form, formsets, change)
        if plan_ids := self.plan_ids(form.instance):
            rates_changed(property_id=form.instance.property_id, plan_ids=plan_ids)

    def save_formset(self, request, form, formset, change):
        """See Django."""
        rows = formset.save(commit=False)
        for row in formset.deleted_objects:  # first: what comes may take the place of what goes
            row.delete()
        for row in rows:
            row.property_id = form.instance.property_id
            row.save()
        formset.save_m2m()


class PlanRoomTypeInline(PartInline):
    """The types a plan is sold on."""

    model = RatePlanRoomType


class PlanCompanyInline(PartInline):
    """The companies it is agreed with."""

    model = RatePlanCompany


class PlanPackageInline(PartInline):
    """The packages it contains or adds."""

    model = RatePlanPackage


@admin.register(RatePlan)
class RatePlanAdmin(OwnedPartsAdmin):
    """Plans; the derivation is shown here and changed by the API, which refuses cycles under lock."""

    list_display = ["code", "name", "property", "parent", "offset_rate", "offset_amount", "is_active"]
    list_filter = ["property", "is_active", "is_negotiated", "needs_promo"]
    search_fields = ["code", "name"]
    readonly_fields = ["parent", "offset_rate", "offset_amount", "version"]
    inlines = [PlanRoomTypeInline, PlanCompanyInline, PlanPackageInline]
    actions = ["retire", "revive"]

    def plan_ids(self, obj):
        """Itself, and with it what derives from it."""
        return [obj.pk]

    def save_model(self, request, obj, form, change):
        """Count the version up like the service does."""
        obj.version += 1 if change else 0
        super().save_model(request, obj, form, change)

    @admin.action(description="Take off sale", permissions=["manage"])
    def retire(self, request, queryset):
        """Sell the plan no more."""
        self._set_active(request, queryset, is_active=False)

    @admin.action(description="Put on sale", permissions=["manage"])
    def revive(self, request, queryset):
        """Sell the plan again."""
        self._set_active(request, queryset, is_active=True)

    def _set_active(self, request, queryset, *, is_active):
        for plan in self.rows_with(request, "manage", queryset):
            plan_change(plan=plan, contents=PlanContents(values={"is_active": is_active}))


class SeasonRangeInline(PartInline):
    """The ranges of a season."""

    model = SeasonRange


@admin.register(Season)
class SeasonAdmin(OwnedPartsAdmin):
    """Seasons with their ranges."""

    list_display = ["code", "name", "property"]
    list_filter = ["property"]
    search_fields = ["code", "name"]
    inlines = [SeasonRangeInline]

    def plan_ids(self, obj):
        """The plans with prices of the season."""
        return sorted(set(obj.prices.values_list("rate_plan_id", flat=True)))


class PriceAdultsInline(PartInline):
    """Prices by number of adults."""

    model = RatePriceAdults


class PriceChildInline(PartInline):
    """Prices by age band."""

    model = RatePriceChild


@admin.register(RatePrice)
class RatePriceAdmin(ReadOnlyAdmin):
    """Prices are set in bulk by the API; here they are seen, and taken away by the service."""

    list_display = [
        "rate_plan",
        "room_type",
        "season",
        "start_on",
        "end_on",
        "weekdays",
        "amount",
        "property",
    ]
    list_filter = ["property", "rate_plan", "room_type"]
    search_fields = ["rate_plan__code", "room_type__code"]
    date_hierarchy = "start_on"
    inlines = [PriceAdultsInline, PriceChildInline]
    actions = ["take_away"]

    @admin.action(description="Take these prices away", permissions=["manage"])
    def take_away(self, request, queryset):
        """By the service, so that channels hear of it."""
        for price in self.rows_with(request, "manage", queryset):
            price_delete(price=price)


@admin.register(Restriction)
class RestrictionAdmin(WordedRule, ReadOnlyAdmin):
    """Restrictions are set in bulk by the API; here they are seen, and lifted by the service."""

    list_display = [
        "kind",
        "value",
        "pattern",
        "rate_plan",
        "room_type",
        "start_on",
        "end_on",
        "weekdays",
        "property",
    ]
    list_filter = ["property", "kind", "rate_plan", "room_type"]
    list_select_related = ["property", "rate_plan", "room_type"]
    search_fields = ["reason"]
    date_hierarchy = "start_on"
    actions = ["lift"]

    trial_route, trial_words = "dashboard:restriction_trial", "Try it on stays that were booked"

    def in_words(self, row: Restriction) -> str:
        """In plain words, with the plans that take it over."""
        return restriction_says(row)

    @admin.action(description="Lift these restrictions", permissions=["manage"])
    def lift(self, request, queryset):
        """By the service, so that channels hear of it."""
        for restriction in self.rows_with(request, "manage", queryset):
            restriction_delete(restriction=restriction)


class PolicyAdmin(OwnedPartsAdmin):
    """What the three kinds of policies share."""

    list_display = ["code", "name", "property", "is_active", "version"]
    list_filter = ["property", "is_active"]
    search_fields = ["code", "name"]
    readonly_fields = ["version"]

    def save_model(self, request, obj, form, change):
        """Count the version up like the service does."""
        obj.version += 1 if change else 0
        super().save_model(request, obj, form, change)


class CancellationStepInline(PartInline):
    """The steps of a policy."""

    model = CancellationStep


@admin.register(CancellationPolicy)
class CancellationPolicyAdmin(WordedRule, PolicyAdmin):
    """Cancellation policies."""

    inlines = [CancellationStepInline]

    trial_route, trial_words = "dashboard:cancellation_trial", "Try it on stays that were cancelled"

    def in_words(self, row: CancellationPolicy) -> str:
        """In plain words, as it is saved."""
        return cancellation_in_words(cancellation_snapshot(row, row.property))


class DepositStepInline(PartInline):
    """The instalments of a policy."""

    model = DepositStep


@admin.register(DepositPolicy)
class DepositPolicyAdmin(WordedRule, PolicyAdmin):
    """Deposit policies."""

    inlines = [DepositStepInline]

    trial_route, trial_words = "dashboard:deposit_trial", "Try it on stays that were booked"

    def in_words(self, row: DepositPolicy) -> str:
        """In plain words, as it is saved."""
        return deposit_in_words(deposit_snapshot(row, row.property))


@admin.register(NoShowPolicy)
class NoShowPolicyAdmin(WordedRule, PolicyAdmin):
    """No-show policies."""

    list_display = ["code", "name", "property", "penalty", "nights", "share", "amount", "is_active"]

    trial_route, trial_words = "dashboard:no_show_trial", "Try it on guests who did not come"

    def in_words(self, row: NoShowPolicy) -> str:
        """In plain words, as it is saved."""
        return no_show_in_words(no_show_snapshot(row, row.property))


@admin.register(TaxRule)
class TaxRuleAdmin(ReadOnlyAdmin):
    """Versions of taxes are made by the API, which keeps their dates whole."""

    list_display = [
        "code",
        "name",
        "property",
        "position",
        "method",
        "rate",
        "amount",
        "valid_from",
        "valid_until",
    ]
    list_filter = ["property", "method", "is_inclusive"]
    search_fields = ["code", "name"]


@admin.register(TaxExemption)
class TaxExemptionAdmin(ScopedAdmin):
    """Certificates with their papers; revoked by the API, never deleted."""

    admin_verbs = {"delete": ""}
    list_display = ["certificate", "holder", "property", "reason", "valid_from", "valid_until", "revoked_at"]
    list_filter = ["property", "reason"]
    search_fields = ["certificate", "holder"]
    readonly_fields = ["revoked_at", "revoked_reason"]


class PackageElementInline(PartInline):
    """The elements of a package."""

    model = PackageElement


@admin.register(Package)
class PackageAdmin(OwnedPartsAdmin):
    """Packages with their elements."""

    list_display = ["code", "name", "property", "is_active"]
    list_filter = ["property", "is_active"]
    search_fields = ["code", "name"]
    inlines = [PackageElementInline]

    def plan_ids(self, obj):
        """The plans with the package."""
        return sorted(obj.rate_plans.values_list("rate_plan_id", flat=True))


@admin.register(PromoCode)
class PromoCodeAdmin(WordedRule, ScopedAdmin):
    """Promotion codes; uses are counted by bookings."""

    form = WholeForm
    list_display = ["code", "name", "property", "discount_rate", "discount_amount", "used_count", "max_uses"]
    list_filter = ["property", "is_active"]
    search_fields = ["code", "name"]
    readonly_fields = ["used_count", "version"]

    trial_route, trial_words = "dashboard:promo_trial", "Try it on a stay"
    list_before_template = "admin/promo_sheet.html"

    def in_words(self, row: PromoCode) -> str:
        """In plain words, as it is saved."""
        return promo_in_words(promo_terms(row))
