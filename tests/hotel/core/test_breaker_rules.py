"""When a silent destination is spared, and when it is tried again."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hotel.core.breaker_rules import HEALTHY, Circuit, Rules, admitted, failed, state

RULES = Rules(failures=3, first_pause=5, longest_pause=20, trial_seconds=30)


def after_failures(count, now=100.0):
    circuit = HEALTHY
    for _ in range(count):
        circuit = failed(circuit, now, RULES, is_trial=False)
    return circuit


def test_so_many_failures_in_a_row_open_it_and_fewer_do_not():
    assert state(after_failures(2), 100) == "closed"
    assert admitted(after_failures(2), 100, RULES) == Circuit(failures=2)
    assert after_failures(3) == Circuit(failures=3, pause=5, shut_until=105)
    assert state(after_failures(3), 104.9) == "open"
    assert admitted(after_failures(3), 104.9, RULES) is None


def test_after_the_pause_one_call_is_the_trial_and_others_wait_for_it():
    trial = admitted(after_failures(3), 105, RULES)
    assert trial == Circuit(failures=3, pause=5, shut_until=135)
    assert admitted(trial, 134.9, RULES) is None
    assert admitted(trial, 135, RULES) is not None  # it told nothing: the next one tries


def test_a_failed_trial_doubles_the_pause_up_to_the_longest():
    circuit, pauses, now = after_failures(3), [], 100.0
    for _ in range(4):
        now = circuit.shut_until
        circuit = failed(admitted(circuit, now, RULES), now, RULES, is_trial=True)
        pauses.append(circuit.pause)
    assert pauses == [10, 20, 20, 20]


def test_calls_from_before_it_opened_do_not_prolong_the_pause():
    circuit = after_failures(3)
    assert failed(circuit, 104, RULES, is_trial=False) == circuit


@given(st.lists(st.integers(0, 400), min_size=1, max_size=200))
def test_a_dead_destination_is_asked_as_often_as_the_rules_say_and_no_more(gaps):
    """Law: failures, and then once a pause, whatever comes when."""
    circuit, now, asked = HEALTHY, 0.0, []
    for gap in gaps:
        now += gap / 10
        let = admitted(circuit, now, RULES)
        if let is None:
            continue
        asked.append(now)
        circuit = failed(let, now, RULES, is_trial=let != circuit)
    trials = asked[RULES.failures :]
    assert all(later - earlier >= RULES.first_pause for earlier, later in pairwise(trials))
