"""Guests in the admin: looked at and acted on; every change goes through a service."""

from typing import Any

from django.contrib import admin
from unfold.decorators import display

from hotel.core.access_notes import access_note
from hotel.guests.models import (
    Company,
    Guest,
    GuestConsent,
    GuestDocument,
    GuestMatch,
    GuestMerge,
    GuestRelationship,
    ProfileAtProperty,
)
from hotel.guests.services.matches import match_dismiss
from hotel.guests.services.merges import guest_merge, guest_unmerge
from hotel.guests.services.restrictions import guest_unrestrict
from hotel.properties.admin_base import ReadOnlyAdmin
from hotel.properties.panels import panels_of


class NotedAdmin(ReadOnlyAdmin):
    """Whose data a list or a page shows is noted; ``person`` leads from a row to the key of its guest."""

    person = "guest_id"

    def changelist_view(self, request, extra_context=None):
        """See Django."""
        response = super().changelist_view(request, extra_context)
        shown = (getattr(response, "context_data", None) or {}).get("cl")
        if shown is not None:
            kind = "search" if request.GET.get("q") else "list"
            access_note(Guest._meta.db_table, (getattr(row, self.person) for row in shown.result_list), kind)
        return response

    def get_object(self, request, object_id, from_field=None):
        """See Django."""
        row = super().get_object(request, object_id, from_field)
        if row is not None:
            access_note(Guest._meta.db_table, [getattr(row, self.person)])
        return row


class ThroughProfilesAdmin(ReadOnlyAdmin):
    """Rows that belong to a guest or company; they are at all properties that one is linked to."""

    def property_ids_of(self, obj: Any) -> list[int]:
        """Of the guest or company behind the row; of two guests, where both are known."""
        rows = type(obj).objects.filter(pk=obj.pk)
        links = ProfileAtProperty.objects.values_list("property_id", flat=True).distinct()
        return [place for place in links if rows.linked_to([place]).exists()]


@admin.register(Guest)
class GuestAdmin(NotedAdmin, ThroughProfilesAdmin):
    """Guests."""

    person = "pk"

    list_display = ["last_name", "first_name", "email", "phone", "country", "do_not_rent", "merged_into"]
    list_filter = ["is_do_not_rent", "email_kind", "country"]
    list_select_related = ["merged_into"]
    search_fields = ["name_key", "last_name", "first_name"]
    actions = ["welcome_again", "undo_merge"]
    change_form_after_template = "partials/panels.html"

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """With what other components know of the guest."""
        panels = panels_of("guest", int(object_id), request.user) if object_id.isdecimal() else []
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "panels": panels})

    @display(description="Do not rent", label="danger", ordering="is_do_not_rent")
    def do_not_rent(self, row: Guest) -> str | None:
        """Said of those it is true of; a red cross at everybody else reads as its opposite."""
        return "do not rent" if row.is_do_not_rent else None

    @admin.action(description="Lift do-not-rent", permissions=["manage"])
    def welcome_again(self, request, queryset):
        """Welcome guests again."""
        call = lambda row: guest_unrestrict(guest=row, by=request.user)  # noqa: E731
        self.each(request, "manage", queryset, call, "{} guests are welcome again.")

    @admin.action(description="Undo the merge", permissions=["merge"])
    def undo_merge(self, request, queryset):
        """Let merged profiles live again."""
        call = lambda row: guest_unmerge(guest=row, by=request.user)  # noqa: E731
        self.each(request, "merge", queryset, call, "{} profiles live again.")


@admin.register(Company)
class CompanyAdmin(ThroughProfilesAdmin):
    """Companies, travel agents and sources."""

    list_display = ["name", "kind", "code", "commission_rate", "ar_number", "is_active"]
    list_filter = ["kind", "is_active"]
    search_fields = ["name", "code", "ar_number"]


@admin.register(ProfileAtProperty)
class ProfileAtPropertyAdmin(ReadOnlyAdmin):
    """Where profiles are known, with their figures."""

    list_display = ["__str__", "stays", "nights", "cancellations", "no_shows", "revenue", "last_stay_on"]
    list_filter = ["property"]
    list_select_related = ["guest", "company", "property"]
    search_fields = ["search_text"]


@admin.register(GuestRelationship)
class GuestRelationshipAdmin(ThroughProfilesAdmin):
    """Relationships."""

    list_display = ["guest", "kind", "company", "other"]
    list_filter = ["kind"]
    list_select_related = ["guest", "company", "other"]
    search_fields = ["guest__name_key", "company__name"]


@admin.register(GuestDocument)
class GuestDocumentAdmin(NotedAdmin, ThroughProfilesAdmin):
    """Documents; the full number is not shown here."""

    list_display = ["guest", "kind", "issuing_country", "masked_number", "expires_on"]
    list_filter = ["kind"]
    list_select_related = ["guest"]
    search_fields = ["guest__name_key"]
    exclude = ["number", "number_fingerprint"]


@admin.register(GuestConsent)
class GuestConsentAdmin(NotedAdmin, ThroughProfilesAdmin):
    """Consents."""

    list_display = ["guest", "channel", "purpose", "decision", "at", "source", "recorded_by"]
    list_filter = ["channel", "purpose", "decision"]
    list_select_related = ["guest", "recorded_by"]
    search_fields = ["guest__name_key"]


@admin.register(GuestMatch)
class GuestMatchAdmin(ThroughProfilesAdmin):
    """The review queue."""

    list_display = ["first", "second", "score", "status", "decided_at", "decided_by"]
    list_filter = ["status"]
    list_select_related = ["first", "second", "decided_by"]
    search_fields = ["first__name_key", "second__name_key"]
    actions = ["merge_them", "two_people"]

    @admin.action(description="Merge: the older profile is kept", permissions=["merge"])
    def merge_them(self, request, queryset):
        """Make each pair one profile."""

        def call(row):
            guest_merge(
                kept=row.first, merged=row.second, by=request.user, reason="Confirmed in the review queue"
            )

        self.each(request, "merge", queryset, call, "{} pairs were merged.")

    @admin.action(description="These are two people", permissions=["merge"])
    def two_people(self, request, queryset):
        """Dismiss suspicions."""
        call = lambda row: match_dismiss(match=row, by=request.user)  # noqa: E731
        self.each(request, "merge", queryset, call, "{} suspicions were dismissed.")


@admin.register(GuestMerge)
class GuestMergeAdmin(ThroughProfilesAdmin):
    """Merges."""

    list_display = ["kept", "merged", "reason", "merged_at", "merged_by", "unmerge_until", "unmerged_at"]
    list_select_related = ["kept", "merged", "merged_by"]
    search_fields = ["kept__name_key", "merged__name_key"]
    exclude = ["snapshot"]
