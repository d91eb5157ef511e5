"""The bodies of the desk's commands."""

from typing import Any

from rest_framework import serializers

from hotel.core.api.serializers import MoneyField
from hotel.folios.domain.document_words import LANGUAGES
from hotel.folios.models import TransactionCode
from hotel.properties.api.mixins import ScopedRelatedField
from hotel.reservations.api.serializers.bookings import BookingInput
from hotel.reservations.api.serializers.commands import OverrideInput, ReasonInput
from hotel.reservations.models import Reservation
from hotel.rooms.models import Room
from hotel.stays.choices import MoveRate
from hotel.stays.models import FixedCharge
from hotel.stays.services.fixed_charges import FixedChargeData


class StayProFormaQuery(serializers.Serializer):
    """Which window, and in which language."""

    window = serializers.IntegerField(
        min_value=1, max_value=8, default=1, help_text="Number of the window of the folio."
    )
    language = serializers.ChoiceField(
        choices=[(code, code) for code in LANGUAGES], required=False, default=""
    )


class CheckInInput(OverrideInput):
    """Body of check-in."""

    room = ScopedRelatedField(
        queryset=Room.objects.all(),
        required=False,
        allow_null=True,
        default=None,
        help_text="Given now, instead of the one it had.",
    )


class MoveInput(OverrideInput, ReasonInput):
    """Body of move-room."""

    room = ScopedRelatedField(queryset=Room.objects.all())
    rate = serializers.ChoiceField(
        choices=MoveRate.choices,
        default=MoveRate.KEEP,
        help_text="Of a room of another type: the price of the nights to come.",
    )
    is_alone = serializers.BooleanField(
        default=False, help_text="Those who share the room stay in it; the guest gets one of his own."
    )


class LateInput(serializers.Serializer):
    """Body of late-check-out."""

    until = serializers.TimeField(help_text="Local time on the day of departure.")
    price = MoneyField(required=False, allow_null=True, default=None, min_amount=0)


class ExtendInput(OverrideInput):
    """Body of extend."""

    departure = serializers.DateField()


class WalkInInput(BookingInput):
    """A booking of one stay that begins now; its arrival is the open business date, whatever is given."""

    room = ScopedRelatedField(queryset=Room.objects.all())

    def walk_in(self) -> dict[str, Any]:
        """The validated body as arguments of the service."""
        room = self.validated_data.pop("room")
        place = self.validated_data["property"]
        return {"place": place, "room": room, "data": self.data_of_booking()}


class FixedChargeSerializer(serializers.ModelSerializer):
    """A charge for every n-th night of a stay."""

    amount = MoneyField(read_only=True)
    code_name = serializers.CharField(source="code.code", read_only=True)

    class Meta:
        model = FixedCharge
        fields = [
            "id", "property", "reservation", "code", "code_name", "description", "amount", "every_nights",
            "first_night", "until", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields


class FixedChargeInput(serializers.Serializer):
    """A new one."""

    reservation = ScopedRelatedField(queryset=Reservation.objects.select_related("property"))
    code = ScopedRelatedField(queryset=TransactionCode.objects.all())
    amount = MoneyField(min_amount=0, help_text="For one time, contained taxes inside.")
    description = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    every_nights = serializers.IntegerField(min_value=1, max_value=366, default=1)
    first_night = serializers.DateField(
        required=False, allow_null=True, default=None, help_text="Tonight or the arrival unless given."
    )
    until = serializers.DateField(
        required=False, allow_null=True, default=None, help_text="First night it is no longer due."
    )

    def charge(self) -> dict[str, Any]:
        """The validated body as arguments of the service."""
        values = dict(self.validated_data)
        return {"reservation": values.pop("reservation"), "data": FixedChargeData(**values)}


class EndInput(serializers.Serializer):
    """Body of end."""

    until = serializers.DateField(
        required=False,
        allow_null=True,
        default=None,
        help_text="First night without it; tonight unless given.",
    )
