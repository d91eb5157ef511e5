"""Filters of loyalty."""

from typing import Any

from django_filters import rest_framework as filters

from hotel.guests.api.filters import IdFilter
from hotel.properties.scoping import grants_of
from loyalty.choices import AdjustmentStatus, Basis, MemberStatus, PointKind
from loyalty.models import (
    EarningRule,
    LoyaltyMember,
    LoyaltyProgram,
    LoyaltyTier,
    PointAdjustment,
    PointTransaction,
    ProgramProperty,
)


class OfProgramFilter(filters.FilterSet):
    """``?property=``: rows of the programmes that this hotel takes part in; of one he may not see there are none."""

    property = IdFilter(method="at_property", label="Of programmes that this hotel takes part in, or did.")

    def at_property(self, rows: Any, name: str, value: int) -> Any:
        """Of its programmes, when the caller may view loyalty there."""
        held = grants_of(self.request.user).holds("view", "loyalty", int(value))
        return rows.at_any([int(value)]) if held else rows.none()


class LoyaltyProgramFilter(OfProgramFilter):
    """Of programmes."""

    class Meta:
        model = LoyaltyProgram
        fields = ["is_active"]


class ProgramPropertyFilter(filters.FilterSet):
    """Of hotels that take part."""

    program = IdFilter(field_name="program_id")
    property = IdFilter(field_name="property_id")
    is_open = filters.BooleanFilter(field_name="left_on", lookup_expr="isnull", label="Takes part now.")

    class Meta:
        model = ProgramProperty
        fields: list[str] = []


class LoyaltyTierFilter(OfProgramFilter):
    """Of tiers."""

    program = IdFilter(field_name="program_id")

    class Meta:
        model = LoyaltyTier
        fields: list[str] = []


class EarningRuleFilter(OfProgramFilter):
    """Of earning rules; ``on``: the versions that hold for departures of a day."""

    program = IdFilter(field_name="program_id")
    code = filters.CharFilter(max_length=20)
    basis = filters.ChoiceFilter(choices=Basis.choices)
    on = filters.DateFilter(method="held_on", label="Hold for departures of this day.")

    class Meta:
        model = EarningRule
        fields: list[str] = []

    def held_on(self, rows: Any, name: str, value: Any) -> Any:
        """The versions of that day."""
        return rows.on(value)


class LoyaltyMemberFilter(OfProgramFilter):
    """Of members; the number is looked up exactly."""

    program = IdFilter(field_name="program_id")
    guest = IdFilter(field_name="guest_id")
    number = filters.CharFilter(max_length=24, method="numbered", label="Also of who was merged into him.")
    tier = IdFilter(field_name="tier_id")
    home = IdFilter(field_name="home_id")
    status = filters.MultipleChoiceFilter(choices=MemberStatus.choices)

    class Meta:
        model = LoyaltyMember
        fields: list[str] = []

    def numbered(self, rows: Any, name: str, value: str) -> Any:
        """Who has the number, or goes on for the one who had it."""
        return rows.numbered(value)


class PointTransactionFilter(filters.FilterSet):
    """Of movements of points."""

    member = IdFilter(field_name="member_id")
    property = IdFilter(field_name="property_id")
    kind = filters.MultipleChoiceFilter(choices=PointKind.choices)
    reservation = IdFilter(field_name="accrual__reservation_id")
    business_date = filters.DateFromToRangeFilter()

    class Meta:
        model = PointTransaction
        fields: list[str] = []


class PointAdjustmentFilter(filters.FilterSet):
    """Of points by hand."""

    member = IdFilter(field_name="member_id")
    property = IdFilter(field_name="property_id")
    status = filters.MultipleChoiceFilter(choices=AdjustmentStatus.choices)

    class Meta:
        model = PointAdjustment
        fields: list[str] = []
