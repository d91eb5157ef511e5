"""A throw-away resource that counts how often it is executed, and a URLconf that serves it."""

import time
import uuid
from typing import ClassVar

from django.db import transaction
from django.urls import include, path
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from hotel.core.api.idempotency import request_key
from hotel.core.api.routers import ComponentRouter
from hotel.core.api.viewsets import PmsViewSet
from hotel.core.exceptions import RuleBroken
from hotel.core.models import DeclaredSchedule

failures: list[Exception] = []


class CounterViewSet(PmsViewSet):
    """Counts."""

    area = "system"
    permission_classes = [AllowAny]
    verbs: ClassVar[dict[str, str]] = {"draft": "manage", "phases": "manage"}
    idempotent = frozenset({"create", "phases"})
    phased = frozenset({"phases"})

    def create(self, request):
        """One effect per execution; fails after the effect when told so."""
        row = DeclaredSchedule.objects.create(name=uuid.uuid4().hex, written={})
        time.sleep(float(request.data.get("seconds", 0)))
        if request.data.get("refuse"):
            raise RuleBroken("Not today.")
        if not request.data.get("n"):
            raise ValidationError({"n": ["Give n."]})
        if failures:
            raise failures.pop()
        headers = {"Location": f"/api/v1/counter/{row.pk}", "X-Other": "not kept"}
        return Response({"id": row.pk, "n": request.data["n"]}, status=201, headers=headers)

    def list(self, request):
        """What there is."""
        return Response({"count": DeclaredSchedule.objects.count()})

    @action(detail=False, methods=["post"])
    def draft(self, request):
        """A POST whose key is optional."""
        return Response(
            {"id": DeclaredSchedule.objects.create(name=uuid.uuid4().hex, written={}).pk}, status=201
        )

    @action(detail=False, methods=["post"])
    def phases(self, request):
        """Commits by itself, may fail afterwards, and knows its repetitions."""
        with transaction.atomic(durable=True):
            row, is_new = DeclaredSchedule.objects.get_or_create(name=request_key(request), written={})
        if failures:
            raise failures.pop()
        return Response({"id": row.pk, "is_new": is_new}, status=201)


router = ComponentRouter("counter")
router.register("", CounterViewSet, basename="counter")
urlpatterns = [path("api/v1/", include(router.urls))]
URL = "/api/v1/counter"
