"""Whether a hotel can sell a room tonight, and what is missing if not."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hotel.accounts.models import RoleAssignment
from hotel.core.days import day_words
from hotel.folios.models import GatewayAccount
from hotel.properties.models import Property
from hotel.rates.domain.quotes import Occupancy
from hotel.rates.models import RatePlan, RatePrice, TaxRule
from hotel.reservations.selectors.offers import Offer, OfferQuestion, offers
from hotel.rooms.choices import RoomTypeKind
from hotel.rooms.models import RoomType

DONE, MISSING, ADVICE = "done", "missing", "advice"


@dataclass(frozen=True)
class Step:
    """A part of setting a hotel up.

    Attributes:
        name: of the page where it is done, as ``dashboard:<name>``.
        title: what it is about.
        state: ``done``; ``missing``, without which nothing is sold; or ``advice``, which can wait.
        told: how it stands, in a sentence.
    """

    name: str
    title: str
    state: str
    told: str


class Readiness:
    """How far a hotel is; read lazily, each part once."""

    def __init__(self, place: Property) -> None:
        self.place = place

    @cached_property
    def types(self) -> list[RoomType]:
        """Types that are sold, each with ``room_count`` open rooms and ``has_price``; one query."""
        day = self.place.business_date
        is_open = Q(rooms__opened_on__lte=day) & (Q(rooms__closed_on=None) | Q(rooms__closed_on__gt=day))
        prices = RatePrice.objects.at(self.place.pk).filter(
            room_type=OuterRef("pk"), rate_plan__is_active=True, rate_plan__day_use_hours=None
        )
        rows = RoomType.objects.at(self.place.pk).filter(is_active=True).exclude(kind=RoomTypeKind.PSEUDO)
        return list(
            rows.annotate(
                room_count=Count("rooms", filter=is_open, distinct=True), has_price=Exists(prices)
            ).order_by("sort_order", "code")
        )

    @cached_property
    def plans(self) -> list[RatePlan]:
        """Plans for nights that are sold, in their order, with their terms; one query."""
        rows = RatePlan.objects.at(self.place.pk).filter(is_active=True, day_use_hours=None)
        return list(
            rows.select_related("cancellation_policy", "no_show_policy").order_by("sort_order", "code")
        )

    @cached_property
    def own_plan(self) -> RatePlan | None:
        """The first plan with prices of its own."""
        return next((plan for plan in self.plans if plan.parent_id is None), None)

    @cached_property
    def taxes(self) -> list[TaxRule]:
        """Taxes that count on the business date or later; one query."""
        rows = TaxRule.objects.at(self.place.pk).select_related("property")
        return list(rows.filter(Q(valid_until=None) | Q(valid_until__gt=self.place.business_date)))

    @cached_property
    def people(self) -> int:
        """How many people hold a role here, on whatever days; one query."""
        rows = RoleAssignment.objects.filter(user__is_active=True, user__is_machine=False)
        return rows.reaching([self.place.pk]).aggregate(n=Count("user", distinct=True))["n"]

    @cached_property
    def tonight(self) -> list[Offer]:
        """What one adult can book for tonight, cheapest first: the very offers of the desk."""
        if not self.types or not self.plans:
            return []
        day = self.place.business_date
        return offers(
            OfferQuestion(
                place=self.place, arrival=day, departure=day + timedelta(days=1), occupancy=Occupancy(1)
            )
        )

    @cached_property
    def rooms_tonight(self) -> int:
        """Rooms that can be booked for tonight; what is sold from the rooms of other types counts with those."""
        own = {row.pk for row in self.types if row.kind == RoomTypeKind.STANDARD}
        free = {offer.quote.room_type_id: offer.sellable for offer in self.tonight}
        return sum(count for room_type, count in free.items() if room_type in own)

    @property
    def is_ready(self) -> bool:
        """Whether a room can be sold tonight; nothing else counts."""
        return bool(self.tonight)

    @property
    def steps(self) -> list[Step]:
        """All parts in order, with how they stand."""
        return [self._hotel(), self._rooms(), self._rates(), self._taxes(), self._people()]

    @property
    def later(self) -> list[Step]:
        """What can wait until the first guest pays or writes."""
        rows = [self._letterhead()]
        if not GatewayAccount.objects.at(self.place.pk).exists():
            told = _("No card processor is connected: take cash and bank transfers, or connect one.")
            rows.append(Step("admin:folios_gatewayaccount_changelist", _("Cards"), ADVICE, told))
        return [row for row in rows if row.state != DONE]

    def _hotel(self) -> Step:
        told = _("%(name)s in %(currency)s, business date %(day)s.")
        values = {
            "name": self.place.name,
            "currency": self.place.currency,
            "day": day_words(self.place.business_date),
        }
        return Step("setup", _("Hotel"), DONE, told % values)

    def _rooms(self) -> Step:
        total = sum(row.room_count for row in self.types)  # type: ignore[attr-defined]
        bare = [row.code for row in self.types if row.kind == RoomTypeKind.STANDARD and not row.room_count]  # type: ignore[attr-defined]
        if not total:
            return Step("setup_rooms", _("Rooms"), MISSING, _("There are no rooms yet."))
        told = ngettext("%(n)d room", "%(n)d rooms", total) % {"n": total}
        if bare:
            more = _("%(rooms)s. Types without a room: %(codes)s.")
            return Step("setup_rooms", _("Rooms"), ADVICE, more % {"rooms": told, "codes": ", ".join(bare)})
        return Step("setup_rooms", _("Rooms"), DONE, f"{told}.")

    def _rates(self) -> Step:
        title = _("Prices and terms")
        if self.own_plan is None or not any(row.has_price for row in self.types):  # type: ignore[attr-defined]
            return Step("setup_rates", title, MISSING, _("There is no rate plan with prices yet."))
        lacking = [row.code for row in self.types if not row.has_price]  # type: ignore[attr-defined]
        if lacking:
            told = _("Types without a price: %(codes)s. They are not sold.") % {"codes": ", ".join(lacking)}
            return Step("setup_rates", title, ADVICE, told)
        return Step("setup_rates", title, DONE, ", ".join(plan.name for plan in self.plans[:3]) + ".")

    def _taxes(self) -> Step:
        if not self.taxes:
            told = _("No tax is set up, so none is charged. If the law asks for none, this is right.")
            return Step("setup_taxes", _("Taxes"), ADVICE, told)
        names = dict.fromkeys(rule.name for rule in self.taxes)
        return Step("setup_taxes", _("Taxes"), DONE, ", ".join(names) + ".")

    def _people(self) -> Step:
        told = ngettext("%(n)d person works here.", "%(n)d people work here.", self.people) % {
            "n": self.people
        }
        if not self.people:
            return Step("people", _("People"), ADVICE, _("Nobody but the owner may do anything here yet."))
        return Step("people", _("People"), DONE, told)

    def _letterhead(self) -> Step:
        missing = [
            word
            for value, word in (
                (self.place.address, _("address")),
                (self.place.email, _("e-mail address")),
                (self.place.phone, _("telephone")),
                (self.place.tax_number, _("tax number")),
            )
            if not value
        ]
        told = _("Invoices and letters lack: %(words)s.") % {"words": ", ".join(missing)}
        return Step("admin:properties_property_change", _("Letterhead"), ADVICE if missing else DONE, told)
