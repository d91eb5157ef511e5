"""What earns beside stays, and memberships that were made one, in the admin."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin

from hotel.properties.admin_base import ReadOnlyAdmin
from loyalty.models import MemberMerge, ProgramProperty


@admin.register(MemberMerge)
class MemberMergeAdmin(ReadOnlyAdmin):
    """Memberships that were made one with their guests."""

    list_display = ["merged", "kept", "on", "undone_on"]
    list_select_related = ["merged", "kept"]
    search_fields = ["merged__number", "kept__number"]
    exclude = ["snapshot"]

    def property_ids_of(self, obj: Any) -> Iterable[int]:
        """All that took part ever."""
        houses = ProgramProperty.objects.filter(program_id=obj.kept.program_id)
        return list(houses.values_list("property_id", flat=True))
