"""Two desks combine and link the same stays at once: one is told, or both orders end alike; nothing is lost."""

import pytest

from hotel.core.exceptions import PmsError
from hotel.reservations.models import Reservation, ReservationLink
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.reservations.services.combinations import reservation_combine
from hotel.reservations.services.links import reservation_unlink, reservations_link
from tests.cast import make_cast
from tests.factories.guests import guest_make
from tests.factories.reservations import house_make
from tests.hotel.reservations.test_invariants import violated
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house():
    return house_make(make_cast().alpha, doubles=3)


@pytest.fixture
def chain(house):
    """Nights 1–2, 3–4 and 5–6 of one guest."""
    guest = guest_make(house.place)
    return [house.reserve(start, 2, primary_guest=guest) for start in (1, 3, 5)]


def codes(results) -> list[str]:
    """What each was told, in order; unexpected errors, a deadlock among them, come through."""
    for result in results:
        if isinstance(result, Exception) and not isinstance(result, PmsError):
            raise result
    return [result.code if isinstance(result, PmsError) else "done" for result in results]


def combine(kept, *others):
    return reservation_combine(
        reservation=kept, others=others, actor=None, expected_version=kept.version
    ).reservation


def link(first, *others, kind="together"):
    return reservations_link(reservation=first, others=others, kind=kind, actor=None)


def spans(*statuses) -> list[tuple[int, int]]:
    """First and last day of the stays in some statuses, in days from the business date."""
    rows = Reservation.objects.select_related("property").filter(status__in=statuses or ("confirmed",))
    return sorted(
        ((row.arrival - row.property.business_date).days, (row.departure - row.property.business_date).days)
        for row in rows
    )


def linked() -> list[set[int]]:
    rows = ReservationLink.objects.order_by("pk").prefetch_related("reservations")
    return [{stay.pk for stay in row.reservations.all()} for row in rows]


def test_two_desks_combine_the_same_stays_and_one_is_told(house, chain):
    first, second, _third = chain

    told = codes(together(lambda: combine(first, second), lambda: combine(second, first)))

    assert sorted(told) == ["done", "version_conflict"]
    assert spans() == [(1, 5), (5, 7)]
    assert house.counted("sold") == [0, 1, 1, 1, 1, 1, 1, 0]
    assert violated() == []


def test_a_double_click_combines_once(house, chain):
    first, second, _third = chain

    told = codes(together(*[lambda: combine(first, second)] * 2))

    assert sorted(told) == ["done", "version_conflict"]
    assert Reservation.objects.get(pk=first.pk).nights.count() == 4
    assert violated() == []


def test_two_desks_combine_overlapping_parts_of_a_chain_and_no_night_is_lost(house, chain):
    first, second, third = chain

    told = codes(together(lambda: combine(first, second), lambda: combine(second, third)))

    # The second desk is told when the first was quicker; the other way round its stay goes along whole.
    assert (told, spans()) in [(["done", "version_conflict"], [(1, 5), (5, 7)]), (["done", "done"], [(1, 7)])]
    assert house.counted("sold") == [0, 1, 1, 1, 1, 1, 1, 0]
    assert violated() == []


def test_a_stay_is_combined_or_cancelled_but_never_both(house, chain):
    first, second, _third = chain

    told = codes(
        together(lambda: combine(first, second), lambda: reservation_cancel(reservation=second, actor=None))
    )

    gone = Reservation.objects.get(pk=second.pk)
    if told == ["done", "status_forbids"]:
        assert (spans(), gone.cancel_reason) == ([(1, 5), (5, 7)], f"Part of {first.number} now.")
    else:
        assert (told, spans(), gone.cancel_reason) == (["status_forbids", "done"], [(1, 3), (5, 7)], "")
    assert house.counted("sold") == [0, 1, 1, *([1, 1] if told[0] == "done" else [0, 0]), 1, 1, 0]
    assert violated() == []


def test_two_desks_link_the_same_stays_and_one_is_told(chain):
    first, second, _third = chain

    told = codes(together(lambda: link(first, second), lambda: link(second, first)))

    assert sorted(told) in (["done", "linked_already"], ["done", "linked_meanwhile"])
    assert linked() == [{first.pk, second.pk}]
    assert violated() == []


def test_links_that_share_a_stay_become_one_or_the_slower_desk_looks_again(chain):
    first, second, third = chain

    told = codes(together(lambda: link(first, second), lambda: link(second, third)))

    whole = {first.pk, second.pk, third.pk}
    if told == ["done", "done"]:
        assert linked() == [whole]
    else:
        assert sorted(told) == ["done", "linked_meanwhile"]
        assert linked() == [{first.pk, second.pk} if told[0] == "done" else {second.pk, third.pk}]
        link(*chain)  # the slower one has looked again
    assert linked() == [whole]
    assert violated() == []


def test_a_pair_is_taken_apart_by_both_and_no_link_of_one_is_left(chain):
    first, second, _third = chain
    link(first, second)

    def unlink(stay):
        return reservation_unlink(reservation=stay, kind="together", actor=None)

    told = codes(together(lambda: unlink(first), lambda: unlink(second)))

    assert sorted(told) == ["done", "not_linked"]
    assert linked() == []
    assert violated() == []


def test_a_link_is_joined_while_one_leaves_it_and_nobody_is_in_two(chain):
    first, second, third = chain
    link(first, second)

    told = codes(
        together(
            lambda: reservation_unlink(reservation=first, kind="together", actor=None),
            lambda: link(second, third),
        )
    )

    ends = {("done", "done"): {second.pk, third.pk}, ("done", "linked_meanwhile"): set()}
    assert linked() == [found for found in [ends[tuple(told)]] if found]
    assert violated() == []
