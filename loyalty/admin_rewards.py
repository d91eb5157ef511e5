"""Rewards and redemptions in the admin: the catalogue is managed, redemptions are looked at and given back."""

from typing import Any

from django.contrib import admin

from hotel.properties.admin_base import ReadOnlyAdmin
from loyalty.admin_base import OfMemberAdmin, OfProgramAdmin
from loyalty.domain.reward_terms import seasons_read, tiers_read
from loyalty.domain.reward_words import price_in_words
from loyalty.models import Reward, RewardRedemption, RewardVoucher
from loyalty.selectors.programs import houses_ever
from loyalty.selectors.rewards import reward_terms
from loyalty.services.redemptions import redemption_cancel, redemption_confirm
from loyalty.services.rewards import reward_change, reward_create


@admin.register(Reward)
class RewardAdmin(OfProgramAdmin):
    """Rewards; each says in plain words what it costs."""

    list_display = ["name", "says", "program", "kind", "stock", "is_active"]
    list_filter = ["program", "kind", "is_active"]
    list_select_related = ["program"]
    search_fields = ["code", "name"]
    readonly_fields = ["says"]
    exclude = ["version"]

    @admin.display(description="What it costs")
    def says(self, row: Reward) -> str:
        """In plain words."""
        if not row.pk:
            return "Shown once it is saved."
        return price_in_words(
            reward_terms(row), seasons=seasons_read(row.seasons), tiers=tiers_read(row.tier_factors)
        )

    def get_readonly_fields(self, request: Any, obj: Any = None) -> Any:
        """Programme and code stay."""
        return [*self.readonly_fields, *(["program", "code"] if obj is not None else [])]

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """By the service."""
        if change:
            changes = {name: form.cleaned_data[name] for name in form.changed_data}
            reward_change(reward=Reward.objects.get(pk=obj.pk), changes=changes)
            return
        self.require_all_houses(request, obj.program)
        values = dict(form.cleaned_data)
        obj.pk = reward_create(program=values.pop("program"), values=values).pk


@admin.register(RewardRedemption)
class RewardRedemptionAdmin(OfMemberAdmin):
    """Redemptions."""

    list_display = ["member", "reward", "status", "quantity", "points", "first_day", "property"]
    list_filter = ["status", "kind", "property"]
    list_select_related = ["member", "reward", "property"]
    search_fields = ["member__number"]
    actions = ["confirm", "cancel"]

    @admin.action(description="Confirm", permissions=["enrol"])
    def confirm(self, request: Any, queryset: Any) -> None:
        """Confirm those that are held."""
        call = lambda row: redemption_confirm(redemption=row, actor=request.user)  # noqa: E731
        self.each(request, "enrol", queryset, call, "{} redemptions are confirmed.")

    @admin.action(description="Cancel", permissions=["enrol"])
    def cancel(self, request: Any, queryset: Any) -> None:
        """Give points back, less the penalty."""
        call = lambda row: redemption_cancel(redemption=row, actor=request.user)  # noqa: E731
        self.each(request, "enrol", queryset, call, "{} redemptions are cancelled.")


@admin.register(RewardVoucher)
class RewardVoucherAdmin(ReadOnlyAdmin):
    """Vouchers, without their codes; they are redeemed at the desk."""

    list_display = [
        "__str__",
        "redemption",
        "standing",
        "valid_from",
        "valid_until",
        "redeemed_at",
        "redeemed_place",
    ]
    list_filter = ["redemption__status", "redeemed_place"]
    list_select_related = ["redemption__reward", "redemption__member", "redeemed_place"]
    search_fields = ["redemption__member__number", "ending"]
    exclude = ["code", "fingerprint"]

    @admin.display(description="Status")
    def standing(self, row: RewardVoucher) -> str:
        """That of its redemption."""
        return row.redemption.get_status_display()

    def property_ids_of(self, obj: Any) -> Any:
        """All that took part in its programme ever."""
        return houses_ever(obj.redemption.member.program_id)
