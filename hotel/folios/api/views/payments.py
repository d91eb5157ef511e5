"""Payments: made, taken, let go, paid back; each an order with a state of its own."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.api.idempotency import request_key
from hotel.folios.api.payment_filters import PaymentFilter
from hotel.folios.api.serializers.payments import (
    AmountInput,
    CaptureInput,
    ChargebackInput,
    PaymentDetailSerializer,
    PaymentInput,
    PaymentSerializer,
    RefundInput,
    ReinstateInput,
)
from hotel.folios.models import Payment
from hotel.folios.selectors.payments import payment_code
from hotel.folios.services.card_payments import (
    payment_authorise,
    payment_capture,
    payment_top_up,
    payment_void,
)
from hotel.folios.services.chargebacks import Dispute, chargeback_enter, chargeback_reinstate
from hotel.folios.services.gateway_calls import payment_clarify
from hotel.folios.services.payment_data import PaymentData
from hotel.folios.services.payments import payment_take
from hotel.folios.services.refunds import payment_refund
from hotel.properties.api.mixins import ReadViewSet

DETAIL = PaymentDetailSerializer


class PaymentViewSet(ReadViewSet):
    """Payments of windows, and deposits for stays; refunds and chargebacks are payments of their own.

    A payment by card may be declined, or its outcome may not be certain yet: then it is ``failed`` or ``unknown``, not
    an error, and an unknown one is clarified by itself. A status changes by commands only.
    """

    area = "folios"
    queryset = Payment.objects.select_related("code", "window", "card")
    serializer_class = PaymentSerializer
    filterset_class = PaymentFilter
    search_fields = ["number", "reference", "gateway_reference", "description"]
    ordering_fields: ClassVar[list[str]] = ["created_at", "amount"]
    verbs: ClassVar[dict[str, str]] = {
        "create": "post",
        "capture": "post",
        "top_up": "post",
        "void": "adjust",
        "refund": "adjust",
        "chargeback": "adjust",
        "reinstate": "adjust",
        "clarify": "post",
    }
    phased = frozenset({"create", "capture", "top_up", "void", "refund", "clarify"})
    idempotent = phased | {"chargeback", "reinstate"}
    step_up = frozenset({"refund"})
    http_method_names: ClassVar[list[str]] = ["get", "post", "head", "options"]

    def get_queryset(self) -> Any:
        """One payment comes with its orders."""
        rows = super().get_queryset()
        return rows.prefetch_related("calls") if self.action == "retrieve" else rows

    def get_serializer_class(self) -> Any:
        """One payment is shown whole."""
        return DETAIL if self.action == "retrieve" else super().get_serializer_class()

    @extend_schema(request=PaymentInput, responses={201: DETAIL})
    def create(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Take a payment: by a kept card, at once or reserved; or cash, terminal, bank transfer, voucher.

        Foreign cash is credited at the day's buy rate. With ``settles`` only that much is credited, and ``change``
        tells what to hand back; a till that does not hold it refuses (``not_in_till``).
        """
        given = self._read(PaymentInput)
        target = given["target"]
        self.require_at(target.property_id)
        data = PaymentData(
            target=target,
            amount=given["amount"],
            key=request_key(request),
            settles=given.get("settles"),
            is_change_foreign=given["is_change_foreign"],
            description=given["description"],
            reference=given["reference"],
            actor=request.user,
        )
        if "card" in given:
            payment = payment_authorise(data=data, card=given["card"], is_capture=given["is_capture"])
        else:
            payment = payment_take(data=data, code=payment_code(target.property_id, given["code"]))
        return self._shown(payment, status=201)

    @extend_schema(request=CaptureInput, responses=DETAIL)
    @action(detail=True, methods=["post"])
    def capture(self, request: Any, pk: Any = None) -> Response:
        """Take what was reserved on the card, or a part of it; the rest is let go."""
        amount = self._read(CaptureInput)["amount"]
        return self._shown(
            payment_capture(payment=self.get_object(), amount=amount, key=request_key(request))
        )

    @extend_schema(request=AmountInput, responses=DETAIL)
    @action(detail=True, methods=["post"], url_path="top-up")
    def top_up(self, request: Any, pk: Any = None) -> Response:
        """Reserve more on the same card: ``amount`` is the new total."""
        amount = self._read(AmountInput)["amount"]
        return self._shown(payment_top_up(payment=self.get_object(), amount=amount, key=request_key(request)))

    @extend_schema(request=None, responses=DETAIL)
    @action(detail=True, methods=["post"])
    def void(self, request: Any, pk: Any = None) -> Response:
        """Let go of what was reserved on the card."""
        return self._shown(payment_void(payment=self.get_object(), key=request_key(request)))

    @extend_schema(request=RefundInput, responses={201: DETAIL})
    @action(detail=True, methods=["post"])
    def refund(self, request: Any, pk: Any = None) -> Response:
        """Pay back the payment or a part of it, the way it came; the answer is the refund.

        Foreign cash goes back in the property's currency, or in its own at the day's sell rate; in all never more than
        was credited, nor more than was handed over.
        """
        given = self._read(RefundInput)
        refund = payment_refund(
            payment=self.get_object(),
            amount=given["amount"],
            key=request_key(request),
            reason=given["reason"],
            actor=request.user,
        )
        return self._shown(refund, status=201)

    @extend_schema(request=ChargebackInput, responses={201: DETAIL})
    @action(detail=True, methods=["post"])
    def chargeback(self, request: Any, pk: Any = None) -> Response:
        """Book by hand what the guest's bank has taken back; the answer is the chargeback. The guest owes it again.

        A processor that reports disputes books them by itself; told both ways under one reference it counts once.
        """
        dispute = Dispute(**self._read(ChargebackInput))
        made = chargeback_enter(payment=self.get_object(), dispute=dispute, actor=request.user)
        return self._shown(made, status=201)

    @extend_schema(request=ReinstateInput, responses={201: DETAIL})
    @action(detail=True, methods=["post"])
    def reinstate(self, request: Any, pk: Any = None) -> Response:
        """Book by hand that the dispute of a chargeback is won; the answer is what the bank gives back."""
        given = self._read(ReinstateInput)
        made = chargeback_reinstate(chargeback=self.get_object(), actor=request.user, **given)
        return self._shown(made, status=201)

    @extend_schema(request=None, responses=DETAIL)
    @action(detail=True, methods=["post"])
    def clarify(self, request: Any, pk: Any = None) -> Response:
        """Ask the processor now what became of an order whose outcome is not certain."""
        return self._shown(payment_clarify(payment=self.get_object()))

    def _read(self, serializer: Any) -> dict[str, Any]:
        read = serializer(data=self.request.data, context=self.get_serializer_context())
        read.is_valid(raise_exception=True)
        return read.validated_data

    def _shown(self, payment: Payment, *, status: int = 200) -> Response:
        """The answer, read fresh with all its parts."""
        rows = Payment.objects.select_related("code", "window", "card").prefetch_related("calls")
        fresh = rows.get(pk=payment.pk)
        shown = DETAIL(fresh, context=self.get_serializer_context()).data
        return self.answer(shown, status=status, version=fresh.version)
