"""Tills and exchange rates."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.exceptions import NotPermitted
from hotel.core.words import _
from hotel.folios.api.payment_filters import CashierSessionFilter, ExchangeRateFilter
from hotel.folios.api.serializers.tills import (
    CashierSessionDetailSerializer,
    CashierSessionSerializer,
    DropInput,
    ExchangeRateInput,
    ExchangeRateSerializer,
    PaidOutInput,
    SessionCloseInput,
    SessionOpenInput,
)
from hotel.folios.domain.exchange import Rates
from hotel.folios.models import CashierSession, ExchangeRate
from hotel.folios.selectors.tills import tills_expected
from hotel.folios.services.exchange_rates import exchange_rate_set
from hotel.folios.services.tills import cash_drop, cash_paid_out, session_close, session_open
from hotel.properties.api.mixins import ReadViewSet
from hotel.properties.scoping import grants_of

DETAIL = CashierSessionDetailSerializer


class CashierSessionViewSet(ReadViewSet):
    """Tills. Whoever may post opens his own, and puts cash into it by taking payments; others see them."""

    area = "folios"
    queryset = CashierSession.objects.all()
    serializer_class = CashierSessionSerializer
    filterset_class = CashierSessionFilter
    ordering_fields: ClassVar[list[str]] = ["opened_at"]
    verbs: ClassVar[dict[str, str]] = {"create": "post", "drop": "post", "paid_out": "post", "close": "post"}
    idempotent = frozenset({"create", "drop", "paid_out", "close"})

    def get_queryset(self) -> Any:
        """One till comes with its movements."""
        rows = super().get_queryset()
        return rows.prefetch_related("movements") if self.action == "retrieve" else rows

    def list(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Tills, the last opened first."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self._shown(CashierSessionSerializer, page, many=True))

    @extend_schema(responses=DETAIL)
    def retrieve(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """One till with its movements."""
        return self.answer(self._shown(DETAIL, [self.get_object()]))

    @extend_schema(request=SessionOpenInput, responses={201: DETAIL})
    def create(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Open one's own till."""
        given = self._read(SessionOpenInput)
        place = given.pop("property")
        return self._result(session_open(place=place, cashier=request.user, **given), status=201)

    @extend_schema(request=DropInput, responses=DETAIL)
    @action(detail=True, methods=["post"])
    def drop(self, request: Any, pk: Any = None) -> Response:
        """Take cash out of the till and put it into the safe."""
        session, given = self._till(), self._read(DropInput)
        cash_drop(session=session, actor=request.user, **given)
        return self._result(session)

    @extend_schema(request=PaidOutInput, responses=DETAIL)
    @action(detail=True, methods=["post"], url_path="paid-out")
    def paid_out(self, request: Any, pk: Any = None) -> Response:
        """Pay cash out, for a guest, who owes it then, or for the house."""
        session, given = self._till(), self._read(PaidOutInput)
        cash_paid_out(session=session, actor=request.user, **given)
        return self._result(session)

    @extend_schema(request=SessionCloseInput, responses=DETAIL)
    @action(detail=True, methods=["post"])
    def close(self, request: Any, pk: Any = None) -> Response:
        """Count the till and close it; what is over or short goes into the ledger."""
        session, given = self._till(), self._read(SessionCloseInput)
        return self._result(session_close(session=session, actor=request.user, **given))

    def _till(self) -> CashierSession:
        """The till: one's own, or another person's with the right ``manage``."""
        session = self.get_object()
        is_manager = grants_of(self.request.user).holds("manage", self.area, session.property_id)
        if session.cashier_id != self.request.user.pk and not is_manager:
            raise NotPermitted(_("This is another person's till."))
        return session

    def _read(self, serializer: Any) -> dict[str, Any]:
        read = serializer(data=self.request.data, context=self.get_serializer_context())
        read.is_valid(raise_exception=True)
        return read.validated_data

    def _result(self, session: CashierSession, *, status: int = 200) -> Response:
        fresh = CashierSession.objects.prefetch_related("movements").get(pk=session.pk)
        return self.answer(self._shown(DETAIL, [fresh]), status=status)

    def _shown(self, serializer: Any, sessions: Any, *, many: bool = False) -> Any:
        expected = tills_expected([session.pk for session in sessions])
        context = {**self.get_serializer_context(), "expected": expected}
        return serializer(sessions if many else sessions[0], many=many, context=context).data


class ExchangeRateViewSet(ReadViewSet):
    """What foreign cash is taken, counted and handed out at, by the business day from which it holds."""

    area = "folios"
    queryset = ExchangeRate.objects.all()
    serializer_class = ExchangeRateSerializer
    filterset_class = ExchangeRateFilter
    ordering_fields: ClassVar[list[str]] = ["currency", "valid_from"]
    verbs: ClassVar[dict[str, str]] = {"create": "manage"}

    @extend_schema(request=ExchangeRateInput, responses={201: ExchangeRateSerializer})
    def create(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Set a rate from a business day on; one that begins on the same day is replaced."""
        read = ExchangeRateInput(data=request.data, context=self.get_serializer_context())
        read.is_valid(raise_exception=True)
        given = read.validated_data
        rate = exchange_rate_set(
            place=given["property"],
            currency=given["currency"],
            valid_from=given["valid_from"],
            rates=Rates(given["buy_rate"], given["book_rate"], given["sell_rate"], given["cash_step"]),
        )
        return self.answer(self.get_serializer(rate).data, status=201)
