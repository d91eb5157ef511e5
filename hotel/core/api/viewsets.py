"""The base of every API view: area stated, writes in one transaction, keys honoured, errors as problems."""

from typing import Any, ClassVar

from django.db import transaction
from rest_framework import mixins, viewsets
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import APIException
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response

from hotel.core.access_notes import access_note
from hotel.core.actor import act_change
from hotel.core.aftermath import aftermath_write
from hotel.core.api.first_told import missing_row_first
from hotel.core.api.gates import pass_gates
from hotel.core.api.idempotency import answer_once, repetition_key
from hotel.core.api.narrowing import narrow_to
from hotel.core.api.parsers import refuse_unstorable
from hotel.core.api.versions import etag
from hotel.core.audit import actor_note
from hotel.core.card_guard import refuse_card_data
from hotel.core.exceptions import PmsError, StepUpRequired
from hotel.core.postgresql.context import one_transaction

GUESTS = "guests_guest"  # whose personal data the house holds

VERBS = {
    "list": "view",
    "retrieve": "view",
    "metadata": "view",
    "create": "manage",
    "update": "manage",
    "partial_update": "manage",
    "destroy": "manage",
}


class PmsViewSet(viewsets.GenericViewSet):
    """A viewset that refuses by default.

    Class attributes:
        area: the plug's area; required on every concrete class.
        verbs: action name to the verb it needs, for actions beyond list … destroy.
        idempotent: actions that require an Idempotency-Key.
        phased: those of them that commit by themselves, because they call an outside system between two transactions;
            their services know a repetition by ``request_key``.
        person: of a resource of personal data, from a row to the key of its guest, such as ``guest_id``.
        versioned: actions that answer with an ETag and read If-Match (documented in the schema).
        step_up: actions for which a person must have named the password lately; machines have none to name.
        secret: POSTs whose body is a secret. Their Idempotency-Key is not looked at: the hash of the body that would be
            kept with it tells whoever reads the database what to guess.
    """

    area: ClassVar[str] = ""
    verbs: ClassVar[dict[str, str]] = {}
    idempotent: ClassVar[frozenset[str]] = frozenset()
    phased: ClassVar[frozenset[str]] = frozenset()
    versioned: ClassVar[frozenset[str]] = frozenset()
    person: ClassVar[str] = ""
    step_up: ClassVar[frozenset[str]] = frozenset()
    secret: ClassVar[frozenset[str]] = frozenset()
    is_abstract: ClassVar[bool] = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Fail at import when a concrete viewset states no area, or an action without a verb."""
        super().__init_subclass__(**kwargs)
        cls.is_abstract = cls.__dict__.get("is_abstract", False)
        if cls.is_abstract:
            return
        if not cls.area:
            raise TypeError(f"{cls.__name__} must state the area its rights are granted on.")
        for action in cls.get_extra_actions():
            if action.__name__ not in cls.verbs:
                raise TypeError(f"{cls.__name__}.{action.__name__} must state its verb in `verbs`.")

    def check_throttles(self, request: Any) -> None:
        """DRF's, the first of two times."""
        if not getattr(request, "is_throttled_once", False):
            request.is_throttled_once = True
            super().check_throttles(request)

    def required_verb(self) -> str:
        """The verb the current action needs; unknown actions need one that nobody holds."""
        action = self.action or ""
        return self.verbs.get(action) or VERBS.get(action, "-")

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """DRF's dispatch, with the write inside one transaction and the key's answer in it.

        What a refusal leaves is written here, where that transaction has been undone.
        """
        self.args, self.kwargs = args, kwargs
        request = self.request = self.initialize_request(request, *args, **kwargs)
        self.headers = self.default_response_headers
        try:
            for name, values in request.query_params.lists():
                refuse_unstorable([name, *values])
                refuse_card_data({name: values}, door="api")
            self.initial(request, *args, **kwargs)
            self._require_step_up(request)
            actor_note(request.user)
            act_change(**self._caller(request), door="api")
            handler = self._handler(request.method.lower())
            with missing_row_first(self):
                response = self._run(request, lambda: handler(request, *args, **kwargs))
        except Exception as exc:
            response = self.handle_exception(exc)
            if isinstance(exc, PmsError) and exc.aftermath is not None:
                aftermath_write(exc, request_key=repetition_key(request))
        self.response = self.finalize_response(request, response, *args, **kwargs)
        return self.response

    def perform_authentication(self, request: Any) -> None:
        """As DRF's, then its throttles at once: also whoever is nobody, or has no right, is counted.

        What the database shows is narrowed to this caller before anything else is read.
        """
        try:
            super().perform_authentication(request)
        except APIException:
            self.check_throttles(request)
            raise
        self.check_throttles(request)
        narrow_to(request.user)
        pass_gates(request)

    def _caller(self, request: Any) -> dict[str, Any]:
        """Who acts; a token acts for itself, whatever session came along with it."""
        told = {"user_id": request.user.pk, "token_id": getattr(request.auth, "pk", None)}
        return told if request.auth is None else {**told, "impersonator_id": None}

    def _require_step_up(self, request: Any) -> None:
        is_session = isinstance(request.successful_authenticator, SessionAuthentication)
        if (
            self.action in self.step_up
            and is_session
            and not getattr(request._request, "is_confirmed", False)
        ):
            raise StepUpRequired(
                "Name your password again at auth/confirm, then repeat this.",
                extra={"confirm": "/api/v1/auth/confirm"},
            )

    def _handler(self, method: str) -> Any:
        """Only real methods count: a request with the method CREATE must not reach ``self.create``."""
        if method not in self.http_method_names:
            return self.http_method_not_allowed
        return getattr(self, method, self.http_method_not_allowed)

    def _run(self, request: Any, execute: Any) -> Response:
        if request.method in SAFE_METHODS:
            with one_transaction():
                return execute()
        if request.method == "POST" and self.action not in self.secret:
            return answer_once(
                request,
                required=self.action in self.idempotent,
                execute=execute,
                is_phased=self.action in self.phased,
            )
        with transaction.atomic():
            return execute()

    def get_object(self) -> Any:
        """As DRF's; whose data is shown is noted."""
        row = super().get_object()
        if self.person:
            access_note(GUESTS, [getattr(row, self.person)])
        return row

    def paginate_queryset(self, queryset: Any) -> Any:
        """As DRF's; whose data is shown is noted."""
        page = super().paginate_queryset(queryset)
        if self.person and page:
            kind = "search" if self.request.query_params.get("search") else "list"
            access_note(GUESTS, (getattr(row, self.person) for row in page), kind)
        return page

    def answer(self, data: Any, *, status: int = 200, version: int | None = None) -> Response:
        """An answer, with an ETag when a version is given."""
        headers = {"ETag": etag(version)} if version is not None else {}
        return Response(data, status=status, headers=headers)


class ReadMixin(mixins.RetrieveModelMixin, mixins.ListModelMixin):
    """list and retrieve; retrieve answers with an ETag when the row has a version."""

    def retrieve(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """One row."""
        instance = self.get_object()  # type: ignore[attr-defined]
        response = Response(self.get_serializer(instance).data)  # type: ignore[attr-defined]
        if hasattr(instance, "version"):
            response["ETag"] = etag(instance.version)
        return response


class CrudMixin(ReadMixin, mixins.CreateModelMixin, mixins.UpdateModelMixin, mixins.DestroyModelMixin):
    """Plain create, read, update, delete for resources without commands."""
