"""While somebody looks as another: as whom requests are answered, what is closed, what is written down, how it ends."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client

from hotel.accounts.models import Impersonation, Role, RoleAssignment, RolePermission, StaffSession
from hotel.accounts.services.grants import roles_materialise
from hotel.accounts.services.impersonations import impersonation_end
from hotel.accounts.services.roles import role_assign, role_revoke
from hotel.accounts.services.tokens import token_issue
from hotel.accounts.services.users import user_deactivate
from hotel.accounts.shoulder import ACTING_KEY, person_seen
from hotel.core.clock import now
from hotel.core.models import SecurityEvent
from hotel.properties.scoping import grants_of
from tests.contracts.base import assert_problem
from tests.factories.accounts import role_make
from tests.factories.guests import guest_make

PASSWORD = "a-quite-long-phrase"
WHY = "Ticket 4711: the rack shows nothing."


@pytest.fixture
def noon():
    cache.clear()
    with time_machine.travel("2027-03-14T12:00:00Z", tick=False) as clock:
        yield clock


def signed_in(user) -> Client:
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    answer = client.post("/login", {"username": user.username, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def look(client, user) -> Impersonation:
    sent = {"do": "begin", "begin-person": user.pk, "begin-reason": WHY, "begin-minutes": 20}
    answer = client.post("/dashboard/view-as", sent)
    assert (answer.status_code, answer["Location"]) == (302, "/"), answer.content.decode()
    return Impersonation.objects.latest("pk")


@pytest.fixture
def ada(cast, noon):
    return signed_in(cast.ada)


def read_last() -> tuple[int, int | None]:
    """Whom and by whom the trail names for the last look at personal data."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT actor_id, impersonator_id FROM security_auditlog WHERE op = 'R' ORDER BY id DESC LIMIT 1"
        )
        return cursor.fetchone()


def username(client) -> str:
    return client.get("/api/v1/me").json()["username"]


def test_pages_the_administration_and_the_api_answer_as_the_other_and_say_so(cast, ada):
    look(ada, cast.bo)

    for path in ("/dashboard", "/admin/", "/dashboard/folios"):
        answer = ada.get(path)
        page = answer.content.decode()
        assert answer.status_code == 200, path
        assert "You see Auberge as bo" in page
        assert "(Front desk)" in page
        assert WHY in page
        assert "until 13:20, reading only" in page, "the clock of Vienna"
        assert 'action="/dashboard/view-as/end"' in page
    assert username(ada) == "bo"
    assert ada.get("/dashboard/security/trail").status_code == 403, "Ada may, Bo may not"
    assert_problem(ada.get("/api/v1/users"), 403, "permission_denied")


def test_rights_are_those_that_both_hold(cast, ada, noon):
    row = look(ada, cast.bo)

    seen = person_seen(Impersonation.objects.select_related("user").get(pk=row.pk), cast.cy)
    held, own = grants_of(seen), grants_of(cast.bo)
    assert held.holds("view", "folios", cast.alpha.pk)
    assert own.holds("manage", "reservations", cast.alpha.pk)
    assert not held.holds("manage", "reservations", cast.alpha.pk)
    assert held.by_codename.keys() < own.by_codename.keys()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", "/api/v1/auth/confirm"),
        ("post", "/api/v1/auth/password"),
        ("post", "/api/v1/tokens"),
        ("post", "/api/v1/impersonations"),
        ("patch", "/api/v1/guests/1"),
        ("delete", "/api/v1/roles/1"),
        ("put", "/api/v1/rooms/1"),
    ],
)
def test_the_api_only_reads(cast, ada, method, path):
    row = look(ada, cast.bo)

    refused = getattr(ada, method)(path, data="{}", content_type="application/json")

    assert_problem(refused, 403, "acting_as_read_only")
    [event] = SecurityEvent.objects.filter(kind="impersonation_refused")
    assert (event.user_id, event.detail["impersonator"]) == (cast.bo.pk, cast.ada.pk)
    assert event.detail["impersonation"] == row.pk


def test_forms_are_refused_and_nothing_is_done(cast, ada):
    look(ada, cast.bo)
    sent = {"do": "begin", "begin-person": cast.di.pk, "begin-reason": WHY, "begin-minutes": 30}

    for path in ("/dashboard/view-as", "/dashboard/property", "/account", "/admin/accounts/user/"):
        refused = ada.post(path, sent)
        assert refused.status_code == 403, path
        page = refused.content.decode()
        assert "You only look" in page
        assert "You see Auberge as bo" in page
    assert Impersonation.objects.count() == 1


def test_how_the_other_signs_in_is_not_shown(cast, ada):
    look(ada, cast.bo)

    assert ada.get("/account").status_code == 403
    assert_problem(ada.get("/api/v1/auth/sessions"), 403, "acting_as_own_account")
    assert "totp_secret" not in ada.session


def test_what_is_delicate_to_read_is_closed_though_the_password_was_named_just_now(cast, ada):
    role_assign(
        user=cast.bo, role=role_make(cast.chain, "security.view", "security.manage"), place=cast.alpha
    )
    look(ada, cast.bo)

    assert ada.get("/api/v1/security/audit-logs").status_code == 200
    assert_problem(ada.get("/api/v1/security/audit-logs/exports/1/file"), 403, "step_up_required")


def test_looking_at_guests_is_recorded_under_both_names(cast, ada):
    guest = guest_make(cast.alpha)
    look(ada, cast.bo)

    assert ada.get(f"/api/v1/guests/{guest.pk}").status_code == 200

    assert read_last() == (cast.bo.pk, cast.ada.pk)


def test_a_token_beside_the_session_acts_for_itself(cast, ada, noon):
    look(ada, cast.bo)
    guest = guest_make(cast.alpha)
    issued = token_issue(
        user=cast.cy,
        name="Kiosk",
        codenames=["view_guests_area"],
        properties=[cast.alpha],
        expires_at=now() + timedelta(days=1),
    )

    answer = ada.get(f"/api/v1/guests/{guest.pk}", headers={"Authorization": f"Bearer {issued.secret}"})

    assert answer.status_code == 200
    assert read_last() == (cast.cy.pk, None)


def test_it_is_ended_by_one_post_and_one_is_oneself(cast, ada):
    row = look(ada, cast.bo)

    answer = ada.post("/dashboard/view-as/end", follow=True)

    assert "You are yourself again." in answer.content.decode()
    assert "You see Auberge as" not in answer.content.decode()
    row.refresh_from_db()
    assert row.ending == "asked"
    assert username(ada) == "ada"
    assert ada.post("/dashboard/view-as/end").status_code == 302, "repeatable"


def test_it_ends_by_itself_and_what_was_asked_for_then_is_not_done(cast, ada, noon):
    row = look(ada, cast.bo)
    noon.shift(timedelta(minutes=19, seconds=59))
    assert username(ada) == "bo"
    noon.shift(timedelta(seconds=1))

    refused = ada.post("/api/v1/auth/logout")

    assert_problem(refused, 403, "acting_as_ended")
    row.refresh_from_db()
    assert row.ending == "over"
    assert username(ada) == "ada"


def test_a_page_says_that_it_has_ended(cast, ada, noon):
    look(ada, cast.bo)
    noon.shift(timedelta(minutes=20))

    answer = ada.get("/dashboard")

    assert answer.status_code == 403
    assert "You are yourself again" in answer.content.decode()
    assert ada.get("/dashboard").status_code == 200


def withdrawn_right(cast):
    role = Role.objects.get(chain=cast.chain, code="general_manager")
    RolePermission.objects.filter(role=role, area="accounts", verb="act_as").delete()
    roles_materialise(roles=[role])


def lost_role(cast):
    for row in RoleAssignment.objects.filter(user=cast.ada, property=cast.alpha):
        role_revoke(assignment=row)


def more_rights(cast):
    role_assign(user=cast.bo, role=role_make(cast.chain, "rooms.view"), place=cast.beta)
    lost = RoleAssignment.objects.filter(user=cast.ada, property=cast.beta)
    role_revoke(assignment=lost.get())


def shut_out(cast):
    user_deactivate(user=cast.bo)


@pytest.mark.parametrize("change", [withdrawn_right, lost_role, more_rights, shut_out])
def test_it_ends_with_the_next_request_when_a_right_or_the_account_is_taken(cast, ada, change):
    row = look(ada, cast.bo)
    assert username(ada) == "bo"

    change(cast)

    assert_problem(ada.get("/api/v1/me"), 403, "acting_as_ended")
    row.refresh_from_db()
    assert row.ending == "withdrawn"
    assert username(ada) == "ada"


def test_who_looks_and_is_shut_out_is_out(cast, ada):
    look(ada, cast.bo)

    user_deactivate(user=cast.ada)

    assert ada.get("/api/v1/me").status_code == 401
    assert not Impersonation.objects.running().exists()


def test_a_manager_stops_it(cast, ada):
    row = look(ada, cast.bo)

    impersonation_end(impersonation=row)

    assert_problem(ada.get("/api/v1/me"), 403, "acting_as_ended")
    assert username(ada) == "ada"


@pytest.mark.parametrize("path", ["/logout", "/api/v1/auth/logout", "/admin/logout/"])
def test_signing_out_ends_both(cast, ada, path):
    row = look(ada, cast.bo)

    assert ada.post(path).status_code in {200, 204, 302}

    row.refresh_from_db()
    assert row.ending == "signed_out"
    assert not StaffSession.objects.running().filter(user__in=[cast.ada, cast.bo]).exists()
    assert ada.get("/api/v1/me").status_code == 401


def test_the_row_of_another_session_opens_nothing(cast, ada):
    row = look(ada, cast.bo)
    other = signed_in(cast.ada)
    session = other.session
    session[ACTING_KEY] = row.pk
    session.save()

    assert_problem(other.get("/api/v1/me"), 403, "acting_as_ended")
    assert username(other) == "ada"
    row.refresh_from_db()
    assert row.ended_at is None


def test_the_person_looked_at_goes_on_and_finds_it_on_his_page(cast, ada):
    look(ada, cast.bo)
    bo = signed_in(cast.bo)

    page = bo.get("/account").content.decode()
    assert "Who saw Auberge as you" in page
    assert WHY in page
    assert "You see Auberge as" not in page
