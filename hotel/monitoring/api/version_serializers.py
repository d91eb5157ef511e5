"""Versions over the API."""

from rest_framework import serializers

from hotel.monitoring.domain.versions import KINDS


class ApiVersionSerializer(serializers.Serializer):
    """A version in the URL."""

    name = serializers.CharField()
    path = serializers.CharField()
    released_on = serializers.DateField()
    sunset_on = serializers.DateField(allow_null=True)


class ApiChangeSerializer(serializers.Serializer):
    """A dated change."""

    changed_on = serializers.DateField()
    change = serializers.ChoiceField(choices=KINDS, source="kind")
    version = serializers.CharField()
    operation = serializers.CharField(help_text="Empty when it concerns many.")
    text = serializers.CharField()


class CallerSerializer(serializers.Serializer):
    """A client that still calls."""

    client_kind = serializers.CharField()
    client_id = serializers.IntegerField()
    client_name = serializers.CharField()
    requests = serializers.IntegerField(help_text="In the last seven days.")


class DeprecationSerializer(serializers.Serializer):
    """An operation on its way out."""

    operation = serializers.CharField()
    deprecated_on = serializers.DateField()
    sunset_on = serializers.DateField(help_text="From this day on, UTC, it is answered by 410.")
    text = serializers.CharField()
    successor = serializers.CharField()
    link = serializers.CharField()
    is_over = serializers.BooleanField()
    callers = CallerSerializer(many=True, help_text="Those the caller may see usage of, the busiest first.")


class VersionsSerializer(serializers.Serializer):
    """The life of the API."""

    versions = ApiVersionSerializer(many=True)
    changes = ApiChangeSerializer(many=True, help_text="Newest first.")
    deprecations = DeprecationSerializer(many=True, help_text="The next sunset first.")
