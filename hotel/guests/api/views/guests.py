"""Guests: read, made, changed, merged, restricted."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.api.versions import expected_version
from hotel.guests.api.filters import GuestFilter
from hotel.guests.api.serializers.guests import (
    GuestCreateSerializer,
    GuestLinkInput,
    GuestMergeInput,
    GuestMergeSerializer,
    GuestSerializer,
)
from hotel.guests.api.serializers.profiles import GuestRestrictInput, LikenessSerializer
from hotel.guests.api.serializers.records import ConsentShownSerializer
from hotel.guests.api.views.profiles import ProfileViewSet
from hotel.guests.models import Guest
from hotel.guests.selectors.consents import consents_current
from hotel.guests.selectors.matches import Match, matches_of
from hotel.guests.selectors.profiles import guests_search
from hotel.guests.services.guests import GuestData, guest_change, guest_create, guest_link
from hotel.guests.services.merges import guest_merge, guest_unmerge
from hotel.guests.services.restrictions import guest_restrict, guest_unrestrict


class GuestViewSet(ProfileViewSet):
    """Persons known at the caller's properties. They are never deleted.

    The list leaves out merged profiles; reading one tells by ``merged_into`` which profile lives on.
    """

    queryset = Guest.objects.all()
    person = "pk"
    serializer_class = GuestSerializer
    filterset_class = GuestFilter
    ordering_fields = ["last_name", "created_at", "updated_at"]
    search = staticmethod(guests_search)
    verbs = {
        "merge": "merge",
        "unmerge": "merge",
        "restrict": "manage",
        "unrestrict": "manage",
        "link": "manage",
        "matches": "view",
        "consents": "view",
    }

    def get_queryset(self) -> Any:
        """Without tombstones in lists."""
        rows = super().get_queryset()
        return rows.current() if self.action == "list" else rows

    @extend_schema(request=GuestCreateSerializer, responses={201: GuestCreateSerializer})
    def create(self, request: Any) -> Response:
        """Make a guest known at a property; the answer suggests profiles that may be the same person."""
        serializer = GuestCreateSerializer(data=request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        values = dict(serializer.validated_data)
        guest = guest_create(place=values.pop("property"), data=GuestData(**values))
        shown = self.shown(guest.pk)
        shown.possible_duplicates = self._visible(matches_of(guest))
        data = GuestCreateSerializer(shown, context=self.get_serializer_context()).data
        return self.answer(data, status=201, version=shown.version)

    @extend_schema(request=GuestSerializer, responses=GuestSerializer)
    def partial_update(self, request: Any, pk: int) -> Response:
        """Change what the guest told about himself."""
        guest = self.get_object()
        serializer = self.get_serializer(guest, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        guest_change(
            guest=guest,
            changes=serializer.validated_data,
            country=self.country_of(guest),
            expected_version=expected_version(request),
        )
        return self._answer_guest(guest.pk)

    @extend_schema(request=GuestMergeInput, responses=GuestMergeSerializer)
    @action(detail=True, methods=["post"])
    def merge(self, request: Any, pk: int) -> Response:
        """Make another profile part of this one; it can be undone for 90 days."""
        kept, values = self.get_object(), self._input(GuestMergeInput)
        done = guest_merge(kept=kept, merged=values["merged"], reason=values["reason"], by=request.user)
        return Response(GuestMergeSerializer(done).data)

    @extend_schema(request=None, responses=GuestMergeSerializer)
    @action(detail=True, methods=["post"])
    def unmerge(self, request: Any, pk: int) -> Response:
        """Let this merged profile live again, with what was its own."""
        done = guest_unmerge(guest=self.get_object(), by=request.user)
        return Response(GuestMergeSerializer(done).data)

    @extend_schema(request=GuestRestrictInput, responses=GuestSerializer)
    @action(detail=True, methods=["post"])
    def restrict(self, request: Any, pk: int) -> Response:
        """Do not rent to this guest any more, with the reason."""
        guest, values = self.get_object(), self._input(GuestRestrictInput)
        guest_restrict(guest=guest, reason=values["reason"], by=request.user)
        return self._answer_guest(guest.pk)

    @extend_schema(request=None, responses=GuestSerializer)
    @action(detail=True, methods=["post"])
    def unrestrict(self, request: Any, pk: int) -> Response:
        """Welcome the guest again."""
        guest = self.get_object()
        guest_unrestrict(guest=guest, by=request.user)
        return self._answer_guest(guest.pk)

    @extend_schema(request=GuestLinkInput, responses=GuestSerializer)
    @action(detail=True, methods=["post"])
    def link(self, request: Any, pk: int) -> Response:
        """Make the guest known at a further property where the caller may manage guests."""
        guest, values = self.get_object(), self._input(GuestLinkInput)
        return self._answer_guest(guest_link(guest=guest, place=values["property"]).pk)

    @extend_schema(operation_id="guests_matches_of", responses=LikenessSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def matches(self, request: Any, pk: int) -> Response:
        """Profiles that may be the same person, with score and reasons; at most 200."""
        found = self._visible(matches_of(self.get_object()))
        return Response(LikenessSerializer(found, many=True).data)

    @extend_schema(
        operation_id="guests_consents_of", responses=ConsentShownSerializer(many=True), filters=False
    )
    @action(detail=True, methods=["get"], pagination_class=None)
    def consents(self, request: Any, pk: int) -> Response:
        """What the guest agrees to now: the newest decision per channel and purpose."""
        rows = consents_current(self.get_object().pk)
        return Response(ConsentShownSerializer([rows[pair] for pair in sorted(rows)], many=True).data)

    def _input(self, serializer_class: Any) -> dict[str, Any]:
        serializer = serializer_class(data=self.request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data

    def _answer_guest(self, pk: int) -> Response:
        guest = self.shown(pk)
        context = self.get_serializer_context()
        return self.answer(GuestSerializer(guest, context=context).data, version=guest.version)

    def _visible(self, matches: list[Match]) -> list[Match]:
        """Those of the matches that the caller may view."""
        ids = [match.guest.pk for match in matches]
        rows = Guest.objects.filter(pk__in=ids).visible_to(self.request.user, "view", self.area)
        seen = set(rows.values_list("pk", flat=True))
        return [match for match in matches if match.guest.pk in seen]
