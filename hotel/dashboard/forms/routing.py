"""Forms of routing rules: who pays for what of a folio."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotel.dashboard.forms.folios import WindowField
from hotel.dashboard.forms.parts import AmountField, DateInput, OnceForm, OneOfField
from hotel.folios.choices import FolioStatus, LimitPer
from hotel.folios.models import Folio, FolioWindow, RoutingRule, TransactionCode
from hotel.folios.models.folios import MAX_WINDOWS
from hotel.folios.services.postings import CHARGEABLE
from hotel.properties.models import Property
from hotel.rates.choices import ChargeGroup

PERCENT = Decimal(100)


class RuleForm(OnceForm):
    """What goes where, from when until when, and how much of it."""

    groups = forms.MultipleChoiceField(
        label=_("Kinds of charges"),
        choices=ChargeGroup.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    other_folio = forms.CharField(
        label=_("Number of the other folio"), max_length=40, required=False,
        help_text=_("Such as that of the firm or of a friend’s stay."),
    )  # fmt: skip
    other_window = forms.IntegerField(
        label=_("Its window"), min_value=1, max_value=MAX_WINDOWS, initial=1, required=False
    )
    limit_rate = forms.DecimalField(
        label=_("Only this share of each charge, in percent"),
        min_value=Decimal("0.01"),
        max_value=PERCENT,
        decimal_places=2,
        required=False,
    )
    limit_per = forms.ChoiceField(label=_("That amount counts for"), choices=LimitPer.choices, required=False)
    valid_from = forms.DateField(label=_("From the day"), widget=DateInput(), required=False)
    valid_until = forms.DateField(
        label=_("Until, that day not included"),
        widget=DateInput(),
        required=False,
        help_text=_("Until further notice if empty."),
    )
    priority = forms.IntegerField(
        label=_("Order"), min_value=0, max_value=999, initial=10, help_text=_("The lowest is asked first.")
    )

    def __init__(self, *args: Any, place: Property, windows: Sequence[FolioWindow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        codes = TransactionCode.objects.at(place.pk).filter(is_active=True, kind__in=CHARGEABLE)
        self.fields["codes"] = forms.MultipleChoiceField(
            label=_("And these single charges"),
            choices=codes.order_by("name").values_list("code", "name"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["window"] = WindowField(windows, empty=_("Of another folio, named below"))
        if len(windows) > 1:
            self.fields["window"].initial = windows[-1].pk
        self.fields["limit_amount"] = AmountField(
            currency=str(place.currency), label=_("At most"), required=False
        )
        self.fields["valid_from"].initial = place.business_date
        self.order_fields(
            ["groups", "codes", "window", "other_folio", "other_window", "limit_amount", "limit_per"]
        )

    def clean(self) -> dict[str, Any]:
        """The values get the ``window``, wherever it is; shares are 0–1."""
        cleaned = super().clean() or {}
        first, until = cleaned.get("valid_from") or self.place.business_date, cleaned.get("valid_until")
        if until is not None and until <= first:
            self.add_error("valid_until", _("A rule counts for one day at least."))
        number, there = cleaned.pop("other_folio", ""), cleaned.pop("other_window", None) or 1
        if not self.errors and cleaned["window"] is None:
            cleaned["window"] = self._window_of(number, there)
        if self.errors:
            return cleaned
        rate = cleaned["limit_rate"]
        return {
            **cleaned,
            "valid_from": first,
            "limit_rate": None if rate is None else rate / PERCENT,
            "limit_per": cleaned["limit_per"] or LimitPer.DAY,
        }

    def _window_of(self, number: str, there: int) -> FolioWindow | None:
        """A window of another open folio, named by their numbers; a refusal stands beside its field."""
        if not number:
            self.add_error("window", _("Choose a window, or give the number of another folio."))
            return None
        rows = Folio.objects.at(self.place.pk).filter(number__iexact=number, status=FolioStatus.OPEN)
        folio = rows.first()
        if folio is None:
            self.add_error("other_folio", _("No open folio has this number."))
            return None
        window = folio.windows.filter(number=there).first()
        if window is None:
            self.add_error("other_window", _("That folio has no such window."))
        return window


class RuleEndForm(OnceForm):
    """Which rule ends, and from which day on it counts no more."""

    valid_until = forms.DateField(
        label=_("First day without it"), widget=DateInput(), required=False, help_text=_("Today if empty.")
    )

    def __init__(self, *args: Any, rules: Sequence[RoutingRule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"] = OneOfField(rules, words=rule_words, label=_("Rule"))
        self.order_fields(["rule", "valid_until"])


def rule_words(rule: RoutingRule) -> str:
    """A rule as a list names it: what goes where."""
    what = ", ".join([*(str(ChargeGroup(group).label) for group in rule.groups), *rule.codes])
    return f"{what or _('Everything')} → {rule.window.folio.number} / {rule.window.number}"
