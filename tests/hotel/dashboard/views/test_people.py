"""People and roles by their pages: what services refuse is refused, and what needs two waits for the second."""

import uuid

import pytest

from hotel.accounts.models import Role, RoleAssignment, StaffSession, User
from hotel.accounts.services.roles import role_assign
from hotel.core.services.idempotency import done_once
from hotel.dashboard.views import acting
from hotel.properties.scoping import grants_of
from security.models import AccessRequest
from security.services.catalogue import catalogue_seed
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.accounts import role_make, user_make

PATH = "/dashboard/people"
PASSWORD = "k7rw-9mfd-x3tz-q8hn"
NINA = {"display_name": "Nina Huber", "username": "nina", "email": "nina@example.com", "password": PASSWORD}


@pytest.fixture
def ada(cast, signed_in):
    return signed_in(cast.ada)


@pytest.fixture
def role(cast):
    return lambda code: Role.objects.get(chain=cast.chain, code=code).pk


def words(answer):
    return " ".join(answer.content.decode().split())


def of(person):
    return f"{PATH}/{person.pk}"


def test_the_list_tells_roles_and_how_each_signs_in(cast, ada):
    User.objects.filter(pk=cast.bo.pk).update(last_login="2027-03-13T09:00:00Z")
    page = words(ada.get(PATH))
    row = page[page.index(of(cast.bo)) :].partition("</tr>")[0]
    assert "Front desk" in row
    assert "by password alone" in row
    assert "13 Mar 2027 10:00" in row
    assert f'href="{of(cast.eve)}"' not in page


def test_who_is_invited_signs_in_and_chooses_his_own_password_first(cast, ada, client, send, role):
    told = words(send(ada, PATH, "invite", **NINA, role=role("front_desk")))
    assert "Nina Huber can sign in as nina" in told
    assert PASSWORD not in told
    nina = User.objects.get(username="nina")
    assert nina.role_assignments.get().property == cast.alpha

    answer = client.post("/login", {"username": "nina", "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == "/account"
    assert client.get("/dashboard").status_code == 302


def test_a_double_click_invites_once_and_nothing_of_the_password_is_kept_with_its_key(
    cast, ada, send, role, monkeypatch
):
    kept = []
    monkeypatch.setattr(
        acting, "done_once", lambda **told: (kept.append(told["body_hash"]), done_once(**told))[1]
    )
    key = uuid.uuid4()
    for password in (PASSWORD, "m4pv-t6yc-w9kd-b2hs"):
        told = words(
            send(ada, PATH, "invite", key, **{**NINA, "role": role("front_desk"), "password": password})
        )
    assert "This was done already" in told
    assert User.objects.filter(username="nina").count() == 1
    assert len(set(kept)) == 1


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"username": "bo"}, "already exists"),
        ({"password": "short"}, "too short"),
        ({"valid_from": "2027-04-02", "valid_to": "2027-04-01"}, "lies before the first"),
        ({"role": "0"}, "not one of the available choices"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_makes_nobody(cast, ada, send, role, over, said):
    before = User.objects.count()
    assert said in words(send(ada, PATH, "invite", **{**NINA, "role": role("front_desk"), **over}))
    assert User.objects.count() == before


def test_nobody_is_invited_to_more_than_who_invites_holds(cast, signed_in, send, role):
    helper = role_make(cast.chain, "accounts.view", "accounts.manage", code="helper2")
    role_assign(user=cast.ida, role=helper, place=cast.alpha)
    page = words(send(signed_in(cast.ida), PATH, "invite", **NINA, role=role("front_desk")))
    assert "rights that you do not hold" in page
    assert not User.objects.filter(username="nina").exists()


def test_a_role_that_needs_two_waits_and_says_who_may_agree(cast, ada, send, role):
    catalogue_seed(chain=cast.chain)
    second = user_make(cast.alpha, username="second")
    approver = role_make(cast.chain, "security.approve", "security.view", code="approver")
    role_assign(user=second, role=approver, place=cast.alpha)
    before = User.objects.count()

    asked = words(send(ada, PATH, "invite", **NINA, role=role("it_security")))
    assert "Somebody else must agree to this role." in asked
    assert User.objects.count() == before

    told = words(send(ada, PATH, "invite", **NINA, role=role("it_security"), reason="Runs our computers."))
    assert "IT &amp; security waits until somebody else agrees." in told
    assert "may agree: second" in told
    assert 'href="/dashboard/security/access"' in told
    nina = User.objects.get(username="nina")
    assert (nina.role_assignments.count(), grants_of(nina).by_codename) == (0, {})
    request = AccessRequest.objects.get()
    assert (request.user, request.requested_by, request.status) == (nina, cast.ada, "open")
    assert "Runs our computers." in words(ada.get(of(nina)))


def test_roles_are_given_to_who_is_of_the_house_and_ended_at_once(cast, ada, send, role):
    told = words(send(ada, of(cast.di), "give", role=role("front_desk"), valid_to="2099-01-01"))
    assert "until 1 Jan 2099" in told
    assert grants_of(User.objects.get(pk=cast.di.pk)).holds("manage", "reservations", cast.alpha.pk)

    held = RoleAssignment.objects.get(user=cast.di, role=role("front_desk"))
    assert "The role has ended" in words(send(ada, of(cast.di), "end", assignment=held.pk))
    assert not grants_of(User.objects.get(pk=cast.di.pk)).holds("manage", "reservations", cast.alpha.pk)


def test_an_assignment_of_somebody_else_is_not_ended_here(cast, ada, send):
    other = RoleAssignment.objects.get(user=cast.bo)
    send(ada, of(cast.di), "end", assignment=other.pk)
    assert RoleAssignment.objects.filter(pk=other.pk).exists()


def test_somebody_is_signed_out_everywhere(cast, ada, signed_in, send):
    desk = signed_in(cast.bo)
    assert desk.get("/dashboard").status_code == 200
    assert "1 session has ended." in words(send(ada, of(cast.bo), "out"))
    assert not StaffSession.objects.filter(user=cast.bo).exists()
    assert desk.get("/dashboard")["Location"].startswith("/login")


def test_who_leaves_is_shut_out_and_kept_and_may_come_back(cast, ada, send):
    assert "is shut out" in words(send(ada, of(cast.bo), "deactivate"))
    bo = User.objects.get(pk=cast.bo.pk)
    assert (bo.is_active, bo.role_assignments.count()) == (False, 1)
    assert "shut out" in words(ada.get(PATH))
    send(ada, of(cast.bo), "activate")
    assert User.objects.get(pk=cast.bo.pk).is_active


def test_a_lost_first_password_is_replaced(cast, ada, send):
    assert "the password that you wrote down" in words(send(ada, of(cast.bo), "password", password=PASSWORD))
    bo = User.objects.get(pk=cast.bo.pk)
    assert (bo.check_password(PASSWORD), bo.password_due_since is not None) == (True, True)


def test_with_oneself_nothing_of_that_is_done(cast, ada, send, role):
    page = words(ada.get(of(cast.ada)))
    assert "Your own roles are given and ended by somebody else." in page
    for act, values in (
        ("give", {"role": role("auditor")}),
        ("deactivate", {}),
        ("password", {"password": PASSWORD}),
    ):
        send(ada, of(cast.ada), act, **values)
    me = User.objects.get(pk=cast.ada.pk)
    assert (me.is_active, me.role_assignments.count(), me.password_due_since) == (True, 2, None)


def test_who_may_only_look_has_no_forms(cast, signed_in, send, role):
    role_assign(user=cast.ida, role=Role.objects.get(pk=role("auditor")), place=cast.alpha)
    ida = signed_in(cast.ida)
    for path in (PATH, of(cast.bo)):
        assert 'name="do"' not in words(ida.get(path))
    for path, act in ((PATH, "invite"), (of(cast.bo), "deactivate"), (of(cast.bo), "out")):
        assert send(ida, path, act).status_code == 403
    assert User.objects.get(pk=cast.bo.pk).is_active


def test_people_of_another_hotel_are_not_there(cast, ada, signed_in):
    assert ada.get(of(cast.eve)).status_code == 404
    assert signed_in(cast.bo).get(PATH).status_code == 403


def test_roles_are_told_in_plain_words(cast, ada):
    page = words(ada.get(f"{PATH}/roles"))
    row = page[page.index("Housekeeping supervisor") :].partition("</section>")[0]
    assert "<dt>Rooms</dt><dd>see, say how clean a room is, hold rooms for repairs</dd>" in row
    assert "<dt>Housekeeping and repairs</dt><dd>see, do tasks, change</dd>" in row


def test_pages_cost_the_same_however_many_people_there_are(cast, ada):
    paths = (PATH, of(cast.bo), f"{PATH}/roles")
    for path in paths:
        ada.get(path)
    few = [queries_of(lambda path=path: ada.get(path)) for path in paths]
    for n in range(4):
        person = user_make(cast.alpha, username=f"more{n}")
        role_assign(
            user=person, role=Role.objects.get(chain=cast.chain, code="housekeeping"), place=cast.alpha
        )
    many = [queries_of(lambda path=path: ada.get(path)) for path in paths]
    for one, other in zip(few, many, strict=True):
        assert_constant(one, other)
    assert max(map(len, many)) <= 22
