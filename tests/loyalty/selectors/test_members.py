"""Members are found by number and by who they are, at the hotels of their programme."""

import pytest

from loyalty.selectors.members import heir_of, ledger_of, members_found, members_shown, names_of, program_at
from tests.factories.guests import guest_make
from tests.factories.loyalty import (
    earning_rule_make,
    loyalty_member_make,
    loyalty_program_make,
    member_merge_make,
    points_make,
)


@pytest.fixture
def moser(cast):
    return loyalty_member_make(
        cast.alpha, guest_make(cast.alpha, first_name="Anna", last_name="Moser", email="anna@moser.example")
    )


def test_by_number_name_and_mail(cast, moser):
    other = loyalty_member_make(cast.alpha)

    assert list(members_found(cast.alpha, "", by_name=True)) == [other, moser]
    for text in (moser.number, moser.number[:-1].lower(), "moser", "anna@moser.example"):
        assert list(members_found(cast.alpha, text, by_name=True)) == [moser], text
    assert list(members_found(cast.alpha, "nobody", by_name=True)) == []


def test_who_may_not_see_guests_finds_by_number_alone(cast, moser):
    assert list(members_found(cast.alpha, "moser", by_name=False)) == []
    assert list(members_found(cast.alpha, moser.number, by_name=False)) == [moser]


def test_only_at_the_hotels_of_the_programme(cast, moser):
    loyalty_program_make(cast.beta)

    assert list(members_found(cast.beta, moser.number, by_name=True)) == []


def test_they_are_shown_with_names_and_points_in_three_queries(cast, moser, django_assert_num_queries):
    points_make(moser, 700)
    other = loyalty_member_make(cast.alpha)
    members = list(members_found(cast.alpha, "", by_name=True))
    names_of([moser.guest_id], cast.bo, kind="view")  # the rights of a person are read once

    with django_assert_num_queries(2):
        rows = members_shown(members, cast.bo, kind="list", may_see_guests=True)

    assert [(row.member, row.name, row.usable) for row in rows] == [
        (other, str(other.guest), 0),
        (moser, "Anna Moser", 700),
    ]
    hidden = members_shown(members, cast.bo, kind="list", may_see_guests=False)
    assert [row.name for row in hidden] == ["", ""]


def test_a_guest_who_is_not_known_here_has_no_name(cast, moser):
    assert names_of([moser.guest_id], cast.bo, kind="view") == {moser.guest_id: "Anna Moser"}
    assert names_of([moser.guest_id], cast.eve, kind="view") == {}


def test_the_programme_of_a_hotel(cast):
    assert program_at(cast.alpha) is None
    program = loyalty_program_make(cast.alpha)
    assert program_at(cast.alpha) == program
    program.is_active = False
    program.save()
    assert program_at(cast.alpha) is None


def test_the_ledger_begins_with_what_came_last(cast, moser):
    earning_rule_make(cast.alpha)
    first, second = points_make(moser, 10), points_make(moser, 20)

    assert list(ledger_of(moser)) == [second, first]


def test_the_heir_is_at_the_end_of_a_line(cast):
    merge = member_merge_make(cast.alpha)
    assert (heir_of(merge.merged), heir_of(merge.kept)) == (merge.kept, merge.kept)
