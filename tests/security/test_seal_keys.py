"""Keys of the seals: the first signs, all are known, and what is no key is refused at once."""

from base64 import b64encode

import pytest
from django.core.exceptions import ImproperlyConfigured

from security.seal_keys import seal_keys

ONE, TWO = (f"{name}:{b64encode(seed).decode()}" for name, seed in (("s1", b"1" * 32), ("s2", b"2" * 32)))


def test_the_first_signs_and_all_are_known(settings):
    settings.AUDIT_SEAL_KEYS, settings.AUDIT_SEAL_PUBLIC_KEYS = [ONE], []
    old = seal_keys()
    signature = old.sign(b"a head")
    assert old.is_signed("s1", b"a head", signature)
    assert not old.is_signed("s1", b"another", signature)
    assert not old.is_signed("s7", b"a head", signature)
    settings.AUDIT_SEAL_KEYS = [TWO]
    settings.AUDIT_SEAL_PUBLIC_KEYS = [f"s1:{old.published()['s1']}"]
    new = seal_keys()
    assert (new.current_id, sorted(new.published())) == ("s2", ["s1", "s2"])
    assert new.is_signed("s1", b"a head", signature)


@pytest.mark.parametrize("given", [[], ["s1"], ["s1:abc"], ["s1:" + "A" * 20], [":" + "A" * 43 + "="]])
def test_what_is_no_key_is_refused(given, settings):
    settings.AUDIT_SEAL_KEYS = given
    with pytest.raises(ImproperlyConfigured):
        seal_keys()
