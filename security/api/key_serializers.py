"""Keys and their changes, as JSON: names and figures, never a key."""

from rest_framework import serializers

from security.key_choices import RotationKind
from security.models import DataEncryption, KeyRotation


class DataEncryptionSerializer(serializers.ModelSerializer):
    """A wrapping key: what is known of it."""

    class Meta:
        model = DataEncryption
        fields = [
            "id", "key_id", "check_value", "source", "state", "in_force_at", "retired_at", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields


class KeyRotationSerializer(serializers.ModelSerializer):
    """A change of keys and how far it is."""

    kind = serializers.ChoiceField(choices=RotationKind.choices)
    percent = serializers.IntegerField(read_only=True, help_text="0–100.")

    class Meta:
        model = KeyRotation
        fields = [
            "id", "kind", "status", "target", "total", "done", "percent", "failure", "started_at", "ended_at",
            "started_by", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = [name for name in fields if name != "kind"]
        validators: list[object] = []  # the service says that one runs already


class InventoryLineSerializer(serializers.Serializer):
    """One encrypted column."""

    column = serializers.CharField()
    algorithm = serializers.CharField()
    bound_to = serializers.CharField()
    searched_by = serializers.CharField(
        help_text="The column of its keyed hash; empty when it is not searched."
    )
    tier = serializers.CharField(help_text="T2 contact data, T3 high, or secret.")


class CoverageLineSerializer(serializers.Serializer):
    """How many rows of a column are encrypted."""

    column = serializers.CharField()
    v2 = serializers.IntegerField(help_text="Under keys of their subjects.")
    v1 = serializers.IntegerField(
        help_text="Under the wrapping key itself; encrypted anew when they are written."
    )
    clear = serializers.IntegerField(help_text="Not encrypted: must be 0.")


class KeyFiguresSerializer(serializers.Serializer):
    """How many data keys there are."""

    alive = serializers.IntegerField()
    destroyed = serializers.IntegerField(help_text="With all that they encrypted.")
    by_wrapping_key = serializers.DictField(child=serializers.IntegerField())
    left_to_wrap = serializers.IntegerField(help_text="Not under the wrapping key in force.")
