"""Policies with their steps as JSON."""

from typing import Any

from rest_framework import serializers

from hotel.core.api.serializers import MoneyField
from hotel.core.words import _
from hotel.rates.api.serializers.fields import PartMixin, RatesSerializer
from hotel.rates.models import CancellationPolicy, CancellationStep, DepositPolicy, DepositStep, NoShowPolicy

STEPS_LIMIT = 20
HEAD = ["id", "property", "code", "name", "description", "is_active"]
TAIL = ["version", "created_at", "updated_at"]
DEADLINES = {
    "before_arrival": {"days_before", "at_time"},
    "at_instant": {"deadline_at"},
    "after_booking": {"hours_after"},
}
OWED = {"nights": {"nights"}, "percent": {"share"}, "flat": {"amount"}, "balance": set()}
DUES = {"at_booking": set(), "before_arrival": {"days_before"}}


def check_fields(attrs: dict[str, Any], kind: str, wanted: set[str], among: set[str]) -> None:
    """Refuse a step that does not state exactly the fields its kind asks for, or an amount below zero.

    Raises:
        ValidationError: at the kind, or at the amount.
    """
    given = {name for name in among if attrs.get(name) is not None}
    if given != wanted:
        told = {"kind": attrs[kind], "fields": " and ".join(sorted(wanted))}
        text = _("%(kind)s takes %(fields)s.") if wanted else _("%(kind)s takes nothing more.")
        raise serializers.ValidationError({kind: [text % told]})
    if attrs.get("nights") == 0 or (attrs.get("amount") is not None and attrs["amount"].amount < 0):
        raise serializers.ValidationError({kind: [_("Nights are 1 or more, amounts 0 or more.")]})


class CancellationStepSerializer(PartMixin, serializers.ModelSerializer):
    """From its deadline on, the penalty is owed; of several the dearest."""

    amount = MoneyField(required=False, allow_null=True)

    class Meta:
        model = CancellationStep
        fields = [
            "deadline", "days_before", "at_time", "deadline_at", "hours_after", "penalty", "nights", "share",
            "amount",
        ]  # fmt: skip

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Exactly the fields of the deadline and of the penalty."""
        check_fields(attrs, "deadline", DEADLINES[attrs["deadline"]], set().union(*DEADLINES.values()))
        check_fields(attrs, "penalty", OWED[attrs["penalty"]], {"nights", "share", "amount"})
        return attrs


class DepositStepSerializer(PartMixin, serializers.ModelSerializer):
    """One instalment."""

    amount = MoneyField(required=False, allow_null=True)

    class Meta:
        model = DepositStep
        fields = ["due", "days_before", "kind", "nights", "share", "amount"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Exactly the fields of the due date and of the kind."""
        check_fields(attrs, "due", DUES[attrs["due"]], {"days_before"})
        check_fields(attrs, "kind", OWED[attrs["kind"]], {"nights", "share", "amount"})
        return attrs


class PolicySerializer(RatesSerializer):
    """A policy; ``steps`` replaces them all."""

    def split(self) -> tuple[dict[str, Any], list[dict[str, Any]] | None]:
        """Columns, and steps if given."""
        values = self.contents()
        return values, values.pop("steps", None)


class CancellationPolicySerializer(PolicySerializer):
    """What cancellations cost; without steps nothing."""

    steps = CancellationStepSerializer(many=True, required=False, max_length=STEPS_LIMIT)

    class Meta:
        model = CancellationPolicy
        fields = [*HEAD, "grace_hours", "fee_group", "steps", *TAIL]
        read_only_fields = ["version"]


class DepositPolicySerializer(PolicySerializer):
    """What is paid before arrival; without steps nothing."""

    steps = DepositStepSerializer(many=True, required=False, max_length=STEPS_LIMIT)

    class Meta:
        model = DepositPolicy
        fields = [*HEAD, "steps", *TAIL]
        read_only_fields = ["version"]


class NoShowPolicySerializer(PolicySerializer):
    """What is owed by guests who do not come."""

    amount = MoneyField(required=False, allow_null=True)

    class Meta:
        model = NoShowPolicy
        fields = [*HEAD, "fee_group", "penalty", "nights", "share", "amount", *TAIL]
        read_only_fields = ["version"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Exactly the fields of the penalty; a new kind of penalty clears those of the old."""
        attrs = super().validate(attrs)
        if self.instance is not None and attrs.get("penalty", self.instance.penalty) != self.instance.penalty:
            attrs = {**dict.fromkeys(("nights", "share", "amount")), **attrs}
        merged = {name: self.value(attrs, name) for name in ("penalty", "nights", "share", "amount")}
        check_fields(merged, "penalty", OWED[merged["penalty"]], {"nights", "share", "amount"})
        return attrs
