"""Tasks split over rounds: a worked table, and laws."""

from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from hotel.operations.domain.rounds import Load, Sheet, rounds_split


def load(task, credits, *where):
    return Load(task, D(credits), where or (f"{task:03}",))


def test_neighbours_stay_together_and_rounds_are_even():
    loads = [load(n, "1", "A" if n <= 4 else "B", f"{n:03}") for n in range(1, 9)]
    split = rounds_split(loads, [Sheet(7, D(4)), Sheet(5, D(4))])
    assert split.attendants == {1: 5, 2: 5, 3: 5, 4: 5, 5: 7, 6: 7, 7: 7, 8: 7}
    assert (split.credits, split.spread) == ({5: D(4), 7: D(4)}, D("0.00"))


def test_who_has_half_a_round_gets_half():
    split = rounds_split([load(n, "1") for n in range(9)], [Sheet(1, D(8)), Sheet(2, D(4))])
    assert split.credits == {1: D(6), 2: D(3)}


def test_what_somebody_has_already_counts():
    split = rounds_split([load(n, "1") for n in range(4)], [Sheet(1, D(5), held=D(3)), Sheet(2, D(5))])
    assert split.credits == {1: D(4), 2: D(3)}


def test_the_large_one_is_evened_out():
    split = rounds_split(
        [load(1, "2"), load(2, "2"), load(3, "1"), load(4, "1")], [Sheet(1, D(3)), Sheet(2, D(3))]
    )
    assert sorted(split.credits.values()) in ([D(3), D(3)], [D(2), D(4)])
    assert split.spread <= D(1)


def test_nobody_works_or_nothing_is_to_be_done():
    assert rounds_split([load(1, "1")], []).attendants == {}
    empty = rounds_split([], [Sheet(1, D(3))])
    assert (empty.attendants, empty.credits, empty.spread) == ({}, {1: D(0)}, D(0))


loads = st.lists(
    st.tuples(st.integers(1, 8), st.sampled_from(["A", "B", "C"])), max_size=25
).map(lambda rows: [load(n, D(credits) / 4, place, f"{n:03}") for n, (credits, place) in enumerate(rows)])  # fmt: skip
sheets = st.integers(1, 5).map(lambda n: [Sheet(pk, D(4)) for pk in range(1, n + 1)])


@given(loads, sheets, st.randoms())
def test_each_task_is_given_once_evenly_and_in_any_order_alike(tasks, rounds, chance):
    split = rounds_split(tasks, rounds)
    assert split.attendants.keys() == {one.task_id for one in tasks}
    assert sum(split.credits.values()) == sum(one.credits for one in tasks)
    largest = max((one.credits for one in tasks), default=D(0))
    assert max(split.credits.values()) - min(split.credits.values()) <= largest
    chance.shuffle(tasks)
    assert rounds_split(tasks, list(reversed(rounds))) == split
