"""Filters of keys and their changes."""

from django_filters import rest_framework as filters

from security.key_choices import KeyState, RotationKind, RotationStatus
from security.models import DataEncryption, KeyRotation


class DataEncryptionFilter(filters.FilterSet):
    """Of wrapping keys."""

    state = filters.MultipleChoiceFilter(choices=KeyState.choices)

    class Meta:
        model = DataEncryption
        fields: list[str] = []


class KeyRotationFilter(filters.FilterSet):
    """Of changes of keys."""

    kind = filters.ChoiceFilter(choices=RotationKind.choices)
    status = filters.ChoiceFilter(choices=RotationStatus.choices)

    class Meta:
        model = KeyRotation
        fields: list[str] = []
