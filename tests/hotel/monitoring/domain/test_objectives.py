"""Alarms: real trouble wakes somebody within minutes, a week of ordinary faults nobody."""

import random
from datetime import timedelta
from fractions import Fraction
from itertools import accumulate

import pytest

from hotel.monitoring.domain.objectives import (
    OBJECTIVES,
    PAGE,
    RULES,
    TICKET,
    WINDOWS,
    Tally,
    burn,
    fastest,
    firing,
)

AVAILABILITY = next(objective for objective in OBJECTIVES if objective.name == "availability")
WEEK = 7 * 24 * 60
A_MINUTE = 120


class Series:
    """Requests and bad ones by minute; sums of any window by two look-ups."""

    def __init__(self, bad, total=None):
        totals = total or [A_MINUTE] * len(bad)
        self.bad, self.total = list(accumulate(bad, initial=0)), list(accumulate(totals, initial=0))

    def at(self, minute):
        """The tallies of all windows that end after this minute."""
        found = {}
        for window in WINDOWS:
            start = max(0, minute + 1 - int(window.total_seconds()) // 60)
            found[window] = Tally(
                self.total[minute + 1] - self.total[start], self.bad[minute + 1] - self.bad[start]
            )
        return found

    def severities(self, minute):
        return {rule.severity for rule in firing(AVAILABILITY, self.at(minute))}


def pages(series, minutes):
    return [minute for minute in minutes if PAGE in series.severities(minute)]


def test_the_burn_is_the_share_of_bad_requests_over_the_allowed_one():
    assert burn(Tally(10_000, 5), AVAILABILITY) == 1
    assert burn(Tally(1000, 72), AVAILABILITY) == 144
    assert burn(Tally(), AVAILABILITY) == 0


def test_the_rules_are_those_of_the_workbook():
    hours = [
        (rule.severity, rule.long / timedelta(hours=1), rule.short / timedelta(minutes=1)) for rule in RULES
    ]
    assert hours == [("page", 1, 5), ("page", 6, 30), ("ticket", 72, 360)]
    assert [rule.burn for rule in RULES] == [Fraction(72, 5), 6, 1]


@pytest.mark.parametrize("seed", range(5))
def test_seven_days_of_ordinary_faults_wake_nobody(seed):
    """A third of the allowance spread by chance, nights of few requests, and a blip of two minutes each day."""
    chance = random.Random(seed)
    totals = [6 if minute % 1440 < 360 else A_MINUTE for minute in range(WEEK)]
    bad = [int(chance.random() < total * 5 / 30_000) for total in totals]
    for day in range(7):
        start = day * 1440 + 600 + chance.randrange(600)
        bad[start], bad[start + 1] = 12, 12
    assert sum(bad) > 168
    assert pages(Series(bad, totals), range(WEEK)) == []


def test_a_single_failure_in_a_quiet_night_wakes_nobody():
    """One of three requests is six hundred times the allowed share, and nothing to wake for."""
    series = Series([0] * 300 + [1] + [0] * 59, [0] * 298 + [1] * 3 + [0] * 59)
    assert burn(series.at(300)[timedelta(minutes=5)], AVAILABILITY) > 600
    assert pages(series, range(360)) == []


def test_an_outage_wakes_somebody_within_two_minutes_and_ends_with_it():
    """Everything fails for ten minutes after a good day; the alarm comes, and goes once the short windows are clean."""
    outage = range(1440, 1450)
    series = Series([A_MINUTE if minute in outage else 0 for minute in range(1440 + 600)])
    woken = pages(series, range(1440 + 600))
    assert woken[0] == 1440
    assert woken == list(range(1440, woken[-1] + 1))
    assert woken[-1] - outage[-1] < 30


def test_a_fast_leak_of_one_in_a_hundred_wakes_somebody():
    """Twenty times the allowance: found when it has used up two per cent of the month."""
    series = Series([0] * 1440 + [2 if minute % 2 else 1 for minute in range(240)])
    first = pages(series, range(1440, 1680))[0] - 1440
    assert 30 < first < 60


def test_a_slow_leak_is_looked_at_by_day():
    """Twice the allowance for two days wakes nobody, and is no secret."""
    series = Series([int(minute % 8 == 0) for minute in range(2 * 1440)])
    assert pages(series, range(2 * 1440)) == []
    assert series.severities(2 * 1440 - 1) == {TICKET}


def test_of_two_rules_that_alarm_the_faster_one_is_told():
    everything = {window: Tally(100, 100) for window in WINDOWS}
    told = fastest(firing(AVAILABILITY, everything))
    assert {severity: rule.burn for severity, rule in told.items()} == {PAGE: Fraction(72, 5), TICKET: 1}
