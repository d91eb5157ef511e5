"""How far a secret of a machine reaches, as JSON: tokens and integrators say it alike."""

from rest_framework import serializers

from hotel.accounts.api.fields import UserField
from hotel.accounts.domain.networks import MOST
from hotel.properties.api.mixins import PropertyField


class ReachSerializer(serializers.ModelSerializer):
    """For whom it acts, at which properties, with which rights, and from where."""

    user = UserField()
    properties = serializers.ManyRelatedField(child_relation=PropertyField(), allow_empty=False)
    codenames = serializers.ListField(
        child=serializers.CharField(max_length=64),
        allow_empty=False,
        max_length=200,
        help_text="Rights such as view_rooms_area.",
    )
    networks = serializers.ListField(
        child=serializers.CharField(max_length=43),
        max_length=MOST,
        required=False,
        help_text="Where it may come from, such as 203.0.113.0/24; from everywhere if empty.",
    )
