"""Papers in the admin: who had what made and how often it was taken; never what stands on it."""

from django.contrib import admin

from hotel.papers.models import Paper
from hotel.properties.admin_base import ReadOnlyAdmin


@admin.register(Paper)
class PaperAdmin(ReadOnlyAdmin):
    """Papers that were asked for."""

    list_display = [
        "kind", "form", "business_date", "status", "asked_by", "made_at", "expires_at", "downloads", "property",
    ]  # fmt: skip
    list_filter = ["property", "kind", "status"]
    list_select_related = ["property", "asked_by"]
    search_fields = ["asked_by__username"]
    date_hierarchy = "business_date"
    exclude = ["content", "guests"]
