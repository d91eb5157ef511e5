"""Fills an empty installation with a hotel that sells; run inside it by `manage shell`. Prints what a program must know."""

import json

from hotel.messaging.services.templates import templates_seed
from tests.cast import make_cast
from tests.factories.guests import guest_make
from tests.factories.reservations import house_make
from tests.wire import secret_of


def open_house() -> None:
    """A hotel with plenty of rooms, letters in its language, one guest with an address, and a token."""
    cast = make_cast()
    house = house_make(cast.alpha, doubles=600)
    templates_seed(place=cast.alpha)
    known = {
        "property": cast.alpha.pk,
        "room_type": house.double.pk,
        "rate_plan": house.plan.pk,
        "guest": guest_make(cast.alpha, last_name="Guest", email="gus@example.com").pk,
        "secret": secret_of(cast.ada, cast.alpha),
    }
    print("KNOWN " + json.dumps(known))  # noqa: T201
