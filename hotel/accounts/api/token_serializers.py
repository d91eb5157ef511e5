"""Tokens as JSON; the secret appears once, in the answer that issues it."""

from typing import Any

from rest_framework import serializers

from hotel.accounts.api.reach import ReachSerializer
from hotel.accounts.models import ApiToken
from hotel.accounts.services.tokens import IssuedToken


class ApiTokenSerializer(ReachSerializer):
    """A token; without its secret, which nobody can read again."""

    class Meta:
        model = ApiToken
        fields = [
            "id",
            "user",
            "name",
            "prefix",
            "codenames",
            "properties",
            "networks",
            "expires_at",
            "last_used_at",
            "revoked_at",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["prefix", "last_used_at", "revoked_at"]


class IssuedTokenSerializer(ApiTokenSerializer):
    """A token just issued, with its secret: keep it now, it is not shown again."""

    secret = serializers.CharField(read_only=True)

    class Meta(ApiTokenSerializer.Meta):
        fields = [*ApiTokenSerializer.Meta.fields, "secret"]

    def to_representation(self, instance: IssuedToken) -> dict[str, Any]:
        """The token's own fields and the secret."""
        plain = ApiTokenSerializer(instance.token, context=self.context).data
        return {**plain, "secret": instance.secret}


class RotationSerializer(serializers.Serializer):
    """How long the old token still works."""

    overlap_hours = serializers.IntegerField(min_value=0, max_value=168, default=24)
