import threading

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password

from hotel.accounts import hashers
from hotel.accounts.hashers import HouseHasher

PASSWORD = "a long enough password"


@pytest.fixture
def argon(settings):
    settings.PASSWORD_HASHERS = ["hotel.accounts.hashers.HouseHasher"]


def test_passwords_are_kept_as_argon2id_of_46_mib(argon):
    kept = make_password(PASSWORD)

    assert kept.startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")
    assert check_password(PASSWORD, kept)
    assert not check_password(PASSWORD + " ", kept)


def test_a_hash_of_other_cost_is_renewed_when_its_owner_signs_in(argon, cast):
    cast.bo.password = Argon2PasswordHasher().encode(PASSWORD, "salt-of-enough-length-0")
    cast.bo.save()
    assert "m=102400" in cast.bo.password

    assert authenticate(username="bo", password=PASSWORD) == cast.bo

    cast.bo.refresh_from_db()
    assert cast.bo.password.startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")


def test_two_hash_at_once_and_the_others_wait(monkeypatch):
    running, most, three_waited, lock = [0], [0], threading.Event(), threading.Lock()

    def slow(self, password, salt):
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        three_waited.wait(timeout=0.2)
        with lock:
            running[0] -= 1
        return ""

    monkeypatch.setattr(hashers.Argon2PasswordHasher, "encode", slow)
    threads = [threading.Thread(target=HouseHasher().encode, args=("p", "s")) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most[0] == 2
