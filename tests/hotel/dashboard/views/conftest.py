"""Folios, and forms sent as a browser sends them."""

import uuid

import pytest

from hotel.folios.services.codes import standard_code
from tests.factories.folios import guest_folio_make, vat_make
from tests.factories.guests import guest_make
from tests.hotel.folios.conftest import simulator  # noqa: F401


@pytest.fixture
def folio(house):
    """The open folio of a stay of two nights from tomorrow; drinks and food are taxed with 10 %."""
    vat_make(house.place)
    stay = house.reserve(1, 2, primary_guest=guest_make(house.place, first_name="Anna", last_name="Moser"))
    return guest_folio_make(house.place, stay)


@pytest.fixture
def code(house):
    """The id of a standard code."""
    return lambda name: standard_code(house.place, name).pk


@pytest.fixture
def send():
    """Send a form of a page under its name, with a fresh key unless one is given."""

    def post(client, url, act, key=None, **values):
        data = {"do": act, f"{act}-key": key or uuid.uuid4()}
        data |= {f"{act}-{name}": value for name, value in values.items()}
        return client.post(url, data, follow=True)

    return post
