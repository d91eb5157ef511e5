"""A statement says what came and went, by which rule, and what ends soon, in the member's language."""

from datetime import date

import pytest

from hotel.guests.models import Guest
from loyalty.selectors.statement_papers import statement_paper
from loyalty.services.points import PointEvent, member_locked, points_spend
from loyalty.services.tiers import tier_grant
from tests.factories.guests import guest_make
from tests.factories.loyalty import (
    earning_rule_make,
    loyalty_member_make,
    loyalty_program_make,
    loyalty_tier_make,
    points_make,
)

MARCH = {"since": date(2027, 3, 1), "until": date(2027, 3, 31)}


@pytest.fixture
def moser(cast):
    loyalty_program_make(cast.alpha, name="Circle", expiry="term", expiry_months=12)
    loyalty_tier_make(cast.alpha)
    guest = guest_make(
        cast.alpha, first_name="Anna", last_name="Moser", email="anna@moser.example", language="en"
    )
    member = loyalty_member_make(cast.alpha, guest)
    rule = earning_rule_make(cast.alpha, name="Ten a euro")
    points_make(member, 1200, because="Old balance", day=date(2026, 4, 30))
    points_make(member, 3504, because="R1: 350.49 spent × 10", rule_id=rule.pk)
    event = PointEvent(
        member=member_locked(member.pk), property_id=cast.alpha.pk, day=cast.alpha.business_date,
        kind="redemption", because="A night",
    )  # fmt: skip
    points_spend(event, 200, on=cast.alpha.business_date)
    return member


def paper(member, place, **over):
    return statement_paper(member, **{"place": place, "guest": member.guest, **MARCH, **over})


def test_opening_lines_with_their_rule_closing_and_the_way_up(cast, moser):
    found = paper(moser, cast.alpha)

    assert (found["opening"], found["closing"]) == ("1,200", "4,504")
    assert [
        (row["text"], row["rule"], row["hotel"], row["points"], row["balance"]) for row in found["rows"]
    ] == [
        ("R1: 350.49 spent × 10", "Ten a euro", "Alpha", "3,504", "4,704"),
        ("A night", "", "Alpha", "−200", "4,504"),
    ]
    assert found["progress"] == "10 nights to Silver by December 31, 2027"
    assert [text for _, text in found["facts"]] == [
        moser.number, "Member", "Mar 14, 2027", "Mar 1\N{THIN SPACE}–\N{THIN SPACE}31, 2027", "4,504",
    ]  # fmt: skip
    assert (found["payee"]["name"], found["seller"]["name"]) == ("Anna Moser", "Alpha")


def test_what_ends_within_ninety_days(cast, moser):
    assert [(lot["points"], lot["day"], lot["text"]) for lot in paper(moser, cast.alpha)["ending"]] == [
        ("1,000", "Apr 30, 2027", "Old balance")
    ]


@pytest.mark.parametrize(
    ("told", "of_guest", "language"),
    [("es", "en", "es"), ("", "de", "de"), ("", "fi", "de"), ("", "en", "en")],
)
def test_the_language_is_told_the_guests_or_the_hotels(cast, moser, told, of_guest, language):
    Guest.objects.filter(pk=moser.guest_id).update(language=of_guest)
    moser.refresh_from_db()

    assert paper(moser, cast.alpha, language=told)["language"] == language


def test_of_a_guest_who_may_not_be_seen_there_is_the_number(cast, moser):
    found = paper(moser, cast.alpha, guest=None)

    assert found["payee"]["name"] == moser.number
    assert "Moser" not in str(found)


def test_a_few_queries_however_many_lines(cast, moser, django_assert_num_queries):
    guest = moser.guest
    for _ in range(5):
        points_make(moser, 10)
    with django_assert_num_queries(7):
        found = paper(moser, cast.alpha, guest=guest)
    assert len(found["rows"]) == 7


def test_the_last_day_of_a_tier_is_told(cast, moser):
    tier_grant(
        member=moser,
        tier=moser.program.tiers.get(level=1),
        until=date(2027, 6, 11),
        reason="Match",
        actor=None,
    )
    moser.refresh_from_db()
    assert paper(moser, cast.alpha)["facts"][1][1] == "Silver, until Jun 11, 2027"
