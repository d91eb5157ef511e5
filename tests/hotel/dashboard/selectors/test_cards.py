"""Cards of components on the first page of a shift."""

from hotel.core.plugs import ComponentPlug, Widget
from hotel.dashboard.selectors import cards
from hotel.dashboard.selectors.cards import cards_of


def told(place):
    return {"code": place.code}


def silent(place):
    return None


def plugged(monkeypatch, *widgets):
    monkeypatch.setattr(cards, "plugs", lambda: [ComponentPlug(area="spa", widgets=widgets)])


def test_they_come_in_order_and_who_has_nothing_to_say_is_left_out(cast, monkeypatch):
    plugged(
        monkeypatch,
        Widget("late", "late.html", f"{__name__}.told", "spa", order=20),
        Widget("early", "early.html", f"{__name__}.told", "spa", order=10),
        Widget("silent", "silent.html", f"{__name__}.silent", "spa", order=1),
    )
    code = {"code": cast.alpha.code}
    assert list(cards_of(cast.alpha, lambda verb, area: True)) == [("early.html", code), ("late.html", code)]


def test_who_may_not_see_one_costs_no_query(cast, monkeypatch, django_assert_num_queries):
    plugged(
        monkeypatch,
        Widget("seen", "seen.html", f"{__name__}.told", "spa"),
        Widget(
            "managed", "managed.html", "loyalty.selectors.arrivals.members_arriving", "spa", verb="manage"
        ),
    )
    with django_assert_num_queries(0):
        found = list(cards_of(cast.alpha, lambda verb, area: (verb, area) == ("view", "spa")))
    assert found == [("seen.html", {"code": cast.alpha.code})]
