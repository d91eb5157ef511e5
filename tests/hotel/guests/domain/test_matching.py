"""The table of points, its thresholds and its laws."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotel.guests.domain.matching import LIKELY, REVIEW, Identity, is_surely, likeness, name_similarity

ANNA = Identity(
    last_name="Müller",
    first_name="Anna",
    email="e1",
    phone="+4315550100",
    birth_date=date(1980, 5, 1),
    documents=frozenset({"passport:AT:f1"}),
    postal_code="1010",
    country="AT",
)
BARE = Identity(last_name="Müller", first_name="Anna")


@pytest.mark.parametrize(
    ("case", "one", "other", "score"),
    [
        ("everything", ANNA, ANNA, "1.000"),
        ("name only", BARE, BARE, "0.350"),
        ("name and birth date", *[replace(BARE, birth_date=date(1980, 5, 1))] * 2, "0.550"),
        ("name and postal code", *[replace(BARE, postal_code="1010", country="AT")] * 2, "0.550"),
        ("name and telephone", *[replace(BARE, phone="+43")] * 2, "0.600"),
        ("name and e-mail", *[replace(BARE, email="e")] * 2, "0.750"),
        (
            "name, e-mail and birth date",
            *[replace(BARE, email="e", birth_date=date(1980, 5, 1))] * 2,
            "0.950",
        ),
        ("e-mail only", Identity(last_name="A", email="e"), Identity(last_name="B", email="e"), "0.050"),
        (
            "couple with one mailbox, number and address",
            replace(ANNA, documents=frozenset(), birth_date=None),
            replace(ANNA, documents=frozenset(), birth_date=None, first_name="Paul"),
            "0.500",
        ),
        (
            "twins",
            ANNA,
            replace(ANNA, documents=frozenset(), first_name="Josef"),
            "0.700",
        ),
        (
            "father and son of one name",
            replace(BARE, birth_date=date(1950, 1, 1), phone="+43"),
            replace(BARE, birth_date=date(1980, 1, 1), phone="+43"),
            "0.250",
        ),
        ("same passport, married name", ANNA, replace(ANNA, last_name="Huber", email="e2"), "0.900"),
        (
            "names neither alike nor different",
            Identity(last_name="Meyer", first_name="Jan"),
            Identity(last_name="Maier", first_name="Jon"),
            "0.000",
        ),
        (
            "same postal code in two countries",
            replace(BARE, postal_code="1010", country="AT"),
            replace(BARE, postal_code="1010", country="AU"),
            "0.350",
        ),
    ],
)
def test_points_add_up(case, one, other, score):
    assert likeness(one, other).score == Decimal(score)


def test_the_thresholds():
    assert (Decimal("0.55"), Decimal("0.85")) == (REVIEW, LIKELY)
    assert likeness(ANNA, ANNA).is_likely
    assert not likeness(BARE, BARE).is_likely


def test_the_reasons_explain_the_score():
    other = replace(ANNA, first_name="Ana", birth_date=date(1981, 5, 1), documents=frozenset())
    found = likeness(ANNA, other)
    assert [(r.trait, r.points) for r in found.reasons] == [
        ("email", Decimal("0.4")),
        ("phone", Decimal("0.25")),
        ("birth_date", Decimal("-0.35")),
        ("name", Decimal("0.292")),
        ("postal_code", Decimal("0.2")),
    ]
    assert found.reasons[3].text == "Similar names (97%)."
    assert found.score == sum(r.points for r in found.reasons)


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Müller", "muller", 1, 1),
        ("Mueller", "Müller", 1, 1),
        ("A.", "Anna", 0.9, 0.9),
        ("Anna", "", 0, 0),
        ("Smith", "Smyth", 0.8, 0.95),
        ("Anna", "Paul", 0, 0.6),
    ],
)
def test_names_are_compared_forgivingly(one, other, least, most):
    assert least <= name_similarity(one, other) <= most
    assert name_similarity(one, other) == name_similarity(other, one)


def test_swapped_names_are_one_name():
    assert likeness(
        Identity(last_name="Wei", first_name="Zhang"), Identity(last_name="Zhang", first_name="Wei")
    ).score == Decimal("0.350")


identities = st.builds(
    Identity,
    last_name=st.sampled_from(["Müller", "Mueller", "Berg", "Ng", "山田"]),
    first_name=st.sampled_from(["", "Anna", "A", "Paul", "Berg"]),
    email=st.sampled_from(["", "e1", "e2"]),
    phone=st.sampled_from(["", "+431", "+432"]),
    birth_date=st.sampled_from([None, date(1980, 1, 1), date(1990, 1, 1)]),
    documents=st.sampled_from([frozenset(), frozenset({"d1"}), frozenset({"d1", "d2"})]),
    postal_code=st.sampled_from(["", "1010"]),
    country=st.sampled_from(["", "AT"]),
)


@given(identities, identities)
def test_the_score_is_symmetric_and_a_share(one, other):
    score = likeness(one, other).score
    assert score == likeness(other, one).score
    assert 0 <= score <= 1


@given(identities, identities)
def test_an_agreeing_trait_never_lowers_the_score(one, other):
    before = likeness(one, other).score
    assert likeness(replace(one, email="same"), replace(other, email="same")).score >= min(before, Decimal(1))


@given(identities, identities)
def test_what_nobody_knows_never_counts(one, other):
    plain = likeness(replace(one, email="", phone=""), replace(other, email="", phone=""))
    assert {"email", "phone"}.isdisjoint(reason.trait for reason in plain.reasons)


@pytest.mark.parametrize(
    ("case", "other", "is_he"),
    [
        ("the same", {}, True),
        ("another order, case and spelling", {"first_name": "MUELLER", "last_name": "anna"}, True),
        ("no first name", {"first_name": ""}, False),
        ("a letter more", {"first_name": "Annas"}, False),
        ("another address", {"email": "e2"}, False),
        ("born on another day", {"birth_date": date(1950, 5, 1)}, False),
        ("nobody knows when he was born", {"birth_date": None}, True),
        ("another number", {"phone": "+43"}, True),
    ],
)
def test_who_is_surely_one_person(case, other, is_he):
    assert is_surely(ANNA, replace(ANNA, **other)) is is_surely(replace(ANNA, **other), ANNA) is is_he


def test_without_an_address_nobody_is_sure():
    assert is_surely(BARE, BARE) is False
