"""Ledgers: the trial balance, journals with their entries, and the debtors of the city ledger."""

from typing import Any, ClassVar

from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from hotel.folios.api import filters
from hotel.folios.api.serializers import ledgers as serializers
from hotel.folios.api.serializers.codes import CityAccountSerializer
from hotel.folios.models import CityAccount, Journal, LedgerEntry
from hotel.folios.selectors.folios import accounts_shown
from hotel.folios.selectors.trial_balance import movements, trial_balance
from hotel.properties.api.mixins import CrudViewSet, PropertyScopedViewSet, ReadViewSet
from hotel.properties.models import Property


class TrialBalanceViewSet(PropertyScopedViewSet):
    """The trial balance: opening + movements = closing for every ledger, together zero."""

    area = "folios"
    queryset = Property.objects.all()
    serializer_class = serializers.TrialBalanceSerializer
    pagination_class = None
    filter_backends: ClassVar[list[Any]] = []

    @extend_schema(
        parameters=[serializers.TrialBalanceQuery],
        responses=forced_singular_serializer(serializers.TrialBalanceSerializer),
        operation_id="ledgers_trial_balance",
    )
    def list(self, request: Any) -> Response:
        """All ledgers of a property on a business day, and what each code moved; of the open day as it stands."""
        query = serializers.TrialBalanceQuery(
            data=request.query_params, context=self.get_serializer_context()
        )
        query.is_valid(raise_exception=True)
        place = query.validated_data["property"]
        day = query.validated_data.get("business_date", place.business_date)
        found = trial_balance(place, day)
        shown = serializers.TrialBalanceSerializer(
            {
                "business_date": day,
                "currency": found.currency,
                "lines": found.lines,
                "difference": found.difference,
                "movements": movements(place, day),
            }
        )
        return Response(shown.data)


class JournalViewSet(ReadViewSet):
    """Business events with their entries, which add up to zero. Nobody changes them."""

    area = "folios"
    queryset = Journal.objects.select_related("property").prefetch_related("entries__code")
    serializer_class = serializers.JournalSerializer
    filterset_class = filters.JournalFilter
    ordering_fields: ClassVar[list[str]] = ["business_date"]
    default_ordering = ("-pk",)


class LedgerEntryViewSet(ReadViewSet):
    """Entries of all ledgers: what a figure of the trial balance is made of."""

    area = "folios"
    queryset = LedgerEntry.objects.select_related("property", "code")
    serializer_class = serializers.LedgerEntrySerializer
    filterset_class = filters.LedgerEntryFilter
    ordering_fields: ClassVar[list[str]] = ["business_date"]
    default_ordering = ("-pk",)


class CityAccountViewSet(CrudViewSet):
    """Debtors of the city ledger, with what they owe; deleted only before anything was moved to them."""

    area = "folios"
    queryset = CityAccount.objects.select_related("property", "company")
    serializer_class = CityAccountSerializer
    filterset_class = filters.CityAccountFilter
    search_fields: ClassVar[list[str]] = ["number", "name"]
    ordering_fields: ClassVar[list[str]] = ["number", "name"]
    default_ordering = ("property_id", "number")

    def paginate_queryset(self, queryset: Any) -> Any:
        """A page with balances."""
        return accounts_shown(super().paginate_queryset(queryset))

    def perform_create(self, serializer: Any) -> None:
        """A new debtor is shown with his balance, too."""
        super().perform_create(serializer)
        accounts_shown([serializer.instance])

    def get_object(self) -> CityAccount:
        """One debtor with his balance."""
        (account,) = accounts_shown([super().get_object()])
        return account
