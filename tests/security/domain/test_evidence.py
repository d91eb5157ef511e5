"""Evidence hashes the same wherever it is made again."""

from security.domain.evidence import canonical, digest


def test_the_order_of_keys_does_not_matter_and_that_of_rows_does():
    assert canonical([{"b": 1, "a": "ä"}]) == b'[{"a":"\xc3\xa4","b":1}]' == canonical([{"a": "ä", "b": 1}])
    assert canonical([{"a": 1}, {"a": 2}]) != canonical([{"a": 2}, {"a": 1}])


def test_the_digest_is_sha_256():
    assert digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
