"""PropertyScopedViewSet: permission, scope and the property field, once for all components."""

from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hotel.core.api.viewsets import CrudMixin, PmsViewSet, ReadMixin
from hotel.core.exceptions import NotPermitted
from hotel.properties.api.permissions import AreaPermission
from hotel.properties.models import Property
from hotel.properties.scoping import grants_of


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
            raise NotPermitted("You hold no such right at this property.")


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
        view = self.context.get("view")
        held = (
            grants_of(self.context["request"].user).property_ids(view.required_verb(), view.area)
            if view
            else ()
        )
        text = str(data)
        if not (text.isascii() and text.isdigit() and len(text) < 19 and int(text) in held):
            return super().to_internal_value(data)  # refuses in DRF's words
        return next(
            iter(Property.objects.raw("SELECT * FROM properties_property WHERE id = %s", [int(text)]))
        )


class ScopedRelatedField(serializers.PrimaryKeyRelatedField):
    """A reference to a property-scoped row that the caller may see (``view`` on that row's own area)."""

    def get_queryset(self) -> Any:
        """Narrowed by the row's own area."""
        queryset = super().get_queryset()
        request = self.context.get("request")
        return queryset.visible_to(request.user) if request is not None else queryset.none()


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
            raise serializers.ValidationError({"property": ["A row stays at its property."]})
        place = attrs.get("property") or (self.instance.property if self.instance is not None else None)
        for name, value in attrs.items():
            for item in value if isinstance(value, list) else [value]:
                if getattr(item, "property_id", None) not in (None, getattr(place, "pk", None)):
                    raise serializers.ValidationError({name: ["This belongs to another property."]})
        return super().validate(attrs)
