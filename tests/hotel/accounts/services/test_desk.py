"""PINs and the seats they open: counted, ended, and never more than the full sign-in gave."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import check_password

from hotel.accounts.models import DeskPin, DeskSeat, StaffSession
from hotel.accounts.services.desk import pin_remove, pin_set, seat_end, seat_lock, seat_open, seat_unlock
from hotel.accounts.services.devices import device_revoke
from hotel.accounts.services.sessions import sessions_end, sessions_forget
from hotel.accounts.services.users import own_password_change, user_deactivate
from hotel.core.clock import now
from hotel.core.exceptions import InvalidInput, NotPermitted
from hotel.core.models import OutboxMessage, SecurityEvent
from tests.factories.accounts import desk_seat_make, sign_in_device_make
from tests.together import together

PIN = "482915"


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel("2027-03-14T12:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def seat(cast):
    """Bo has locked the desk."""
    pin_set(user=cast.bo, pin=PIN)
    return desk_seat_make(cast.alpha, device=sign_in_device_make(cast.alpha, user=cast.bo), locked_at=now())


def test_a_pin_is_kept_as_argon2id_and_told(cast, settings):
    settings.PASSWORD_HASHERS = ["hotel.accounts.hashers.HouseHasher"]
    row = pin_set(user=cast.bo, pin=PIN)

    assert row.pin.startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")
    assert check_password(PIN, row.pin)
    assert OutboxMessage.objects.filter(topic="SignInChanged").latest("pk").payload["change"] == "pin_set"


def test_a_weak_one_changes_nothing(cast, seat):
    with pytest.raises(InvalidInput) as error:
        pin_set(user=cast.bo, pin="123456")
    assert error.value.code == "pin_weak"
    assert check_password(PIN, DeskPin.objects.get().pin)
    assert DeskSeat.objects.open().get() == seat


def test_the_right_pin_opens_and_takes_mistakes_back(seat):
    assert seat_unlock(seat=seat, pin="111111") is None
    seat.refresh_from_db()
    assert seat.wrong == 1

    assert seat_unlock(seat=seat, pin=PIN) == seat
    seat.refresh_from_db()
    assert seat.wrong == 0


def test_five_wrong_ones_in_a_row_end_it_even_for_the_right_one(cast, seat):
    for _ in range(5):
        assert seat_unlock(seat=seat, pin="111111") is None

    assert seat_unlock(seat=seat, pin=PIN) is None
    assert not DeskSeat.objects.open().exists()
    kinds = list(SecurityEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["pin_failed"] * 4 + ["pin_spent"]


@pytest.mark.django_db(transaction=True)
def test_wrong_ones_at_the_same_instant_are_counted_one_by_one(cast, seat, monkeypatch):
    DeskSeat.objects.update(wrong=3)
    looked = []
    monkeypatch.setattr(
        "hotel.accounts.services.desk.check_password", lambda pin, kept: looked.append(pin) or False
    )

    done = together(*(lambda pin=pin: seat_unlock(seat=seat, pin=pin) for pin in ("1", "2", "3", "4")))

    assert done == [None] * 4
    assert len(looked) == 2, "no more are looked at than may be wrong"
    assert DeskSeat.objects.get().wrong == 5


def password_changed(cast, seat):
    cast.bo.set_password("a long enough password")
    cast.bo.save()
    own_password_change(user=cast.bo, old="a long enough password", new="quite another phrase 7")


def over(cast, seat):
    DeskSeat.objects.update(until=now() - timedelta(seconds=1), created_at=now() - timedelta(hours=12))


@pytest.mark.parametrize(
    "change",
    [
        password_changed,
        over,
        lambda cast, seat: pin_set(user=cast.bo, pin="908172"),
        lambda cast, seat: pin_remove(user=cast.bo),
        lambda cast, seat: user_deactivate(user=cast.bo),
        lambda cast, seat: sessions_end(user=cast.bo),
        lambda cast, seat: device_revoke(device=seat.device),
        lambda cast, seat: seat_end(seat=seat, by=cast.ada),
    ],
)
def test_what_ends_it(cast, seat, change):
    assert DeskSeat.objects.at_rest().exists()

    change(cast, seat)

    assert not DeskSeat.objects.at_rest().exists()
    assert seat_unlock(seat=seat, pin=PIN) is None
    assert seat_unlock(seat=seat, pin="908172") is None


def test_others_do_not_end_it(cast, seat):
    with pytest.raises(NotPermitted):
        seat_end(seat=seat, by=cast.cy)
    assert DeskSeat.objects.at_rest().get() == seat


def test_a_desk_that_is_in_use_or_signed_out_is_not_opened_but_one_left_alone_is(cast, seat, noon):
    StaffSession.objects.create(
        session_key="b" * 40, user=cast.bo, session_data="", expire_date=now() + timedelta(minutes=30)
    )
    DeskSeat.objects.update(locked_at=None, session="b" * 40)
    assert seat_unlock(seat=seat, pin=PIN) is None, "in use"
    noon.shift(timedelta(minutes=30))
    assert sessions_forget() == 0, "kept for the PIN"
    assert seat_unlock(seat=seat, pin=PIN) == seat
    StaffSession.objects.all().delete()
    assert seat_unlock(seat=seat, pin=PIN) is None, "signed out"


def test_a_seat_lasts_as_long_as_the_sign_in_and_the_shift_and_needs_a_fresh_pin(cast, noon):
    device = sign_in_device_make(cast.alpha, user=cast.bo)

    def opened(hours):
        return seat_open(
            device=device, session="c" * 40, factor="totp", ends=timedelta(hours=10), hours=hours
        )

    assert opened(12) is None, "no PIN"
    pin_set(user=cast.bo, pin=PIN)
    assert opened(12).until == now() + timedelta(hours=10)
    assert opened(4).until == now() + timedelta(hours=4)
    assert opened(0) is None
    noon.shift(timedelta(days=180))
    assert opened(12) is None, "too old"


def test_only_ones_own_session_is_locked(cast, seat):
    DeskSeat.objects.update(locked_at=None)

    assert not seat_lock(session="d" * 40)
    assert seat_lock(session=seat.session)
    seat.refresh_from_db()
    assert seat.locked_at == now()
