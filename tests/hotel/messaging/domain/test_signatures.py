"""Signatures: the exact bytes, two secrets, forgery and age."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotel.messaging.domain.signatures import is_genuine, signature, signature_header

BODY = b'{"position":1}'


def test_the_signature_is_hmac_sha256_over_timestamp_dot_body():
    import hashlib
    import hmac

    expected = hmac.new(b"secret", b'1800000000.{"position":1}', hashlib.sha256).hexdigest()
    assert signature("secret", 1_800_000_000, BODY) == expected
    assert signature_header([("k1", "secret")], 1_800_000_000, BODY) == f"t=1800000000,k=k1,v1={expected}"


def test_both_active_secrets_sign():
    header = signature_header([("new", "n"), ("old", "o")], 100, BODY)
    assert is_genuine(header, BODY, secrets={"new": "n"}, moment=100)
    assert is_genuine(header, BODY, secrets={"old": "o"}, moment=100)
    assert not is_genuine(header, BODY, secrets={"other": "n"}, moment=100)
    assert not is_genuine(header, BODY, secrets={"new": "o"}, moment=100)


@pytest.mark.parametrize(
    ("moment", "genuine"), [(100, True), (400, True), (401, False), (-200, True), (-201, False)]
)
def test_old_and_future_signatures_are_refused(moment, genuine):
    header = signature_header([("k", "s")], 100, BODY)
    assert is_genuine(header, BODY, secrets={"k": "s"}, moment=moment) is genuine


@pytest.mark.parametrize(
    "header",
    [
        "",
        "t=,k=k,v1=x",
        "t=100",
        "k=k,v1=aa",
        "t=1e2,k=k,v1=aa",
        "t=²,k=k,v1=aa",
        "t=100,k=k,v1=é",
        "t=" + "9" * 99,
    ],
)
def test_malformed_headers_are_refused(header):
    assert not is_genuine(header, BODY, secrets={"k": "s"}, moment=100)


def test_a_changed_timestamp_breaks_the_signature():
    header = signature_header([("k", "s")], 100, BODY).replace("t=100", "t=101")
    assert not is_genuine(header, BODY, secrets={"k": "s"}, moment=100)


@given(st.binary(max_size=80), st.binary(max_size=80), st.text(min_size=1, max_size=20))
def test_only_the_signed_body_passes(body, other, secret):
    header = signature_header([("k", secret)], 100, body)
    assert is_genuine(header, body, secrets={"k": secret}, moment=100)
    assert is_genuine(header, other, secrets={"k": secret}, moment=100) is (body == other)
