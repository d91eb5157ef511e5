"""The form that sends a plan of rooms back, to be done or undone as it was shown."""

from datetime import date
from typing import Any

from django import forms

from hotel.core.words import _
from hotel.dashboard.forms.parts import OnceForm
from hotel.reservations.services.plans import PlannedMove

MOST = 1000


class PlanForm(OnceForm):
    """Lines such as ``12:3:4:2027-03-14:2027-03-16``: stay, room before or nothing, room, nights."""

    moves = forms.CharField(widget=forms.HiddenInput, max_length=100 * MOST)

    def clean_moves(self) -> list[PlannedMove]:
        """The moves."""
        try:
            return [_move(text) for text in self.cleaned_data["moves"].split()]
        except ValueError as error:
            raise forms.ValidationError(_("This is no plan that was shown here."), code="no_plan") from error


def _move(text: str) -> PlannedMove:
    stay, before, room, arrival, departure = text.split(":")
    return PlannedMove(
        int(stay),
        int(before) if before else None,
        int(room),
        date.fromisoformat(arrival),
        date.fromisoformat(departure),
    )


def written(moves: list[PlannedMove]) -> str:
    """Moves as the form takes them."""
    parts: list[tuple[Any, ...]] = [
        (move.reservation_id, move.from_room_id or "", move.to_room_id, move.arrival, move.departure)
        for move in moves
    ]
    return " ".join(":".join(map(str, part)) for part in parts)
