"""Breaches: 72 hours, exact over both changes of summer time; notices, reminders, and what is refused."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from hotel.core.exceptions import Conflict, InvalidInput
from hotel.messaging.models import Message
from security.services.breaches import Assessment, authority_tell, breach_assess, clocks_remind, people_tell
from tests.factories.security import security_incident_make

VIENNA = ZoneInfo("Europe/Vienna")
SPRING = datetime(2027, 3, 26, 12, tzinfo=VIENNA).astimezone(UTC)
AUTUMN = datetime(2027, 10, 29, 12, tzinfo=VIENNA).astimezone(UTC)
HOUR = timedelta(hours=1)


def breach(house, aware=SPRING, **over):
    values = {"is_breach": True, "aware_at": aware, "detected_at": aware, "last_signal_at": aware, **over}
    return security_incident_make(house.alpha, **values)


@pytest.mark.parametrize(("aware", "due"), [(SPRING, "2027-03-29 13:00"), (AUTUMN, "2027-11-01 11:00")])
def test_the_clock_is_exact_over_the_change_of_summer_time(house, aware, due):
    with time_machine.travel(aware, tick=False):
        incident = breach_assess(
            incident=security_incident_make(house.alpha), said=Assessment(is_breach=True), by=house.ada
        )
    assert incident.aware_at == aware
    assert f"{incident.notice_due_at.astimezone(VIENNA):%Y-%m-%d %H:%M}" == due
    with time_machine.travel(aware + 72 * HOUR, tick=False):
        assert authority_tell(incident=incident, by=house.ada).late_reason == ""


@pytest.mark.parametrize("aware", [SPRING, AUTUMN])
def test_a_late_notice_needs_its_reason(house, aware):
    incident = breach(house, aware)
    with time_machine.travel(aware + 72 * HOUR + timedelta(seconds=1), tick=False):
        with pytest.raises(InvalidInput) as refused:
            authority_tell(incident=incident, by=house.ada)
        assert refused.value.code == "late_reason_missing"
        incident.refresh_from_db()
        assert incident.authority_told_at is None
        row = authority_tell(
            incident=incident, reference="A-1", late_reason="The office was closed.", by=house.ada
        )
    assert (row.late_reason, row.authority_reference) == ("The office was closed.", "A-1")
    with pytest.raises(Conflict):
        authority_tell(incident=incident, by=house.ada)


@pytest.mark.parametrize("aware", [SPRING, AUTUMN])
def test_reminders_come_after_24_48_66_and_72_hours_once_each(house, aware):
    incident, seen = breach(house, aware), []
    for hours in range(76):
        for minutes in (0, 59):
            with time_machine.travel(aware + hours * HOUR + timedelta(minutes=minutes), tick=False):
                seen += [hours] * clocks_remind()
    assert seen == [24, 48, 66, 72]
    assert list(incident.entries.order_by("pk").values_list("detail__hours", flat=True)) == [24, 48, 66, 72]
    assert Message.objects.count() == 4


def test_who_was_down_is_reminded_of_the_last_hour_only(house):
    breach(house)
    with time_machine.travel(SPRING + 50 * HOUR, tick=False):
        assert (clocks_remind(), clocks_remind()) == (1, 0)
    assert Message.objects.get().subject.startswith("48 of 72 hours")


@pytest.mark.parametrize(
    "over",
    [
        {"risk": "unlikely", "risk_reason": "It was encrypted."},
        {"authority_told_at": SPRING + HOUR},
        {"is_breach": False, "aware_at": None},
        {"status": "closed", "closed_at": SPRING + HOUR},
    ],
)
def test_nobody_is_reminded_of_a_clock_that_stands(house, over):
    breach(house, **over)
    with time_machine.travel(SPRING + 80 * HOUR, tick=False):
        assert clocks_remind() == 0


def test_a_drill_reminds_and_tells_nobody_outside(house):
    incident = breach(house, is_drill=True)
    with time_machine.travel(SPRING + 25 * HOUR, tick=False):
        assert clocks_remind() == 1
        for call in (
            lambda: authority_tell(incident=incident, by=house.ada),
            lambda: people_tell(incident=incident, how="By mail.", by=house.ada),
        ):
            with pytest.raises(Conflict) as refused:
                call()
            assert refused.value.code == "drill"
    assert Message.objects.get().subject.startswith("DRILL – 24 of 72 hours")


def test_an_assessment_says_what_the_law_asks_and_keeps_what_is_not_said(house):
    said = Assessment(
        is_breach=True, aware_at=SPRING, risk="high", risk_reason="Passports.", data_categories="Passports of guests",
        people_affected=12, records_affected=14, consequences="Fraud.", measures="Token revoked.",
    )  # fmt: skip
    with time_machine.travel(SPRING + HOUR, tick=False):
        incident = breach_assess(incident=security_incident_make(house.alpha), said=said, by=house.ada)
        row = breach_assess(incident=incident, said=Assessment(people_affected=13), by=house.ada)
    assert (row.aware_at, row.risk, row.people_affected, row.measures) == (
        SPRING,
        "high",
        13,
        "Token revoked.",
    )
    assert list(row.entries.order_by("pk").values_list("text", flat=True)) == [
        "Personal data were touched.",
        "Assessed anew.",
    ]
    with time_machine.travel(SPRING + 2 * HOUR, tick=False):
        told = people_tell(incident=row, how=" By letter. ", by=house.ada)
    assert (told.people_told_how, told.people_told_at) == ("By letter.", SPRING + 2 * HOUR)


@pytest.mark.parametrize(
    "said",
    [
        Assessment(is_breach=True, aware_at=datetime(2999, 1, 1, tzinfo=UTC)),
        Assessment(is_breach=True, risk="unlikely"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_changes(house, said):
    incident = security_incident_make(house.alpha)
    with pytest.raises(InvalidInput):
        breach_assess(incident=incident, said=said, by=house.ada)
    incident.refresh_from_db()
    assert (incident.is_breach, incident.aware_at, incident.entries.count()) == (None, None, 0)


def test_what_was_no_breach_after_all_has_no_clock(house):
    incident = breach(house, detected_at=SPRING)
    row = breach_assess(incident=incident, said=Assessment(is_breach=False), by=house.ada)
    assert (row.is_breach, row.aware_at, row.risk) == (False, None, "unknown")
    told = breach(house, authority_told_at=SPRING + HOUR)
    with pytest.raises(InvalidInput):
        breach_assess(incident=told, said=Assessment(is_breach=False), by=house.ada)


def test_nobody_was_told_before_the_house_knew_or_in_the_future(house):
    incident = breach(house)
    with time_machine.travel(SPRING + HOUR, tick=False):
        for told_at in (SPRING - HOUR, SPRING + 2 * HOUR):
            with pytest.raises(InvalidInput):
                authority_tell(incident=incident, told_at=told_at, by=house.ada)
        with pytest.raises(InvalidInput):
            people_tell(incident=incident, how=" ", by=house.ada)
    incident.refresh_from_db()
    assert (incident.authority_told_at, incident.people_told_at) == (None, None)
