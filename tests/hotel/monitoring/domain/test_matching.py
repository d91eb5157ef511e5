"""Which rules hold for which request."""

from datetime import UTC, datetime
from ipaddress import ip_network

import pytest

from hotel.monitoring.domain.gcra import Quota
from hotel.monitoring.domain.matching import Asked, Rule, is_shut_out, points_of, rules_for, subject_of

NOW = datetime(2027, 3, 14, 12, tzinfo=UTC)
QUOTA = Quota(60, 60, 10)
ALL = frozenset({"client", "address", "property"})
LIST = Asked(
    operation="GET /api/v1/rooms", area="rooms", address="192.0.2.7", principal=("token", 5), property_id=3
)


def rule(name="r", scope="client", **over):
    return Rule(**{"id": 1, "name": name, "scope": scope, "quota": QUOTA, **over})


@pytest.mark.parametrize(
    ("over", "is_met"),
    [
        ({}, True),
        ({"principals": frozenset({("token", 5)})}, True),
        ({"principals": frozenset({("user", 5)})}, False),
        ({"is_anonymous": True}, False),
        ({"area": "rooms"}, True),
        ({"area": "rates"}, False),
        ({"operation": "GET /api/v1/rooms"}, True),
        ({"operation": "GET /api/v1/rooms/{id}"}, False),
        ({"method": "POST"}, False),
        ({"property_id": 3}, True),
        ({"property_id": 4}, False),
        ({"network": ip_network("192.0.2.0/24")}, True),
        ({"network": ip_network("198.51.100.0/24")}, False),
        ({"network": ip_network("2001:db8::/32")}, False),
        ({"valid_from": NOW}, True),
        ({"valid_until": NOW}, False),
    ],
    ids=str,
)
def test_a_rule_holds_for(over, is_met):
    assert rule(**over).meets(LIST, NOW) is is_met


def names(rules, asked=LIST, scopes=ALL):
    return [found.name for found in rules_for(rules, asked, scopes, NOW)]


def test_the_first_of_a_scope_holds_and_floors_hold_beside_it():
    rules = [
        rule("floor", is_floor=True),
        rule("mine", principals=frozenset({("token", 5)})),
        rule("all"),
        rule("house", scope="address"),
    ]
    assert names(rules) == ["floor", "mine", "house"]
    assert names(rules, Asked(principal=("token", 6))) == ["floor", "all", "house"]
    assert names(rules, scopes=frozenset({"address"})) == ["house"]


def test_an_observed_rule_does_not_replace_one_that_refuses():
    rules = [rule("trial", action="observe"), rule("second", action="observe"), rule("all")]
    assert names(rules) == ["trial", "all"]
    assert names([rule("all"), rule("late", action="observe")]) == ["all"]


def test_a_block_holds_whatever_comes_before_it():
    assert names([rule("all"), rule("blocked", action="block")]) == ["all", "blocked"]


def test_a_property_is_counted_only_when_one_is_asked_about():
    rules = [rule("place", scope="property")]
    assert names(rules) == ["place"]
    assert names(rules, Asked()) == []
    assert rules[0].subject(LIST) == "p3"


def test_clients_are_told_apart_by_what_they_are():
    assert rule().subject(LIST) == "token5"
    assert rule().subject(Asked(address="192.0.2.7")) == "192.0.2.7"
    assert rule(scope="address").subject(LIST) == "192.0.2.7"


@pytest.mark.parametrize(
    ("address", "subject"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("not an address", "unknown"),
        ("", "unknown"),
    ],
)
def test_an_address_is_counted_by(address, subject):
    assert subject_of(address) == subject


def test_a_search_costs_three_and_a_report_fifty():
    assert points_of(LIST) == 1
    assert points_of(Asked(operation="GET /api/v1/guests", is_search=True)) == 3
    assert points_of(Asked(operation="POST /api/v1/reports/builder", area="reports")) == 50
    assert rule(cost=2).points(Asked(is_search=True)) == 6


@pytest.mark.parametrize(
    ("over", "is_out"),
    [
        ({}, True),
        ({"valid_until": NOW}, False),
        ({"action": "enforce"}, False),
        ({"scope": "client"}, False),
        ({"network": None}, False),
        ({"area": "rooms"}, False),
        ({"operation": "GET /api/v1/rooms"}, False),
        ({"method": "POST"}, False),
        ({"network": ip_network("198.51.100.0/24")}, False),
    ],
    ids=str,
)
def test_pages_are_shut_to_an_address_that_is_blocked_whatever_it_asks(over, is_out):
    block = rule(**{"scope": "address", "action": "block", "network": ip_network("192.0.2.0/24"), **over})
    assert is_shut_out([rule("other"), block], "192.0.2.7", NOW) is is_out
    assert not is_shut_out([block], "", NOW)
