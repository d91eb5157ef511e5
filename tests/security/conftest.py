"""Chains of the cast and the stage with their catalogue of rights."""

import pytest

from hotel.accounts.models import User
from hotel.accounts.services.roles import role_assign
from security.services.catalogue import catalogue_seed
from tests.factories.accounts import role_make, user_make


@pytest.fixture
def house(cast):
    """The cast, whose chain has its catalogue, duties and policy."""
    catalogue_seed(chain=cast.chain)
    return cast


@pytest.fixture
def second(house):
    """Somebody else who may agree to rights at Alpha."""
    person = user_make(house.alpha, username="second", email="second@example.com")
    role = role_make(house.chain, "security.approve", "security.view", code="approver")
    role_assign(user=person, role=role, place=house.alpha)
    return User.objects.get(pk=person.pk)
