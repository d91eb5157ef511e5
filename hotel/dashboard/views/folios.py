"""Folios: found, read line by line with what is owed after each, charged, invoiced, closed."""

from datetime import timedelta
from typing import Any, ClassVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from moneyed import Money

from hotel.accounts.selectors.actions import actions_for
from hotel.core.actions import Action
from hotel.core.exceptions import RuleBroken
from hotel.core.money import zero
from hotel.core.templatetags.pms import money
from hotel.dashboard.access import StaffPage
from hotel.dashboard.forms.folios import ChargeForm, FindFolioForm, InvoiceForm, MoveLinesForm, WindowForm
from hotel.dashboard.forms.parts import OnceForm, VersionedForm
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.dashboard.views.saved import WithViews
from hotel.folios.choices import CodeKind
from hotel.folios.models import Folio, FolioWindow, Invoice, Payment, Posting, RoutingRule
from hotel.folios.selectors.deposits import deposits_held
from hotel.folios.selectors.folios import folios_shown
from hotel.folios.selectors.statements import WindowStatement, statement
from hotel.folios.services.corrections import MOVABLE, postings_transfer
from hotel.folios.services.deposits import deposits_use
from hotel.folios.services.folios import folio_close, folio_reopen, window_open
from hotel.folios.services.invoices import invoice_issue
from hotel.folios.services.posting_data import Memo
from hotel.folios.services.postings import charge_post
from hotel.reservations.choices import AlertScreen
from hotel.reservations.selectors.notes import alerts_open

PAGE = 50


class FolioListPage(WithViews, StaffPage, TemplateView):
    """Folios of the property by number, stay, name and status, with what is owed."""

    area = "folios"
    template_name = "dashboard/folio_list.html"
    saved = "folio_list"
    unasked: ClassVar = {"status": "open"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page; open folios unless told otherwise."""
        form = FindFolioForm(self.asked)
        rows = Folio.objects.at(self.place.pk).whole().select_related("reservation__primary_guest")
        rows = rows.order_by("-pk") if form.is_valid() else rows.none()
        if form.is_valid() and form.cleaned_data["status"]:
            rows = rows.filter(status=form.cleaned_data["status"])
        if form.is_valid() and (text := form.cleaned_data["text"]):
            named = Q(
                reservation__primary_guest__last_name__istartswith=text, reservation__is_confidential=False
            )
            is_guest = named if shell_of(self.request).may("view", "guests") else Q()
            numbered = Q(number__istartswith=text) | Q(reservation__number__istartswith=text)
            rows = rows.filter(numbered | Q(name__icontains=text) | is_guest)
        kept = self.request.GET.copy()
        kept.pop("page", None)
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        folios = folios_shown(list(page.object_list))
        return super().get_context_data(page=page, folios=folios, form=form, kept=kept.urlencode(), **kwargs)


class FolioActingPage(ActingPage):
    """A page about one folio of the property one works at."""

    area = "folios"

    @cached_property
    def folio(self) -> Folio:
        """The folio with balances and actions.

        Raises:
            Http404: no such folio here.
        """
        rows = Folio.objects.at(self.place.pk).whole().select_related("reservation__primary_guest")
        rows = rows.select_related("reservation__booking__company")
        (folio,) = folios_shown([get_object_or_404(rows, pk=self.kwargs["pk"])])
        return folio

    @property
    def is_hidden(self) -> bool:
        """Whether the guest is confidential, and the person may not view guests."""
        stay = self.folio.reservation
        return stay is not None and stay.is_confidential and not shell_of(self.request).may("view", "guests")

    @cached_property
    def windows(self) -> list[FolioWindow]:
        """Its windows in order, each with balance and, in words, payer."""
        found = list(
            self.folio.windows.select_related("guest", "company", "property", "folio").order_by("number")
        )
        balances = {window.pk: window.balance for window in self.folio.windows.all()}
        for window in found:
            window.balance = balances[window.pk]
            payer = window.company or window.guest
            window.payer = _("Confidential") if payer and self.is_hidden else str(payer or "")
        return found

    @property
    def currency(self) -> str:
        """Of everything on the folio."""
        return self.folio.currency

    def stale(self) -> str:
        """Somebody changed the folio."""
        return _(
            "Somebody changed this folio meanwhile; nothing of yours was done. This is how it stands now."
        )


def _charged(page: "FolioPage", values: dict[str, Any]) -> str:
    memo = Memo(description=values.pop("description"), reference=values.pop("reference"))
    made = charge_post(folio=page.folio, actor=page.request.user, memo=memo, **values)  # type: ignore[arg-type]
    return _("Posted: %(lines)s.") % {"lines": ", ".join(f"{p.description} {money(p.gross)}" for p in made)}


def _moved(page: "FolioPage", values: dict[str, Any]) -> str:
    made = postings_transfer(actor=page.request.user, **values)  # type: ignore[arg-type]
    return _("Moved %(count)d lines to window %(number)d.") % {
        "count": len(made), "number": values["window"].number,
    }  # fmt: skip


def _window_added(page: "FolioPage", values: dict[str, Any]) -> str:
    made = window_open(folio=page.folio, payer=values["payer"], label=values["label"])
    return _("Window %(number)d is open.") % {"number": made.number}


def _deposits_used(page: "FolioPage", values: dict[str, Any]) -> str:
    made = deposits_use(folio=page.folio, actor=page.request.user)  # type: ignore[arg-type]
    if made is None:
        return _("No deposit is held for this stay.")
    return _("The deposit pays %(amount)s here.") % {"amount": money(-made.gross)}


def _invoiced(page: "FolioPage", values: dict[str, Any]) -> str:
    made = invoice_issue(window=values["window"], actor=page.request.user)  # type: ignore[arg-type]
    return _("Invoice %(number)s is issued.") % {"number": made.number_text}


def _closed(page: "FolioPage", values: dict[str, Any]) -> str:
    seen = values["version"]
    folio_close(folio=page.folio, expected_version=seen)  # type: ignore[arg-type]
    return _("The folio is closed.")


def _reopened(page: "FolioPage", values: dict[str, Any]) -> str:
    seen = values["version"]
    folio_reopen(folio=page.folio, expected_version=seen)  # type: ignore[arg-type]
    return _("The folio is open again.")


# act -> the command of the folio's ``actions`` that it is
COMMANDS = {
    "charge": "charge",
    "move": "transfer",
    "window": "window",
    "use_deposits": "charge",
    "close": "close",
    "reopen": "reopen",
}


class FolioPage(FolioActingPage):
    """One folio: windows with their lines and running balances, payments, documents, rules; and what can be done."""

    template_name = "dashboard/folio_detail.html"
    acts: ClassVar = {
        "charge": Act(ChargeForm, _charged, "post", is_once=True),
        "move": Act(MoveLinesForm, _moved, "adjust", is_once=True),
        "window": Act(WindowForm, _window_added, "manage", is_once=True),
        "use_deposits": Act(OnceForm, _deposits_used, "post", is_once=True),
        "invoice": Act(InvoiceForm, _invoiced, "invoice", is_once=True),
        "close": Act(VersionedForm, _closed, "manage"),
        "reopen": Act(VersionedForm, _reopened, "manage"),
    }

    @cached_property
    def statement(self) -> list[WindowStatement]:
        """The lines window by window; of a folio that is too long those of the open business date, or none."""
        today = self.place.business_date
        try:
            return statement(self.folio)
        except RuleBroken:
            messages.info(self.request, _("This folio is very long: at most the lines of today are shown."))
        try:
            return statement(self.folio, since=today)
        except RuleBroken:
            return statement(self.folio, since=today + timedelta(days=1))

    @cached_property
    def movable(self) -> list[Posting]:
        """Lines that may go to another window."""
        lines = [line.posting for window in self.statement for line in window.lines]
        return [line for line in lines if is_movable(line)]

    def about(self, name: str) -> dict[str, Any]:
        """What each form chooses from."""
        if name == "charge":
            return {"place": self.place, "windows": self.windows, "currency": self.currency}
        if name == "move":
            return {"windows": self.windows, "lines": self.movable}
        if name == "window":
            return {"payers": self._payers()}
        if name == "invoice":
            return {"windows": self.windows}
        return {"version": self.folio.version} if name in {"close", "reopen"} else {}

    def _payers(self) -> list[Any]:
        stay = self.folio.reservation
        known = [] if stay is None or self.is_hidden else [stay.primary_guest, stay.booking.company]
        return [payer for payer in known if payer is not None]

    @cached_property
    def actions(self) -> dict[str, Action]:
        """What the person may do with the folio as it stands, by name."""
        mine = actions_for(self.request.user, self.place.pk, self.folio.actions)
        return {row.name: row for row in mine}

    @cached_property
    def held(self) -> Money:
        """What is held for the stay and not used; nothing for accounts of the house."""
        stay = self.folio.reservation
        return zero(self.currency) if stay is None else deposits_held(self.place, [stay.pk])[stay.pk].amount

    def is_possible(self, name: str) -> bool:
        """What the folio's ``actions`` allow, and what there is something to do for."""
        if name == "move":
            has_something = len(self.windows) > 1 and bool(self.movable)
        else:
            has_something = name != "use_deposits" or bool(self.held.amount)
        return has_something and (name not in COMMANDS or self.actions[COMMANDS[name]].is_allowed)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A constant number of queries, however many lines there are."""
        folio, rows = self.folio, {"window__in": self.windows}
        payments = Payment.objects.at(self.place.pk).filter(**rows).select_related("code", "card", "window")
        rules = RoutingRule.objects.at(self.place.pk).filter(folio=folio).select_related("window__folio")
        close, context = self.actions["close"], super().get_context_data(**kwargs)
        return context | {
            "folio": folio,
            "windows": list(zip(self.windows, self.statement, strict=True)),
            "movable": {line.pk for line in self.movable} if "move" in context["forms"] else (),
            "held": self.held,
            "is_hidden": self.is_hidden,
            "alerts": alerts_open(folio.reservation, AlertScreen.BILLING) if folio.reservation else [],
            "may_tick": shell_of(self.request).may("manage", "reservations"),
            "payments": payments.order_by("-pk")[:PAGE],
            "invoices": Invoice.objects.at(self.place.pk).filter(**rows).order_by("-pk"),
            "rules": rules.order_by("priority", "pk"),
            "may_pay": self.actions["pay"].is_allowed,
            "not_closed": close.reason if close.code == "balance_open" else "",
        }


def is_movable(line: Posting) -> bool:
    """Whether a line stands by itself and may be moved or split; the services decide."""
    is_standing = not line.is_reversed and line.reverses_id is None and line.adjusts_id is None  # type: ignore[attr-defined]
    return is_standing and CodeKind(line.code.kind) in MOVABLE
