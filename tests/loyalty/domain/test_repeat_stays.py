"""Members are compared with others of the same months."""

from decimal import Decimal

from loyalty.domain.repeat_stays import Cohort, repeat_stays
from tests.pages import worked_table

D = Decimal
TITLE = "Members and others by the month of their first stay"


def cohorts():
    names = ("Members", "Came again", "Others", "Others again")
    return [Cohort(*(int(row[name]) for name in names)) for row in worked_table("points", TITLE)]


def test_the_worked_table_of_the_page():
    found = repeat_stays(cohorts())

    assert (found.members, found.others) == (100, 400)
    assert (found.members_rate, found.others_rate, found.difference) == (
        D("0.3800"),
        D("0.2800"),
        D("0.1000"),
    )
    assert (found.low, found.high, found.is_sure) == (D("-0.0084"), D("0.2084"), False)


def test_a_month_without_others_or_members_says_nothing():
    assert repeat_stays([Cohort(10, 5, 0, 0), Cohort(0, 0, 10, 5)]) is None
    assert repeat_stays([]) is None


def test_a_large_difference_is_sure():
    assert repeat_stays([Cohort(100, 90, 100, 10)]).is_sure
    assert repeat_stays([Cohort(100, 10, 100, 90)]).is_sure
