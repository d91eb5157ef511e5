"""Invoices, credit notes and documents for deposits."""

from typing import Any, ClassVar

from django.http import HttpResponse, HttpResponseNotModified
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.decorators import action
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from hotel.core.api.renderers import PdfRenderer
from hotel.core.downloads import download
from hotel.folios.api.document_filters import InvoiceFilter
from hotel.folios.api.serializers import invoices as serializers
from hotel.folios.domain.documents import content
from hotel.folios.models import Invoice
from hotel.folios.services.credit_notes import credit_note_issue, invoice_cancel, invoice_rebate
from hotel.folios.services.invoices import deposit_document_issue, invoice_issue, pro_forma
from hotel.folios.services.pdfs import draft_pdf, invoice_pdf
from hotel.properties.api.mixins import ReadViewSet

PRINTED = [PdfRenderer, JSONRenderer]
PDF = {(200, "application/pdf"): OpenApiTypes.BINARY}
DETAIL = serializers.InvoiceDetailSerializer
PRO_FORMA = {
    "kind": "pro_forma",
    "number": "",
    "language": "de",
    "currency": "EUR",
    "issued_on": "2027-03-16",
    "totals": {"net": "326.21", "tax": "25.73", "total": "351.94", "paid": "100.00", "balance": "251.94"},
}


class InvoiceViewSet(ReadViewSet):
    """Issued documents: invoices, credit notes, advance invoices and receipts for deposits.

    They are never changed. Numbers follow one another in a series for each kind and fiscal year, without a gap. What
    was wrong is taken back by a credit note; ``actions`` tells what may be done.
    """

    area = "folios"
    queryset = Invoice.objects.select_related("property", "window__folio", "reservation")
    serializer_class = serializers.InvoiceSerializer
    filterset_class = InvoiceFilter
    search_fields: ClassVar[list[str]] = ["number_text", "payee_name"]
    ordering_fields: ClassVar[list[str]] = ["issued_on", "number_text"]
    default_ordering = ("-pk",)
    verbs: ClassVar[dict[str, str]] = {
        "create": "invoice",
        "deposits": "invoice",
        "cancel": "invoice",
        "credit": "invoice",
        "rebate": "adjust",
        "pdf": "view",
        "pro_forma": "view",
        "pro_forma_pdf": "view",
    }
    idempotent = frozenset({"create", "deposits", "cancel", "credit", "rebate"})

    def get_serializer_class(self) -> Any:
        """One document is shown whole."""
        return DETAIL if self.action == "retrieve" else super().get_serializer_class()

    def body(self, serializer: Any, data: Any = None) -> Any:
        """The validated body, or query."""
        read = serializer(
            data=self.request.data if data is None else data, context=self.get_serializer_context()
        )
        read.is_valid(raise_exception=True)
        return read

    def issued(self, invoice: Invoice) -> Response:
        """A document just made."""
        fresh = self.queryset.get(pk=invoice.pk)
        return self.answer(DETAIL(fresh, context=self.get_serializer_context()).data, status=201)

    @extend_schema(request=serializers.InvoiceInput, responses={201: DETAIL})
    def create(self, request: Any) -> Response:
        """Invoice all that is on a window and on no document yet; what is posted later goes on a further one."""
        body = self.body(serializers.InvoiceInput)
        window = body.validated_data["window"]
        self.require_at(window.property_id)
        return self.issued(
            invoice_issue(
                window=window,
                due_days=body.validated_data["due_days"],
                actor=request.user,
                **body.printed(),
            )
        )

    @extend_schema(request=serializers.DepositDocumentInput, responses={201: DETAIL})
    @action(detail=False, methods=["post"])
    def deposits(self, request: Any) -> Response:
        """Issue the document of a deposit: an advance invoice when tax was posted with it, else a receipt."""
        body = self.body(serializers.DepositDocumentInput)
        journal = body.validated_data["journal"]
        self.require_at(journal.property_id)
        return self.issued(deposit_document_issue(journal=journal, actor=request.user, **body.printed()))

    @extend_schema(request=serializers.CreditInput, responses={201: DETAIL})
    @action(detail=True, methods=["post"])
    def cancel(self, request: Any, pk: Any = None) -> Response:
        """Take back all that is left of a document by a credit note; what it was for can be invoiced anew."""
        body = self.body(serializers.CreditInput)
        return self.issued(
            invoice_cancel(invoice=self.get_object(), actor=request.user, **body.validated_data)
        )

    @extend_schema(request=serializers.CreditInput, responses={201: DETAIL})
    @action(detail=True, methods=["post"])
    def credit(self, request: Any, pk: Any = None) -> Response:
        """Issue the credit note for corrections of its lines that were posted since."""
        body = self.body(serializers.CreditInput)
        return self.issued(
            credit_note_issue(invoice=self.get_object(), actor=request.user, **body.validated_data)
        )

    @extend_schema(request=serializers.RebateInput, responses={201: DETAIL})
    @action(detail=True, methods=["post"])
    def rebate(self, request: Any, pk: Any = None) -> Response:
        """Let parts of some lines off: posted on the folio and credited by a credit note, both or neither."""
        body = self.body(serializers.RebateInput)
        return self.issued(
            invoice_rebate(
                invoice=self.get_object(),
                amounts={line["line"]: line["amount"] for line in body.validated_data["lines"]},
                reason=body.validated_data["reason"],
                actor=request.user,
            )
        )

    @extend_schema(responses=PDF)
    @action(detail=True, methods=["get"], renderer_classes=PRINTED)
    def pdf(self, request: Any, pk: Any = None) -> HttpResponse:
        """The printed form, with its hash as ETag; it is the same file for ever."""
        invoice = self.get_object()
        printed = invoice_pdf(invoice=invoice)
        tag = f'"{printed.content_hash}"'
        if request.headers.get("If-None-Match") == tag:
            return HttpResponseNotModified(headers={"ETag": tag})
        return pdf_file(bytes(printed.content), invoice.number_text, ETag=tag)

    @extend_schema(
        parameters=[serializers.ProFormaQuery],
        responses={200: OpenApiTypes.OBJECT},
        examples=[OpenApiExample("A pro forma, shortened", PRO_FORMA, response_only=True)],
        filters=False,
    )
    @action(detail=False, methods=["get"], url_path="pro-forma", pagination_class=None)
    def pro_forma(self, request: Any) -> Response:
        """What the invoice of a window would say now. It has no number and is not stored."""
        query = self.body(serializers.ProFormaQuery, request.query_params)
        self.require_at(query.validated_data["window"].property_id)
        return Response(content(pro_forma(**query.validated_data), ""))

    @extend_schema(parameters=[serializers.ProFormaQuery], responses=PDF, filters=False)
    @action(
        detail=False,
        methods=["get"],
        url_path="pro-forma/pdf",
        pagination_class=None,
        renderer_classes=PRINTED,
    )
    def pro_forma_pdf(self, request: Any) -> HttpResponse:
        """The same, printed."""
        query = self.body(serializers.ProFormaQuery, request.query_params)
        window = query.validated_data["window"]
        self.require_at(window.property_id)
        printed = draft_pdf(place=window.property, draft=pro_forma(**query.validated_data))
        return pdf_file(printed, f"pro-forma-{window.folio.number}")


def pdf_file(content: bytes, name: str, **headers: str) -> HttpResponse:
    """A PDF to look at or to save under a name."""
    return download(content, f"{name}.pdf", "application/pdf", is_shown=True, **headers)
