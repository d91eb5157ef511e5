"""Folios, windows and routing rules."""

from collections.abc import Sequence
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.api.versions import expected_version
from hotel.core.exceptions import InvalidInput
from hotel.core.words import _
from hotel.folios.api import filters
from hotel.folios.api.serializers import charges
from hotel.folios.api.serializers import folios as serializers
from hotel.folios.models import Folio, FolioWindow, Posting, RoutingRule
from hotel.folios.selectors.allowances import allowances_shown
from hotel.folios.selectors.folios import folios_shown, windows_shown
from hotel.folios.selectors.statements import statement
from hotel.folios.services.city_ledger import city_ledger_transfer
from hotel.folios.services.deposits import deposits_use
from hotel.folios.services.folios import (
    account_open,
    folio_close,
    folio_open,
    folio_reopen,
    window_change,
    window_open,
)
from hotel.folios.services.posting_data import Memo
from hotel.folios.services.routing_rules import routing_rule_create, routing_rule_end
from hotel.properties.api.mixins import ReadViewSet


class BodyViewSet(ReadViewSet):
    """What commands share: the body is read, the folio answered as it stands now."""

    is_abstract: ClassVar[bool] = True

    def body(self, serializer: Any) -> Any:
        """The validated body."""
        read = serializer(data=self.request.data, context=self.get_serializer_context())
        read.is_valid(raise_exception=True)
        return read

    def folio_now(self, folio_id: int) -> Folio:
        """A folio with all that is shown of it."""
        (folio,) = folios_shown([Folio.objects.whole().get(pk=folio_id)])
        return folio

    def posted(self, postings: Sequence[Posting], folio_id: int, *, status: int = 200) -> Response:
        """The answer of what posts: the postings made, and the folio."""
        rows = Posting.objects.whole().filter(pk__in=[posting.pk for posting in postings]).order_by("pk")
        folio = self.folio_now(folio_id)
        context = self.get_serializer_context()
        shown = charges.PostedSerializer({"postings": rows, "folio": folio}, context=context).data
        return self.answer(shown, status=status, version=folio.version)


class FolioViewSet(BodyViewSet):
    """Folios: accounts of stays, of the house, of groups and of others, each in up to eight windows.

    ``actions`` tells what may be done now, and why not. Lines are posted and corrected under ``charges``.
    """

    area = "folios"
    queryset = Folio.objects.whole()
    serializer_class = serializers.FolioSerializer
    filterset_class = filters.FolioFilter
    search_fields: ClassVar[list[str]] = ["number", "name", "reservation__number"]
    ordering_fields: ClassVar[list[str]] = ["number", "opened_on"]
    default_ordering = ("-pk",)
    verbs: ClassVar[dict[str, str]] = {
        "allowances": "view",
        "city_ledger": "post",
        "close": "manage",
        "reopen": "manage",
        "statement": "view",
        "use_deposits": "post",
        "windows": "manage",
    }
    idempotent = frozenset({"create", "city_ledger", "use_deposits"})
    versioned = frozenset({"retrieve", "close", "reopen", "windows"})

    def paginate_queryset(self, queryset: Any) -> Any:
        """A page with balances."""
        return folios_shown(super().paginate_queryset(queryset))

    def get_object(self) -> Folio:
        """One folio with its balances."""
        (folio,) = folios_shown([super().get_object()])
        return folio

    def shown(self, folio_id: int, *, status: int = 200) -> Response:
        """The folio as it stands now."""
        folio = self.folio_now(folio_id)
        return self.answer(self.get_serializer(folio).data, status=status, version=folio.version)

    @extend_schema(request=serializers.FolioInput, responses={201: serializers.FolioSerializer})
    def create(self, request: Any) -> Response:
        """Open the folio of a stay, which is the open one if there is one; or another kind of account."""
        body = self.body(serializers.FolioInput)
        attrs = body.validated_data
        if attrs.get("reservation") is not None:
            folio = folio_open(reservation=attrs["reservation"])
        else:
            folio = account_open(
                place=attrs["property"],
                kind=attrs["kind"],
                name=attrs["name"],
                payer=body.payer(),
            )
        return self.shown(folio.pk, status=201)

    @extend_schema(request=None, responses=serializers.FolioSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Any, pk: int) -> Response:
        """Close a folio whose windows are all settled; it takes no postings any more."""
        seen = expected_version(request)
        return self.shown(folio_close(folio=self.get_object(), expected_version=seen).pk)

    @extend_schema(request=None, responses=serializers.FolioSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Any, pk: int) -> Response:
        """Let a closed folio take postings again."""
        seen = expected_version(request)
        return self.shown(folio_reopen(folio=self.get_object(), expected_version=seen).pk)

    @extend_schema(request=serializers.WindowInput, responses={201: serializers.FolioSerializer})
    @action(detail=True, methods=["post"])
    def windows(self, request: Any, pk: int) -> Response:
        """Add a window for another payer."""
        folio, body = self.get_object(), self.body(serializers.WindowInput)
        window_open(
            folio=folio,
            payer=body.payer(),
            label=body.validated_data.get("label", ""),
            expected_version=expected_version(request),
        )
        return self.shown(folio.pk, status=201)

    @extend_schema(
        parameters=[serializers.StatementQuery], responses=charges.WindowStatementSerializer(many=True)
    )
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def statement(self, request: Any, pk: int) -> Response:
        """The lines of each window in order of posting, with the balance after each."""
        query = serializers.StatementQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        found = statement(self.get_object(), **query.validated_data)
        return Response(charges.WindowStatementSerializer(found, many=True).data)

    @extend_schema(responses=serializers.AllowanceSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def allowances(self, request: Any, pk: int) -> Response:
        """What the packages of the stay let the guest consume, and what is left of it; empty without a stay."""
        stay = self.get_object().reservation
        found = [] if stay is None else allowances_shown(stay)
        return Response(serializers.AllowanceSerializer(found, many=True).data)

    @extend_schema(request=None, responses=charges.PostedSerializer)
    @action(detail=True, methods=["post"], url_path="use-deposits")
    def use_deposits(self, request: Any, pk: int) -> Response:
        """Let all deposits held for the stay pay on its folio; nothing is posted when none are held."""
        folio = self.get_object()
        made = deposits_use(folio=folio, actor=request.user)
        return self.posted([] if made is None else [made], folio.pk)

    @extend_schema(request=serializers.CityLedgerInput, responses=charges.PostedSerializer)
    @action(detail=True, methods=["post"], url_path="city-ledger")
    def city_ledger(self, request: Any, pk: int) -> Response:
        """Let a debtor of the city ledger owe what a window owes. Undone by reversing the line."""
        folio, body = self.get_object(), self.body(serializers.CityLedgerInput)
        attrs = body.validated_data
        made = city_ledger_transfer(
            window=window_of(folio, attrs["window"]),
            account=attrs["account"],
            amount=attrs["amount"],
            actor=request.user,
            memo=Memo(reference=attrs["reference"]),
        )
        return self.posted([made], folio.pk)


class FolioWindowViewSet(BodyViewSet):
    """Windows of folios, each with its payer and what it owes. They are added below their folio."""

    area = "folios"
    queryset = FolioWindow.objects.select_related("property", "folio")
    serializer_class = serializers.FolioWindowSerializer
    filterset_class = filters.FolioWindowFilter
    ordering_fields: ClassVar[list[str]] = ["folio", "number"]
    default_ordering = ("-folio_id", "number")

    def paginate_queryset(self, queryset: Any) -> Any:
        """A page with balances."""
        return windows_shown(super().paginate_queryset(queryset))

    def get_object(self) -> FolioWindow:
        """One window with its balance."""
        (window,) = windows_shown([super().get_object()])
        return window

    @extend_schema(request=serializers.WindowInput, responses=serializers.FolioWindowSerializer)
    def partial_update(self, request: Any, pk: int) -> Response:
        """Give a window another payer or label; a new payer takes the place of the old one."""
        window, body = self.get_object(), self.body(serializers.WindowInput)
        changes = body.payer()
        if "label" in body.validated_data:
            changes["label"] = body.validated_data["label"]
        (changed,) = windows_shown([window_change(window=window, changes=changes)])
        return self.answer(self.get_serializer(changed).data)


class RoutingRuleViewSet(BodyViewSet):
    """Rules that send charges of a folio to a window, up to a limit; ended by a date, never deleted."""

    area = "folios"
    queryset = RoutingRule.objects.select_related("property", "folio", "window")
    serializer_class = serializers.RoutingRuleSerializer
    filterset_class = filters.RoutingRuleFilter
    ordering_fields: ClassVar[list[str]] = ["folio", "priority", "valid_from"]
    default_ordering = ("-pk",)
    verbs: ClassVar[dict[str, str]] = {"end": "manage"}

    def create(self, request: Any) -> Response:
        """Send charges to a window from now on; what was posted stays where it is."""
        form = self.body(self.serializer_class)
        attrs = form.validated_data
        rule = routing_rule_create(folio=attrs["folio"], window=attrs["window"], values=form.contents())
        return self.answer(self.get_serializer(rule).data, status=201)

    @extend_schema(request=serializers.RuleEndInput, responses=serializers.RoutingRuleSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Any, pk: int) -> Response:
        """Let a rule end; what it has sent stays."""
        body = self.body(serializers.RuleEndInput)
        ended = routing_rule_end(rule=self.get_object(), **body.validated_data)
        return self.answer(self.get_serializer(ended).data)


def window_of(folio: Folio, window: FolioWindow) -> FolioWindow:
    """The window, when it is one of the folio.

    Raises:
        InvalidInput: it is not (``window_invalid``).
    """
    if window.folio_id != folio.pk:
        raise InvalidInput(_("The window is of another folio."), code="window_invalid")
    return window
