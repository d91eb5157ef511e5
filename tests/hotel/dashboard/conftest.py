"""A small hotel and somebody at its desk."""

import pytest
from django.test import Client

from tests.factories.reservations import house_make


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


@pytest.fixture
def signed_in():
    def client(user) -> Client:
        made = Client()
        made.force_login(user)
        return made

    return client


@pytest.fixture
def desk(cast, signed_in):
    return signed_in(cast.bo)
