"""A small hotel and somebody at its desk."""

import pytest

from tests.factories.reservations import house_make


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


@pytest.fixture
def desk(cast, signed_in):
    return signed_in(cast.bo)
