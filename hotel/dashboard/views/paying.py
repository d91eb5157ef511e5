"""Money at the desk: taken for a folio or as a deposit, at once, by a kept card, by a link, by the city ledger."""

from datetime import timedelta
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from moneyed import Money

from hotel.core.clock import now
from hotel.core.money import zero
from hotel.core.templatetags.pms import money
from hotel.dashboard.forms.payments import CardForm, CityForm, LinkForm, TakeForm
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.dashboard.views.folios import FolioActingPage
from hotel.dashboard.views.payments import payment_words
from hotel.folios.choices import FolioStatus, LinkStatus
from hotel.folios.models import CardToken, CityAccount, FolioWindow, Payment, PaymentLink, TransactionCode
from hotel.folios.selectors.deposits import deposits_held
from hotel.folios.selectors.payments import account_of, ways_of_payment
from hotel.folios.selectors.tills import session_of
from hotel.folios.services.card_payments import payment_authorise
from hotel.folios.services.city_ledger import city_ledger_transfer
from hotel.folios.services.payment_data import PaymentData, Target
from hotel.folios.services.payment_links import link_create, link_url
from hotel.folios.services.payments import BY_PROCESSOR, payment_take
from hotel.folios.services.posting_data import Memo
from hotel.guests.models import Guest
from hotel.reservations.models import Reservation


class PayPage(ActingPage):
    """The ways to pay; what is paid is said by those who inherit."""

    area = "folios"
    verb = "post"
    template_name = "dashboard/payment_new.html"

    @property
    def payable(self) -> list[FolioWindow]:
        """The windows to choose from; none when a deposit is paid."""
        return []

    @property
    def stay(self) -> Reservation | None:
        """Whose money it is."""
        raise NotImplementedError

    @property
    def owed(self) -> Money:
        """What is asked for unless somebody says otherwise."""
        return zero(str(self.place.currency))

    @property
    def chosen(self) -> FolioWindow | None:
        """The window that is paid unless another one is chosen: the one asked for, else the first that owes."""
        return None

    def target(self, values: dict[str, Any]) -> Target:
        """What a form pays."""
        raise NotImplementedError

    def data(self, values: dict[str, Any]) -> PaymentData:
        """A payment as the services take it; the hidden key makes it one payment."""
        return PaymentData(
            target=self.target(values),
            amount=values["amount"],
            key=values["key"].hex,
            reference=values.get("reference", ""),
            actor=self.request.user,  # type: ignore[arg-type]
        )

    @cached_property
    def cards(self) -> list[CardToken]:
        """The cards that the guest has given here."""
        guest: Guest | None = None if self.stay is None else self.stay.primary_guest
        if guest is None:
            return []
        rows = CardToken.objects.at(self.place.pk).filter(guest=guest, is_active=True)
        return list(rows.select_related("account", "property"))

    @cached_property
    def codes(self) -> list[TransactionCode]:
        """Ways of payment that need no processor."""
        rows = ways_of_payment(self.place.pk)
        return list(rows.exclude(code=BY_PROCESSOR, is_standard=True).order_by("-is_standard", "pk"))

    @cached_property
    def accounts(self) -> list[CityAccount]:
        """Debtors of the city ledger that take something."""
        return list(CityAccount.objects.at(self.place.pk).filter(is_active=True).order_by("number"))

    @cached_property
    def gateway(self) -> Any:
        """The account at a processor; None when the property takes no cards by itself."""
        return account_of(self.place.pk)

    def about(self, name: str) -> dict[str, Any]:
        """What each form chooses from."""
        chosen = self.chosen
        known: dict[str, Any] = {
            "windows": self.payable,
            "owed": self.owed if chosen is None else chosen.balance,
            "chosen": None if chosen is None else chosen.pk,
        }
        further: dict[str, dict[str, Any]] = {
            "take": {"codes": self.codes},
            "card": {"cards": self.cards},
            "city": {"accounts": self.accounts},
        }
        return {**known, **further.get(name, {})}

    @property
    def paid(self) -> dict[str, Any]:
        """What is paid, as a filter of payments and links."""
        raise NotImplementedError

    def is_possible(self, name: str) -> bool:
        """The ways that can be gone here and now."""
        can = {"card": self.cards, "link": self.gateway, "city": self.accounts}
        return bool(can.get(name, True))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Links that are open, payments made, and whether cash can be taken."""
        payments = (
            Payment.objects.at(self.place.pk).filter(**self.paid).select_related("code", "card", "window")
        )
        links = PaymentLink.objects.at(self.place.pk).filter(
            **self.paid, status=LinkStatus.OPEN, expires_at__gt=now()
        )
        return super().get_context_data(
            has_till=session_of(self.place.pk, self.request.user) is not None,  # type: ignore[arg-type]
            links=[(link, link_url(link)) for link in links.order_by("-pk")],
            payments=payments.order_by("-pk")[:50],
            stay=self.stay,
            **kwargs,
        )


def _taken(page: PayPage, values: dict[str, Any]) -> str:
    return payment_words(page, payment_take(data=page.data(values), code=values["code"]))


def _by_card(page: PayPage, values: dict[str, Any]) -> str:
    made = payment_authorise(data=page.data(values), card=values["card"], is_capture=values["is_capture"])
    return payment_words(page, made)


def _link_made(page: PayPage, values: dict[str, Any]) -> str:
    link_create(
        target=page.target(values),
        amount=values["amount"],
        expires_at=now() + timedelta(days=values["days"]),
        description=values["description"],
        actor=page.request.user,  # type: ignore[arg-type]
    )
    return _("The link is made: send the address below to the guest.")


def _to_city(page: PayPage, values: dict[str, Any]) -> str:
    made = city_ledger_transfer(
        window=values["window"],
        account=values["account"],
        amount=values["amount"],
        actor=page.request.user,  # type: ignore[arg-type]
        memo=Memo(reference=values["reference"]),
    )
    return _("%(account)s owes %(amount)s from now on.") % {
        "account": values["account"], "amount": money(-made.gross),
    }  # fmt: skip


WAYS = {
    "take": Act(TakeForm, _taken, "post"),
    "card": Act(CardForm, _by_card, "post"),
    "link": Act(LinkForm, _link_made, "post", is_once=True),
}


class FolioPayPage(FolioActingPage, PayPage):
    """What a window of a folio owes is paid."""

    acts: ClassVar = {**WAYS, "city": Act(CityForm, _to_city, "post", is_once=True)}

    @property
    def payable(self) -> list[FolioWindow]:
        """The windows of the folio."""
        return self.windows

    @property
    def stay(self) -> Reservation | None:
        """That of the folio; none for accounts of the house."""
        return self.folio.reservation

    @property
    def chosen(self) -> FolioWindow | None:
        """The window asked for, else the first that owes something, else the first."""
        wanted = self.request.GET.get("window", "")
        asked = (window for window in self.windows if str(window.number) == wanted)
        owing = (window for window in self.windows if window.balance.amount > 0)
        return next(asked, None) or next(owing, None) or self.windows[0]

    def is_possible(self, name: str) -> bool:
        """Nothing is paid on a closed folio."""
        return self.folio.status == FolioStatus.OPEN and super().is_possible(name)

    def target(self, values: dict[str, Any]) -> Target:
        """The window chosen."""
        return values["window"]

    @property
    def paid(self) -> dict[str, Any]:
        """All its windows."""
        return {"window__in": self.windows}

    def after(self, name: str) -> str:
        """The folio; a new link is read here."""
        return self.request.path if name == "link" else reverse("dashboard:folio", args=[self.folio.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The windows with what they owe."""
        return super().get_context_data(folio=self.folio, windows=self.windows, **kwargs)


class DepositPage(PayPage):
    """A deposit for a stay: a liability until the guest has his folio."""

    acts: ClassVar = WAYS

    @cached_property
    def stay(self) -> Reservation:
        """The stay.

        Raises:
            Http404: no such stay here.
        """
        rows = Reservation.objects.at(self.place.pk).with_parts()
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def target(self, values: dict[str, Any]) -> Target:
        """The stay itself."""
        return self.stay

    @property
    def paid(self) -> dict[str, Any]:
        """The stay, beforehand."""
        return {"reservation": self.stay}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is held already."""
        held = deposits_held(self.place, [self.stay.pk])[self.stay.pk].amount
        return super().get_context_data(held=held, **kwargs)
