"""Endpoints of properties."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.api.versions import expected_version
from hotel.core.exceptions import NotPermitted
from hotel.core.words import _
from hotel.properties.api import filters, serializers
from hotel.properties.api.mixins import ReadViewSet
from hotel.properties.models import Chain, Property, PropertyGroup, PropertySetting
from hotel.properties.scoping import grants_of
from hotel.properties.selectors.calendar import fiscal_day_at
from hotel.properties.selectors.settings import settings_at
from hotel.properties.services.groups import group_change, group_create, group_delete
from hotel.properties.services.properties import property_change, property_create
from hotel.properties.services.settings import setting_remove, setting_set


class ChainViewSet(ReadViewSet):
    """Hotel companies with a property that the caller may see."""

    area = "properties"
    queryset = Chain.objects.all()
    serializer_class = serializers.ChainSerializer
    filterset_class = filters.ChainFilter
    search_fields = ["code", "name"]
    ordering_fields = ["code", "name"]
    default_ordering = ["name"]


class PropertyViewSet(ReadViewSet):
    """Hotels. The business date is moved by the night audit only, never by a request."""

    area = "properties"
    queryset = Property.objects.all()
    serializer_class = serializers.PropertySerializer
    filterset_class = filters.PropertyFilter
    search_fields = ["code", "name", "brand_name"]
    ordering_fields = ["code", "name", "business_date"]
    default_ordering = ["name"]
    verbs: ClassVar[dict[str, str]] = {"fiscal": "view"}
    versioned: ClassVar[frozenset[str]] = frozenset({"retrieve", "create", "partial_update"})

    def get_serializer_class(self) -> Any:
        """Changing takes fewer fields than opening."""
        changing = self.action == "partial_update"
        return serializers.PropertyChangeSerializer if changing else self.serializer_class

    def create(self, request: Any) -> Response:
        """Open a property in a chain; the caller manages every property of the chain already.

        The first business date is the local calendar day unless given. Nobody holds a role at the new
        property yet: assign roles, or add it to a group whose roles follow.
        """
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        chain, day = values.pop("chain"), values.pop("business_date", None)
        held = grants_of(request.user).property_ids("manage", self.area)
        if Property.objects.filter(chain=chain).exclude(pk__in=held).exists():
            raise NotPermitted(_("Opening a property takes the right to manage all properties of its chain."))
        place = property_create(chain=chain, values=values, business_date=day)
        return self.answer(self.get_serializer(place).data, status=201, version=place.version)

    def partial_update(self, request: Any, pk: int) -> Response:
        """Change master data; send ``If-Match`` with the ETag last seen to be safe from overwriting others."""
        place = self.get_object()
        form = self.get_serializer(place, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        place = property_change(
            place=place, changes=form.validated_data, expected_version=expected_version(request)
        )
        return self.answer(self.get_serializer(place).data, version=place.version)

    @extend_schema(
        parameters=[serializers.FiscalDayQuery], responses=serializers.FiscalDaySerializer, filters=False
    )
    @action(detail=True, pagination_class=None, filterset_class=None)
    def fiscal(self, request: Any, pk: int) -> Response:
        """Fiscal year, quarter and period of a business date, and the day of the year before to compare it with.

        The year begins in ``fiscal_year_start_month`` and is cut as the setting ``properties.fiscal_calendar`` says.
        """
        query = serializers.FiscalDayQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        found = fiscal_day_at(self.get_object(), query.validated_data.get("day"))
        return self.answer(serializers.FiscalDaySerializer(found).data)


class PropertySettingViewSet(ReadViewSet):
    """Dated settings: each value counts from its business date until the next one."""

    area = "properties"
    verbs: ClassVar[dict[str, str]] = {"current": "view"}
    queryset = PropertySetting.objects.select_related("property")
    serializer_class = serializers.PropertySettingSerializer
    filterset_class = filters.SettingFilter
    ordering_fields = ["key", "valid_from"]
    default_ordering = ["property_id", "key", "-valid_from"]

    def create(self, request: Any) -> Response:
        """Set a value from a business date on; the same key and date again replaces the value."""
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = form.validated_data
        row = setting_set(
            place=values["property"],
            key=values["key"],
            value=values["value"],
            valid_from=values["valid_from"],
        )
        return self.answer(self.get_serializer(row).data, status=201)

    def destroy(self, request: Any, pk: int) -> Response:
        """Take a value back whose business date is not closed."""
        setting_remove(setting=self.get_object())
        return self.answer(None, status=204)

    @extend_schema(
        parameters=[
            OpenApiParameter("property", int, required=True, description="The property."),
            OpenApiParameter("day", {"type": "string", "format": "date"}, description="Business date."),
        ],
        responses=serializers.CurrentSettingsSerializer,
        filters=False,
    )
    @action(detail=False, pagination_class=None, filterset_class=None)
    def current(self, request: Any) -> Response:
        """The value of every setting on one business date (the open one unless ``day`` is given)."""
        query = serializers.CurrentSettingsQuery(
            data=request.query_params.dict(), context=self.get_serializer_context()
        )
        query.is_valid(raise_exception=True)
        place = query.validated_data["property"]
        day = query.validated_data.get("day") or place.business_date
        body = {"property": place.pk, "day": day, "values": settings_at(place.pk, day)}
        return self.answer(serializers.CurrentSettingsSerializer(body).data)


class PropertyGroupViewSet(ReadViewSet):
    """Groups of properties of one chain; roles granted on a group follow its members at once."""

    area = "properties"
    queryset = PropertyGroup.objects.prefetch_related("properties")
    serializer_class = serializers.PropertyGroupSerializer
    filterset_class = filters.GroupFilter
    search_fields = ["name"]
    ordering_fields = ["name"]
    default_ordering = ["name"]

    def create(self, request: Any) -> Response:
        """Make a group of properties that the caller manages."""
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        group = group_create(**form.validated_data, by=request.user)
        return self.answer(self.get_serializer(group).data, status=201)

    def partial_update(self, request: Any, pk: int) -> Response:
        """Rename it or replace its members; the caller manages all of them, old and new.

        Roles granted on the group reach a new member only if the caller could grant them there himself.
        """
        group = self.get_object()
        form = self.get_serializer(group, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        changes = form.validated_data
        group = group_change(
            group=group, name=changes.get("name"), properties=changes.get("properties"), by=request.user
        )
        return self.answer(self.get_serializer(group).data)

    def destroy(self, request: Any, pk: int) -> Response:
        """Delete a group on which no role is granted."""
        group_delete(group=self.get_object(), by=request.user)
        return self.answer(None, status=204)
