"""Who works at a hotel, as who may look sees it."""

from allauth.mfa.models import Authenticator

from hotel.accounts.selectors.people import people_of, roles_of
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.accounts import user_make


def test_people_have_their_roles_their_second_step_and_their_sessions(cast, signed_in):
    signed_in(cast.bo)
    Authenticator.objects.create(user=cast.bo, type=Authenticator.Type.TOTP, data={})
    Authenticator.objects.create(user=cast.cy, type=Authenticator.Type.RECOVERY_CODES, data={})
    user_make(cast.alpha, username="kiosk", is_machine=True)

    found = {row.username: row for row in people_of(cast.alpha, cast.ada)}

    assert sorted(found) == ["ada", "bo", "cy", "di", "rae", "val"]
    assert [(held.role.code, held.property) for held in found["bo"].held] == [("front_desk", cast.alpha)]
    assert (found["bo"].has_second_step, found["bo"].session_count) == (True, 1)
    assert (found["cy"].has_second_step, found["cy"].session_count) == (False, 0)


def test_of_another_hotel_one_sees_nobody(cast):
    assert list(people_of(cast.beta, cast.bo)) == []
    assert {row.username for row in people_of(cast.beta, cast.ada)} == {"ada", "eve"}


def test_roles_have_their_rights_and_holders(cast):
    found = {role.code: role for role in roles_of(cast.chain)}
    assert (found["front_desk"].holder_count, found["auditor"].holder_count) == (2, 0)
    assert ("stays", "audit") in {(right.area, right.verb) for right in found["front_desk"].permissions.all()}


def test_the_list_costs_the_same_however_many_there_are(cast):
    list(people_of(cast.alpha, cast.ada))
    few = queries_of(lambda: list(people_of(cast.alpha, cast.ada)))
    for n in range(5):
        user_make(cast.alpha, username=f"more{n}")
    assert_constant(few, queries_of(lambda: list(people_of(cast.alpha, cast.ada))))
