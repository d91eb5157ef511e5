"""Ada, who has just signed in at noon with a password."""

import pytest
import time_machine
from django.core.cache import cache
from rest_framework.test import APIClient

PASSWORD = "a-quite-long-phrase"


@pytest.fixture
def noon():
    cache.clear()
    with time_machine.travel("2027-03-14T12:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def ada(cast, noon):
    cast.ada.set_password(PASSWORD)
    cast.ada.save()
    client = APIClient()
    assert client.post("/api/v1/auth/login", {"username": "ada", "password": PASSWORD}).status_code == 200
    return client
