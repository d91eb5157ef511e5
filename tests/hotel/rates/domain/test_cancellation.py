"""Fees and deposits from frozen policies, in the property's zone; see docs/algorithms/cancellation.md."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moneyed import Money

from hotel.rates.domain.cancellation import (
    Instalment,
    cancellation_fee,
    deadline_at,
    deadlines,
    deposit_schedule,
    no_show_fee,
    part_of,
    penalty_amount,
)

ARRIVAL, VIENNA = date(2027, 7, 10), "Europe/Vienna"
BOOKED = datetime(2027, 3, 1, 12, tzinfo=UTC)


def eur(amount) -> Money:
    return Money(Decimal(str(amount)), "EUR")


NIGHTS, TOTAL = (eur("100.00"), eur("120.00"), eur("80.00")), eur("300.00")


def step(days: int = 2, at: str = "18:00:00", **owed: Any) -> dict[str, Any]:
    """So many days before arrival: the first night, unless told otherwise."""
    return {"deadline": "before_arrival", "days_before": days, "at_time": at, **(owed or FIRST)}


FIRST = {"penalty": "nights", "nights": 1}
ALL = {"penalty": "percent", "share": "1.000000"}


def percent(share) -> dict[str, Any]:
    return {"penalty": "percent", "share": str(share)}


def flat(amount, currency="EUR") -> dict[str, Any]:
    return {"penalty": "flat", "amount": {"amount": str(amount), "currency": currency}}


TIERS = {"grace_hours": 0, "steps": [step(14, **percent("0.2")), step(2), step(0, "12:00:00", **ALL)]}


def fee(at: datetime, policy=TIERS, **over):
    values = {
        "nights": NIGHTS,
        "total": TOTAL,
        "arrival": ARRIVAL,
        "zone": VIENNA,
        "booked_at": BOOKED,
        **over,
    }
    return cancellation_fee(policy, cancelled_at=at, **values)


@pytest.mark.parametrize(
    ("owed", "wanted"),
    [
        ({"penalty": "nights", "nights": 1}, "100"),
        ({"penalty": "nights", "nights": 2}, "220"),
        ({"penalty": "nights", "nights": 9}, "300"),
        (percent("0.333333"), "100.00"),
        (percent("0.5"), "150"),
        (flat("75.50"), "75.50"),
        (flat("999"), "300"),
        (flat("-5"), "0"),
    ],
)
def test_what_a_step_asks_for(owed, wanted):
    assert penalty_amount(owed, NIGHTS, TOTAL) == eur(wanted)


@pytest.mark.parametrize(
    ("nights", "owed", "wanted"),
    [
        ([Money(10001, "JPY")], percent("0.5"), Money(5001, "JPY")),
        ([Money("10.005", "KWD")], percent("0.5"), Money("5.003", "KWD")),
    ],
    ids=["yen", "dinars"],
)
def test_shares_round_half_up_on_the_minor_unit(nights, owed, wanted):
    assert penalty_amount(owed, nights, nights[0]) == wanted


@pytest.mark.parametrize(
    ("at", "wanted", "text"),
    [
        ("2027-06-26T15:59:59", "0", "Free of charge until Sat 26 Jun 2027 18:00 CEST."),
        ("2027-06-26T16:00:00", "60", "20 % of the total is owed since Sat 26 Jun 2027 18:00 CEST."),
        ("2027-07-08T15:59:59", "60", "20 % of the total is owed since Sat 26 Jun 2027 18:00 CEST."),
        ("2027-07-08T16:00:00", "100", "The first night is owed since Thu 8 Jul 2027 18:00 CEST."),
        ("2027-07-10T10:00:00", "300", "100 % of the total is owed since Sat 10 Jul 2027 12:00 CEST."),
    ],
)
def test_each_tier_counts_from_its_instant_on(at, wanted, text):
    found = fee(datetime.fromisoformat(at).replace(tzinfo=UTC))
    assert (found.amount, found.deadline_text) == (eur(wanted), text)


def test_the_dearest_step_that_has_come_counts_so_that_fees_never_fall():
    policy = {"steps": [step(14, **flat(150)), step(2)]}
    found = fee(datetime(2027, 7, 9, tzinfo=UTC), policy)
    assert (found.amount, found.step) == (eur(150), policy["steps"][0])


def test_a_booking_inside_the_window_owes_at_once_but_never_more_than_the_stay():
    booked = datetime(2027, 7, 10, 11, tzinfo=UTC)
    policy = {"steps": [step(14, **flat(1000))]}
    found = fee(booked, policy, booked_at=booked)
    assert (found.amount, found.deadline_text) == (
        TOTAL,
        "1000 EUR is owed since Sat 26 Jun 2027 18:00 CEST.",
    )


def test_grace_after_booking_is_free_and_ends_to_the_instant():
    booked = datetime(2027, 7, 10, 8, tzinfo=UTC)
    policy = {**TIERS, "grace_hours": 2}
    inside = fee(booked + timedelta(hours=2, seconds=-1), policy, booked_at=booked)
    assert (inside.amount, inside.step) == (eur(0), None)
    assert inside.deadline_text == "Free of charge until Sat 10 Jul 2027 12:00 CEST."
    assert fee(booked + timedelta(hours=2), policy, booked_at=booked).amount == TOTAL


def test_hours_after_booking_are_real_hours_over_a_clock_change():
    """Booked at 20:00 in Vienna the evening before the clocks go forward: 24 hours end at 21:00."""
    booked = datetime.fromisoformat("2027-03-27T20:00:00+01:00")
    policy = {"steps": [{"deadline": "after_booking", "hours_after": 24, **ALL}]}
    assert fee(booked + timedelta(hours=24, seconds=-1), policy, booked_at=booked).amount == eur(0)
    found = fee(booked + timedelta(hours=24), policy, booked_at=booked)
    assert (found.amount, found.deadline_text[-27:]) == (TOTAL, "Sun 28 Mar 2027 21:00 CEST.")


def test_one_instant_is_the_same_in_every_zone():
    policy = {"steps": [{"deadline": "at_instant", "deadline_at": "2027-06-01T00:00:00+02:00", **ALL}]}
    for zone in (VIENNA, "Asia/Tokyo"):
        assert fee(datetime(2027, 5, 31, 21, 59, tzinfo=UTC), policy, zone=zone).amount == eur(0)
        assert fee(datetime(2027, 5, 31, 22, 0, tzinfo=UTC), policy, zone=zone).amount == TOTAL


@pytest.mark.parametrize(
    ("zone", "arrival", "at", "wanted"),
    [
        ("America/Santiago", "2026-09-06", "00:00:00", "2026-09-06T04:00"),
        ("Africa/Cairo", "2026-04-24", "00:00:00", "2026-04-23T22:00"),
        ("Asia/Beirut", "2026-03-29", "00:00:00", "2026-03-28T22:00"),
        (VIENNA, "2027-03-28", "02:30:00", "2027-03-28T01:00"),
        (VIENNA, "2027-03-28", "18:00:00", "2027-03-28T16:00"),
        (VIENNA, "2027-03-27", "18:00:00", "2027-03-27T17:00"),
        (VIENNA, "2026-10-25", "02:30:00", "2026-10-25T00:30"),
        (VIENNA, "2026-10-25", "18:00:00", "2026-10-25T17:00"),
        ("Asia/Tokyo", "2027-07-10", "18:00:00", "2027-07-10T09:00"),
    ],
    ids=[
        "Santiago has no midnight", "Cairo has no midnight", "Beirut has no midnight", "hour left out", "summer begins",
        "the day before", "hour that comes twice", "winter begins", "no clock change",
    ],
)  # fmt: skip
def test_deadlines_are_on_the_propertys_clock(zone, arrival, at, wanted):
    found = deadline_at(step(0, at), arrival=date.fromisoformat(arrival), zone=zone, booked_at=BOOKED)
    assert found == datetime.fromisoformat(wanted).replace(tzinfo=UTC)


def test_days_before_arrival_are_calendar_days_not_spans_of_hours():
    """Two days before 29 March 2027 at 18:00 in Vienna, 47 hours earlier: the clocks go forward between."""
    found = deadline_at(step(2), arrival=date(2027, 3, 29), zone=VIENNA, booked_at=BOOKED)
    assert found == datetime(2027, 3, 27, 17, tzinfo=UTC)


def test_more_days_than_there_are_end_at_the_first_of_all_days():
    found = deadline_at(step(32767), arrival=date(2, 1, 2), zone="UTC", booked_at=BOOKED)
    assert found == datetime(1, 1, 2, 18, tzinfo=UTC)


def test_the_policy_counts_from_the_arrival_it_is_given_not_from_today():
    """An amended stay is reckoned from the earliest arrival ever agreed."""
    moment = datetime(2027, 7, 9, tzinfo=UTC)
    assert fee(moment, arrival=ARRIVAL).amount == eur(100)
    assert fee(moment, arrival=ARRIVAL + timedelta(30)).amount == eur(0)


def test_all_deadlines_are_shown_in_order():
    policy = {"cancellation": {**TIERS, "steps": TIERS["steps"][::-1]}}
    found = deadlines(policy, nights=NIGHTS, total=TOTAL, arrival=ARRIVAL, zone=VIENNA, booked_at=BOOKED)
    assert [(d.at.isoformat(), d.amount) for d in found] == [
        ("2027-06-26T16:00:00+00:00", eur(60)),
        ("2027-07-08T16:00:00+00:00", eur(100)),
        ("2027-07-10T10:00:00+00:00", eur(300)),
    ]


@pytest.mark.parametrize("policy", [{}, {"steps": []}, {"cancellation": {}}, {"cancellation": None}])
def test_no_policy_is_free(policy):
    found = fee(datetime(2027, 7, 10, tzinfo=UTC), policy)
    assert (found.amount, found.step, found.deadline_text) == (eur(0), None, "Free of charge.")


def test_a_step_of_nothing_that_has_come_names_the_next_that_costs():
    policy = {"steps": [step(14, **percent(0)), step(2)]}
    found = fee(datetime(2027, 7, 1, tzinfo=UTC), policy)
    assert (found.amount, found.deadline_text) == (eur(0), "Free of charge until Thu 8 Jul 2027 18:00 CEST.")


@pytest.mark.parametrize(
    ("policy", "wanted", "text"),
    [
        ({}, "0", "Nothing is owed."),
        ({"no_show": {}}, "0", "Nothing is owed."),
        (
            {"penalty": "nights", "nights": 2, "share": None, "amount": None},
            "220",
            "The first 2 nights are owed",
        ),
        ({"no_show": percent("0.8")}, "240", "80 % of the total is owed"),
        (flat("50"), "50", "50 EUR is owed"),
    ],
)
def test_no_shows(policy, wanted, text):
    found = no_show_fee(policy, NIGHTS, TOTAL)
    assert found.amount == eur(wanted)
    assert found.deadline_text == (text if wanted == "0" else f"{text} for not arriving.")
    assert (found.step is None) is (wanted == "0")


def instalment(due="at_booking", kind="percent", **over) -> dict[str, Any]:
    return {"due": due, "kind": kind, "days_before": None, **over}


def schedule(*steps, booked_on=date(2027, 3, 1)):
    return deposit_schedule(
        {"steps": steps}, nights=NIGHTS, total=TOTAL, arrival=ARRIVAL, booked_on=booked_on
    )


def test_a_deposit_in_instalments_by_date_with_the_balance_last():
    found = schedule(
        instalment("before_arrival", "balance", days_before=14),
        instalment("before_arrival", "nights", days_before=60, nights=1),
        instalment(share="0.30"),
    )
    assert found == [
        Instalment(date(2027, 3, 1), eur(90), "Due on Mon 1 Mar 2027."),
        Instalment(date(2027, 5, 11), eur(100), "Due on Tue 11 May 2027."),
        Instalment(date(2027, 6, 26), eur(110), "Due on Sat 26 Jun 2027."),
    ]


def test_dates_before_the_booking_are_due_at_once():
    found = schedule(
        instalment("before_arrival", "percent", days_before=60, share="0.5"), booked_on=date(2027, 7, 1)
    )
    assert [(part.due_on, part.amount) for part in found] == [(date(2027, 7, 1), eur(150))]


def test_instalments_never_ask_for_more_than_the_stay_and_empty_ones_are_absent():
    flat_200 = instalment("at_booking", "flat", amount={"amount": "200", "currency": "EUR"})
    found = schedule(flat_200, flat_200, instalment(share="0.5"))
    assert [part.amount for part in found] == [eur(200), eur(100)]


def test_no_deposit_policy_asks_for_nothing():
    assert deposit_schedule({}, nights=NIGHTS, total=TOTAL, arrival=ARRIVAL, booked_on=ARRIVAL) == []


def test_days_before_the_first_of_all_days_do_not_fail():
    early = deposit_schedule(
        {"steps": [instalment("before_arrival", "percent", days_before=32767, share="1")]},
        nights=NIGHTS, total=TOTAL, arrival=date(3, 1, 1), booked_on=date(1, 1, 1),
    )  # fmt: skip
    assert [part.due_on for part in early] == [date(1, 1, 1)]


def test_a_policy_may_be_given_alone_or_in_the_snapshot():
    assert part_of({"steps": [1]}, "cancellation") == {"steps": [1]}
    assert part_of({"cancellation": {"steps": [1]}}, "cancellation") == {"steps": [1]}


STEPS = st.builds(
    lambda days, hour, owed: step(days, f"{hour:02}:00:00", **owed),
    st.integers(0, 60),
    st.integers(0, 23),
    st.one_of(
        st.integers(1, 5).map(lambda n: {"penalty": "nights", "nights": n}),
        st.decimals(0, 1, places=3).map(percent),
        st.integers(0, 500).map(flat),
    ),
)
MOMENTS = st.datetimes(datetime(2027, 4, 1), datetime(2027, 7, 12), timezones=st.just(UTC))


@given(steps=st.lists(STEPS, max_size=4), moments=st.tuples(MOMENTS, MOMENTS), grace=st.integers(0, 48))
def test_a_fee_lies_between_nothing_and_the_stay_and_never_falls_with_time(steps, moments, grace):
    early, late = (fee(moment, {"grace_hours": grace, "steps": steps}).amount for moment in sorted(moments))
    assert eur(0) <= early <= late <= TOTAL


@given(
    steps=st.lists(
        st.builds(
            lambda days, share: instalment("before_arrival", "percent", days_before=days, share=str(share)),
            st.integers(0, 90),
            st.decimals(0, 1, places=3),
        ),
        max_size=4,
    )
)
def test_with_a_balance_the_instalments_are_the_stay_exactly(steps):
    found = schedule(*steps, instalment("before_arrival", "balance", days_before=0))
    assert sum((part.amount for part in found), eur(0)) == TOTAL
    assert [part.due_on for part in found] == sorted(part.due_on for part in found)
