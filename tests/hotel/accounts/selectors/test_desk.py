"""What is told of a PIN: when, never what."""

from datetime import timedelta

import time_machine

from hotel.accounts.selectors.desk import pin_state
from hotel.accounts.services.desk import pin_remove, pin_set
from hotel.core.clock import now
from tests.factories.accounts import desk_seat_make, sign_in_device_make


@time_machine.travel("2027-03-14T12:00:00Z", tick=False)
def test_what_is_told_of_a_pin(cast):
    nothing = {"is_set": False, "set_at": None, "renew_by": None, "opens_here_until": None}
    assert pin_state(user=cast.bo, session="s" * 40) == nothing
    pin_set(user=cast.bo, pin="482915")
    seat = desk_seat_make(cast.alpha, device=sign_in_device_make(cast.alpha, user=cast.bo), session="s" * 40)

    told = {"is_set": True, "set_at": now(), "renew_by": now() + timedelta(days=180)}
    assert pin_state(user=cast.bo, session="s" * 40) == told | {"opens_here_until": seat.until}
    assert pin_state(user=cast.bo, session="t" * 40) == told | {"opens_here_until": None}
    assert pin_state(user=cast.cy, session="s" * 40) == nothing

    pin_remove(user=cast.bo)
    assert pin_state(user=cast.bo, session="s" * 40) == nothing
