"""Higher floors add their commands to the one list of actions."""

from hotel.core.actions import Action
from hotel.reservations import action_ports
from hotel.reservations.action_ports import further_actions, register_action_source
from hotel.reservations.selectors.actions import actions_of, situation_of
from tests.factories.reservations import reservation_make


def test_sources_are_asked_in_order_and_each_once(cast, monkeypatch):
    monkeypatch.setattr(action_ports, "_sources", [])
    row, asked = reservation_make(cast.alpha), []

    def source(name):
        def answer(reservation, situation):
            asked.append((name, reservation, situation.status))
            return [Action(name, True)]

        return answer

    first, second = source("first"), source("second")
    for one in (first, second, first):
        register_action_source(one)

    assert [action.name for action in further_actions(row, situation_of(row))] == ["first", "second"]
    assert asked == [("first", row, "confirmed"), ("second", row, "confirmed")]
    assert [action.name for action in actions_of(row)][-2:] == ["first", "second"]
