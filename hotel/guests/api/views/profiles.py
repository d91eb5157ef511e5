"""What the viewsets of guests and companies share."""

from typing import Any, ClassVar

from django.db.models import Prefetch
from django_filters.rest_framework import DjangoFilterBackend

from hotel.core.api.filters import OrderingFilter, UpdatedSinceFilter
from hotel.guests.api.filters import IndexedSearchFilter
from hotel.guests.models import ProfileAtProperty
from hotel.properties.api.mixins import ReadViewSet


class ProfileViewSet(ReadViewSet):
    """Profiles linked to a property of the caller, with their figures at his properties only."""

    is_abstract: ClassVar[bool] = True
    area = "guests"
    filter_backends = [DjangoFilterBackend, IndexedSearchFilter, OrderingFilter, UpdatedSinceFilter]
    versioned = frozenset({"retrieve", "partial_update"})

    def get_queryset(self) -> Any:
        """With the links the caller may see, as ``profiles_seen``."""
        seen = ProfileAtProperty.objects.visible_to(self.request.user, "view", self.area)
        seen = seen.select_related("property").order_by("property_id")
        return super().get_queryset().prefetch_related(Prefetch("profiles", seen, to_attr="profiles_seen"))

    def shown(self, pk: int) -> Any:
        """The row as the caller may see it now."""
        return self.get_queryset().get(pk=pk)

    def country_of(self, row: Any) -> str:
        """The country national telephone numbers are read in: that of the first property of the caller."""
        return row.profiles_seen[0].property.country if row.profiles_seen else row.country
