"""Integrators as JSON; the secret appears once, in the answer that issues it."""

from typing import Any

from rest_framework import serializers

from hotel.accounts.api.reach import ReachSerializer
from hotel.accounts.models import Integrator
from hotel.accounts.services.integrators import IssuedSecret


class IntegratorSerializer(ReachSerializer):
    """An integrator; without its secret, which nobody can read again."""

    client_id = serializers.CharField(read_only=True, help_text="What it names itself by.")

    class Meta:
        model = Integrator
        fields = [
            "id",
            "user",
            "name",
            "client_id",
            "codenames",
            "properties",
            "networks",
            "revoked_at",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["revoked_at"]


class IntegratorSecretSerializer(IntegratorSerializer):
    """An integrator with its new secret: keep it now, it is not shown again."""

    client_secret = serializers.CharField(read_only=True)

    class Meta(IntegratorSerializer.Meta):
        fields = [*IntegratorSerializer.Meta.fields, "client_secret"]

    def to_representation(self, instance: IssuedSecret) -> dict[str, Any]:
        """The integrator's own fields and the secret."""
        plain = IntegratorSerializer(instance.integrator, context=self.context).data
        return {**plain, "client_secret": instance.secret}


class TokenRequestSerializer(serializers.Serializer):
    """What RFC 6749 §4.4.2 asks for."""

    grant_type = serializers.ChoiceField(choices=["client_credentials"])
    scope = serializers.CharField(required=False, help_text="Rights with spaces between; all if left out.")
    client_id = serializers.CharField(required=False)
    client_secret = serializers.CharField(required=False)


class TokenAnswerSerializer(serializers.Serializer):
    """RFC 6749 §5.1."""

    access_token = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="Seconds.")
    token_type = serializers.CharField()
    scope = serializers.CharField()


class TokenRefusalSerializer(serializers.Serializer):
    """RFC 6749 §5.2."""

    error = serializers.CharField()
    error_description = serializers.CharField(required=False)
    error_uri = serializers.CharField(required=False)
