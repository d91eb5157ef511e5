from allauth.mfa.webauthn.internal.auth import WebAuthn

from hotel.accounts.selectors.second_factors import factors_of, passkeys_of
from tests.hotel.accounts.phones import phone_of


def test_what_a_person_has_is_told_in_one_query(cast, django_assert_num_queries):
    phone_of(cast.bo)
    WebAuthn.add(cast.bo, "Desk", {"response": {}})
    WebAuthn.add(cast.cy, "Other", {"response": {}})

    with django_assert_num_queries(1):
        factors = factors_of(cast.bo)
    assert (factors.totp, factors.passkeys, factors.recovery_left) == (True, 1, 10)
    assert [str(key) for key in passkeys_of(cast.bo)] == ["Desk"]
    assert not factors_of(cast.di).any
