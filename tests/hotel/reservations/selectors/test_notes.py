import pytest

from hotel.reservations.selectors.notes import alerts_open
from hotel.reservations.services.details import note_add, note_done
from tests.contracts.queries import queries_of
from tests.factories.reservations import house_make


@pytest.fixture
def stay(cast):
    return house_make(cast.alpha).reserve(0, 2)


def test_only_open_alerts_for_the_screen_are_told_oldest_first(stay, cast):
    first, second, billing = (
        note_add(reservation=stay, text=text, actor=cast.bo, kind="alert", screen=screen)
        for text, screen in (("One", "check_in"), ("Two", "check_in"), ("Three", "billing"))
    )
    note_add(reservation=stay, text="No alert", actor=cast.bo)

    assert alerts_open(stay, "check_in") == [first, second]
    assert alerts_open(stay, "check_out", "billing") == [billing]
    note_done(note=first, actor=cast.bo)
    assert alerts_open(stay, "check_in") == [second]


def test_one_query_with_the_authors(stay, cast):
    for number in range(3):
        note_add(reservation=stay, text=str(number), actor=cast.bo, kind="alert", screen="check_in")

    told = queries_of(lambda: [str(alert.author) for alert in alerts_open(stay, "check_in")])

    assert len(told) == 1
