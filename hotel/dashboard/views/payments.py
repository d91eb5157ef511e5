"""One payment: how it stands with the processor, what is taken, let go or paid back of it."""

from typing import Any, ClassVar

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from hotel.accounts.selectors.actions import actions_for
from hotel.core.actions import Action
from hotel.core.templatetags.pms import money
from hotel.dashboard.forms.parts import OnceForm
from hotel.dashboard.forms.payments import AmountForm, ChargebackForm, RefundForm, WonForm
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.folios.choices import PaymentStatus
from hotel.folios.models import Payment
from hotel.folios.selectors.payments import payment_actions
from hotel.folios.services.card_payments import payment_capture, payment_top_up, payment_void
from hotel.folios.services.chargebacks import Dispute, chargeback_enter, chargeback_reinstate
from hotel.folios.services.gateway_calls import payment_clarify
from hotel.folios.services.refunds import payment_refund

DONE = frozenset(
    {PaymentStatus.CAPTURED, PaymentStatus.AUTHORISED, PaymentStatus.REFUNDED, PaymentStatus.VOIDED}
)


def payment_words(page: ActingPage, payment: Payment) -> str:
    """What became of a payment; one that failed is told as an error, an unclear one as a warning."""
    words = f"{payment.number}: {payment.get_status_display()}, {money(payment.amount)}"
    if payment.status in DONE:
        return f"{words}."
    if payment.status == PaymentStatus.FAILED:
        messages.error(page.request, f"{words}. {payment.failure_reason}".strip())
    else:
        messages.warning(
            page.request, _("%(words)s. It is never charged twice; look again soon.") % {"words": words}
        )
    return ""


def _captured(page: "PaymentPage", values: dict[str, Any]) -> str:
    key, amount = values["key"].hex, values["amount"]
    return payment_words(page, payment_capture(payment=page.payment, key=key, amount=amount))


def _topped_up(page: "PaymentPage", values: dict[str, Any]) -> str:
    key, amount = values["key"].hex, values["amount"]
    return payment_words(page, payment_top_up(payment=page.payment, amount=amount, key=key))


def _voided(page: "PaymentPage", values: dict[str, Any]) -> str:
    return payment_words(page, payment_void(payment=page.payment, key=values["key"].hex))


def _refunded(page: "PaymentPage", values: dict[str, Any]) -> str:
    made = payment_refund(
        payment=page.payment,
        amount=values["amount"],
        key=values["key"].hex,
        reason=values["reason"],
        actor=page.request.user,  # type: ignore[arg-type]
    )
    return payment_words(page, made)


def _charged_back(page: "PaymentPage", values: dict[str, Any]) -> str:
    told = {name: values[name] for name in ("reference", "amount", "fee", "reason")}
    made = chargeback_enter(payment=page.payment, dispute=Dispute(**told), actor=page.request.user)  # type: ignore[arg-type]
    return payment_words(page, made)


def _won(page: "PaymentPage", values: dict[str, Any]) -> str:
    made = chargeback_reinstate(
        chargeback=page.payment,
        actor=page.request.user,  # type: ignore[arg-type]
        fee=values["fee"],
        reason=values["reason"],
    )
    return payment_words(page, made)


def _clarified(page: "PaymentPage", values: dict[str, Any]) -> str:
    return payment_words(page, payment_clarify(payment=page.payment))


class PaymentPage(ActingPage):
    """One payment: how it stands with the processor, what was taken back of it, and what can be done."""

    area = "folios"
    template_name = "dashboard/payment_detail.html"
    acts: ClassVar = {
        "capture": Act(AmountForm, _captured, "post"),
        "top_up": Act(AmountForm, _topped_up, "post"),
        "void": Act(OnceForm, _voided, "adjust"),
        "refund": Act(RefundForm, _refunded, "adjust", step_up=True),
        "chargeback": Act(ChargebackForm, _charged_back, "adjust", is_once=True),
        "reinstate": Act(WonForm, _won, "adjust", is_once=True),
        "clarify": Act(OnceForm, _clarified, "post"),
    }

    @cached_property
    def payment(self) -> Payment:
        """The payment.

        Raises:
            Http404: no such payment here.
        """
        rows = (
            Payment.objects.at(self.place.pk)
            .prefetch_related("calls")
            .select_related(
                *("property", "code", "card", "account", "window__folio", "reservation", "of", "actor")
            )
        )
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def about(self, name: str) -> dict[str, Any]:
        """At most what is reserved, or what may still go back."""
        payment = self.payment
        most = {
            "capture": payment.authorised_amount,
            "top_up": payment.authorised_amount,
            "refund": payment.standing.refundable,
            "chargeback": payment.captured_amount - payment.charged_back_amount,
            "reinstate": payment.amount.amount,
        }
        return {"most": payment.money(most[name])} if name in most else {}

    @cached_property
    def actions(self) -> dict[str, Action]:
        """What the person may do with the payment as it stands, by name."""
        mine = actions_for(self.request.user, self.place.pk, payment_actions(self.payment))
        return {row.name: row for row in mine}

    def is_possible(self, name: str) -> bool:
        """What the payment's ``actions`` allow."""
        return self.actions[name].is_allowed

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The payment, its orders to the processor, and why it cannot be paid back, if so."""
        return super().get_context_data(
            payment=self.payment,
            not_refunded=self.actions["refund"].reason,
            calls=self.payment.calls.all(),
            taken_back=self.payment.taken_back.order_by("pk"),
            may_see_stays=shell_of(self.request).may("view", "reservations"),
            **kwargs,
        )
