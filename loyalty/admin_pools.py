"""Pools in the admin: who is in them and what they paid; opened and joined at the desk or by the API."""

from typing import Any

from django.contrib import admin

from hotel.properties.admin_base import ReadOnlyAdmin
from loyalty.admin_base import OfMemberAdmin
from loyalty.models import PointPool, PoolMember, PoolPayment
from loyalty.selectors.pools import pool_in_words
from loyalty.selectors.programs import houses_ever
from loyalty.services.pools import pool_close


@admin.register(PointPool)
class PointPoolAdmin(ReadOnlyAdmin):
    """Pools, with what their members agreed on in plain words."""

    list_display = ["name", "says", "kind", "head", "company", "program", "opened_on", "closed_on"]
    list_filter = ["program", "kind", "spenders"]
    list_select_related = ["program", "head", "company"]
    search_fields = ["name", "head__number"]
    readonly_fields = ["says"]
    actions = ["close"]

    def property_ids_of(self, obj: Any) -> Any:
        """All that took part ever."""
        return houses_ever(obj.program_id)

    @admin.display(description="What it says")
    def says(self, row: PointPool) -> str:
        """In plain words."""
        return pool_in_words(row)

    @admin.action(description="Close", permissions=["enrol"])
    def close(self, request: Any, queryset: Any) -> None:
        """Everybody leaves with what is his."""
        self.each(request, "enrol", queryset, lambda row: pool_close(pool=row), "{} pools are closed.")


@admin.register(PoolMember)
class PoolMemberAdmin(OfMemberAdmin):
    """Who was invited, joined and left."""

    list_display = ["pool", "member", "invited_on", "joined_on", "left_on"]
    list_filter = ["joined_on", "left_on"]
    list_select_related = ["pool", "member"]
    search_fields = ["pool__name", "member__number"]


@admin.register(PoolPayment)
class PoolPaymentAdmin(OfMemberAdmin):
    """What each member paid of a redemption."""

    list_display = ["redemption", "member", "points", "returned"]
    list_filter = ["created_at"]
    list_select_related = ["redemption__reward", "member"]
    search_fields = ["member__number"]
