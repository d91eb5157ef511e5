"""PmsViewSet: refuses by default, at class creation and at each request."""

from types import SimpleNamespace

import pytest
from auditlog.context import auditlog_value, set_extra_data
from django.urls import include, path
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from hotel.accounts.models import User
from hotel.core.api.permissions import RefuseByDefault
from hotel.core.api.routers import ComponentRouter
from hotel.core.api.viewsets import PmsViewSet
from hotel.core.audit import actor_note
from hotel.core.models import DeclaredSchedule
from hotel.properties.api.mixins import ReadViewSet
from tests.contracts.stage import ALL_RIGHTS, Client


def test_a_viewset_without_area_cannot_be_made():
    with pytest.raises(TypeError, match="Nameless must state the area"):
        type("Nameless", (PmsViewSet,), {})


def test_a_command_without_verb_cannot_be_made():
    @action(detail=True, methods=["post"])
    def launch(self, request, pk):
        """Launch."""

    with pytest.raises(TypeError, match=r"Launcher\.launch must state its verb"):
        type("Launcher", (PmsViewSet,), {"area": "system", "launch": launch})


def test_a_base_may_stay_open_and_its_children_may_not():
    base = type("Base", (PmsViewSet,), {"is_abstract": True})
    with pytest.raises(TypeError):
        type("Child", (base,), {})
    assert type("Child", (base,), {"area": "system"}).is_abstract is False


@pytest.mark.parametrize(
    ("action_name", "verb"),
    [
        ("list", "view"),
        ("retrieve", "view"),
        ("metadata", "view"),
        ("create", "manage"),
        ("destroy", "manage"),
        ("send", "post"),
        (None, "-"),
        ("unmapped", "-"),
    ],
)
def test_each_action_needs_its_verb_and_the_unknown_one_that_nobody_holds(action_name, verb):
    viewset = type("Some", (PmsViewSet,), {"area": "system", "verbs": {"send": "post"}})()
    viewset.action = action_name
    assert viewset.required_verb() == verb


class ForgetfulViewSet(PmsViewSet):
    """States an area, but not who may."""

    area = "system"

    def list(self, request):
        """All."""
        return Response([])


class OpenViewSet(PmsViewSet):
    """Writes something by every method."""

    area = "system"
    permission_classes = [AllowAny]

    def list(self, request):
        """All."""
        return Response([])

    def create(self, request):
        """Make one, then fail when told so."""
        DeclaredSchedule.objects.create(name="made", written={})
        if request.data.get("fail"):
            raise ZeroDivisionError
        return self.answer({"made": True}, status=201, version=3)


class PlaceViewSet(ReadViewSet):
    """Properties."""

    from hotel.properties.models import Property

    queryset = Property.objects.all()
    area = "properties"


router = ComponentRouter()
router.register("forgetful", ForgetfulViewSet, basename="forgetful")
router.register("open", OpenViewSet, basename="open")
router.register("places", PlaceViewSet, basename="places")
urlpatterns = [path("api/v1/", include(router.urls))]
ours = pytest.mark.urls(__name__)


@ours
def test_who_forgets_the_permission_serves_nobody(stage):
    assert ForgetfulViewSet.permission_classes == [RefuseByDefault]
    assert stage.client_of(ALL_RIGHTS).get("/api/v1/forgetful").status_code == 403


@ours
@pytest.mark.parametrize(
    "method", ["CREATE", "ANSWER", "GET_QUERYSET", "DISPATCH", "PUT", "PATCH", "DELETE", "BREW"]
)
def test_other_methods_reach_no_python_method(stage, method):
    answer = stage.client_of(ALL_RIGHTS).generic(method, "/api/v1/open", b'{"n": 1}')
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert DeclaredSchedule.objects.count() == 0


@ours
@pytest.mark.django_db(transaction=True)
def test_a_failed_write_leaves_nothing_behind(stage):
    client = Client(raise_request_exception=False)
    assert client.post("/api/v1/open", {"fail": True}, key="").status_code == 500
    assert DeclaredSchedule.objects.count() == 0
    answer = client.post("/api/v1/open", {}, key="")
    assert (answer.status_code, answer["ETag"]) == (201, '"v3"')
    assert DeclaredSchedule.objects.count() == 1


@ours
@pytest.mark.parametrize("query", ["search=%00", "%00=1", "a=%00&a=fine", "a=%ED%A0%80"])
def test_unstorable_queries_are_refused_wherever_they_hide(stage, query):
    answer = stage.client_of(ALL_RIGHTS).get(f"/api/v1/open?{query}")
    assert answer.status_code == (200 if "%ED" in query else 400), answer.content


@ours
def test_head_and_options_need_the_right_to_view(stage):
    holder, other = stage.client_of({"view_properties_area"}), stage.client_of({"view_system_area"})
    assert [getattr(holder, m)("/api/v1/places").status_code for m in ("options",)] == [405]
    assert [getattr(other, m)("/api/v1/places").status_code for m in ("head", "options")] == [403, 403]


def test_the_audit_learns_who_a_token_is(db):
    user = User.objects.create(username="machine")
    with set_extra_data({"actor": None}):
        actor_note(user)
        assert auditlog_value.get()["actor"] == user


@pytest.mark.parametrize("user", [None, SimpleNamespace(is_authenticated=False)])
def test_the_audit_is_told_of_people_only(user):
    with set_extra_data({"actor": None}):
        actor_note(user)
        assert auditlog_value.get()["actor"] is None
