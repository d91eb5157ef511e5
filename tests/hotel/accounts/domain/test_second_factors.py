import pytest

from hotel.accounts.domain.second_factors import (
    Factors,
    SignInPolicy,
    may_remove,
    strictest,
    typed_code,
)


@pytest.mark.parametrize(
    ("factors", "methods"),
    [
        (Factors(), []),
        (Factors(recovery_left=10), []),
        (Factors(totp=True, recovery_left=0), ["totp"]),
        (Factors(totp=True, passkeys=2, recovery_left=1), ["passkey", "totp", "recovery_code"]),
        (Factors(passkeys=1, recovery_left=3), ["passkey", "recovery_code"]),
    ],
)
def test_what_is_offered_as_the_second_step(factors, methods):
    assert factors.methods == methods
    assert factors.any == bool(methods)


@pytest.mark.parametrize(
    ("factors", "kind", "is_required", "may"),
    [
        (Factors(totp=True), "totp", True, False),
        (Factors(totp=True), "totp", False, True),
        (Factors(totp=True, passkeys=1), "totp", True, True),
        (Factors(totp=True, passkeys=1), "passkey", True, True),
        (Factors(passkeys=1), "passkey", True, False),
        (Factors(passkeys=2), "passkey", True, True),
    ],
)
def test_the_last_one_stays_when_it_is_asked_for(factors, kind, is_required, may):
    assert may_remove(factors, SignInPolicy(second_factor=is_required), kind=kind) is may


@pytest.mark.parametrize(
    ("text", "code"),
    [("123456", "123456"), (" 123 456 ", "123456"), ("1234-5678", "12345678"), ("12345", ""), ("abcdef", ""),
     ("", ""), ("١٢٣٤٥٦", ""), ("1234567", "")],
)  # fmt: skip
def test_a_code_is_read_as_people_type_it(text, code):
    assert typed_code(text) == code


def test_of_several_policies_the_strictest_counts_part_by_part():
    mild, strict = SignInPolicy(False, 60, 12, 5), SignInPolicy(True, 240, 8, 10)

    assert strictest([mild, strict]) == SignInPolicy(True, 60, 8, 5)
    assert strictest([]) == SignInPolicy(False, 30, 12, 5)
