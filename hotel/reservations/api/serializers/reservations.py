"""Reservations as they are shown."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hotel.accounts.selectors.actions import actions_for
from hotel.core.api.serializers import ActionSerializer, KeptFieldsSerializer, MoneyField
from hotel.core.plugs import area_of
from hotel.properties.scoping import grants_of
from hotel.reservations.choices import FrontDeskStatus, RateSplit
from hotel.reservations.models import (
    Reservation,
    ReservationChange,
    ReservationGuest,
    ReservationLink,
    ReservationNight,
    ReservationNote,
    RoomAssignment,
)
from hotel.reservations.selectors.actions import actions_of
from hotel.reservations.selectors.front_desk import nights_without_room, status_on
from hotel.reservations.selectors.sharing import sharers_of
from hotel.reservations.services.commands import CommandResult

CONFIDENTIAL = "Confidential"


class AssignmentSerializer(KeptFieldsSerializer):
    """A room of the stay, for a part of its dates."""

    room_number = serializers.CharField(source="room.number", read_only=True)

    class Meta:
        model = RoomAssignment
        fields = ["id", "room", "room_number", "arrival", "departure", "is_locked"]


class NightsSerializer(serializers.Serializer):
    """Nights in a row."""

    arrival = serializers.DateField(help_text="The first.")
    departure = serializers.DateField(help_text="The day after the last; equal to the arrival for day use.")


class ReservationSerializer(KeptFieldsSerializer):
    """A reservation in a list. ``status`` changes by commands only; ``front_desk_status`` is computed."""

    confirmation_number = serializers.CharField(source="booking.confirmation_number", read_only=True)
    front_desk_status = serializers.SerializerMethodField()
    nights_count = serializers.SerializerMethodField()
    room_type_code = serializers.CharField(source="room_type.code", read_only=True)
    rate_plan_code = serializers.CharField(source="rate_plan.code", read_only=True)
    guest_name = serializers.SerializerMethodField()
    total = MoneyField(source="total_amount", read_only=True)
    fee = MoneyField(source="fee_amount", read_only=True, allow_null=True)
    rooms = AssignmentSerializer(source="rooms_now", many=True, read_only=True)
    without_room = serializers.SerializerMethodField()

    class Meta:
        model = Reservation
        fields = [
            "id", "property", "booking", "confirmation_number", "number", "status", "front_desk_status", "arrival",
            "departure", "nights_count", "room_type", "room_type_code", "rate_plan", "rate_plan_code", "adults",
            "children", "primary_guest", "guest_name", "guarantee", "eta", "etd", "is_room_locked", "is_confidential",
            "is_complimentary", "is_house_use", "is_walk_in", "is_day_use", "day_use_start", "day_use_end",
            "hold_expires_at", "promo_code", "exemptions", "block", "room_wishes", "booked_at", "booked_on",
            "total", "cancelled_at", "cancellation_number", "cancel_reason", "fee", "no_show_at",
            "waitlist_priority", "rooms", "without_room", "version", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(NightsSerializer(many=True))
    def get_without_room(self, row: Reservation) -> list[dict[str, str]]:
        """The nights of a stay to come, or in house, that no room is assigned for."""
        return [
            {"arrival": first.isoformat(), "departure": last.isoformat()}
            for first, last in nights_without_room(row)
        ]

    @extend_schema_field(serializers.ChoiceField(choices=FrontDeskStatus.choices))
    def get_front_desk_status(self, row: Reservation) -> str:
        """On the property's open business date."""
        return str(status_on(row, row.property.business_date))

    def get_nights_count(self, row: Reservation) -> int:
        """Nights slept; 0 for day use."""
        return (row.departure - row.arrival).days

    def get_guest_name(self, row: Reservation) -> str:
        """Of the primary guest; hidden when the stay is confidential."""
        if row.primary_guest is None:
            return ""
        return CONFIDENTIAL if row.is_confidential else row.primary_guest.full_name


class NightSerializer(serializers.ModelSerializer):
    """One night with its price and the steps that explain it."""

    room_net = MoneyField(read_only=True)
    room_gross = MoneyField(read_only=True)
    total = MoneyField(read_only=True)

    class Meta:
        model = ReservationNight
        fields = [
            "night", "room_type", "rate_room_type", "rate_plan", "adults", "children", "room_net", "room_gross",
            "total", "holds_room", "price_detail",
        ]  # fmt: skip


class StayGuestSerializer(serializers.ModelSerializer):
    """A guest's part in the stay."""

    name = serializers.SerializerMethodField()

    class Meta:
        model = ReservationGuest
        fields = ["guest", "name", "role"]

    def get_name(self, row: ReservationGuest) -> str:
        """Hidden when the stay is confidential and the caller may not view guests there."""
        user = self.context["request"].user
        if row.reservation.is_confidential and not grants_of(user).holds(
            "view", area_of("guests"), row.property_id
        ):
            return CONFIDENTIAL
        return row.guest.full_name


class LinkedSerializer(serializers.ModelSerializer):
    """A stay of a link."""

    class Meta:
        model = Reservation
        fields = ["id", "number", "status", "arrival", "departure"]
        read_only_fields = fields


class SharerSerializer(LinkedSerializer):
    """A stay that shares the room."""

    class Meta:
        model = Reservation
        fields = [*LinkedSerializer.Meta.fields, "share_weight"]
        read_only_fields = fields


class ShareSerializer(serializers.Serializer):
    """With whom a room is shared: who pays an entire split first."""

    split = serializers.ChoiceField(choices=RateSplit.choices)
    reservations = SharerSerializer(many=True)


class ReservationLinkSerializer(serializers.ModelSerializer):
    """Stays that belong together, this one among them."""

    reservations = LinkedSerializer(many=True, read_only=True)

    class Meta:
        model = ReservationLink
        fields = ["id", "kind", "reservations"]
        read_only_fields = fields


class ReservationDetailSerializer(ReservationSerializer):
    """One reservation with its nights, guests, frozen policies and possible commands."""

    nights = NightSerializer(many=True, read_only=True)
    guests = StayGuestSerializer(many=True, read_only=True)
    links = ReservationLinkSerializer(many=True, read_only=True)
    share = serializers.SerializerMethodField()
    stay_tax = MoneyField(source="stay_tax_amount", read_only=True)
    actions = serializers.SerializerMethodField()

    class Meta(ReservationSerializer.Meta):
        fields = [
            *ReservationSerializer.Meta.fields, "nights", "guests", "links", "share", "stay_tax", "stay_taxes",
            "policies", "policy_arrival", "confirmed_at", "actions",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(ShareSerializer(allow_null=True))
    def get_share(self, row: Reservation) -> Any:
        """With whom the room is shared, itself among them; null for a room of its own."""
        if row.share is None:
            return None
        return ShareSerializer({"split": row.share.split, "reservations": sharers_of(row)}).data

    @extend_schema_field(ActionSerializer(many=True))
    def get_actions(self, row: Reservation) -> Any:
        """Every command, allowed to the caller or denied with its reason."""
        mine = actions_for(self.context["request"].user, row.property_id, actions_of(row))
        return ActionSerializer(mine, many=True).data


class FeeSerializer(serializers.Serializer):
    """A fee that a command made due, or took back (negative)."""

    kind = serializers.CharField(help_text="cancellation or no_show.")
    amount = MoneyField()
    text = serializers.CharField()


class InventoryMoveSerializer(serializers.Serializer):
    """Rooms of a type taken from (positive) or given back to (negative) a counter on the nights [start, end)."""

    room_type = serializers.IntegerField(source="room_type_id")
    start = serializers.DateField()
    end = serializers.DateField(help_text="Exclusive.")
    bucket = serializers.CharField(source="bucket.value", help_text="sold, blocked, held or day_sold.")
    quantity = serializers.IntegerField()


class CommandResultSerializer(serializers.Serializer):
    """What every command answers."""

    reservation = ReservationDetailSerializer()
    inventory = InventoryMoveSerializer(many=True, source="moves", help_text="What moved in the counters.")
    postings = serializers.ListField(child=serializers.DictField(), help_text="Postings made on folios.")
    fees = FeeSerializer(many=True)
    actions = ActionSerializer(many=True, read_only=True, help_text="Those of the reservation.")

    def to_representation(self, result: CommandResult) -> dict[str, Any]:
        """What may be done is worked out once."""
        shown = super().to_representation(result)
        return {**shown, "actions": shown["reservation"]["actions"]}


class ReservationChangeSerializer(serializers.ModelSerializer):
    """One entry of the change log; ``actor`` is null for the house itself."""

    actor_name = serializers.CharField(source="actor.username", read_only=True, default="")

    class Meta:
        model = ReservationChange
        fields = [
            "id", "kind", "version", "actor", "actor_name", "at", "business_date", "before", "after", "reason",
        ]  # fmt: skip


class NoteSerializer(serializers.ModelSerializer):
    """A note, a trace or an alert."""

    class Meta:
        model = ReservationNote
        fields = [
            "id", "property", "reservation", "kind", "text", "department", "due_on", "screen", "author", "created_at",
            "done_at", "done_by",
        ]  # fmt: skip
        read_only_fields = ["id", "property", "author", "created_at", "done_at", "done_by"]
