"""Forms of setting a hotel up."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from moneyed import Money

from hotel.core.clock import now
from hotel.core.money import quantum
from hotel.dashboard.forms.parts import AmountField, DateInput, OnceForm, OneOfField, TimeInput
from hotel.properties.domain.countries import Proposal, countries, languages
from hotel.properties.models import Chain
from hotel.properties.models.properties import CODE, validate_currency
from hotel.rates.choices import ChargeGroup, TaxMethod
from hotel.rates.models import TaxRule
from hotel.rates.services.opening import CancelTerms
from hotel.rooms.domain.numbers import NumbersInvalid, numbers_of
from hotel.rooms.models import RoomType

MOST_PERSONS = 20
NOT_PAYABLE = _("Nobody can pay such an amount in this money, or more than 100 percent.")
PERCENT = {"max_digits": 6, "decimal_places": 3, "min_value": 0, "max_value": 100, "required": False}


class CountryForm(forms.Form):
    """Where the hotel is: what is proposed follows from it."""

    country = forms.ChoiceField(label=_("Country"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Choose a country")), *countries(get_language() or "en")]  # type: ignore[attr-defined]


class HotelForm(forms.Form):
    """What a hotel is. Clock and money stay as they are once it is open."""

    country = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name of the hotel"), max_length=120)
    code = forms.CharField(
        label=_("Short code"),
        max_length=16,
        help_text=_("Capital letters and digits, such as LINDEN. It stands on lists of several hotels."),
    )
    time_zone = forms.ChoiceField(
        label=pgettext_lazy("time zone", "Clock"), help_text=_("Cannot be changed once the hotel is open.")
    )
    currency = forms.CharField(
        label=_("Money"),
        max_length=3,
        help_text=_("Three letters, such as EUR. Cannot be changed once the hotel is open."),
    )
    language = forms.ChoiceField(label=_("Language of letters to guests"))
    business_date = forms.DateField(
        label=_("First business date"),
        widget=DateInput(),
        help_text=_(
            "Today, or yesterday while its night still goes on. From then on the night audit moves it."
        ),
    )

    def __init__(
        self, *args: Any, proposal: Proposal, chains: Sequence[Chain], may_found: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["country"].initial = proposal.country
        fields["time_zone"].choices = [(zone, zone.replace("_", " ")) for zone in proposal.time_zones]
        fields["time_zone"].initial = proposal.time_zones[0]
        fields["currency"].initial = proposal.currency
        fields["language"].choices = languages(get_language() or "en")
        fields["language"].initial = proposal.language
        fields["business_date"].initial = now().astimezone(ZoneInfo(proposal.time_zones[0])).date()
        if chains:
            empty = _("A new company") if may_found else ""
            fields["chain"] = OneOfField(chains, label=_("Company"), empty=empty)
            fields["chain"].initial = chains[0].pk
        if may_found:
            fields["company"] = forms.CharField(
                label=_("Name of the new company") if chains else _("Company"),
                max_length=120,
                required=False,
                help_text=_("Who runs the hotel; empty for the name of the hotel."),
            )
        self.order_fields(["country", "name", "code", "chain", "company"])

    def clean_code(self) -> str:
        """In capitals."""
        code = self.cleaned_data["code"].upper().strip()
        CODE(code)
        return code

    def clean_currency(self) -> str:
        """In capitals, of ISO 4217."""
        currency = self.cleaned_data["currency"].upper()
        validate_currency(currency)
        return currency

    def clean(self) -> dict[str, Any]:
        """The business date is today on the hotel's own clock, or the day before."""
        cleaned = super().clean() or {}
        zone, day = cleaned.get("time_zone"), cleaned.get("business_date")
        if zone and day:
            today: date = now().astimezone(ZoneInfo(zone)).date()
            if not today - timedelta(days=1) <= day <= today:
                self.add_error("business_date", _("Today or yesterday, on the clock of the hotel."))
        return cleaned


class TypeForm(OnceForm):
    """A kind of room."""

    name = forms.CharField(label=_("Name, as guests read it"), max_length=80)
    code = forms.CharField(label=_("Short code"), max_length=16, help_text=_("Such as STD or SUITE."))
    standard_occupancy = forms.IntegerField(
        label=_("Guests at the usual price"), min_value=1, max_value=MOST_PERSONS, initial=2
    )
    max_occupancy = forms.IntegerField(
        label=_("Guests at most"), min_value=1, max_value=MOST_PERSONS, initial=2
    )
    max_children = forms.IntegerField(
        label=_("Children among them at most"), min_value=0, max_value=MOST_PERSONS, initial=1
    )

    def __init__(self, *args: Any, codes: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = codes

    def clean_code(self) -> str:
        """In capitals, and new."""
        code = self.cleaned_data["code"].upper().strip()
        CODE(code)
        if code in self.codes:
            raise forms.ValidationError(_("There is such a type already."))
        return code

    def clean(self) -> dict[str, Any]:
        """Nobody sleeps in a room that is too small for him."""
        cleaned = super().clean() or {}
        most = cleaned.get("max_occupancy")
        for name in ("standard_occupancy", "max_children"):
            if most is not None and cleaned.get(name) is not None and cleaned[name] > most:
                self.add_error(name, _("Not more than the guests at most."))
        return cleaned


class RoomsForm(forms.Form):
    """Rooms by pattern. Its ``numbers`` are the rooms."""

    room_type = forms.ChoiceField(label=_("Rooms of the type"))
    pattern = forms.CharField(
        label=_("Numbers"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "101-120, 201-220"}),
        help_text=_("Ranges and single numbers. The floor is what stands before the last two digits."),
    )

    def __init__(self, *args: Any, types: Sequence[RoomType], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room_type"] = OneOfField(
            types, words=lambda row: f"{row.name} ({row.code})", label=_("Rooms of the type")
        )
        self.order_fields(["room_type", "pattern"])

    def clean_pattern(self) -> tuple[str, ...]:
        """The numbers."""
        try:
            return numbers_of(self.cleaned_data["pattern"])
        except NumbersInvalid as error:
            raise forms.ValidationError(str(error)) from error


class BuildForm(RoomsForm, OnceForm):
    """The rooms that were shown, to be made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget = forms.HiddenInput()


class PricesForm(OnceForm):
    """What a night of each type costs; a type without a price is not sold. Its ``prices`` are by type."""

    def __init__(self, *args: Any, types: Sequence[RoomType], currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.types = types
        for row in types:
            label = _("%(name)s, a night") % {"name": row.name}
            self.fields[f"price_{row.pk}"] = AmountField(currency=currency, label=label, required=False)

    def clean(self) -> dict[str, Any]:
        """At least one price."""
        cleaned = super().clean() or {}
        found = {row: cleaned.pop(f"price_{row.pk}", None) for row in self.types}
        prices: dict[RoomType, Money] = {row: amount for row, amount in found.items() if amount is not None}
        if not prices and not self.errors:
            raise forms.ValidationError(_("Say what a night of one type costs at least."))
        return {**cleaned, "prices": prices}


class PlanForm(PricesForm):
    """The first rate plan."""

    name = forms.CharField(label=_("Name of the rate"), max_length=80, initial=_("Best flexible rate"))
    code = forms.CharField(label=_("Short code"), max_length=16, initial="BAR")
    terms = forms.ChoiceField(
        label=_("A guest who cancels"), choices=CancelTerms.choices, initial=CancelTerms.FIRST_NIGHT
    )
    days_before = forms.IntegerField(
        label=_("Deadline: days before arrival"), min_value=0, max_value=365, initial=1
    )
    at_time = forms.TimeField(label=_("Deadline: time of that day"), widget=TimeInput(), initial=time(18))
    no_show_nights = forms.IntegerField(
        label=_("Nights that are owed by who does not come"),
        min_value=0,
        max_value=30,
        initial=1,
        help_text=_("0 for nothing."),
    )

    def clean_code(self) -> str:
        """In capitals."""
        code = self.cleaned_data["code"].upper().strip()
        CODE(code)
        return code


def is_payable(method: str, value: Decimal, currency: str) -> bool:
    """Whether a tax can be so high: at most 100 percent, or an amount that the money has coins for."""
    return value <= 100 if method == TaxMethod.PERCENT else value % quantum(currency) == 0


class RuleForm(OnceForm):
    """One of the taxes that have no end yet."""

    def __init__(self, *args: Any, rules: Sequence[TaxRule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"] = OneOfField(rules, words=lambda rule: rule.name, label=_("Tax"))
        self.order_fields(["key", "rule"])


class ReviseForm(RuleForm):
    """A tax as it will be from a night on. Its ``values`` are the columns that change."""

    value = forms.DecimalField(label=_("New percent or amount"), max_digits=9, decimal_places=3, min_value=0)
    name = forms.CharField(
        label=_("New name"), max_length=80, required=False, help_text=_("Empty for the same.")
    )
    valid_from = forms.DateField(label=_("First night of it"), widget=DateInput())

    def clean(self) -> dict[str, Any]:
        """Columns of the rule."""
        cleaned = super().clean() or {}
        rule, value = cleaned.get("rule"), cleaned.get("value")
        if rule is None or value is None:
            return cleaned
        currency = str(rule.property.currency)
        if not is_payable(rule.method, value, currency):
            self.add_error("value", NOT_PAYABLE)
            return cleaned
        is_share = rule.method == TaxMethod.PERCENT
        values: dict[str, Any] = {"rate": value / 100} if is_share else {"amount": Money(value, currency)}
        return {**cleaned, "values": values | ({"name": cleaned["name"]} if cleaned.get("name") else {})}


class EndTaxForm(RuleForm):
    """A tax that is no longer charged."""

    valid_until = forms.DateField(label=_("First night without it"), widget=DateInput())


class TaxesForm(OnceForm):
    """Taxes as a hotelier says them. Its ``taxes`` are columns of rules."""

    room = forms.DecimalField(label=_("On rooms (percent)"), **PERCENT)  # type: ignore[arg-type]
    food = forms.DecimalField(label=_("On food (percent)"), **PERCENT)  # type: ignore[arg-type]
    other = forms.DecimalField(label=_("On drinks, services and all else (percent)"), **PERCENT)  # type: ignore[arg-type]
    is_inclusive = forms.TypedChoiceField(
        label=_("Your prices"),
        choices=[("yes", _("contain these taxes")), ("no", _("are without them; they are added"))],
        coerce=lambda value: value == "yes",
        initial="yes",
    )
    city = forms.ChoiceField(
        label=_("City or tourist tax"),
        choices=[
            ("", _("None")),
            (TaxMethod.PER_PERSON_NIGHT, _("An amount per person and night")),
            (TaxMethod.PER_ROOM_NIGHT, _("An amount per room and night")),
            (TaxMethod.PERCENT, _("Percent of the room without VAT")),
        ],
        required=False,
    )
    city_value = forms.DecimalField(
        label=_("Amount or percent of it"), max_digits=9, decimal_places=3, min_value=0, required=False
    )
    min_age = forms.IntegerField(label=_("Paid from the age of"), min_value=0, max_value=120, initial=0)
    max_nights = forms.IntegerField(
        label=_("For so many nights at most"),
        min_value=1,
        max_value=365,
        required=False,
        help_text=_("Empty for all nights."),
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency

    def clean(self) -> dict[str, Any]:
        """Rules of the taxes that were named."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        if cleaned["city"] and cleaned["city_value"] is None:
            self.add_error("city_value", _("Say how much it is."))
            return cleaned
        if cleaned["city"] and not is_payable(cleaned["city"], cleaned["city_value"], self.currency):
            self.add_error("city_value", NOT_PAYABLE)
            return cleaned
        taxes = [*self._vat(cleaned), *self._city(cleaned)]
        if not taxes:
            raise forms.ValidationError(_("Name one tax at least; 0 says that there is none on something."))
        return {"key": cleaned["key"], "taxes": taxes}

    def _vat(self, cleaned: dict[str, Any]) -> list[dict[str, Any]]:
        """One rule for each rate, on all that it is taken on."""
        groups = {
            "room": [ChargeGroup.ROOM],
            "food": [ChargeGroup.FOOD],
            "other": [ChargeGroup.BEVERAGE, ChargeGroup.SERVICE, ChargeGroup.OTHER],
        }
        by_rate: dict[Decimal, list[str]] = {}
        for name, of in groups.items():
            if cleaned[name] is not None:
                by_rate.setdefault(cleaned[name].normalize(), []).extend(of)
        return [
            {
                "code": f"VAT{rate:f}".replace(".", "_"),
                "name": _("VAT %(rate)s %%") % {"rate": f"{rate:f}"},
                "method": TaxMethod.PERCENT,
                "rate": rate / 100,
                "groups": [str(group) for group in of],
                "is_inclusive": cleaned["is_inclusive"],
            }
            for rate, of in by_rate.items()
        ]

    def _city(self, cleaned: dict[str, Any]) -> list[dict[str, Any]]:
        if not cleaned["city"]:
            return []
        rule = {
            "code": "CITY",
            "name": str(_("City tax")),
            "position": 50,
            "method": cleaned["city"],
            "is_inclusive": False,
            "min_age": cleaned["min_age"],
            "max_nights": cleaned["max_nights"],
        }
        if cleaned["city"] == TaxMethod.PERCENT:
            return [{**rule, "rate": cleaned["city_value"] / 100, "groups": [str(ChargeGroup.ROOM)]}]
        return [{**rule, "amount": Money(cleaned["city_value"], self.currency)}]
