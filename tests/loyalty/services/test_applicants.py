"""A person who is told of becomes the guest whom the house knows, a question, or a new guest."""

from datetime import date

import pytest

from hotel.guests.models import Guest
from hotel.guests.services.guests import GuestData
from loyalty.models import LoyaltyMember
from loyalty.services.applicants import ApplicantUncertain, applicant_enrol, guest_recognised
from loyalty.services.programs import house_join
from tests.cast import TODAY
from tests.factories.guests import guest_make
from tests.factories.loyalty import loyalty_member_make, loyalty_program_make
from tests.loyalty.services.unchanged import refused
from tests.together import together

ANNA = {"first_name": "Anna", "last_name": "Müller", "email": "anna@example.com"}


@pytest.fixture
def program(cast):
    return loyalty_program_make(cast.alpha)


def enrol(cast, **told):
    over = {name: told.pop(name) for name in ("is_new", "actor", "place") if name in told}
    values = {"place": cast.alpha, "actor": cast.bo, **over}
    return applicant_enrol(data=GuestData(**{**ANNA, **told}), **values)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"first_name": "Müller", "last_name": "Anna"},
        {"first_name": "ANNA", "last_name": "mueller", "email": " Anna@Example.com "},
        {"phone": "+43 1 5550199"},
    ],
)
def test_who_is_surely_known_is_that_guest(program, cast, told):
    anna = guest_make(cast.alpha, **ANNA)
    member = enrol(cast, **told)
    assert (member.guest, Guest.objects.count(), member.channel) == (anna, 1, "desk")


def test_whom_nobody_knows_becomes_a_guest(program, cast):
    guest_make(cast.alpha, first_name="Paul", last_name="Huber", email=ANNA["email"])
    guest_make(cast.alpha, first_name="Anna", last_name="Müller", email="other@example.com")
    member = enrol(cast)
    assert (str(member.guest), member.guest.email, Guest.objects.count()) == (
        "Anna Müller", "anna@example.com", 3,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("case", "known", "told"),
    [
        ("another first name", [{}], {"first_name": "Anne"}),
        ("a number and the name", [{"email": "", "phone": "+4315550100"}], {"email": "", "phone": "01 5550100"}),
        ("no first name", [{}], {"first_name": ""}),
        ("two of them", [{}, {}], {}),
    ],
)  # fmt: skip
def test_in_doubt_people_are_asked_and_nothing_changes(program, cast, case, known, told):
    made = [guest_make(cast.alpha, **{**ANNA, **one}) for one in known]
    asked = refused("guest_uncertain", lambda: enrol(cast, **told), ApplicantUncertain)
    assert [one["guest"] for one in asked.extra["candidates"]] == [guest.pk for guest in made]
    assert Guest.objects.count() == len(made)
    new = enrol(cast, is_new=True, **told)
    assert (new.guest not in made, Guest.objects.count()) == (True, len(made) + 1)


def test_candidates_are_shown_masked_with_their_number(program, cast):
    member = loyalty_member_make(cast.alpha, guest_make(cast.alpha, **ANNA, phone="+4315550100"))
    asked = refused("guest_uncertain", lambda: enrol(cast, first_name="Anne"), ApplicantUncertain)
    assert asked.extra["candidates"] == [
        {
            "guest": member.guest_id,
            "name": "Anna Müller",
            "email": "a…@example.com",
            "phone": "…0100",
            "member": member.number,
            "score": "0.648",
            "reasons": ["The same personal e-mail address.", "Similar names (94%)."],
        }
    ]


def test_who_was_born_on_another_day_is_not_taken_for_him(program, cast):
    guest_make(cast.alpha, **ANNA, birth_date=date(1950, 1, 1))
    assert enrol(cast, birth_date=date(1980, 1, 1)).guest.birth_date == date(1980, 1, 1)


def test_a_member_is_refused_with_his_number(program, cast):
    member = loyalty_member_make(cast.alpha, guest_make(cast.alpha, **ANNA))
    again = refused("member_exists", lambda: enrol(cast))
    assert (again.message, again.extra) == (
        f"Anna Müller is a member: {member.number}.", {"number": member.number},
    )  # fmt: skip


def test_of_other_hotels_only_members_are_recognised(program, cast):
    house_join(program=program, place=cast.beta, joined_on=TODAY, currency_rate=1)
    anna = guest_make(cast.beta, **ANNA)
    data = GuestData(**ANNA)
    assert guest_recognised(place=cast.alpha, data=data, actor=cast.bo) is None
    member = loyalty_member_make(cast.beta, anna)
    assert guest_recognised(place=cast.alpha, data=data, actor=cast.bo) == anna
    assert refused("member_exists", lambda: enrol(cast)).extra == {"number": member.number}


def test_suspicions_are_told_to_those_only_who_may_see_guests(program, cast):
    guest_make(cast.alpha, **ANNA)
    assert enrol(cast, first_name="Anne", actor=cast.di).guest.first_name == "Anne"


@pytest.mark.django_db(transaction=True)
def test_two_desks_enrol_one_person_once(program, cast):
    results = together(*(lambda: enrol(cast) for _ in range(4)))
    (member,) = LoyaltyMember.objects.all()
    assert results.count(member) == 1
    assert [one.code for one in results if one != member] == ["member_exists"] * 3
    assert Guest.objects.count() == 1
