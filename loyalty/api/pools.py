"""Pools over the API."""

from typing import Any, ClassVar

from django.db.models import Prefetch
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.api.examples import example
from hotel.core.api.versions import expected_version
from hotel.guests.api.filters import IdFilter
from hotel.guests.models import Company
from hotel.properties.api.mixins import ScopedRelatedField
from loyalty.api.base import ProgramViewSet
from loyalty.api.filters import OfProgramFilter
from loyalty.api.serializers import TIMES
from loyalty.models import LoyaltyMember, PointPool, PoolMember
from loyalty.selectors.pools import pool_balance, pool_in_words
from loyalty.services.pools import (
    CHANGEABLE,
    pool_accept,
    pool_change,
    pool_close,
    pool_invite,
    pool_leave,
    pool_open,
)

FAMILY = {
    "kind": "family",
    "name": "Moser",
    "head": 7,
    "max_members": 4,
    "spenders": "all",
    "waiting_days": 30,
}
COMPANY = {
    "kind": "company", "name": "Danube Ltd", "head": 8, "company": 3, "max_members": 50, "spenders": "head",
    "share_percent": 50,
}  # fmt: skip


class PoolMemberSerializer(serializers.ModelSerializer):
    """Who was invited, and joined."""

    class Meta:
        model = PoolMember
        fields = ["member", "invited_on", "joined_on", "consent"]
        read_only_fields = fields


class PointPoolSerializer(serializers.ModelSerializer):
    """A pool, who is in it or invited, and what they agreed on."""

    head = ScopedRelatedField(queryset=LoyaltyMember.objects.all())
    company = ScopedRelatedField(queryset=Company.objects.all(), required=False, allow_null=True)
    members = serializers.SerializerMethodField(help_text="Who is in it or invited.")
    says = serializers.SerializerMethodField(help_text="In plain words.")

    class Meta:
        model = PointPool
        fields = [
            "id", "program", "kind", "name", "head", "company", "share_percent", "max_members", "spenders",
            "member_limit", "waiting_days", "opened_on", "closed_on", "members", "says", "version", *TIMES,
        ]  # fmt: skip
        read_only_fields = ["program", "opened_on", "closed_on", "version", *TIMES]
        extra_kwargs = {
            "share_percent": {"min_value": 1, "max_value": 100},
            "max_members": {"min_value": 2, "max_value": 500},
            "member_limit": {"min_value": 1, "max_value": 2_000_000_000},
            "waiting_days": {"min_value": 0, "max_value": 365},
        }
        validators: list[Any] = []  # the service says why

    @extend_schema_field(PoolMemberSerializer(many=True))
    def get_members(self, row: PointPool) -> Any:
        """Those who have not left."""
        seats = [seat for seat in row.members.all() if seat.left_on is None]
        return PoolMemberSerializer(seats, many=True).data

    def get_says(self, row: PointPool) -> str:
        """Who spends, how many, of which part, and from when on."""
        return pool_in_words(row)


@example("Another name, and only the head spends", name="Moser-Huber", spenders="head")
class PoolChangeSerializer(PointPoolSerializer):
    """What may change of a pool while it is open."""

    class Meta(PointPoolSerializer.Meta):
        fields = [*CHANGEABLE]
        read_only_fields: list[str] = []


@example("By his number in the house", member=10)
class PoolMemberInput(serializers.Serializer):
    """Whom it is about."""

    member = ScopedRelatedField(queryset=LoyaltyMember.objects.select_related("program"))


@example("At the desk", member=9, consent="Signed at the desk")
class PoolAcceptInput(PoolMemberInput):
    """Who joins, and how he agreed."""

    consent = serializers.CharField(max_length=200, help_text="Such as: Signed at the desk.")


class SeatBalanceSerializer(serializers.Serializer):
    """What one member has."""

    member = serializers.IntegerField(source="member.pk")
    number = serializers.CharField(source="member.number")
    is_head = serializers.BooleanField()
    joined_on = serializers.DateField()
    usable = serializers.IntegerField(help_text="He may spend himself.")
    open = serializers.IntegerField(help_text="How much of it others may spend.")


class PoolBalanceSerializer(serializers.Serializer):
    """What a pool has today."""

    on = serializers.DateField(help_text="In the programme's zone.")
    open = serializers.IntegerField(help_text="Of all members together.")
    members = SeatBalanceSerializer(many=True, source="seats")


class PointPoolFilter(OfProgramFilter):
    """Of pools."""

    program = IdFilter(field_name="program_id")
    head = IdFilter(field_name="head_id")
    member = IdFilter(method="having", label="That this member is in, or invited to.")
    is_open = filters.BooleanFilter(field_name="closed_on", lookup_expr="isnull", label="Not closed.")

    class Meta:
        model = PointPool
        fields = ["kind"]

    def having(self, rows: Any, name: str, value: Any) -> Any:
        """Those that he has not left."""
        return rows.filter(pk__in=PoolMember.objects.standing().filter(member=value).values("pool"))


class PointPoolViewSet(ProgramViewSet):
    """Pools of families and companies, the newest first."""

    queryset = PointPool.objects.select_related("program").prefetch_related(
        Prefetch("members", PoolMember.objects.standing().order_by("pk"))
    )
    serializer_class = PointPoolSerializer
    filterset_class = PointPoolFilter
    search_fields = ["name"]
    ordering_fields = ["opened_on", "created_at", "updated_at"]
    default_ordering = ["-opened_on"]
    versioned = frozenset({"retrieve", "create", "partial_update"})
    verbs: ClassVar[dict[str, str]] = {
        "create": "enrol",
        "partial_update": "enrol",
        "invite": "enrol",
        "accept": "enrol",
        "leave": "enrol",
        "close": "enrol",
        "balance": "view",
    }

    @extend_schema(
        examples=[
            OpenApiExample("A family", FAMILY, request_only=True),
            OpenApiExample("A company", COMPANY, request_only=True),
        ]
    )
    def create(self, request: Any) -> Response:
        """Open a pool with its head as the first member."""
        values = self.read(PointPoolSerializer)
        made = pool_open(head=values.pop("head"), values=values)
        return self.answer(self.get_serializer(made).data, status=201, version=made.version)

    @extend_schema(request=PoolChangeSerializer, responses=PointPoolSerializer)
    def partial_update(self, request: Any, pk: int) -> Response:
        """Change its name or its terms; with others in it, none of their points are opened further."""
        changed = pool_change(
            pool=self.get_object(),
            changes=self.read(PoolChangeSerializer, partial=True),
            expected_version=expected_version(request),
        )
        return self.answer(self.get_serializer(self.get_object()).data, version=changed.version)

    @extend_schema(request=PoolMemberInput, responses=PointPoolSerializer)
    @action(detail=True, methods=["post"])
    def invite(self, request: Any, pk: int) -> Response:
        """Invite a member of the programme."""
        pool_invite(pool=self.get_object(), **self.read(PoolMemberInput))
        return self._shown()

    @extend_schema(request=PoolAcceptInput, responses=PointPoolSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Any, pk: int) -> Response:
        """Let who was invited join, by his own consent."""
        pool_accept(pool=self.get_object(), **self.read(PoolAcceptInput))
        return self._shown()

    @extend_schema(request=PoolMemberInput, responses=PointPoolSerializer)
    @action(detail=True, methods=["post"])
    def leave(self, request: Any, pk: int) -> Response:
        """Let a member leave with what is his, or decline an invitation."""
        pool_leave(pool=self.get_object(), **self.read(PoolMemberInput))
        return self._shown()

    @extend_schema(request=None, responses=PointPoolSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Any, pk: int) -> Response:
        """Close a pool: everybody leaves with what is his."""
        pool_close(pool=self.get_object())
        return self._shown()

    @extend_schema(responses=PoolBalanceSerializer, filters=False)
    @action(detail=True, pagination_class=None, filterset_class=None)
    def balance(self, request: Any, pk: int) -> Response:
        """What its members have today, and how much of it is open to the others."""
        return self.answer(PoolBalanceSerializer(pool_balance(self.get_object())).data)

    def _shown(self) -> Response:
        return self.answer(self.get_serializer(self.get_object()).data)
