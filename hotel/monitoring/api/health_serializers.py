"""The state of the house over the API."""

from rest_framework import serializers

from hotel.monitoring.choices import HealthState
from hotel.monitoring.models import ApiAlert, ApiHealth


class ApiHealthSerializer(serializers.ModelSerializer):
    """One look at one thing the house depends on."""

    class Meta:
        model = ApiHealth
        fields = ["id", "checked_at", "check_name", "state", "value", "unit", "detail", "latency_us"]
        read_only_fields = fields


class ApiAlertSerializer(serializers.ModelSerializer):
    """A promise that was being broken too fast."""

    class Meta:
        model = ApiAlert
        fields = [
            "id",
            "objective",
            "severity",
            "opened_at",
            "closed_at",
            "burn",
            "window_minutes",
            "bad_requests",
        ]
        read_only_fields = fields


class LookSerializer(serializers.Serializer):
    """A look made just now."""

    check_name = serializers.CharField(source="check.name")
    title = serializers.CharField(source="check.title")
    is_vital = serializers.BooleanField(source="check.is_vital", help_text="Without it nobody can work.")
    state = serializers.ChoiceField(choices=HealthState.choices, source="finding.state")
    value = serializers.IntegerField(allow_null=True, source="finding.value")
    unit = serializers.CharField(source="finding.unit")
    detail = serializers.CharField(source="finding.detail")
    latency_us = serializers.IntegerField(help_text="How long the look took, microseconds.")


class DeepHealthSerializer(serializers.Serializer):
    """The house and its parts."""

    state = serializers.ChoiceField(choices=HealthState.choices)
    checks = LookSerializer(many=True)


class WindowSerializer(serializers.Serializer):
    """How fast an allowance is used up in a window that ends now."""

    minutes = serializers.IntegerField()
    total = serializers.IntegerField(help_text="Requests.")
    bad = serializers.IntegerField(help_text="Requests that broke the promise.")
    burn = serializers.DecimalField(
        max_digits=9, decimal_places=2, help_text="At 1 the allowance of 30 days lasts 30 days."
    )


class ObjectiveSerializer(serializers.Serializer):
    """A promise and how it is kept."""

    objective = serializers.CharField()
    title = serializers.CharField()
    kept_rate = serializers.DecimalField(max_digits=7, decimal_places=5, help_text="The promised share, 0–1.")
    windows = WindowSerializer(many=True, help_text="Shortest first.")
    alarms = serializers.ListField(child=serializers.CharField(), help_text="Severities that alarm now.")
