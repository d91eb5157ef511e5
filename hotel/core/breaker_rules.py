"""When a destination that does not answer is left in peace, and when it is asked again; pure, times in Unix seconds.

Closed: every call passes. After so many failures in a row: open, no call passes. When the pause is over: half-open,
one call is let through as a trial; it closes the circuit or begins a pause twice as long.

Source: M. Nygard, Release It!, "Circuit Breaker"; security reference §5.8.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Rules:
    """What a destination may cost.

    Attributes:
        failures: in a row that open the circuit.
        first_pause, longest_pause: seconds without a call; each failed trial doubles the pause.
        trial_seconds: a trial that has told nothing for so long counts as failed.
    """

    failures: int = 5
    first_pause: int = 5
    longest_pause: int = 60
    trial_seconds: int = 30


RULES = Rules()


@dataclass(frozen=True)
class Circuit:
    """What is known of a destination.

    Attributes:
        failures: in a row.
        pause: seconds of the pause that began last; 0 when closed.
        shut_until: no call before this moment, Unix time; 0 when closed.
    """

    failures: int = 0
    pause: int = 0
    shut_until: float = 0


HEALTHY = Circuit()


def state(circuit: Circuit, now: float) -> str:
    """``closed``, ``open`` or ``half_open``."""
    if not circuit.pause:
        return "closed"
    return "open" if now < circuit.shut_until else "half_open"


def admitted(circuit: Circuit, now: float, rules: Rules = RULES) -> Circuit | None:
    """The circuit after one more call was let through; None when it is not."""
    match state(circuit, now):
        case "closed":
            return circuit
        case "half_open":  # whoever comes while the trial is under way finds it open
            return replace(circuit, shut_until=now + rules.trial_seconds)
    return None


def failed(circuit: Circuit, now: float, rules: Rules = RULES, *, is_trial: bool) -> Circuit:
    """The circuit after a call that was not answered; calls from before it opened do not prolong the pause."""
    if circuit.pause and not is_trial:
        return circuit
    failures = circuit.failures + 1
    if failures < rules.failures:
        return replace(circuit, failures=failures)
    pause = min(2 * circuit.pause, rules.longest_pause) or rules.first_pause
    return Circuit(failures, pause, now + pause)
