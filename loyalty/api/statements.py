"""A member's statement printed and mailed."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from hotel.core.api.examples import example
from hotel.core.api.renderers import PdfRenderer
from hotel.core.downloads import download
from hotel.folios.domain.document_words import LANGUAGES
from hotel.guests.selectors.profiles import guest_visible
from hotel.properties.api.mixins import PropertyField
from loyalty.api.serializers import StatementQuery
from loyalty.services.statements import statement_pdf, statement_send

PDF = {(200, "application/pdf"): OpenApiTypes.BINARY}


class StatementPdfQuery(StatementQuery):
    """The days, the hotel whose letterhead it has (where he enrolled unless told), and the language."""

    property = PropertyField(required=False)
    language = serializers.ChoiceField(choices=LANGUAGES, required=False)


@example("The first quarter", property=1, since="2027-01-01", until="2027-03-31")
class StatementSendInput(StatementQuery):
    """The days, and the hotel that writes."""

    property = PropertyField()


class StatementQueuedSerializer(serializers.Serializer):
    """The letter that was queued."""

    message = serializers.IntegerField(help_text="Of messaging; consent and stops are asked when it leaves.")


class StatementActions:
    """Of the members' endpoint."""

    @extend_schema(parameters=[StatementPdfQuery], responses=PDF, filters=False)
    @action(
        detail=True,
        methods=["get"],
        url_path="statement/pdf",
        pagination_class=None,
        filterset_class=None,
        renderer_classes=[PdfRenderer, JSONRenderer],
    )
    def statement_pdf(self, request: Any, pk: int) -> HttpResponse:
        """The account over some days, printed with a hotel's letterhead."""
        member = self.get_object()  # type: ignore[attr-defined]
        values = self.read(StatementPdfQuery, request.query_params)  # type: ignore[attr-defined]
        place = values.pop("property", member.home)
        guest = guest_visible(member.guest_id, request.user)
        printed = statement_pdf(member=member, place=place, guest=guest, **values)
        return download(printed, f"statement-{member.number}.pdf", "application/pdf", is_shown=True)

    @extend_schema(request=StatementSendInput, responses={202: StatementQueuedSerializer})
    @action(detail=True, methods=["post"], url_path="statement/send")
    def statement_send(self, request: Any, pk: int) -> Response:
        """Mail the account over some days to the member; the same days once a day."""
        member = self.get_object()  # type: ignore[attr-defined]
        values = self.read(StatementSendInput)  # type: ignore[attr-defined]
        guest = guest_visible(member.guest_id, request.user)
        queued = statement_send(member=member, place=values.pop("property"), guest=guest, **values)
        return self.answer(StatementQueuedSerializer({"message": queued.pk}).data, status=202)  # type: ignore[attr-defined]
