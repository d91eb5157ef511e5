"""A cashier's till: opened, emptied, counted and closed; what should be in it stands beside the count."""

from typing import Any, ClassVar

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from moneyed import Money

from hotel.core.templatetags.pms import money
from hotel.dashboard.forms.tills import CashOutForm, CountForm, OpenTillForm
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.folios.choices import SessionStatus
from hotel.folios.models import CashierSession
from hotel.folios.selectors.tills import session_of, tills_expected
from hotel.folios.services.tills import cash_drop, cash_paid_out, session_close, session_open

LISTED = 20


def _opened(page: "TillPage", values: dict[str, Any]) -> str:
    begin: Money | None = values["float"]
    session_open(
        place=page.place,
        cashier=page.request.user,  # type: ignore[arg-type]
        floats={} if begin is None else {begin.currency.code: begin.amount},
        note=values["note"],
    )
    return _("Your till is open.")


def _dropped(page: "TillPage", values: dict[str, Any]) -> str:
    cash_drop(session=page.till, actor=page.request.user, **values)  # type: ignore[arg-type]
    return _("Dropped into the safe: %(amount)s.") % {"amount": money(values["amount"])}


def _paid_out(page: "TillPage", values: dict[str, Any]) -> str:
    cash_paid_out(session=page.till, actor=page.request.user, **values)  # type: ignore[arg-type]
    return _("Paid out: %(amount)s.") % {"amount": money(values["amount"])}


def _closed(page: "TillPage", values: dict[str, Any]) -> str:
    session_close(
        session=page.till,
        counted=values["counted"],
        actor=page.request.user,  # type: ignore[arg-type]
        note=values["note"],
    )
    return _("The till is counted and closed.")


class TillPage(ActingPage):
    """One's own till, or with the right ``manage`` somebody else's, named by the address."""

    area = "folios"
    verb = "post"
    template_name = "dashboard/till.html"
    acts: ClassVar = {
        "open": Act(OpenTillForm, _opened, "post", is_once=True),
        "drop": Act(CashOutForm, _dropped, "post", is_once=True),
        "paid_out": Act(CashOutForm, _paid_out, "post", is_once=True),
        "close": Act(CountForm, _closed, "post", is_once=True),
    }

    @property
    def may_manage(self) -> bool:
        """Whether the person sees and closes the tills of others."""
        return shell_of(self.request).may("manage", self.area)

    @cached_property
    def session(self) -> CashierSession | None:
        """The till of the address, else one's own that is open.

        Raises:
            Http404: no such till here, or somebody else's without the right to manage.
        """
        if "pk" not in self.kwargs:
            return session_of(self.place.pk, self.request.user)  # type: ignore[arg-type]
        rows = CashierSession.objects.at(self.place.pk).select_related("cashier", "property")
        if not self.may_manage:
            rows = rows.filter(cashier=self.request.user)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def till(self) -> CashierSession:
        """The same, for what needs one.

        Raises:
            Http404: there is none.
        """
        if self.session is None:
            raise Http404
        return self.session

    @cached_property
    def expected(self) -> dict[str, Money]:
        """What should be in it by currency; the property's own first."""
        home = str(self.place.currency)
        found = {} if self.session is None else tills_expected([self.session.pk])[self.session.pk]
        return {home: found.pop(home, Money(0, home)), **found}

    def about(self, name: str) -> dict[str, Any]:
        """The currencies to count."""
        if name == "close":
            return {"currencies": list(self.expected)}
        known: dict[str, Any] = {"currency": str(self.place.currency)}
        return known if name == "open" else {**known, "needs_note": name == "paid_out"}

    def is_possible(self, name: str) -> bool:
        """Opened when there is none; the rest while it is open."""
        if self.session is None:
            return name == "open"
        return name != "open" and self.session.status == SessionStatus.OPEN

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The till with its movements, and the tills of before; of everybody for those who manage."""
        session, rows = self.session, CashierSession.objects.at(self.place.pk).select_related("cashier")
        if not self.may_manage:
            rows = rows.filter(cashier=self.request.user)
        return super().get_context_data(
            session=session,
            expected=list(self.expected.values()),
            movements=[] if session is None else session.movements.select_related("payment", "actor"),
            sessions=rows.order_by("-status", "-pk")[:LISTED],
            **kwargs,
        )
