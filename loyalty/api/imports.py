"""Members taken over from another system by files: read, checked, begun, and reported line by line."""

from io import BytesIO
from typing import IO, Any, ClassVar

from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpResponse
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.response import Response

from hotel.core.api.parsers import PayloadTooLarge
from hotel.core.downloads import download
from hotel.core.exports import csv_bytes
from hotel.guests.api.filters import IdFilter
from hotel.properties.api.mixins import PropertyField, ReadViewSet
from loyalty.api.serializers import TIMES
from loyalty.choices import ImportOutcome
from loyalty.models import MemberImport
from loyalty.selectors.imports import report_rows
from loyalty.services.imports import import_read, import_start


class CsvParser(BaseParser):
    """Members as CSV: UTF-8; comma, semicolon or tab."""

    media_type = "text/csv"

    def parse(self, stream: IO[bytes], media_type: Any = None, parser_context: Any = None) -> Any:
        """The bytes; the service reads them."""
        content = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        if len(content) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise PayloadTooLarge
        return content


class XlsxParser(CsvParser):
    """Members as the first sheet of an XLSX file."""

    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class CsvRenderer(BaseRenderer):
    """For content negotiation: the action answers with a file of its own."""

    media_type, format, charset = "text/csv", "csv", None

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> Any:
        """Not reached by a report; refusals are JSON."""
        return JSONRenderer().render(data)


FILES = [CsvParser, XlsxParser]


class MemberImportSerializer(serializers.ModelSerializer):
    """How far an import is: lines looked at, and what becomes of them."""

    fresh = serializers.IntegerField(read_only=True, help_text="Lines that are, or will be, new guests.")
    matched = serializers.IntegerField(read_only=True, help_text="Lines of guests known here.")
    refused = serializers.IntegerField(read_only=True)

    class Meta:
        model = MemberImport
        fields = [
            "id", "property", "file_name", "status", "total", "position", "fresh", "matched", "refused", "ended_at",
            *TIMES,
        ]  # fmt: skip
        read_only_fields = fields


class MemberImportQuery(serializers.Serializer):
    """For which hotel a file is, and what it is called."""

    property = PropertyField()
    file_name = serializers.CharField(max_length=200, default="members")


class MemberImportFilter(filters.FilterSet):
    """Of imports."""

    property = IdFilter(field_name="property_id")

    class Meta:
        model = MemberImport
        fields = ["status"]


class MemberImportViewSet(ReadViewSet):
    """Files of members: each is read and checked first; once it is started, its lines are enrolled one by one."""

    area = "loyalty"
    queryset = MemberImport.objects.annotate(
        fresh=Count("rows", filter=Q(rows__outcome=ImportOutcome.NEW)),
        matched=Count("rows", filter=Q(rows__outcome=ImportOutcome.MATCHED)),
        refused=Count("rows", filter=Q(rows__outcome=ImportOutcome.REFUSED)),
    )
    serializer_class = MemberImportSerializer
    filterset_class = MemberImportFilter
    ordering_fields = ["created_at", "updated_at"]
    default_ordering = ["-created_at"]
    verbs: ClassVar[dict[str, str]] = {"create": "manage", "start": "manage", "report": "manage"}

    def get_parsers(self) -> list[Any]:
        """Files when one is sent, JSON otherwise."""
        request = getattr(self, "request", None)
        is_file = request is not None and request.method == "POST" and "pk" not in self.kwargs
        return [parser() for parser in FILES] if is_file else super().get_parsers()

    @extend_schema(
        request={parser.media_type: OpenApiTypes.BINARY for parser in FILES},
        responses={201: MemberImportSerializer},
        parameters=[MemberImportQuery],
    )
    def create(self, request: Any) -> Response:
        """Read a CSV or XLSX file and have each line checked; nobody is enrolled. The same file is one import."""
        query = MemberImportQuery(data=request.query_params, context=self.get_serializer_context())
        query.is_valid(raise_exception=True)
        content = request.data or b""
        run = import_read(
            place=query.validated_data["property"],
            file=BytesIO(content),
            name=query.validated_data["file_name"],
            is_xlsx=request.content_type == XlsxParser.media_type,
            actor=request.user,
        )
        return self._shown(run, status=201)

    @extend_schema(request=None, responses=MemberImportSerializer)
    @action(detail=True, methods=["post"])
    def start(self, request: Any, pk: int) -> Response:
        """Enrol whom the lines tell of; look at ``position`` for how far it is. Repeatable."""
        return self._shown(import_start(run=self.get_object()))

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.BINARY}, filters=False)
    @action(
        detail=True, methods=["get"], pagination_class=None, filterset_class=None,
        renderer_classes=[CsvRenderer, JSONRenderer],
    )  # fmt: skip
    def report(self, request: Any, pk: int) -> HttpResponse:
        """What becomes, or became, of each line, as a table: line, outcome, number, column, reason."""
        run = self.get_object()
        return download(csv_bytes(report_rows(run)), f"members-{run.pk}.csv", "text/csv; charset=utf-8")

    def _shown(self, run: MemberImport, *, status: int = 200) -> Response:
        return self.answer(self.get_serializer(self.get_queryset().get(pk=run.pk)).data, status=status)
