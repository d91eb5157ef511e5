"""The city ledger: items of debtors, payments, allocations, write-offs, reminders and statements."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.money import exponent
from hotel.folios.api.document_filters import CityAllocationFilter, CityReminderFilter
from hotel.folios.api.serializers import receivables as serializers
from hotel.folios.api.views.invoices import PDF, PRINTED, pdf_file
from hotel.folios.domain.receivables import aging
from hotel.folios.models import CityAccount, CityAllocation, CityReminder
from hotel.folios.selectors.city_statements import city_statement
from hotel.folios.selectors.receivables import city_items, open_items
from hotel.folios.services.city_ledger import city_payment_post
from hotel.folios.services.pdfs import statement_pdf
from hotel.folios.services.posting_data import Memo
from hotel.folios.services.receivables import (
    allocation_make,
    allocation_undo,
    allocations_oldest_first,
    item_write_off,
)
from hotel.folios.services.reminders import reminder_send
from hotel.properties.api.mixins import ReadViewSet

ALLOCATION = serializers.CityAllocationSerializer
ITEMS = serializers.CityItemsSerializer
STATEMENT = {
    "kind": "statement",
    "currency": "EUR",
    "since": "2027-03-01",
    "until": "2027-03-31",
    "opening": "0.00",
    "rows": [
        {"day": "2027-03-16", "due_on": "2027-04-15", "text": "Invoice, 2027-000012", "amount": "351.94",
         "open": "351.94", "balance": "351.94"},
    ],
    "closing": "351.94",
}  # fmt: skip


class CityViewSet(ReadViewSet):
    """What the commands of the city ledger share."""

    is_abstract: ClassVar[bool] = True
    area = "folios"
    http_method_names: ClassVar[list[str]] = ["get", "post", "head", "options"]
    default_ordering = ("-pk",)

    def body(self, serializer: Any, data: Any = None) -> dict[str, Any]:
        """The validated values; the right is needed at the account's property."""
        read = serializer(
            data=self.request.data if data is None else data, context=self.get_serializer_context()
        )
        read.is_valid(raise_exception=True)
        values: dict[str, Any] = read.validated_data
        self.require_at(values["account"].property_id)
        return values

    def shown(self, accounts: Sequence[CityAccount]) -> list[dict[str, Any]]:
        """The items of accounts as they stand now; one query."""
        found = city_items(accounts)
        return [
            {
                "id": account.pk,
                "number": account.number,
                "currency": str(account.property.currency),
                "items": found[account.pk],
                "aging": aging(open_items(found[account.pk]), account.property.business_date).texts(
                    exponent(str(account.property.currency))
                ),
            }
            for account in accounts
        ]

    def items(self, account: CityAccount, *, status: int = 200) -> Response:
        """The items of one account."""
        return self.answer(ITEMS(self.shown([account])[0]).data, status=status)


class CityAllocationViewSet(CityViewSet):
    """Which payment of a debtor pays which item. Undone, never deleted."""

    queryset = CityAllocation.objects.select_related("property", "account")
    serializer_class = ALLOCATION
    filterset_class = CityAllocationFilter
    verbs: ClassVar[dict[str, str]] = {"create": "post", "undo": "post"}
    idempotent = frozenset({"create", "undo"})

    @extend_schema(request=serializers.AllocationInput, responses={201: ALLOCATION(many=True)}, filters=False)
    def create(self, request: Any) -> Response:
        """Let a payment pay an item; without naming them, all payments pay the oldest items."""
        values = self.body(serializers.AllocationInput)
        if "debit" in values:
            made = [
                allocation_make(
                    account=values["account"],
                    debit_id=values["debit"],
                    credit_id=values["credit"],
                    amount=values["amount"],
                    actor=request.user,
                )
            ]
        else:
            made = allocations_oldest_first(account=values["account"], actor=request.user)
        return self.answer(ALLOCATION(made, many=True).data, status=201)

    @extend_schema(request=None, responses=ALLOCATION)
    @action(detail=True, methods=["post"])
    def undo(self, request: Any, pk: Any = None) -> Response:
        """Take the payment off the item again; both are open as before."""
        return self.answer(ALLOCATION(allocation_undo(allocation=self.get_object(), actor=request.user)).data)


class CityReminderViewSet(CityViewSet):
    """Reminders that went to debtors."""

    queryset = CityReminder.objects.select_related("property", "account")
    serializer_class = serializers.CityReminderSerializer
    filterset_class = CityReminderFilter
    verbs: ClassVar[dict[str, str]] = {"create": "manage"}
    idempotent = frozenset({"create"})

    @extend_schema(request=serializers.AccountInput, responses={201: serializers.CityReminderSerializer})
    def create(self, request: Any) -> Response:
        """Send the reminder that is due, by the item that is overdue for longest."""
        made = reminder_send(account=self.body(serializers.AccountInput)["account"])
        return self.answer(self.get_serializer(made).data, status=201)


class CityItemViewSet(CityViewSet):
    """Items of debtors: what they owe and paid, with what is open of each, and by age."""

    queryset = CityAccount.objects.select_related("property", "company")
    serializer_class = ITEMS
    verbs: ClassVar[dict[str, str]] = {
        "payments": "post",
        "write_off": "write_off",
        "statement": "view",
        "statement_pdf": "view",
    }
    idempotent = frozenset({"payments", "write_off"})

    def list(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Every debtor with his items, oldest first."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(ITEMS(self.shown(page), many=True).data)

    @extend_schema(responses=ITEMS)
    def retrieve(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """The items of one debtor, by the id of his account."""
        return self.items(self.get_object())

    @extend_schema(request=serializers.CityPaymentInput, responses={201: ITEMS})
    @action(detail=False, methods=["post"])
    def payments(self, request: Any) -> Response:
        """Record what a debtor paid, or was paid back; it is on no item until it is allocated."""
        values = self.body(serializers.CityPaymentInput)
        memo = Memo(reference=values.pop("reference"))
        city_payment_post(**values, actor=request.user, memo=memo)
        return self.items(values["account"], status=201)

    @extend_schema(request=serializers.WriteOffInput, responses={201: ITEMS})
    @action(detail=False, methods=["post"], url_path="write-off")
    def write_off(self, request: Any) -> Response:
        """Give up what is open of an item, or a part of it."""
        values = self.body(serializers.WriteOffInput)
        debit_id = values.pop("debit")
        item_write_off(**values, debit_id=debit_id, actor=request.user)
        return self.items(values["account"], status=201)

    @extend_schema(
        parameters=[serializers.CityStatementQuery],
        responses={200: OpenApiTypes.OBJECT},
        examples=[OpenApiExample("A statement, shortened", STATEMENT, response_only=True)],
        filters=False,
    )
    @action(detail=False, methods=["get"], pagination_class=None)
    def statement(self, request: Any) -> Response:
        """The statement of an account: opening balance, movements, closing balance, and what is open by age."""
        return Response(city_statement(**self.body(serializers.CityStatementQuery, request.query_params)))

    @extend_schema(parameters=[serializers.CityStatementQuery], responses=PDF, filters=False)
    @action(
        detail=False,
        methods=["get"],
        url_path="statement/pdf",
        pagination_class=None,
        renderer_classes=PRINTED,
    )
    def statement_pdf(self, request: Any) -> HttpResponse:
        """The same, printed."""
        values = self.body(serializers.CityStatementQuery, request.query_params)
        account = values["account"]
        printed = statement_pdf(place=account.property, statement=city_statement(**values))
        return pdf_file(printed, f"statement-{account.number}")
