"""Requests of guests, their files, holds, retention and registers over the API."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.properties.api.mixins import CrudViewSet, ReadViewSet
from security.api.privacy_filters import (
    ImpactAssessmentFilter,
    LegalHoldFilter,
    PrivacyBundleFilter,
    PrivacyRequestFilter,
    ProcessorFilter,
    RetentionRuleFilter,
    RetentionRunFilter,
)
from security.api.privacy_serializers import (
    ImpactAssessmentSerializer,
    LegalHoldSerializer,
    PrivacyBundleSerializer,
    PrivacyIdentifyInput,
    PrivacyReasonInput,
    PrivacyRequestDetailSerializer,
    PrivacyRequestSerializer,
    ProcessorSerializer,
    RetentionRuleSerializer,
    RetentionRunSerializer,
)
from security.models import (
    ImpactAssessment,
    LegalHold,
    PrivacyBundle,
    PrivacyRequest,
    Processor,
    RetentionRule,
    RetentionRun,
)
from security.services.bundles import bundle_order
from security.services.holds import hold_lift, hold_place
from security.services.privacy_requests import (
    erasure_approve,
    erasure_propose,
    request_carry_out,
    request_extend,
    request_identify,
    request_record,
    request_refuse,
    request_withdraw,
)
from security.services.retention import run_approve


class PrivacyRequestViewSet(ReadViewSet):
    """Requests of guests about their data: access, portability, rectification, restriction, objection, erasure."""

    queryset = PrivacyRequest.objects.select_related("certificate")
    serializer_class = PrivacyRequestSerializer
    filterset_class = PrivacyRequestFilter
    area = "security"
    ordering_fields = ["due_on", "created_at"]
    verbs = {
        "identify": "manage", "extend": "manage", "refuse": "manage", "withdraw": "manage", "propose": "manage",
        "approve": "approve", "carry_out": "manage", "files": "manage",
    }  # fmt: skip
    step_up = frozenset({"approve", "carry_out", "files"})

    def get_serializer_class(self) -> Any:
        """One request is shown with its certificate."""
        return (
            PrivacyRequestSerializer if self.action in ("list", "create") else PrivacyRequestDetailSerializer
        )

    @extend_schema(request=PrivacyRequestSerializer, responses={201: PrivacyRequestSerializer})
    def create(self, request: Any) -> Response:
        """Note that a guest asks for one of his rights; its month begins on the day it was received."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values = dict(serializer.validated_data)
        row = request_record(place=values.pop("property"), by=request.user, **values)
        return self.answer(PrivacyRequestSerializer(row).data, status=201, version=row.version)

    def _told(self, row: PrivacyRequest) -> Response:
        return self.answer(PrivacyRequestDetailSerializer(row).data, version=row.version)

    def _by_reason(self, request: Any, service: Callable[..., PrivacyRequest]) -> Response:
        serializer = PrivacyReasonInput(data=request.data)
        serializer.is_valid(raise_exception=True)
        return self._told(service(request=self.get_object(), by=request.user, **serializer.validated_data))

    @extend_schema(request=PrivacyIdentifyInput, responses=PrivacyRequestDetailSerializer)
    @action(detail=True, methods=["post"])
    def identify(self, request: Any, pk: int) -> Response:
        """Note how the guest proved who he is."""
        serializer = PrivacyIdentifyInput(data=request.data)
        serializer.is_valid(raise_exception=True)
        row = request_identify(request=self.get_object(), by=request.user, **serializer.validated_data)
        return self._told(row)

    @extend_schema(request=PrivacyReasonInput, responses=PrivacyRequestDetailSerializer)
    @action(detail=True, methods=["post"])
    def extend(self, request: Any, pk: int) -> Response:
        """Take two months more, once, within the first month."""
        return self._by_reason(request, request_extend)

    @extend_schema(request=PrivacyReasonInput, responses=PrivacyRequestDetailSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Any, pk: int) -> Response:
        """Refuse, with a reason that the guest is told."""
        return self._by_reason(request, request_refuse)

    @extend_schema(request=None, responses=PrivacyRequestDetailSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Any, pk: int) -> Response:
        """The guest does not ask any more."""
        return self._told(request_withdraw(request=self.get_object(), by=request.user))

    @extend_schema(request=None, responses=PrivacyRequestDetailSerializer)
    @action(detail=True, methods=["post"])
    def propose(self, request: Any, pk: int) -> Response:
        """Ask a second person to approve an erasure; 409 with reasons while something forbids it."""
        return self._told(erasure_propose(request=self.get_object(), by=request.user))

    @extend_schema(request=None, responses=PrivacyRequestDetailSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Any, pk: int) -> Response:
        """Approve an erasure as the second person; a worker carries it out within a minute."""
        return self._told(erasure_approve(request=self.get_object(), by=request.user))

    @extend_schema(request=None, responses=PrivacyRequestDetailSerializer)
    @action(detail=True, methods=["post"], url_path="carry-out")
    def carry_out(self, request: Any, pk: int) -> Response:
        """Do what an identified guest asks for, erasures apart."""
        return self._told(request_carry_out(request=self.get_object(), by=request.user))

    @extend_schema(request=None, responses={202: PrivacyBundleSerializer})
    @action(detail=True, methods=["post"])
    def files(self, request: Any, pk: int) -> Response:
        """Have the guest's files made; look at `privacy-bundles` for how far they are."""
        row = bundle_order(request=self.get_object())
        return self.answer(PrivacyBundleSerializer(row).data, status=202)


class PrivacyBundleViewSet(ReadViewSet):
    """Files for guests, and the links by which they are handed out: JSON, PDF and CSV, for a week."""

    queryset = PrivacyBundle.objects.defer("document", "printed")
    serializer_class = PrivacyBundleSerializer
    filterset_class = PrivacyBundleFilter
    area = "security"
    ordering_fields = ["created_at"]


class LegalHoldViewSet(ReadViewSet):
    """What forbids to erase a guest."""

    queryset = LegalHold.objects.all()
    serializer_class = LegalHoldSerializer
    filterset_class = LegalHoldFilter
    area = "security"
    ordering_fields = ["placed_at"]
    verbs = {"lift": "manage"}

    def create(self, request: Any) -> Response:
        """Forbid to erase a guest."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values = dict(serializer.validated_data)
        row = hold_place(place=values.pop("property"), by=request.user, **values)
        return self.answer(self.get_serializer(row).data, status=201)

    @extend_schema(request=None, responses=LegalHoldSerializer)
    @action(detail=True, methods=["post"])
    def lift(self, request: Any, pk: int) -> Response:
        """End a hold."""
        return self.answer(self.get_serializer(hold_lift(hold=self.get_object(), by=request.user)).data)


class RetentionRuleViewSet(CrudViewSet):
    """How long what is kept, by country and document class. Nothing is erased by a rule that is not confirmed."""

    queryset = RetentionRule.objects.all()
    serializer_class = RetentionRuleSerializer
    filterset_class = RetentionRuleFilter
    area = "security"
    ordering_fields = ["document_class", "valid_from"]


class RetentionRunViewSet(ReadViewSet):
    """What is due: listed by night, erased after a person has approved it."""

    queryset = RetentionRun.objects.all()
    serializer_class = RetentionRunSerializer
    filterset_class = RetentionRunFilter
    area = "security"
    ordering_fields = ["created_at"]
    verbs = {"approve": "approve"}

    @extend_schema(request=None, responses=RetentionRunSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Any, pk: int) -> Response:
        """Approve a list; a worker carries it out within a minute."""
        return self.answer(self.get_serializer(run_approve(run=self.get_object(), by=request.user)).data)


class ProcessorViewSet(CrudViewSet):
    """Who processes personal data for the hotel."""

    queryset = Processor.objects.all()
    serializer_class = ProcessorSerializer
    filterset_class = ProcessorFilter
    area = "security"
    ordering_fields = ["name"]


class ImpactAssessmentViewSet(CrudViewSet):
    """Assessments of processing that may be risky for people."""

    queryset = ImpactAssessment.objects.all()
    serializer_class = ImpactAssessmentSerializer
    filterset_class = ImpactAssessmentFilter
    area = "security"
    ordering_fields = ["title"]
