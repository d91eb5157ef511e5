"""Filters of rewards and redemptions."""

from typing import Any

from django_filters import rest_framework as filters

from hotel.guests.api.filters import IdFilter
from loyalty.api.filters import OfProgramFilter
from loyalty.choices import RedemptionStatus, RewardKind
from loyalty.models import Reward, RewardRedemption


class RewardFilter(OfProgramFilter):
    """Of rewards; ``on``: those that are offered on a business date."""

    program = IdFilter(field_name="program_id")
    code = filters.CharFilter(max_length=20)
    kind = filters.MultipleChoiceFilter(choices=RewardKind.choices)
    on = filters.DateFilter(method="offered_on", label="Offered on this business date.")

    class Meta:
        model = Reward
        fields = ["is_active"]

    def offered_on(self, rows: Any, name: str, value: Any) -> Any:
        """Of that day."""
        return rows.on(value)


class RewardRedemptionFilter(filters.FilterSet):
    """Of redemptions."""

    member = IdFilter(field_name="member_id")
    property = IdFilter(field_name="property_id")
    reward = IdFilter(field_name="reward_id")
    reservation = IdFilter(field_name="reservation_id")
    kind = filters.MultipleChoiceFilter(choices=RewardKind.choices)
    status = filters.MultipleChoiceFilter(choices=RedemptionStatus.choices)
    first_day = filters.DateFromToRangeFilter()

    class Meta:
        model = RewardRedemption
        fields: list[str] = []
