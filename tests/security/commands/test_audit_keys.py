"""The command that prints the public keys of the seals."""

import io
from base64 import b64decode, b64encode

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.management import call_command

from security.seal_keys import seal_keys


def test_public_keys_are_printed_and_never_private_ones(settings):
    other = b64encode(b"p" * 32).decode()
    settings.AUDIT_SEAL_PUBLIC_KEYS = [f"s0:{other}"]
    out = io.StringIO()
    call_command("audit_keys", stdout=out)
    printed = dict(line.split(":") for line in out.getvalue().splitlines())
    assert sorted(printed) == ["s0", "s1"]
    assert printed["s0"] == other
    assert settings.AUDIT_SEAL_KEYS[0].split(":")[1] not in out.getvalue()
    signature = seal_keys().sign(b"a head")
    Ed25519PublicKey.from_public_bytes(b64decode(printed["s1"])).verify(signature, b"a head")
