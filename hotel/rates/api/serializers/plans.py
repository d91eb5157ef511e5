"""Rate plans and promotion codes as JSON."""

from typing import Any

from rest_framework import serializers

from hotel.core.api.serializers import MoneyField
from hotel.core.words import _
from hotel.guests.models import Company
from hotel.properties.api.mixins import ScopedRelatedField
from hotel.rates.api.serializers.fields import MANY, PartMixin, RatesSerializer
from hotel.rates.models import Package, PromoCode, RatePlan
from hotel.rates.services.plans import PlanContents
from hotel.rooms.models import RoomType


class PlanRoomTypesField(serializers.ManyRelatedField):
    """The types a plan is sold on, as ids; stored as rows of their own."""

    def to_representation(self, iterable: Any) -> list[int]:
        """Ids, in order of the rows."""
        return [row.room_type_id for row in iterable]

    def get_attribute(self, instance: Any) -> Any:
        """The prefetched rows."""
        return instance.room_types.all()


class PlanCompanySerializer(PartMixin, serializers.Serializer):
    """A company the plan is agreed with, and the share it gets off."""

    company = ScopedRelatedField(queryset=Company.objects.all())
    discount_rate = serializers.DecimalField(
        max_digits=7, decimal_places=6, min_value=0, max_value=1, allow_null=True, default=None
    )


class PlanPackageSerializer(PartMixin, serializers.Serializer):
    """A package the plan contains or adds."""

    package = ScopedRelatedField(queryset=Package.objects.all())
    is_included = serializers.BooleanField(default=True, help_text="Contained in the rate, or added to it.")


class RatePlanSerializer(RatesSerializer):
    """A way to sell rooms. Give ``parent`` and an offset for a plan that derives its prices."""

    offset_amount = MoneyField(required=False, allow_null=True)
    floor_amount = MoneyField(required=False, allow_null=True)
    ceiling_amount = MoneyField(required=False, allow_null=True)
    room_types = PlanRoomTypesField(
        child_relation=ScopedRelatedField(queryset=RoomType.objects.all()), required=False
    )
    companies = PlanCompanySerializer(many=True, required=False, max_length=MANY)
    packages = PlanPackageSerializer(many=True, required=False, max_length=MANY)

    class Meta:
        model = RatePlan
        fields = [
            "id", "property", "code", "name", "description", "market", "sort_order", "is_active", "parent",
            "offset_rate", "offset_amount", "rounding_step", "rounding_mode", "floor_amount", "ceiling_amount",
            "max_discount_rate", "inherits_restrictions", "sell_from", "sell_until", "stay_from", "stay_until",
            "needs_promo", "is_negotiated", "day_use_hours", "day_use_step_minutes", "day_use_min_hours",
            "commission_rate", "cancellation_policy", "deposit_policy", "no_show_policy", "room_types", "companies",
            "packages", "version", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = ["version"]
        extra_kwargs = {
            "offset_rate": {"min_value": -1, "max_value": 9},
            "rounding_step": {"min_value": 0},
            "day_use_min_hours": {"min_value": 1},
        }

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse what the constraints would refuse, with a message at the field."""
        attrs = super().validate(attrs)
        self.refuse_strangers(attrs, "room_types", attrs.get("room_types", []))
        self.refuse_strangers(attrs, "packages", [row["package"] for row in attrs.get("packages", [])])
        self.refuse_disorder(attrs, ("sell_from", "sell_until"), ("stay_from", "stay_until"))
        has_offset = (
            self.value(attrs, "offset_rate") is not None or self.value(attrs, "offset_amount") is not None
        )
        if (self.value(attrs, "parent") is not None) != has_offset:
            raise serializers.ValidationError(
                {"parent": [_("A parent comes with an offset, and only with one.")]}
            )
        if self.value(attrs, "rounding_step") == 0:
            raise serializers.ValidationError(
                {"rounding_step": [_("More than 0, or null for the minor unit.")]}
            )
        self._check_limits(attrs)
        self._check_hours(attrs)
        for name, key in (("companies", "company"), ("packages", "package")):
            rows = [row[key] for row in attrs.get(name, [])]
            if len(set(rows)) < len(rows):
                raise serializers.ValidationError({name: [_("Name each of them once.")]})
        return attrs

    def _check_limits(self, attrs: dict[str, Any]) -> None:
        floor, ceiling = (self.value(attrs, name) for name in ("floor_amount", "ceiling_amount"))
        for name, amount in (("floor_amount", floor), ("ceiling_amount", ceiling)):
            if amount is not None and amount.amount < 0:
                raise serializers.ValidationError({name: [_("0 or more.")]})
        if floor is not None and ceiling is not None and ceiling.amount < floor.amount:
            raise serializers.ValidationError({"ceiling_amount": [_("Not below the floor.")]})

    def _check_hours(self, attrs: dict[str, Any]) -> None:
        """Priced by the hour is day use only, and what is paid at least can be booked."""
        names = ("day_use_hours", "day_use_step_minutes", "day_use_min_hours")
        most, step, least = (self.value(attrs, name) for name in names)
        if step is not None and most is None:
            raise serializers.ValidationError({"day_use_step_minutes": [_("Only with day_use_hours.")]})
        if least is not None and (step is None or least > most):
            text = _("Only with day_use_step_minutes, and at most day_use_hours.")
            raise serializers.ValidationError({"day_use_min_hours": [text]})

    def plan_contents(self) -> PlanContents:
        """The validated body as the services take it."""
        values = self.contents()
        companies, packages = values.pop("companies", None), values.pop("packages", None)
        return PlanContents(
            room_types=values.pop("room_types", None),
            companies=None
            if companies is None
            else {row["company"]: row["discount_rate"] for row in companies},
            packages=None if packages is None else {row["package"]: row["is_included"] for row in packages},
            values=values,
        )


class PromoCodeSerializer(RatesSerializer):
    """A code that opens plans, takes something off, or both."""

    discount_amount = MoneyField(required=False, allow_null=True)

    class Meta:
        model = PromoCode
        fields = [
            "id", "property", "code", "name", "rate_plans", "discount_rate", "discount_amount", "is_combinable",
            "book_from", "book_until", "stay_from", "stay_until", "max_uses", "used_count", "is_active", "version",
            "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = ["used_count", "version"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse two discounts at once, dates in disorder and plans of another property."""
        attrs = super().validate(attrs)
        self.refuse_strangers(attrs, "rate_plans", attrs.get("rate_plans", []))
        self.refuse_disorder(attrs, ("book_from", "book_until"), ("stay_from", "stay_until"))
        amount = self.value(attrs, "discount_amount")
        if amount is not None and (amount.amount < 0 or self.value(attrs, "discount_rate") is not None):
            text = _("0 or more, and not together with discount_rate.")
            raise serializers.ValidationError({"discount_amount": [text]})
        return attrs
