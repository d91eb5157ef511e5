"""The steps of setting a hotel up: room types and rooms, prices and terms, taxes."""

from typing import Any, ClassVar

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hotel.core.days import day_words
from hotel.core.exceptions import Conflict
from hotel.dashboard.forms.setup import (
    BuildForm,
    EndTaxForm,
    PlanForm,
    PricesForm,
    ReviseForm,
    RoomsForm,
    TaxesForm,
    TypeForm,
)
from hotel.dashboard.views.acting import Act
from hotel.dashboard.views.setup import StepPage
from hotel.properties.models import AgeBand
from hotel.rates.models import TaxRule
from hotel.rates.services.opening import (
    CancelTerms,
    FirstPlan,
    first_plan_create,
    first_taxes_create,
    standing_prices_set,
)
from hotel.rates.services.taxes import tax_rule_end, tax_rule_revise
from hotel.rooms.choices import RoomTypeKind
from hotel.rooms.domain.numbers import level_of
from hotel.rooms.models import RoomType
from hotel.rooms.selectors.rooms import numbers_taken
from hotel.rooms.services.building import rooms_build
from hotel.rooms.services.room_types import RoomTypeContents, room_type_create

TYPE_COLUMNS = ("code", "name", "standard_occupancy", "max_occupancy", "max_children")


def _type_made(page: "RoomsStep", values: dict[str, Any]) -> str:
    columns = {name: values[name] for name in TYPE_COLUMNS}
    columns |= {"max_adults": values["max_occupancy"], "sort_order": 10 * (1 + len(page.types))}
    bands = AgeBand.objects.at(page.place.pk)
    most = {
        band: values["max_occupancy"] if band.code == "adult" else values["max_children"] for band in bands
    }
    contents = RoomTypeContents(values=columns, occupancies=most)
    try:
        with transaction.atomic():
            made = room_type_create(place=page.place, contents=contents)
    except IntegrityError as error:
        raise Conflict(_("There is such a type already."), code="room_type_exists") from error
    return _("%(type)s is a type now. Say which rooms are of it.") % {"type": made.name}


def _rooms_made(page: "RoomsStep", values: dict[str, Any]) -> str:
    made = rooms_build(place=page.place, room_type=values["room_type"], numbers=values["pattern"])
    told = ngettext(
        "%(n)d room was made: %(first)s.", "%(n)d rooms were made: %(first)s to %(last)s.", len(made)
    )
    return told % {"n": len(made), "first": made[0], "last": made[-1]}


class RoomsStep(StepPage):
    """Kinds of rooms, and the rooms of each by pattern: first shown, then made."""

    area = "rooms"
    verb = "manage"
    template_name = "dashboard/setup_rooms.html"
    acts: ClassVar = {
        "type": Act(
            TypeForm, _type_made, "manage", is_once=True, needs=lambda page: {"codes": set(page.codes)}
        ),
        "build": Act(
            BuildForm, _rooms_made, "manage", is_once=True, needs=lambda page: {"types": page.types},
            when=lambda page: False,
        ),
    }  # fmt: skip

    @cached_property
    def types(self) -> list[RoomType]:
        """The types that have rooms of their own."""
        return [row for row in self.ready.types if row.kind == RoomTypeKind.STANDARD]

    @property
    def codes(self) -> list[str]:
        """Codes that are taken, also by types that are not sold any more."""
        return list(RoomType.objects.at(self.place.pk).values_list("code", flat=True))

    @cached_property
    def asked(self) -> RoomsForm | None:
        """The pattern that is to be shown; None before there is a type."""
        if not self.types:
            return None
        is_asked = "pattern" in self.request.GET
        return RoomsForm(self.request.GET if is_asked else None, types=self.types)

    def preview(self) -> dict[str, Any] | None:
        """The rooms of the pattern by floor, those that exist already, and the form that makes them."""
        if self.asked is None or not self.asked.is_bound or not self.asked.is_valid():
            return None
        numbers, room_type = self.asked.cleaned_data["pattern"], self.asked.cleaned_data["room_type"]
        floors: dict[int, list[str]] = {}
        for number in numbers:
            floors.setdefault(level_of(number), []).append(number)
        form = BuildForm(
            prefix="build",
            types=self.types,
            initial={"room_type": room_type.pk, "pattern": ", ".join(numbers)},
        )
        return {
            "type": room_type,
            "count": len(numbers),
            "floors": sorted(floors.items()),
            "taken": numbers_taken(self.place.pk, numbers),
            "form": form,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Types with their rooms, and what a pattern would make."""
        found = super().get_context_data(**kwargs)
        return {**found, "types": self.types, "asked": self.asked, "preview": self.preview()}


def _plan_made(page: "RatesStep", values: dict[str, Any]) -> str:
    wanted = {
        name: values[name] for name in ("code", "name", "prices", "days_before", "at_time", "no_show_nights")
    }
    made = first_plan_create(place=page.place, plan=FirstPlan(terms=CancelTerms(values["terms"]), **wanted))
    return _("%(plan)s can be sold.") % {"plan": made.name}


def _prices_set(page: "RatesStep", values: dict[str, Any]) -> str:
    plan = page.ready.own_plan
    if plan is None:
        raise Conflict(_("There is no rate plan with prices of its own."), code="rate_plan_missing")
    standing_prices_set(plan=plan, prices=values["prices"])
    return _("The prices count from now on.")


class RatesStep(StepPage):
    """A first rate plan with a price for each type and its terms; afterwards prices of types that have none."""

    area = "rates"
    verb = "manage"
    template_name = "dashboard/setup_rates.html"
    acts: ClassVar = {
        "plan": Act(
            PlanForm, _plan_made, "manage", is_once=True,
            needs=lambda page: {"types": page.ready.types, "currency": str(page.place.currency)},
            when=lambda page: bool(page.ready.types) and page.ready.own_plan is None,
        ),
        "prices": Act(
            PricesForm, _prices_set, "manage", is_once=True,
            needs=lambda page: {"types": page.unpriced, "currency": str(page.place.currency)},
            when=lambda page: bool(page.unpriced) and page.ready.own_plan is not None,
        ),
    }  # fmt: skip

    @property
    def unpriced(self) -> list[RoomType]:
        """Types that no plan has a price for."""
        return [row for row in self.ready.types if not row.has_price]  # type: ignore[attr-defined]

    def after(self, name: str) -> str:
        """On to the taxes once something is sold."""
        return reverse("dashboard:setup_taxes") if name == "plan" else self.request.path


def _taxes_made(page: "TaxesStep", values: dict[str, Any]) -> str:
    made = first_taxes_create(place=page.place, taxes=values["taxes"])
    return _("From tonight on: %(names)s.") % {"names": ", ".join(rule.name for rule in made)}


def _tax_revised(page: "TaxesStep", values: dict[str, Any]) -> str:
    made = tax_rule_revise(rule=values["rule"], valid_from=values["valid_from"], values=values["values"])
    return _("%(name)s from %(day)s on.") % {"name": made.name, "day": day_words(made.valid_from)}


def _tax_ended(page: "TaxesStep", values: dict[str, Any]) -> str:
    ended = tax_rule_end(rule=values["rule"], valid_until=values["valid_until"])
    return _("%(name)s is not charged from %(day)s on.") % {
        "name": ended.name,
        "day": day_words(values["valid_until"]),
    }


class TaxesStep(StepPage):
    """Taxes: the first ones, further ones, new rates, ends.

    Rates are asked for, never proposed: they differ by town, and they change.
    """

    area = "rates"
    verb = "manage"
    template_name = "dashboard/setup_taxes.html"
    acts: ClassVar = {
        "taxes": Act(
            TaxesForm, _taxes_made, "manage", is_once=True,
            needs=lambda page: {"currency": str(page.place.currency)},
        ),
        "revise": Act(
            ReviseForm, _tax_revised, "manage", is_once=True,
            needs=lambda page: {"rules": page.endless}, when=lambda page: bool(page.endless),
        ),
        "end": Act(
            EndTaxForm, _tax_ended, "manage", is_once=True,
            needs=lambda page: {"rules": page.endless}, when=lambda page: bool(page.endless),
        ),
    }  # fmt: skip

    @cached_property
    def endless(self) -> list[TaxRule]:
        """The newest version of each tax that has no end: what can be followed or ended."""
        return [rule for rule in self.ready.taxes if rule.valid_until is None]
