"""The port through which higher floors add their commands to what may be done with a reservation.

Checking in and out belongs to stays, which stands above; but people and programs read one list of actions.
"""

from collections.abc import Callable, Sequence

from hotel.core.actions import Action
from hotel.reservations.domain.lifecycle import Situation
from hotel.reservations.models import Reservation

Source = Callable[[Reservation, Situation], Sequence[Action]]
_sources: list[Source] = []


def register_action_source(source: Source) -> None:
    """Add a source; called once from ``AppConfig.ready`` of a higher app. Repeatable."""
    if source not in _sources:
        _sources.append(source)


def further_actions(reservation: Reservation, situation: Situation) -> list[Action]:
    """What every source says of the reservation, in order of registration."""
    return [action for source in _sources for action in source(reservation, situation)]
