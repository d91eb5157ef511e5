"""Who may open a hotel, and where."""

from hotel.accounts.models import User
from hotel.properties.selectors.opening import chains_open_to, is_empty
from tests.factories.properties import chain_make, property_make


def test_who_manages_every_hotel_of_a_company_may_open_another_there(cast):
    assert chains_open_to(cast.ada) == [cast.chain]
    assert chains_open_to(cast.bo) == []
    property_make(cast.chain, code="GAMMA")
    assert chains_open_to(User.objects.get(pk=cast.ada.pk)) == []


def test_an_owner_may_in_every_company(cast):
    other = chain_make(code="ZZZ", name="Zeta")
    owner = User.objects.create_superuser(username="owner")
    assert chains_open_to(owner) == [cast.chain, other]


def test_a_house_is_empty_until_its_first_hotel(db):
    assert is_empty()
    property_make(chain_make())
    assert not is_empty()
