"""Plans as JSON."""

from rest_framework import serializers

from hotel.accounts.models import ApiToken
from hotel.monitoring.models import ApiPlan
from hotel.properties.api.mixins import ScopedRelatedField


class ApiPlanSerializer(serializers.ModelSerializer):
    """A class of clients, such as partners. Rules name it with ``plan``; a day's quota is a rule of 86,400 seconds."""

    tokens = ScopedRelatedField(
        queryset=ApiToken.objects.all(),
        many=True,
        required=False,
        help_text="All tokens in it; a token may be in several plans, of which the widest concurrency counts.",
    )

    class Meta:
        model = ApiPlan
        fields = ["id", "name", "description", "concurrency", "tokens", "created_at", "updated_at"]
        read_only_fields = ["id", "created_at", "updated_at"]
