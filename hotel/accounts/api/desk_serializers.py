"""JSON of shared desks. A PIN comes in and never goes out."""

from rest_framework import serializers

from hotel.accounts.models import DeskSeat


class DeskSeatSerializer(serializers.ModelSerializer):
    """A person who opens this browser with the PIN."""

    seat = serializers.IntegerField(source="pk", help_text="What `unlock` calls it.")
    name = serializers.CharField(source="device.user", help_text="Of the person.")

    class Meta:
        model = DeskSeat
        fields = ["seat", "name", "until"]
        read_only_fields = fields


class DeskPinSerializer(serializers.Serializer):
    """Whether one has a PIN, and what it opens; what it is is told nobody."""

    is_set = serializers.BooleanField()
    set_at = serializers.DateTimeField(allow_null=True)
    renew_by = serializers.DateTimeField(allow_null=True, help_text="From then on it opens nothing.")
    opens_here_until = serializers.DateTimeField(
        allow_null=True, help_text="Until then it opens this browser again; null where it does not."
    )


class NewPinSerializer(serializers.Serializer):
    """A PIN for oneself."""

    pin = serializers.CharField(
        max_length=20, trim_whitespace=False, write_only=True, help_text="Six digits."
    )


class UnlockSerializer(serializers.Serializer):
    """Who one is, of `seats`, and one's PIN."""

    seat = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    pin = serializers.CharField(max_length=20, trim_whitespace=False, write_only=True)
