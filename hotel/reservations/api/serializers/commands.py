"""The bodies of commands on reservations."""

from typing import Any

from rest_framework import serializers

from hotel.core.api.serializers import KeptInput
from hotel.core.words import _
from hotel.guests.api.fields import GuestField
from hotel.properties.api.mixins import ScopedRelatedField
from hotel.rates.models import RatePlan
from hotel.reservations.api.serializers.parties import (
    MAX_PEOPLE,
    MAX_PRIORITY,
    NightPriceInput,
    WishesField,
    day_use_read,
    occupancy_read,
    prices_read,
)
from hotel.reservations.choices import Guarantee, GuestRole, LinkKind, RateSplit
from hotel.reservations.models import Reservation
from hotel.reservations.services.amendments import Amendment
from hotel.reservations.services.cancellations import Waiver
from hotel.reservations.services.slices import occupancy_of
from hotel.rooms.models import RoomType


class OverrideInput(KeptInput):
    """Why rules are set aside; needs the right ``override``."""

    override_reason = serializers.CharField(max_length=400, required=False, default="", allow_blank=True)


class GuaranteeInput(serializers.Serializer):
    """Body of accept."""

    guarantee = serializers.ChoiceField(
        choices=Guarantee.choices,
        required=False,
        default="",
        allow_blank=True,
        help_text="What stands behind the stay now; unchanged when empty. Too little is refused: "
        "`guarantee_too_low` names what is enough.",
    )


class ConfirmInput(GuaranteeInput, OverrideInput):
    """Body of confirm."""


class OptionInput(OverrideInput):
    """Body of option."""

    hold_until = serializers.DateTimeField(
        required=False,
        allow_null=True,
        default=None,
        help_text="Instant; the property's setting unless given.",
    )


class WaitlistInput(serializers.Serializer):
    """Body of waitlist."""

    priority = serializers.IntegerField(
        min_value=0, max_value=MAX_PRIORITY, default=0, help_text="The highest is served first."
    )


class AmendInput(OverrideInput):
    """Body of amend: only what changes."""

    arrival = serializers.DateField(required=False)
    departure = serializers.DateField(required=False)
    room_type = ScopedRelatedField(queryset=RoomType.objects.all(), required=False)
    rate_plan = ScopedRelatedField(queryset=RatePlan.objects.all(), required=False)
    adults = serializers.IntegerField(min_value=1, max_value=MAX_PEOPLE, required=False)
    children = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=MAX_PEOPLE), required=False
    )
    child_ages = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=17), required=False, max_length=20
    )
    day_use_start = serializers.TimeField(required=False)
    day_use_end = serializers.TimeField(required=False)
    is_price_kept = serializers.BooleanField(
        required=False,
        default=False,
        help_text="An upgrade on the house: nights keep the price they were sold at.",
    )
    prices = NightPriceInput(many=True, required=False)
    discount_rate = serializers.DecimalField(
        max_digits=5, decimal_places=4, min_value=0, max_value=1, required=False, default=0
    )

    def amendment(self, reservation: Reservation) -> Amendment:
        """The validated body as an amendment."""
        attrs: dict[str, Any] = self.validated_data
        party_given = {"adults", "children", "child_ages"} & attrs.keys()
        return Amendment(
            arrival=attrs.get("arrival"),
            departure=attrs.get("departure"),
            room_type=attrs.get("room_type"),
            rate_plan=attrs.get("rate_plan"),
            occupancy=_party(attrs, reservation) if party_given else None,
            day_use=day_use_read(attrs),
            is_price_kept=attrs["is_price_kept"],
            prices=prices_read(attrs.get("prices")),
            discount_rate=attrs["discount_rate"],
        )


def _party(attrs: dict[str, Any], reservation: Reservation) -> Any:
    """What is not given stays as it is."""
    now = occupancy_of(reservation)
    merged: dict[str, Any] = {"adults": now.adults}
    if not {"children", "child_ages"} & attrs.keys():
        merged |= {"children": dict(now.children), "child_ages": now.child_ages}
    merged |= {name: attrs[name] for name in ("adults", "children", "child_ages") if name in attrs}
    return occupancy_read(merged, reservation.property_id)


class CancelInput(serializers.Serializer):
    """Body of cancel and no-show."""

    reason = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    is_fee_waived = serializers.BooleanField(
        required=False, default=False, help_text="Needs the right ``override`` and a reason."
    )

    def waiver(self) -> Waiver:
        """The validated body."""
        return Waiver(**self.validated_data)


class ReasonInput(serializers.Serializer):
    """Body of reinstate."""

    reason = serializers.CharField(max_length=400, required=False, default="", allow_blank=True)


class SplitInput(serializers.Serializer):
    """Body of split."""

    at = serializers.DateField(help_text="The day the first part leaves and the second arrives.")


class CombineInput(serializers.Serializer):
    """Body of combine."""

    reservations = serializers.ListField(
        child=ScopedRelatedField(queryset=Reservation.objects.all()),
        allow_empty=False,
        max_length=20,
        help_text="The other stays.",
    )


class UnlinkInput(serializers.Serializer):
    """Body of unlink."""

    kind = serializers.ChoiceField(choices=LinkKind.choices)


class LinkInput(CombineInput, UnlinkInput):
    """Body of link."""


class WeightInput(serializers.Serializer):
    """What one of those who share a room pays of it, beside the others."""

    reservation = ScopedRelatedField(queryset=Reservation.objects.all())
    weight = serializers.DecimalField(
        max_digits=12, decimal_places=3, min_value=0, help_text="Such as percent."
    )


class ShareInput(CombineInput, OverrideInput):
    """Body of share."""

    split = serializers.ChoiceField(choices=RateSplit.choices, default=RateSplit.FULL)
    weights = WeightInput(
        many=True,
        required=False,
        default=list,
        max_length=20,
        help_text="Of a custom split, one for everybody.",
    )

    def validate_weights(self, rows: list[dict[str, Any]]) -> dict[int, Any]:
        """By id of the reservation, each once."""
        found = {row["reservation"].pk: row["weight"] for row in rows}
        if len(found) != len(rows):
            raise serializers.ValidationError(_("Name each stay once."))
        return found


class CopyInput(OverrideInput):
    """Body of copy."""

    arrival = serializers.DateField(required=False, allow_null=True, default=None)
    departure = serializers.DateField(required=False, allow_null=True, default=None)


class GuestAddInput(OverrideInput):
    """Body of guests."""

    guest = GuestField()
    role = serializers.ChoiceField(choices=GuestRole.choices, default=GuestRole.ACCOMPANYING)


class GuestRemoveInput(serializers.Serializer):
    """Body of guests/remove."""

    guest = GuestField()


class DetailsInput(serializers.ModelSerializer):
    """Body of PATCH: what neither price nor inventory depends on."""

    room_wishes = WishesField(required=False)

    class Meta:
        model = Reservation
        fields = ["eta", "etd", "guarantee", "is_confidential", "room_wishes"]
