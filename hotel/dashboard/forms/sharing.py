"""Forms of a room that several stays share."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotel.dashboard.forms.parts import VersionedForm
from hotel.dashboard.forms.together import StaysField
from hotel.reservations.choices import RateSplit
from hotel.reservations.models import Reservation

WHOLE = Decimal(100)


class ShareForm(VersionedForm):
    """Who shares the room with a stay, and how they divide its price."""

    split = forms.ChoiceField(label=_("Who pays the nights together"), choices=RateSplit.choices)
    percent = forms.DecimalField(
        label=_("Of a custom split, this stay pays percent"),
        min_value=0,
        max_value=WHOLE,
        max_digits=6,
        decimal_places=3,
        required=False,
        help_text=_("The others pay the rest in equal parts."),
    )
    override_reason = forms.CharField(
        label=_("Why more people than the type takes"), max_length=400, required=False
    )

    def __init__(
        self,
        *args: Any,
        reservation: Reservation,
        offered: Iterable[Reservation],
        sharers: Sequence[Reservation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, version=reservation.version, **kwargs)
        self.reservation, self.sharers = reservation, sharers
        if reservation.share is not None:
            self.fields["split"].initial = reservation.share.split
        self.fields["others"] = StaysField(
            reservation.property, offered, label=_("Stays in the same room"), required=not sharers
        )
        self.order_fields(["others", "split", "percent", "override_reason"])

    def clean(self) -> dict[str, Any]:
        """With the ``weights`` of a custom split by id, of everybody; None for another split."""
        values: dict[str, Any] = super().clean() or {}
        others = {*values.get("others", ()), *self.sharers} - {self.reservation}
        if values.get("split") != RateSplit.CUSTOM:
            return {**values, "others": others, "weights": None}
        own = values.get("percent")
        if own is None:
            self.add_error("percent", _("Say how much this stay pays."))
        elif others:
            rest = dict.fromkeys((stay.pk for stay in others), (WHOLE - own) / len(others))
            values["weights"] = {self.reservation.pk: own, **rest}
        return {**values, "others": others}
