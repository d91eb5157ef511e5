"""Guests, merges, matches and relationships in the API."""

from rest_framework import serializers

from hotel.guests.api.fields import company_field, guest_field, validate_birth_date
from hotel.guests.api.serializers.profiles import (
    LifetimeSerializer,
    LikenessReasonSerializer,
    LikenessSerializer,
    PlainText,
)
from hotel.guests.choices import EmailKind
from hotel.guests.models import Guest, GuestMatch, GuestMerge, GuestRelationship
from hotel.properties.api.mixins import PropertyField

TOLD = [
    "salutation",
    "first_name",
    "last_name",
    "email",
    "phone",
    "birth_date",
    "nationality",
    "language",
    "street",
    "postal_code",
    "city",
    "region",
    "country",
]


class GuestSerializer(serializers.ModelSerializer):
    """A person. ``lifetime`` has one entry per property where the caller may view guests."""

    phone = PlainText(help_text="As written; answered in E.164.")
    email_kind = serializers.ChoiceField(
        choices=EmailKind.choices, allow_blank=True, read_only=True, help_text="Empty without an address."
    )
    birth_date = serializers.DateField(required=False, allow_null=True, validators=[validate_birth_date])
    lifetime = LifetimeSerializer(source="profiles_seen", many=True, read_only=True)

    class Meta:
        model = Guest
        fields = [
            "id",
            *TOLD,
            "email_kind",
            "is_do_not_rent",
            "do_not_rent_reason",
            "do_not_rent_at",
            "merged_into",
            "lifetime",
            "version",
            "created_at",
            "updated_at",
        ]
        read_only_fields = [name for name in fields if name not in TOLD]


class GuestCreateSerializer(GuestSerializer):
    """A person who becomes known at a property; the answer suggests possible duplicates."""

    property = PropertyField(write_only=True)
    possible_duplicates = LikenessSerializer(many=True, read_only=True, default=())

    class Meta(GuestSerializer.Meta):
        fields = [*GuestSerializer.Meta.fields, "property", "possible_duplicates"]


class GuestMergeInput(serializers.Serializer):
    """Which profile becomes part of this one, and why they are one person."""

    merged = guest_field()
    reason = serializers.CharField(max_length=400)


class GuestLinkInput(serializers.Serializer):
    """A further property at which the guest becomes known."""

    property = PropertyField()


class GuestMergeSerializer(serializers.ModelSerializer):
    """A merge; it can be undone until ``unmerge_until``."""

    class Meta:
        model = GuestMerge
        fields = [
            "id",
            "kept",
            "merged",
            "reason",
            "merged_at",
            "merged_by",
            "unmerge_until",
            "unmerged_at",
            "unmerged_by",
        ]
        read_only_fields = fields


class MatchedGuestSerializer(serializers.ModelSerializer):
    """Enough of a guest to decide whether he is the same person."""

    class Meta:
        model = Guest
        fields = [
            "id",
            "first_name",
            "last_name",
            "email",
            "phone",
            "birth_date",
            "postal_code",
            "city",
            "country",
        ]
        read_only_fields = fields


class GuestMatchSerializer(serializers.ModelSerializer):
    """Two profiles that may be one person."""

    first = MatchedGuestSerializer(read_only=True)
    second = MatchedGuestSerializer(read_only=True)
    reasons = LikenessReasonSerializer(many=True, read_only=True)

    class Meta:
        model = GuestMatch
        fields = [
            "id",
            "first",
            "second",
            "score",
            "reasons",
            "status",
            "decided_at",
            "decided_by",
            "created_at",
        ]
        read_only_fields = fields


class GuestRelationshipSerializer(serializers.ModelSerializer):
    """A guest works for a company, or belongs to another guest."""

    guest = guest_field()
    company = company_field(required=False, allow_null=True)
    other = guest_field(required=False, allow_null=True)

    class Meta:
        model = GuestRelationship
        fields = ["id", "guest", "kind", "company", "other", "created_at"]
        read_only_fields = ["created_at"]
        validators: list = []  # the service tells what is missing, and what is known already
