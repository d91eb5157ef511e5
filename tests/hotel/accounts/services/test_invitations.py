"""Who is invited can sign in, chooses his own password first, and is what he was invited as; or nothing happened."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from hotel.accounts.models import Role, RoleAssignment, StaffProfile, User
from hotel.accounts.services.guards import RightsExceeded
from hotel.accounts.services.invitations import FirstRole, first_password_renew, person_invite
from hotel.accounts.services.roles import role_assign
from hotel.core.exceptions import NotPermitted
from hotel.properties.scoping import grants_of
from tests.factories.accounts import role_make

PASSWORD = "k7rw-9mfd-x3tz-q8hn"


def invite(cast, role="front_desk", by=None, **over):
    values = {"username": "nina", "display_name": "Nina Huber", "email": "nina@example.com", "is_staff": True}
    first = FirstRole(role=Role.objects.get(chain=cast.chain, code=role), valid_to=date(2099, 1, 1))
    given = {"values": values, "password": PASSWORD, "first": first, "by": by or cast.ada, **over}
    return person_invite(place=cast.alpha, **given)


def test_the_person_has_his_role_and_must_choose_a_password(cast):
    nina = invite(cast)
    assert nina.check_password(PASSWORD)
    assert nina.password_due_since is not None
    assert (nina.chain, nina.staff_profile.home_property) == (cast.chain, cast.alpha)
    assert list(nina.role_assignments.values_list("role__code", "property", "valid_to")) == [
        ("front_desk", cast.alpha.pk, date(2099, 1, 1))
    ]
    assert grants_of(nina).holds("manage", "reservations", cast.alpha.pk)


@pytest.mark.parametrize(
    ("over", "error"),
    [
        ({"password": "hotel"}, ValidationError),
        ({"values": {"username": "bo"}}, ValidationError),
        ({"by": "bo"}, NotPermitted),
    ],
)
def test_what_is_refused_has_made_nobody(cast, over, error):
    before = User.objects.count(), RoleAssignment.objects.count(), StaffProfile.objects.count()
    if "by" in over:
        over = {"by": getattr(cast, over["by"])}
    with pytest.raises(error):
        invite(cast, **over)
    assert (User.objects.count(), RoleAssignment.objects.count(), StaffProfile.objects.count()) == before


def test_nobody_invites_somebody_to_more_than_he_holds(cast):
    chief = role_make(cast.chain, "accounts.manage", code="chief")
    RoleAssignment.objects.filter(user=cast.bo).delete()
    role_assign(user=cast.bo, role=chief, place=cast.alpha)
    with pytest.raises(RightsExceeded):
        invite(cast, by=User.objects.get(pk=cast.bo.pk))
    assert not User.objects.filter(username="nina").exists()


def test_without_a_role_he_may_do_nothing_yet(cast):
    nina = invite(cast, first=None)
    assert grants_of(nina).by_codename == {}


def test_who_lost_the_first_password_gets_another_that_opens_as_little(cast):
    nina = invite(cast)
    renewed = first_password_renew(user=nina, password="m4pv-t6yc-w9kd-b2hs", by=cast.ada)
    assert (renewed.check_password(PASSWORD), renewed.check_password("m4pv-t6yc-w9kd-b2hs")) == (False, True)
    assert renewed.password_due_since is not None
