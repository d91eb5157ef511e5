"""A hotel that is opened can be worked at by who opened it, at once."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from hotel.accounts.models import Role, RoleAssignment, User
from hotel.accounts.services.roles import role_assign
from hotel.core.exceptions import NotPermitted
from hotel.dashboard.services.opening import hotel_open
from hotel.folios.models import TransactionCode
from hotel.properties.models import Chain, Property
from hotel.properties.scoping import grants_of
from tests.cast import make_cast
from tests.together import together

TODAY = date(2027, 3, 14)
VALUES = {
    "code": "LAKE",
    "name": "Lake Hotel",
    "country": "CH",
    "time_zone": "Europe/Zurich",
    "currency": "CHF",
    "language": "de",
}


@pytest.fixture
def owner(db):
    return User.objects.create_superuser(username="owner", password="k7rw-9mfd-x3tz-q8hn")


def opened(by, chain=None, **over):
    return hotel_open(chain=chain, company="Lake AG", values={**VALUES, **over}, business_date=TODAY, by=by)


def test_the_first_hotel_has_its_company_roles_and_codes(owner):
    place = opened(owner)
    assert (place.chain.code, place.chain.name, place.business_date) == ("LAKE", "Lake AG", TODAY)
    assert (place.currency, place.language) == ("CHF", "de")
    assert Role.objects.filter(chain=place.chain, code="general_manager").count() == 1
    assert TransactionCode.objects.at(place.pk).filter(is_standard=True).exists()
    assert grants_of(owner).holds("manage", "rooms", place.pk)


def test_who_manages_the_company_holds_his_roles_at_its_new_hotel_too(cast):
    place = opened(cast.ada, cast.chain)
    held = RoleAssignment.objects.filter(property=place)
    assert list(held.values_list("user__username", "role__code", "valid_to")) == [
        ("ada", "general_manager", None)
    ]
    assert grants_of(cast.ada).holds("manage", "rooms", place.pk)


def test_a_role_that_ends_somewhere_ends_at_the_new_hotel_then(cast):
    end = date(2099, 5, 1)
    RoleAssignment.objects.filter(user=cast.ada, property=cast.beta).update(valid_to=end)
    place = opened(cast.ada, cast.chain)
    assert RoleAssignment.objects.get(property=place).valid_to == end


def test_a_role_of_one_hotel_alone_does_not_come_along(cast):
    role = Role.objects.get(chain=cast.chain, code="accountant")
    role_assign(user=cast.ada, role=role, place=cast.alpha)
    place = opened(cast.ada, cast.chain)
    assert [row.role.code for row in RoleAssignment.objects.filter(property=place)] == ["general_manager"]


@pytest.mark.parametrize("who", ["bo", "ida"])
def test_others_open_nothing(cast, who):
    before = Property.objects.count(), Chain.objects.count()
    for chain in (cast.chain, None):
        with pytest.raises(NotPermitted):
            opened(getattr(cast, who), chain)
    assert (Property.objects.count(), Chain.objects.count()) == before


def test_a_manager_founds_no_company(cast):
    with pytest.raises(NotPermitted):
        opened(cast.ada)
    assert Chain.objects.count() == 1


def test_a_code_that_is_taken_leaves_no_company_behind(cast, owner):
    with pytest.raises(ValidationError):
        opened(owner, code="ALPHA")
    assert (Chain.objects.count(), Property.objects.count()) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_two_who_open_the_same_hotel_at_once_open_it_once():
    cast = make_cast()
    people = [User.objects.create_superuser(username=name) for name in ("owner", "partner")]
    answers = together(*[lambda by=by: opened(by, cast.chain) for by in people])
    assert [type(answer) for answer in answers if isinstance(answer, Exception)] == [ValidationError]
    assert Property.objects.filter(code="LAKE").count() == 1
