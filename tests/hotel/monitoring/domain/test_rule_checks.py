"""Rules that cannot work."""

from hotel.monitoring.domain.rule_checks import floor_problems, problems


def test_a_plain_rule_can_work():
    assert problems({"scope": "client", "network": "2001:db8::/32", "operation": "GET /api/v1/rooms"}) == {}


def test_one_kind_of_client_at_most():
    assert set(problems({"scope": "client", "token": 1, "role": 2})) == {"role"}
    assert set(problems({"scope": "client", "token": 1, "is_anonymous": True})) == {"is_anonymous"}


def test_addresses_are_counted_before_anybody_is_known():
    assert set(problems({"scope": "address", "user": 1, "property": 2})) == {"user", "property"}


def test_a_floor_keeps_all_but_its_amounts():
    assert set(floor_problems({"rate": 1, "burst": 2, "name": "x", "is_active": False})) == {
        "name",
        "is_active",
    }
