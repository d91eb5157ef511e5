import base64
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import connection

from hotel.accounts import sign_in_ports
from hotel.accounts.domain.second_factors import SignInPolicy
from hotel.accounts.models import UsedCode, User
from hotel.accounts.selectors.second_factors import factors_of
from hotel.accounts.services.second_factors import (
    code_accepted,
    factor_remove,
    factors_reset,
    recovery_codes_renew,
    totp_activate,
    used_codes_forget,
)
from hotel.core.exceptions import Conflict, InvalidInput, NotFound, NotPermitted
from hotel.core.models import SecurityEvent
from hotel.properties.models import Chain
from tests.hotel.accounts.phones import Phone, phone_of
from tests.together import together

NOON = "2027-03-14T12:00:05Z"


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def required(monkeypatch):
    monkeypatch.setattr(sign_in_ports, "_sources", [lambda user: SignInPolicy(second_factor=True)])


def test_an_app_is_set_up_by_a_code_of_it_and_brings_ten_recovery_codes(cast):
    _, codes = phone_of(cast.bo)

    assert (len(codes), len(set(codes)), {len(code) for code in codes}) == (10, 10, {8})
    factors = factors_of(cast.bo)
    assert (factors.totp, factors.passkeys, factors.recovery_left) == (True, 0, 10)
    assert SecurityEvent.objects.get().kind == "second_factor_added"


def test_a_wrong_code_sets_nothing_up(cast):
    with pytest.raises(InvalidInput) as refused:
        totp_activate(user=cast.bo, secret=base64.b32encode(b"x" * 20).decode(), code="000000")

    assert refused.value.code == "code_wrong"
    assert not Authenticator.objects.exists()
    assert not UsedCode.objects.exists()


def test_a_second_app_is_refused(cast):
    phone, _ = phone_of(cast.bo)

    with pytest.raises(Conflict):
        totp_activate(user=cast.bo, secret=phone.secret, code=phone.code())
    assert Authenticator.objects.filter(user=cast.bo, type="totp").count() == 1


@pytest.mark.parametrize(("steps", "kind"), [(-2, ""), (0, "totp"), (1, "totp"), (2, "")])
def test_codes_of_half_a_minute_around_now_count(cast, steps, kind):
    phone, _ = phone_of(cast.bo)

    assert code_accepted(user=cast.bo, code=phone.code(steps)) == kind


def test_each_code_opens_once(cast, noon):
    phone, _ = phone_of(cast.bo)
    code = phone.code()

    assert code_accepted(user=cast.bo, code=code) == "totp"
    assert code_accepted(user=cast.bo, code=code) == ""
    noon.shift(30)
    assert code_accepted(user=cast.bo, code=code) == "", "still within the tolerance"
    assert code_accepted(user=cast.bo, code=phone.code()) == "totp"


def test_the_code_that_set_the_app_up_opens_nothing(cast):
    phone, _ = phone_of(cast.bo)

    assert code_accepted(user=cast.bo, code=phone.code(-1)) == ""


@pytest.mark.django_db(transaction=True)
def test_of_many_processes_with_one_code_one_is_let_in():
    user = User.objects.create_user(username="bo", chain=Chain.objects.create(code="C", name="C"))
    phone, codes = phone_of(user)

    heard = together(*[lambda: code_accepted(user=user, code=phone.code())] * 6)
    assert sorted(heard) == ["", "", "", "", "", "totp"]
    heard = together(*[lambda: code_accepted(user=user, code=codes[0])] * 6)
    assert sorted(heard) == ["", "", "", "", "", "recovery_code"]


def test_a_recovery_code_opens_once_and_is_noted(cast):
    _, codes = phone_of(cast.bo)

    assert code_accepted(user=cast.bo, code=f" {codes[3][:4]}-{codes[3][4:]}") == "recovery_code"
    assert code_accepted(user=cast.bo, code=codes[3]) == ""
    assert factors_of(cast.bo).recovery_left == 9
    assert SecurityEvent.objects.filter(kind="recovery_code_used").count() == 1


def test_codes_of_others_open_nothing(cast):
    phone, codes = phone_of(cast.bo)
    phone_of(cast.cy)

    assert code_accepted(user=cast.cy, code=phone.code()) == ""
    assert code_accepted(user=cast.cy, code=codes[0]) == ""
    assert code_accepted(user=cast.di, code=phone.code()) == ""


def test_neither_seeds_nor_codes_are_in_the_database_in_clear(cast):
    phone, codes = phone_of(cast.bo)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(data::text, ' ') FROM mfa_authenticator")
        kept = cursor.fetchone()[0]

    assert kept.count('"v2:A256GCM:') == 2
    assert phone.secret not in kept
    assert not any(code in kept for code in codes)


def test_new_recovery_codes_take_the_place_of_the_old(cast):
    _, old = phone_of(cast.bo)
    new = recovery_codes_renew(user=cast.bo)

    assert not set(old) & set(new)
    assert code_accepted(user=cast.bo, code=old[0]) == ""
    assert code_accepted(user=cast.bo, code=new[0]) == "recovery_code"
    with pytest.raises(Conflict):
        recovery_codes_renew(user=cast.cy)


def test_with_the_last_factor_its_recovery_codes_go(cast):
    phone_of(cast.bo)
    factor_remove(user=cast.bo, kind="totp")

    assert not Authenticator.objects.exists()
    with pytest.raises(NotFound):
        factor_remove(user=cast.bo, kind="totp")


def test_the_last_factor_stays_when_the_role_asks_for_one(cast, monkeypatch):
    phone_of(cast.bo)
    required(monkeypatch)

    with pytest.raises(Conflict) as refused:
        factor_remove(user=cast.bo, kind="totp")
    assert refused.value.code == "second_factor_required"
    assert factors_of(cast.bo).totp

    credential = {"response": {}, "clientExtensionResults": {}}
    WebAuthn.add(cast.bo, "Desk", credential)
    factor_remove(user=cast.bo, kind="totp")
    assert factors_of(cast.bo).methods == ["passkey", "recovery_code"]


def test_a_passkey_of_somebody_else_is_not_found(cast):
    other = WebAuthn.add(cast.cy, "Desk", {"response": {}}).instance

    with pytest.raises(NotFound):
        factor_remove(user=cast.bo, kind="passkey", factor_id=other.pk)
    assert Authenticator.objects.filter(pk=other.pk).exists()


def test_who_lost_everything_is_helped_by_who_holds_all_his_rights(cast):
    phone_of(cast.bo)
    for stranger in (cast.cy, cast.eve, cast.bo):
        with pytest.raises(NotPermitted):
            factors_reset(user=cast.bo, by=stranger)
    assert factors_of(cast.bo).totp

    assert factors_reset(user=cast.bo, by=cast.ada) == 2
    assert not factors_of(cast.bo).any
    event = SecurityEvent.objects.get(kind="second_factors_reset")
    assert event.detail == {"user": cast.bo.pk, "by": cast.ada.pk}


def test_used_steps_are_forgotten_after_a_day(cast, noon):
    phone_of(cast.bo)
    noon.shift(timedelta(days=1))
    assert used_codes_forget() == 0
    noon.shift(1)
    assert used_codes_forget() == 1


def test_a_phone_agrees_with_the_standard():
    """RFC 6238 appendix B, cut to six digits."""
    secret = base64.b32encode(b"12345678901234567890").decode()
    for instant, code in ((59, "287082"), (1111111109, "081804"), (20000000000, "353130")):
        with time_machine.travel(instant, tick=False):
            assert Phone(secret).code() == code
