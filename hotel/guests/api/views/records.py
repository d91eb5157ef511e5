"""What is known about guests besides themselves: documents, consents, relationships, matches, merges."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.guests.api.filters import (
    ConsentFilter,
    DocumentFilter,
    MatchFilter,
    MergeFilter,
    RelationshipFilter,
)
from hotel.guests.api.serializers.guests import (
    GuestMatchSerializer,
    GuestMergeSerializer,
    GuestRelationshipSerializer,
)
from hotel.guests.api.serializers.records import (
    ConsentShownSerializer,
    ConsentWithdrawInput,
    GuestConsentSerializer,
    GuestDocumentDetailSerializer,
    GuestDocumentSerializer,
)
from hotel.guests.choices import ConsentDecision
from hotel.guests.models import GuestConsent, GuestDocument, GuestMatch, GuestMerge, GuestRelationship
from hotel.guests.services.consents import consent_record, consent_withdraw
from hotel.guests.services.documents import DocumentData, document_record
from hotel.guests.services.matches import match_dismiss
from hotel.guests.services.relationships import relationship_add, relationship_remove
from hotel.properties.api.mixins import ReadViewSet


class GuestDocumentViewSet(ReadViewSet):
    """Identity documents. Lists show the last three characters of a number; nothing is deleted here."""

    queryset = GuestDocument.objects.all()
    person = "guest_id"
    serializer_class = GuestDocumentSerializer
    filterset_class = DocumentFilter
    area = "guests"
    ordering_fields = ["expires_on", "created_at"]

    @extend_schema(responses=GuestDocumentDetailSerializer)
    def retrieve(self, request: Any, pk: int) -> Response:
        """One document; with its full number for callers with the verb ``manage``."""
        row = self.get_object()
        managed = GuestDocument.objects.filter(pk=row.pk).visible_to(request.user, "manage", self.area)
        context = {**self.get_serializer_context(), "shows_number": managed.exists()}
        return Response(GuestDocumentDetailSerializer(row, context=context).data)

    def create(self, request: Any) -> Response:
        """Record a document a guest showed."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values = dict(serializer.validated_data)
        row = document_record(guest=values.pop("guest"), data=DocumentData(**values))
        return self.answer(self.get_serializer(row).data, status=201)


class GuestConsentViewSet(ReadViewSet):
    """The history of consents: decisions are added, never changed."""

    queryset = GuestConsent.objects.all()
    person = "guest_id"
    serializer_class = GuestConsentSerializer
    filterset_class = ConsentFilter
    area = "guests"
    ordering_fields = ["at", "created_at"]
    verbs = {"withdraw": "manage"}

    def get_serializer_class(self) -> Any:
        """Decisions made by a merge are shown, not typed."""
        return GuestConsentSerializer if self.action == "create" else ConsentShownSerializer

    @extend_schema(request=GuestConsentSerializer, responses={201: ConsentShownSerializer})
    def create(self, request: Any) -> Response:
        """Record a decision of a guest."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values = dict(serializer.validated_data)
        if values.pop("decision") == ConsentDecision.GIVEN:
            row = consent_record(by=request.user, **values)
        else:
            values.pop("at", None)
            row = consent_withdraw(by=request.user, **values)
        return self.answer(ConsentShownSerializer(row).data, status=201)

    @extend_schema(request=ConsentWithdrawInput, responses={201: ConsentShownSerializer})
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Any, pk: int) -> Response:
        """Withdraw what this decision gave, from now on; adds a row."""
        row = self.get_object()
        serializer = ConsentWithdrawInput(data=request.data)
        serializer.is_valid(raise_exception=True)
        done = consent_withdraw(
            guest=row.guest,
            channel=row.channel,
            purpose=row.purpose,
            by=request.user,
            **serializer.validated_data,
        )
        return self.answer(ConsentShownSerializer(done).data, status=201)


class GuestRelationshipViewSet(ReadViewSet):
    """Who works for whom, and who belongs together."""

    queryset = GuestRelationship.objects.all()
    serializer_class = GuestRelationshipSerializer
    filterset_class = RelationshipFilter
    area = "guests"
    ordering_fields = ["created_at"]

    def create(self, request: Any) -> Response:
        """Relate a guest to a company or to another guest."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        row = relationship_add(**serializer.validated_data)
        return self.answer(self.get_serializer(row).data, status=201)

    def destroy(self, request: Any, pk: int) -> Response:
        """Forget a relationship; both profiles stay."""
        relationship_remove(relationship=self.get_object())
        return Response(status=204)


class GuestMatchViewSet(ReadViewSet):
    """The review queue: pairs of profiles that may be one person, most alike first."""

    queryset = GuestMatch.objects.select_related("first", "second")
    serializer_class = GuestMatchSerializer
    filterset_class = MatchFilter
    area = "guests"
    ordering_fields = ["score", "created_at"]
    default_ordering = ["-score", "-pk"]
    verbs = {"dismiss": "merge"}

    @extend_schema(request=None, responses=GuestMatchSerializer)
    @action(detail=True, methods=["post"])
    def dismiss(self, request: Any, pk: int) -> Response:
        """Say that these are two different people; they are not suggested again."""
        match_dismiss(match=self.get_object(), by=request.user)
        return Response(self.get_serializer(self.get_object()).data)


class GuestMergeViewSet(ReadViewSet):
    """Merges done and undone. ``POST guests/{merged}/unmerge`` undoes one."""

    queryset = GuestMerge.objects.all()
    serializer_class = GuestMergeSerializer
    filterset_class = MergeFilter
    area = "guests"
    ordering_fields = ["merged_at"]
