"""The forms of the rates: many nights at once, the nights of a list, and what is published."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from hotel.dashboard.forms.parts import DateInput
from hotel.rates.domain.bulk import Bulk
from hotel.rates.domain.grid import Cell, Edit, NotACell, price_of

MOST_DAYS = 366
WEEKDAYS = [
    (1, _("Mon")), (2, _("Tue")), (4, _("Wed")), (8, _("Thu")), (16, _("Fri")), (32, _("Sat")), (64, _("Sun"))
]  # fmt: skip
PRICES = [
    ("", _("leave as it is")),
    ("set", _("set to")),
    ("percent", _("add percent (−5 for less)")),
    ("amount", _("add an amount (−5 for less)")),
    ("seasonal", _("back to the season's price")),
]
RULES = [("", _("leave as it is")), ("yes", _("yes")), ("no", _("no"))]
RULED = {"": None, "yes": True, "no": False}


class BulkForm(forms.Form):
    """What becomes of the nights between two dates, on certain weekdays, of some types and plans."""

    first = forms.DateField(label=_("From night"), widget=DateInput())
    last = forms.DateField(label=_("To night"), widget=DateInput())
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"), coerce=int, choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    types = forms.TypedMultipleChoiceField(
        label=_("Room types"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    plans = forms.TypedMultipleChoiceField(
        label=_("Rate plans"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    price = forms.ChoiceField(label=_("Price"), choices=PRICES, required=False)
    value = forms.DecimalField(label=_("Amount or percent"), required=False, max_digits=11, decimal_places=3)
    min_los = forms.IntegerField(
        label=_("Minimum nights when arriving"),
        required=False,
        min_value=0,
        max_value=999,
        help_text=_("0 for no such rule"),
    )
    closed = forms.ChoiceField(label=_("Closed"), choices=RULES, required=False)
    cta = forms.ChoiceField(label=_("Closed to arrival"), choices=RULES, required=False)
    ctd = forms.ChoiceField(label=_("Closed to departure"), choices=RULES, required=False)

    def __init__(
        self,
        *args: Any,
        types: Sequence[tuple[int, str]],
        plans: Sequence[tuple[int, str]],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["types"].choices = types  # type: ignore[attr-defined]
        self.fields["plans"].choices = plans  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Dates in order, within reach, and something to do."""
        values: dict[str, Any] = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and not timedelta(0) <= last - first < timedelta(days=MOST_DAYS):
            self.add_error("last", _t("The last night follows the first, within a year."))
        if first and first < self.today:
            self.add_error("first", _t("Nights that are over keep their prices."))
        if values.get("price") in ("set", "percent", "amount") and values.get("value") is None:
            self.add_error("value", _t("How much?"))
        if values.get("price") == "set" and (values.get("value") or 0) < 0:
            self.add_error("value", _t("A price is 0 or more."))
        if not self.errors and self.bulk == Bulk():
            self.add_error(None, _t("Say what is to become of these nights: all is left as it is."))
        return values

    @property
    def bulk(self) -> Bulk:
        """What was filled in, as the rule has it."""
        values = self.cleaned_data
        return Bulk(
            price=values.get("price", ""),
            value=values.get("value") or Decimal(0) if values.get("price") else Decimal(0),
            min_los=values.get("min_los"),
            **{name: RULED[values.get(name, "")] for name in ("closed", "cta", "ctd")},
        )

    @property
    def mask(self) -> int:
        """The weekdays as a sum."""
        return sum(self.cleaned_data["weekdays"])


class EditsForm(forms.Form):
    """Edits as the grid keeps them: a list of plan, type, night, what was seen and what is wanted."""

    edits = forms.CharField(max_length=1_000_000, widget=forms.HiddenInput)
    confirm = forms.BooleanField(required=False, label=_("I have looked at what is odd: it is meant"))

    def clean_edits(self) -> list[Edit]:
        """The list.

        Raises:
            ValidationError: the text is no such list.
        """
        try:
            rows = json.loads(self.cleaned_data["edits"])
            return [
                Edit(int(plan), int(kind), date.fromisoformat(night), str(seen), str(wanted))
                for plan, kind, night, seen, wanted in rows
            ]
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            raise forms.ValidationError(_t("These are no changes of nights.")) from error


def packed(edits: Sequence[Edit]) -> str:
    """What ``EditsForm`` reads."""
    rows = [[e.plan_id, e.type_id, e.night.isoformat(), e.seen, e.wanted] for e in edits]
    return json.dumps(rows, separators=(",", ":"))


def list_edits(sent: Any, quantum: Decimal) -> list[Edit]:
    """The edits of a list of nights, sent as fields of each night: ``seen-``, ``price-``, ``min-`` and the flags.

    Raises:
        ValidationError: a field says nothing that can stand there; with the night.
    """
    found = []
    for name in sent:
        if not name.startswith("seen-"):
            continue
        night = name.removeprefix("seen-")
        try:
            price, least = sent.get(f"price-{night}", "").strip(), sent.get(f"min-{night}", "").strip()
            cell = Cell(
                price=price_of(price.replace(",", "."), quantum) if price else None,
                min_los=int(least) if least not in ("", "0") else None,
                **{flag: f"{flag}-{night}" in sent for flag in ("closed", "cta", "ctd")},
            )
            edit = Edit(
                int(sent["plan"]), int(sent["type"]), date.fromisoformat(night), sent[name], cell.token
            )
        except (ValueError, KeyError, NotACell) as error:
            raise forms.ValidationError(
                _t("%(night)s: give a price such as 129.00 and whole nights.") % {"night": night[:10]}
            ) from error
        if edit.seen != edit.wanted:
            found.append(edit)
    return found
