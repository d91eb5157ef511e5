"""Shared desks for apps in a browser: one's own PIN, locking, and opening again as the person whose PIN it is."""

from typing import Any, ClassVar

from django.contrib.auth import get_user
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.response import Response

from hotel.accounts.api import desk_serializers as serializers
from hotel.accounts.api.authentication import NobodyYet
from hotel.accounts.api.serializers import MeSerializer
from hotel.accounts.api.session_views import me
from hotel.accounts.desk_door import desk_lock, desk_unlock, seats_of
from hotel.accounts.door import browser_of, pin_choose, this_session
from hotel.accounts.selectors.desk import pin_state
from hotel.accounts.services.desk import pin_remove
from hotel.core.api.errors import refusal
from hotel.core.api.viewsets import PmsViewSet
from hotel.core.exceptions import Conflict, NotPermitted
from hotel.core.words import _, gettext_noop

PIN_WRONG = gettext_noop(
    "This PIN is wrong. After five wrong ones in a row the person signs in with the password again."
)


class DeskViewSet(PmsViewSet):
    """A desk that several people share. A PIN never signs in: it opens again what its person has opened in full."""

    area = "accounts"
    verbs: ClassVar[dict[str, str]] = dict.fromkeys(("pin", "seats", "lock", "open_by_pin"), "view")
    step_up = frozenset({"pin_set", "pin_remove"})
    secret = frozenset({"pin_set", "open_by_pin"})
    permission_classes = [IsAuthenticated]
    filter_backends: ClassVar[list[Any]] = []
    pagination_class = None

    @extend_schema(responses=serializers.DeskPinSerializer, operation_id="auth_desk_pin")
    @action(detail=False, methods=["get"])
    def pin(self, request: Any) -> Response:
        """Whether one has a PIN, until when it may be used, and whether it opens this browser again."""
        state = pin_state(user=self._person(request), session=this_session(request._request))
        return self.answer(serializers.DeskPinSerializer(state).data)

    @extend_schema(
        request=serializers.NewPinSerializer,
        responses=serializers.DeskPinSerializer,
        operation_id="auth_desk_pin_set",
    )
    @pin.mapping.post
    def pin_set(self, request: Any) -> Response:
        """Give oneself a PIN, or another one (400 ``pin_weak``); what the older one opened elsewhere has ended."""
        self._person(request)
        form = serializers.NewPinSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        pin_choose(request._request, pin=form.validated_data["pin"])
        return self.pin(request)

    @extend_schema(request=None, responses={204: None}, operation_id="auth_desk_pin_remove")
    @pin.mapping.delete
    def pin_remove(self, request: Any) -> Response:
        """Have no PIN any more. Repeatable."""
        pin_remove(user=self._person(request))
        return self.answer(None, status=204)

    @extend_schema(
        responses=serializers.DeskSeatSerializer(many=True), auth=[], operation_id="auth_desk_seats"
    )
    @action(detail=False, methods=["get"], permission_classes=[AllowAny], authentication_classes=[NobodyYet])
    def seats(self, request: Any) -> Response:
        """Whom a PIN lets in at this browser, by name; known by the cookie that signing in here has left."""
        rows = seats_of(browser_of(request._request).secret)
        return self.answer(serializers.DeskSeatSerializer(rows, many=True).data)

    @extend_schema(request=None, responses={204: None}, operation_id="auth_desk_lock")
    @action(detail=False, methods=["post"])
    def lock(self, request: Any) -> Response:
        """End this session so that a PIN opens the browser again; 409 ``no_desk_pin`` where none would."""
        self._person(request)
        if not desk_lock(request._request):
            raise Conflict(_("No PIN of yours would open this again. Set one first."), code="no_desk_pin")
        return self.answer(None, status=204)

    @extend_schema(
        request=serializers.UnlockSerializer, responses=MeSerializer, auth=[], operation_id="auth_desk_unlock"
    )
    @action(
        detail=False,
        methods=["post"],
        url_path="unlock",
        permission_classes=[AllowAny],
        authentication_classes=[NobodyYet],
    )
    def open_by_pin(self, request: Any) -> Response:
        """Open this browser as the person whose PIN it is; the answer sets other cookies, as signing in does.

        401 ``pin_wrong`` for a wrong one, and for a seat that no PIN opens here any more; the fifth wrong one in a row
        ends the seat. Whoever sits there locks first (409 ``desk_in_use``).
        """
        form = serializers.UnlockSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        if get_user(request._request).is_authenticated:  # DRF has put nobody in the place of ``user``
            raise Conflict(_("Somebody is signed in here. Lock the desk first."), code="desk_in_use")
        wanted, pin = form.validated_data["seat"], form.validated_data["pin"]
        found = (seat for seat in seats_of(browser_of(request._request).secret) if seat.pk == wanted)
        seat = next(found, None)
        user = desk_unlock(request._request, seat=seat, pin=pin) if seat is not None else None
        if user is None:
            # Answered, not raised: a refusal that is raised would take back that a wrong one was counted.
            return refusal(request, status=401, code="pin_wrong", detail=_(PIN_WRONG))
        return self.answer(me(user))

    def _person(self, request: Any) -> Any:
        if request.auth is not None:
            raise NotPermitted(_("A token has no desk to lock."), code="token_not_enough")
        return request.user
