"""A member, and the people who look at him."""

import pytest

from tests.factories.guests import guest_make
from tests.factories.loyalty import loyalty_member_make


@pytest.fixture
def moser(cast):
    return loyalty_member_make(cast.alpha, guest_make(cast.alpha, first_name="Anna", last_name="Moser"))


@pytest.fixture
def desk(cast, signed_in):
    return signed_in(cast.bo)


@pytest.fixture
def chief(cast, signed_in):
    return signed_in(cast.ada)
