"""Properties and their parts as JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from moneyed import CURRENCIES
from rest_framework import serializers

from hotel.core.words import _
from hotel.properties.api.mixins import PropertyField, PropertyScopedSerializer
from hotel.properties.choices import SettingKey
from hotel.properties.models import (
    AgeBand,
    Building,
    BusinessDay,
    Chain,
    Floor,
    Property,
    PropertyGroup,
    PropertySetting,
    Section,
)
from hotel.properties.scoping import grants_of

FIXED = ("chain", "code", "currency", "time_zone", "business_date")


class ChainSerializer(serializers.ModelSerializer):
    """A hotel company."""

    class Meta:
        model = Chain
        fields = ["id", "code", "name", "created_at", "updated_at"]


class ChainField(serializers.PrimaryKeyRelatedField):
    """A chain id among those where the caller holds the action's verb."""

    def get_queryset(self) -> Any:
        """Narrowed to the caller."""
        view = self.context.get("view")
        if view is None or getattr(view, "swagger_fake_view", False):
            return Chain.objects.none()
        return Chain.objects.visible_to(self.context["request"].user, view.required_verb())


class PropertySerializer(serializers.ModelSerializer):
    """A hotel. Chain, code, currency, time zone and business date are fixed once it is open."""

    chain = ChainField()
    currency = serializers.ChoiceField(choices=sorted(CURRENCIES), help_text="ISO 4217.")
    logo = serializers.FileField(read_only=True, use_url=True)

    class Meta:
        model = Property
        fields = [
            "id",
            "chain",
            "code",
            "name",
            "time_zone",
            "currency",
            "country",
            "language",
            "business_date",
            "check_in_time",
            "check_out_time",
            "fiscal_year_start_month",
            "brand_name",
            "brand_colour",
            "logo",
            "address",
            "phone",
            "email",
            "tax_number",
            "is_active",
            "version",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["is_active", "version"]
        extra_kwargs = {"business_date": {"required": False}}


class PropertyChangeSerializer(PropertySerializer):
    """What may change on an open hotel; naming a fixed field with another value is refused."""

    class Meta(PropertySerializer.Meta):
        read_only_fields = [*PropertySerializer.Meta.read_only_fields, *FIXED]

    chain: "serializers.PrimaryKeyRelatedField[Any]" = serializers.PrimaryKeyRelatedField(read_only=True)  # type: ignore[assignment]
    currency = serializers.CharField(read_only=True)  # type: ignore[assignment]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Tell the caller instead of ignoring him silently."""
        present = PropertySerializer(self.instance).data
        wrong = [name for name in FIXED if self.initial_data.get(name, present[name]) != present[name]]
        if wrong:
            raise serializers.ValidationError(
                {name: [_("Fixed once the property is open.")] for name in wrong}
            )
        return attrs


class FiscalDayQuery(serializers.Serializer):
    """Which day."""

    day = serializers.DateField(required=False, help_text="Business date; the open one when absent.")


class DaySpanSerializer(serializers.Serializer):
    """Days, both inclusive."""

    first = serializers.DateField()
    last = serializers.DateField()


class FiscalDaySerializer(serializers.Serializer):
    """Where a business date stands in the fiscal calendar."""

    day = serializers.DateField()
    year = serializers.IntegerField(help_text="Called after the calendar year of its start month.")
    quarter = serializers.IntegerField()
    period = serializers.IntegerField(help_text="1–12, or 1–13 of four weeks.")
    year_span = DaySpanSerializer()
    quarter_span = DaySpanSerializer()
    period_span = DaySpanSerializer()
    comparable = serializers.DateField(help_text="The day of the year before with the same weekday.")


class PropertySettingSerializer(PropertyScopedSerializer):
    """A value of a setting from a business date on."""

    key = serializers.ChoiceField(choices=SettingKey.choices)
    value = serializers.JSONField(help_text="Its shape is told by the key.")

    class Meta:
        model = PropertySetting
        fields = ["id", "property", "key", "value", "valid_from", "created_at", "updated_at"]
        # Setting the same day again replaces the value, so it is not refused as a repetition.
        validators: list[Any] = []


class CurrentSettingsQuery(serializers.Serializer):
    """Which property and day."""

    property = PropertyField(help_text="The property.")
    day = serializers.DateField(required=False, help_text="Business date; the open one when absent.")


class CurrentSettingsSerializer(serializers.Serializer):
    """The value of every setting on one business date."""

    property = serializers.IntegerField()
    day = serializers.DateField()
    values = serializers.DictField(child=serializers.JSONField(), help_text="Key to value.")


class BuildingSerializer(PropertyScopedSerializer):
    """A building or wing."""

    class Meta:
        model = Building
        fields = ["id", "property", "code", "name", "created_at", "updated_at"]


class FloorSerializer(PropertyScopedSerializer):
    """A floor of a building."""

    class Meta:
        model = Floor
        fields = ["id", "property", "building", "level", "name", "created_at", "updated_at"]


class SectionSerializer(PropertyScopedSerializer):
    """A housekeeping section."""

    class Meta:
        model = Section
        fields = ["id", "property", "code", "name", "created_at", "updated_at"]


class AgeBandSerializer(PropertyScopedSerializer):
    """An age band; its code is part of stored occupancies and stays."""

    class Meta:
        model = AgeBand
        fields = [
            "id",
            "property",
            "code",
            "name",
            "min_age",
            "max_age",
            "takes_bed",
            "created_at",
            "updated_at",
        ]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse ages in disorder, ages of another band, and another code."""
        attrs = super().validate(attrs)

        def value(name: str) -> Any:
            return attrs.get(name, getattr(self.instance, name, None))

        if self.instance is not None and value("code") != self.instance.code:
            raise serializers.ValidationError({"code": [_("The code of a band stays.")]})
        if value("min_age") > value("max_age"):
            raise serializers.ValidationError({"max_age": [_("Lies below min_age.")]})
        others = AgeBand.objects.filter(property=value("property")).exclude(pk=value("pk"))
        if others.filter(min_age__lte=value("max_age"), max_age__gte=value("min_age")).exists():
            raise serializers.ValidationError({"min_age": [_("Another band counts some of these ages.")]})
        return attrs


class BusinessDaySerializer(PropertyScopedSerializer):
    """A business day."""

    class Meta:
        model = BusinessDay
        fields = ["id", "property", "business_date", "opened_at", "closed_at"]


@extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
class MembersField(serializers.ManyRelatedField):
    """The members of a group that the caller may see."""

    def to_representation(self, iterable: Any) -> list[int]:
        """Others are left out."""
        request = self.context.get("request")
        held = grants_of(request.user).property_ids("view", "properties") if request else frozenset()
        return sorted(place.pk for place in iterable if place.pk in held)


class PropertyGroupSerializer(serializers.ModelSerializer):
    """Properties of one chain, managed together; members the caller may not see are left out."""

    chain = ChainField()
    properties = MembersField(child_relation=PropertyField(), allow_empty=False)

    class Meta:
        model = PropertyGroup
        fields = ["id", "chain", "name", "properties", "created_at", "updated_at"]

    def validate_chain(self, chain: Chain) -> Chain:
        """A group stays in its chain."""
        if self.instance is not None and chain != self.instance.chain:
            raise serializers.ValidationError(_("A group stays in its chain."))
        return chain
