"""Looking at the house as somebody else: begun, ended, listed."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.accounts.api.fields import UserField
from hotel.accounts.api.filters import ImpersonationFilter
from hotel.accounts.domain.impersonations import LEAST_REASON, MOST_MINUTES
from hotel.accounts.models import Impersonation
from hotel.accounts.services.impersonations import impersonation_end
from hotel.accounts.shoulder import ACTING_KEY, look_begin
from hotel.core.exceptions import NotPermitted
from hotel.core.words import _
from hotel.properties.api.mixins import ReadViewSet


class ImpersonationSerializer(serializers.ModelSerializer):
    """Somebody looked as somebody else."""

    user = UserField(help_text="Who is looked at.")
    reason = serializers.CharField(
        min_length=LEAST_REASON, max_length=200, help_text="Why; who is looked at reads it."
    )
    minutes = serializers.IntegerField(
        min_value=1, max_value=MOST_MINUTES, default=MOST_MINUTES, write_only=True, help_text="How long."
    )
    ending = serializers.CharField(
        read_only=True,
        help_text="`asked`, `over`, `stopped`, `withdrawn` or `signed_out`; empty while it lasts.",
    )

    class Meta:
        model = Impersonation
        fields = [
            "id", "actor", "user", "reason", "minutes", "until", "ended_at", "ending", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = ["actor", "until", "ended_at", "ending", "created_at", "updated_at"]


class ImpersonationViewSet(ReadViewSet):
    """Looking at the house as a colleague sees it: in person, with a reason, reading only, for half an hour at most."""

    area = "accounts"
    verbs: ClassVar[dict[str, str]] = {"create": "act_as", "end": "act_as"}
    step_up = frozenset({"create"})
    queryset = Impersonation.objects.all()
    serializer_class = ImpersonationSerializer
    filterset_class = ImpersonationFilter
    search_fields = ["reason", "actor__username", "user__username"]
    ordering_fields = ["created_at", "until"]
    default_ordering = ["-created_at"]

    def create(self, request: Any) -> Response:
        """Look as another from the next request of this session on; that person is told by e-mail.

        The caller holds ``act_as`` at every property of the person, and there every right that the person has. Until
        it ends, whatever would change something is refused with 403 ``acting_as_read_only``, how the person signs in
        with 403 ``acting_as_own_account``; the first request after the time is over, or after a right was taken, gets
        403 ``acting_as_ended``.
        """
        if request.auth is not None:
            raise NotPermitted(_("Only a person who is signed in looks as another."), code="token_not_enough")
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = look_begin(request._request, **form.validated_data)
        return self.answer(self.get_serializer(row).data, status=201)

    @extend_schema(request=None, responses=ImpersonationSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Any, pk: int) -> Response:
        """Be oneself again; or stop somebody whom the caller manages. Repeatable."""
        row = impersonation_end(impersonation=self.get_object(), by=request.user)
        if request.auth is None and request.session.get(ACTING_KEY) == row.pk:
            del request.session[ACTING_KEY]
        return self.answer(self.get_serializer(row).data)
