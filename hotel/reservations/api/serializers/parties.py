"""Parts of several inputs: who sleeps in a room, prices by hand, times of day use."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from moneyed import Money
from rest_framework import serializers

from hotel.core.api.serializers import KeptInput, MoneyField
from hotel.core.words import _
from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.domain.stays import MUST_HAVE
from hotel.reservations.selectors.parties import occupancy_sorted

MAX_PEOPLE = 99
MAX_PRIORITY = 999
MAX_WISHES = 20


class PartyMixin(KeptInput):
    """Adults, children by age band or by age."""

    adults = serializers.IntegerField(min_value=1, max_value=MAX_PEOPLE)
    children = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=MAX_PEOPLE),
        required=False,
        help_text='Age band code to number, such as {"child": 1}.',
    )
    child_ages = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=17),
        required=False,
        max_length=20,
        help_text="Instead of bands: full years on the arrival day, one per child.",
    )


class WishesField(serializers.DictField):
    """Wishes for the room: feature code to weight."""

    def __init__(self, **options: Any) -> None:
        child = serializers.IntegerField(min_value=1, max_value=MUST_HAVE)
        text = 'Room feature code to weight 1–100, such as {"SEA": 40}; 100 is a must.'
        super().__init__(child=child, help_text=text, **options)

    def to_internal_value(self, data: Any) -> Any:
        """Not more than anybody wants."""
        wishes = super().to_internal_value(data)
        if len(wishes) > MAX_WISHES:
            raise serializers.ValidationError(
                _("At most %(max_wishes)s wishes.") % {"max_wishes": MAX_WISHES}
            )
        return wishes


def occupancy_read(attrs: Mapping[str, Any], property_id: int) -> Occupancy | None:
    """The party of validated input; None when no adults are given.

    Raises:
        InvalidInput: an unknown age band, or an age without one.
    """
    if attrs.get("adults") is None:
        return None
    children = tuple(sorted((attrs.get("children") or {}).items()))
    ages = tuple(attrs.get("child_ages") or ())
    return occupancy_sorted(
        property_id, Occupancy(adults=attrs["adults"], children=children, child_ages=ages)
    )


class NightPriceInput(KeptInput):
    """The room price of one night, given by hand."""

    night = serializers.DateField()
    price = MoneyField(min_amount=0)


def prices_read(rows: list[Mapping[str, Any]] | None) -> dict[Any, Money]:
    """Night to price."""
    return {row["night"]: row["price"] for row in rows or []}


def day_use_read(attrs: Mapping[str, Any]) -> tuple[time, time] | None:
    """Start and end of day use; None for nights.

    Raises:
        ValidationError: only one of them.
    """
    start, end = attrs.get("day_use_start"), attrs.get("day_use_end")
    if (start is None) != (end is None):
        raise serializers.ValidationError({"day_use_end": [_("Give both start and end of day use.")]})
    return None if start is None or end is None else (start, end)
