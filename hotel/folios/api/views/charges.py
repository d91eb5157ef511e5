"""Charges: the lines of folios, posted and corrected; and the codes they are posted with."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.exceptions import NotFound
from hotel.core.words import _
from hotel.folios.api import filters
from hotel.folios.api.serializers import charges as serializers
from hotel.folios.api.serializers.codes import TransactionCodeSerializer
from hotel.folios.api.views.folios import BodyViewSet
from hotel.folios.models import Posting, TransactionCode
from hotel.folios.services.codes import code_change, code_create
from hotel.folios.services.corrections import (
    charge_reverse,
    posting_adjust,
    posting_split,
    postings_transfer,
)
from hotel.folios.services.posting_data import Memo
from hotel.folios.services.postings import charge_post
from hotel.properties.api.mixins import ReadViewSet


class ChargeViewSet(BodyViewSet):
    """Lines of folios, charges and payments alike. They are never changed: each command makes further lines.

    Every command needs an ``Idempotency-Key`` and answers with the lines it made and the folio as it stands.
    """

    area = "folios"
    queryset = Posting.objects.whole()
    serializer_class = serializers.ChargeSerializer
    filterset_class = filters.PostingFilter
    ordering_fields: ClassVar[list[str]] = ["business_date", "revenue_date"]
    default_ordering = ("-pk",)
    verbs: ClassVar[dict[str, str]] = {
        "create": "post",
        "adjust": "adjust",
        "reverse": "adjust",
        "split": "adjust",
        "transfer": "adjust",
    }
    idempotent = frozenset({"create", "adjust", "reverse", "split", "transfer"})

    @extend_schema(request=serializers.ChargeInput, responses={201: serializers.PostedSerializer})
    def create(self, request: Any) -> Response:
        """Post a charge with the taxes of its group; routing decides the window, a limit cuts it in parts."""
        attrs = self.body(serializers.ChargeInput).validated_data
        folio = attrs["folio"]
        self.require_at(folio.property_id)
        memo = Memo(description=attrs.pop("description"), reference=attrs.pop("reference"))
        return self.posted(charge_post(**attrs, actor=request.user, memo=memo), folio.pk, status=201)

    @extend_schema(request=serializers.ReverseInput, responses=serializers.PostedSerializer)
    @action(detail=True, methods=["post"])
    def reverse(self, request: Any, pk: int) -> Response:
        """Take a line back whole; later than the day it was posted that is a rebate, within your limit."""
        posting, body = self.get_object(), self.body(serializers.ReverseInput)
        made = charge_reverse(posting=posting, actor=request.user, **body.validated_data)
        return self.posted([made], posting.window.folio_id)

    @extend_schema(request=serializers.AdjustInput, responses=serializers.PostedSerializer)
    @action(detail=True, methods=["post"])
    def adjust(self, request: Any, pk: int) -> Response:
        """Let a part of a charge off, within your limit."""
        posting, body = self.get_object(), self.body(serializers.AdjustInput)
        made = posting_adjust(posting=posting, actor=request.user, **body.validated_data)
        return self.posted([made], posting.window.folio_id)

    @extend_schema(request=serializers.ChargeSplitInput, responses=serializers.PostedSerializer)
    @action(detail=True, methods=["post"])
    def split(self, request: Any, pk: int) -> Response:
        """Cut a line in parts on its window, which can then be moved apart."""
        posting, body = self.get_object(), self.body(serializers.ChargeSplitInput)
        made = posting_split(
            posting=posting,
            weights=body.weights(posting),
            actor=request.user,
            reason=body.validated_data["reason"],
        )
        return self.posted(made, posting.window.folio_id)

    @extend_schema(request=serializers.TransferInput, responses=serializers.PostedSerializer)
    @action(detail=False, methods=["post"])
    def transfer(self, request: Any) -> Response:
        """Move lines to another window, of the same folio or another; answers with the folio they came to."""
        body = self.body(serializers.TransferInput)
        attrs = body.validated_data
        rows = list(self.get_queryset().filter(pk__in=attrs["postings"]).order_by("pk"))
        if len(rows) != len(set(attrs["postings"])):
            raise NotFound(_("Not all of these lines are there, or yours to move."))
        made = postings_transfer(
            postings=rows, window=attrs["window"], actor=request.user, reason=attrs["reason"]
        )
        return self.posted(made, attrs["window"].folio_id)


class TransactionCodeViewSet(ReadViewSet):
    """Transaction codes: what can be posted, and how it is taxed and counted. Retired, never deleted."""

    area = "folios"
    queryset = TransactionCode.objects.select_related("property")
    serializer_class = TransactionCodeSerializer
    filterset_class = filters.TransactionCodeFilter
    search_fields: ClassVar[list[str]] = ["code", "name"]
    ordering_fields: ClassVar[list[str]] = ["code", "name", "kind"]
    default_ordering = ("property_id", "kind", "code")

    def create(self, request: Any) -> Response:
        """Make a code of the house's own."""
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = code_create(place=form.validated_data["property"], values=form.contents())
        return self.answer(self.get_serializer(made).data, status=201)

    def partial_update(self, request: Any, pk: int) -> Response:
        """Rename or retire a code; code, kind and group stay."""
        code = self.get_object()
        form = self.get_serializer(code, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        return self.answer(self.get_serializer(code_change(code=code, changes=form.contents())).data)
