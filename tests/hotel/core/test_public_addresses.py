"""Which addresses the house calls."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotel.core.public_addresses import is_public, url_problem

NOT_PUBLIC = [
    "127.0.0.1",
    "127.1.2.3",
    "0.0.0.0",  # noqa: S104
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "198.18.0.1",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fec0::1",
    "fd12:3456::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2001:0:7f00:1::1",
    "2001:db8::1",
    "localhost",
    "",
    "2130706433",
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_addresses_inside_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_outside_are_public(address):
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_hiding_an_address_inside_ipv6_changes_nothing(inner):
    number = int(inner)
    mapped = ipaddress.IPv6Address(0xFFFF_0000_0000 | number)
    nat64 = ipaddress.IPv6Address((0x64FF9B << 96) | number)
    assert is_public(str(mapped)) == is_public(str(nat64)) == is_public(str(inner))


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/hook",
        "https://example.com:443/hook?a=1",
        "https://example.com:8443",
        "https://[2606:4700::1]/x",
    ],
)
def test_web_addresses_are_fine(url):
    assert url_problem(url, allow_private=False) == ""


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/hook",
        "ftp://example.com",
        "file:///etc/passwd",
        "gopher://example.com",
        "javascript:alert(1)",
        "//example.com",
        "example.com",
        "https://",
        "https:///path",
        "https://user@example.com",
        "https://user:pw@example.com",
        "https://@example.com",
        "https://example.com:22",
        "https://example.com:99999",
        "https://example.com:abc",
        "https://example.com/#x",
        "https://exa mple.com",
        "https://example.com/\n",
        "https://exämple.com",
        "https://[::1",
        "https://example.com/" + "x" * 500,
        "",
    ],
)
def test_other_forms_are_refused(url):
    assert url_problem(url, allow_private=False)


def test_a_closed_network_may_use_http_and_any_port():
    assert url_problem("http://127.0.0.1:8099/x", allow_private=True) == ""
    assert url_problem("ftp://127.0.0.1", allow_private=True)
