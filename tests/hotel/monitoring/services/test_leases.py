"""Requests under way."""

from hotel.monitoring.services.leases import Leases


def test_a_client_gets_as_many_leases_as_he_may_have_and_gives_them_back():
    leases, who = Leases(), ("token", 1)
    assert [leases.take(who, 2) for _ in range(3)] == [True, True, False]
    assert leases.take(("token", 2), 2)
    leases.give_back(who)
    assert leases.take(who, 2)


def test_giving_back_too_often_earns_nothing():
    leases, who = Leases(), ("token", 1)
    leases.give_back(who)
    assert [leases.take(who, 1) for _ in range(2)] == [True, False]


def test_requests_under_way_are_counted():
    leases = Leases()
    leases.enter()
    leases.enter()
    leases.leave()
    assert leases.in_flight == 1
