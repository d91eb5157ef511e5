"""PropertyScopedViewSet: permission, scope and the property field, once for all components."""

from typing import Any, ClassVar, TypeVar

from django.db import models
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hotel.core.api.viewsets import CrudMixin, PmsViewSet, ReadMixin
from hotel.core.exceptions import NotPermitted
from hotel.core.plugs import area_of
from hotel.core.words import _
from hotel.properties.api.permissions import AreaPermission
from hotel.properties.models import Property
from hotel.properties.scoping import PropertyScopedQuerySet, grants_of

M = TypeVar("M", bound=models.Model)


class PropertyScopedViewSet(PmsViewSet):
    """Rows of the properties where the caller holds the action's verb on the area.

    Subclasses give ``queryset`` of a model whose query set knows ``visible_to(user, verb, area)``.
    """

    is_abstract: ClassVar[bool] = True
    permission_classes = [AreaPermission]

    def get_queryset(self) -> Any:
        """Always narrowed; the schema generator sees none."""
        if getattr(self, "swagger_fake_view", False):
            return self.queryset.none()
        return super().get_queryset().visible_to(self.request.user, self.required_verb(), self.area)

    def require_at(self, property_id: int) -> None:
        """Refuse unless the caller holds the action's verb at this very property.

        Raises:
            NotPermitted: held elsewhere only.
        """
        if not grants_of(self.request.user).holds(self.required_verb(), self.area, property_id):
            raise NotPermitted(_("You hold no such right at this property."))


class ReadViewSet(ReadMixin, PropertyScopedViewSet):
    """list and retrieve."""

    is_abstract: ClassVar[bool] = True


class CrudViewSet(CrudMixin, PropertyScopedViewSet):
    """Plain resources without commands."""

    is_abstract: ClassVar[bool] = True


@extend_schema_field(OpenApiTypes.INT64)
class PropertyField(serializers.PrimaryKeyRelatedField):
    """A property id among those where the caller holds the action's verb on the view's area."""

    def get_queryset(self) -> Any:
        """Narrowed to the caller; others do not exist for him."""
        view = self.context.get("view")
        if view is None or getattr(view, "swagger_fake_view", False):
            return Property.objects.none()
        return Property.objects.visible_to(self.context["request"].user, view.required_verb(), view.area)

    def to_internal_value(self, data: Any) -> Any:
        """As DRF's, but without composing a query, which takes longer than to answer it: every request asks."""
        view, key = self.context.get("view"), key_read(data)
        if view is not None and key in grants_of(self.context["request"].user).property_ids(
            view.required_verb(), view.area
        ):
            return row_by_key(Property, key)
        return super().to_internal_value(data)  # refuses in DRF's words


class ScopedRelatedField(serializers.PrimaryKeyRelatedField):
    """A reference to a property-scoped row that the caller may see (``view`` on that row's own area)."""

    def get_queryset(self) -> Any:
        """Narrowed by the row's own area."""
        queryset = super().get_queryset()
        request = self.context.get("request")
        return queryset.visible_to(request.user) if request is not None else queryset.none()

    def to_internal_value(self, data: Any) -> Any:
        """As DRF's, but plain rows without composing a query: a booking asks for several."""
        key, request = key_read(data), self.context.get("request")
        found = self.row_visible(key, request.user) if key is not None and request is not None else None
        return found if found is not None else super().to_internal_value(data)

    def row_visible(self, key: int, user: Any) -> Any:
        """The row with this key by the shortest way; None when there is no short one, or the user may not see it."""
        rows = self.queryset.all()  # of a manager, too
        is_plain = not (rows.query.where or rows.query.select_related)
        if not is_plain or type(rows).visible_to is not PropertyScopedQuerySet.visible_to:
            return None
        row = row_by_key(rows.model, key)
        held = grants_of(user).property_ids("view", area_of(rows.model._meta.app_label))
        return row if row is not None and row.property_id in held else None


def key_read(data: Any) -> int | None:
    """A key as JSON or a query gives it; None for what is none, or may be one in DRF's eyes only."""
    text = str(data)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def row_by_key(model: type[M], key: int) -> M | None:
    """The row with this key, or None; whether the caller may see it is asked before or after."""
    sql = f"SELECT * FROM {model._meta.db_table} WHERE {model._meta.pk.column} = %s"  # noqa: S608
    return next(iter(model._default_manager.raw(sql, [key])), None)


class PropertyScopedSerializer(serializers.ModelSerializer):
    """A row with its property: chosen at creation, never changed; references stay within the property."""

    property = PropertyField()
    serializer_related_field = ScopedRelatedField

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a changed property and references into another property."""
        if (
            self.instance is not None
            and attrs.get("property", self.instance.property) != self.instance.property
        ):
            raise serializers.ValidationError({"property": [_("A row stays at its property.")]})
        place = attrs.get("property") or (self.instance.property if self.instance is not None else None)
        for name, value in attrs.items():
            for item in value if isinstance(value, list) else [value]:
                if getattr(item, "property_id", None) not in (None, getattr(place, "pk", None)):
                    raise serializers.ValidationError({name: [_("This belongs to another property.")]})
        return super().validate(attrs)
