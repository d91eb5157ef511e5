"""One line of an import: what would become of it, and taking it over."""

from datetime import date

import pytest

from hotel.core.exceptions import Conflict
from loyalty.domain.imports import ToldMember, Unreadable
from loyalty.models import LoyaltyMember, LoyaltyProgram
from loyalty.services.import_rows import row_check, row_take
from loyalty.services.programs import program_change
from tests.cast import TODAY
from tests.factories.guests import guest_make
from tests.factories.loyalty import loyalty_member_make, member_import_make

KIM = ToldMember(first_name="Kim", last_name="Berger", email="kim@example.com")


@pytest.fixture
def run(cast):
    return member_import_make(cast.alpha)


def test_who_is_known_is_matched(run, cast):
    assert row_check(run, 2, KIM) == ("new", None)
    guest = guest_make(cast.alpha, first_name="Kim", last_name="Berger", email="kim@example.com")
    assert row_check(run, 2, KIM) == ("matched", None)
    outcome, member = row_take(run, 2, KIM)
    assert (outcome, member.guest) == ("matched", guest)


def test_a_member_is_refused_by_both(run, cast):
    guest = guest_make(cast.alpha, first_name="Kim", last_name="Berger", email="kim@example.com")
    known = loyalty_member_make(cast.alpha, guest)
    for work in (row_check, row_take):
        with pytest.raises(Conflict, match=f"Kim Berger is a member: {known.number}."):
            work(run, 2, KIM)
    assert LoyaltyMember.objects.get() == known


def test_points_without_a_last_day_end_by_the_rule_of_the_programme(run):
    program_change(program=LoyaltyProgram.objects.get(), changes={"expiry": "term", "expiry_months": 12})
    _, member = row_take(run, 2, ToldMember(last_name="Berger", points=50))
    lot = member.lots.get()
    assert (lot.points, lot.earned_on, lot.expires_on) == (50, TODAY, date(2028, 3, 14))


def test_a_day_that_cannot_be_is_told_with_its_column(run):
    with pytest.raises(Unreadable) as wrong:
        row_check(run, 2, ToldMember(last_name="Berger", birthday=date(2050, 1, 1)))
    assert wrong.value.column == "birthday"
