import pytest

from hotel.accounts.domain.networks import is_within, networks_read


def test_networks_are_read_in_their_shortest_form_each_once():
    given = ["203.0.113.0/24", " 198.51.100.7 ", "2001:0db8::/48", "198.51.100.7/32"]

    assert networks_read(given) == ["203.0.113.0/24", "198.51.100.7/32", "2001:db8::/48"]


@pytest.mark.parametrize(
    "text", ["", "hotel.example", "203.0.113.7/24", "1.2.3.4/33", "*", "10.0.0.0-10.0.0.9"]
)
def test_what_is_no_network_is_refused(text):
    with pytest.raises(ValueError):
        networks_read([text])


def test_there_are_fifty_at_most():
    assert len(networks_read([f"10.0.{n}.0/24" for n in range(50)])) == 50
    with pytest.raises(ValueError, match="At most 50"):
        networks_read([f"10.0.{n}.0/24" for n in range(51)])


@pytest.mark.parametrize(
    ("address", "networks", "is_allowed"),
    [
        ("8.8.8.8", [], True),
        ("203.0.113.7", ["203.0.113.0/24"], True),
        ("203.0.114.7", ["203.0.113.0/24"], False),
        ("::ffff:203.0.113.7", ["203.0.113.0/24"], True),
        ("2001:db8::9", ["203.0.113.0/24", "2001:db8::/48"], True),
        ("", ["0.0.0.0/0"], False),
        ("unix", ["0.0.0.0/0", "::/0"], False),
    ],
)
def test_an_address_is_within_or_not(address, networks, is_allowed):
    assert is_within(address, networks) is is_allowed
