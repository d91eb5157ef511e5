"""Snapshots once a day, settlements once a month, and facts for the books of each hotel."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from hotel.core.models import OutboxMessage
from hotel.properties.models import Property
from loyalty.models import LiabilitySnapshot, PropertySettlement
from loyalty.services.liability import settlements_make, snapshots_make
from tests.factories.loyalty import loyalty_member_make, loyalty_program_make, points_make
from tests.loyalty.books import give_back_at, program_of_two, spend_at
from tests.pages import worked_table

COLUMNS = ("property__code", "day", "usable", "pending", "gross", "breakage", "net", "moved")


def facts(name):
    rows = OutboxMessage.objects.filter(topic=name).order_by("pk")
    return [row.payload for row in rows]


def test_once_a_day_with_what_moved_since(cast, noon):
    program = program_of_two(cast)
    member = loyalty_member_make(cast.alpha)
    points_make(member, 1000)

    assert [snapshots_make(program=program) for _ in range(2)] == [2, 0]
    noon.shift(timedelta(days=1))
    points_make(member, 200)
    spend_at(cast.beta, member, 500)
    assert snapshots_make(program=program) == 2

    assert list(LiabilitySnapshot.objects.order_by("day", "property__code").values_list(*COLUMNS)) == [
        ("ALPHA", date(2027, 3, 14), 1000, 0, 5, 0, 5, 5),
        ("BETA", date(2027, 3, 14), 0, 0, 0, 0, 0, 0),
        ("ALPHA", date(2027, 3, 15), 700, 0, Decimal("3.5"), 0, Decimal("3.5"), Decimal("-1.5")),
        ("BETA", date(2027, 3, 15), 0, 0, 0, 0, 0, 0),
    ]


def test_the_books_are_told_by_hotel(cast):
    program = program_of_two(cast)
    points_make(loyalty_member_make(cast.alpha), 1000)
    snapshots_make(program=program)

    told = facts("LiabilityMeasured")
    assert [
        (row["property_id"], row["points"], row["net"], row["moved"], row["currency"]) for row in told
    ] == [
        (cast.alpha.pk, 1000, "5.00", "5.00", "EUR"),
        (cast.beta.pk, 0, "0.00", "0.00", "EUR"),
    ]
    assert told[0]["business_date"] == "2027-03-14"


def test_the_day_is_the_programmes(cast, noon):
    program = loyalty_program_make(cast.beta)  # 21:00 in Tokyo
    snapshots_make(program=program)
    noon.shift(timedelta(hours=3))
    assert snapshots_make(program=program) == 1
    days = LiabilitySnapshot.objects.order_by("day").values_list("day", flat=True)
    assert list(days) == [date(2027, 3, 14), date(2027, 3, 15)]


def test_as_many_statements_for_five_members_as_for_one(cast, noon):
    program = program_of_two(cast)
    points_make(loyalty_member_make(cast.alpha), 100)
    with CaptureQueriesContext(connection) as one:
        assert snapshots_make(program=program) == 2
    noon.shift(timedelta(days=1))
    for n in range(5):
        points_make(loyalty_member_make(cast.alpha), 100 + n)

    with CaptureQueriesContext(connection) as five:
        assert snapshots_make(program=program) == 2

    assert len(five) == len(one)


@pytest.fixture
def settled(cast):
    """1,000 points of Alpha spent at Beta in February, 150 given back; 300 of Beta spent at Alpha."""
    program = program_of_two(cast)
    here, there = loyalty_member_make(cast.alpha), loyalty_member_make(cast.beta)
    points_make(here, 2000)
    points_make(there, 2000)
    spent = spend_at(cast.beta, here, 1000)
    give_back_at(cast.beta, here, spent, 150)
    spend_at(cast.alpha, there, 300)
    return program


def close_march(*places):
    Property.objects.filter(pk__in=[place.pk for place in places]).update(business_date=date(2027, 4, 1))


def test_a_month_is_settled_once_every_hotel_has_left_it(cast, settled, noon):
    noon.move_to("2027-04-02T12:00:00+00:00")
    settlements_make(program=settled)
    close_march(cast.alpha)
    settlements_make(program=settled)
    assert not PropertySettlement.objects.filter(month=date(2027, 3, 1)).exists()

    close_march(cast.beta)
    assert [settlements_make(program=settled) for _ in range(2)] == [2, 0]

    columns = ("property__code", "counterpart__code", "month", "given", "served", "amount", "currency")
    assert list(PropertySettlement.objects.order_by("property__code").values_list(*columns)) == [
        ("ALPHA", "BETA", date(2027, 3, 1), 850, 300, Decimal("2.750"), "EUR"),
        ("BETA", "ALPHA", date(2027, 3, 1), 300, 850, Decimal("-2.750"), "EUR"),
    ]
    table = worked_table(
        "points", "March: 1,000 of Alpha's points spent at Beta, 150 given back; 300 of Beta's spent at Alpha"
    )
    assert [tuple(row.values()) for row in table] == [
        (row.property.name, row.counterpart.name, str(row.given), str(row.served), f"{row.amount:.2f}")
        for row in PropertySettlement.objects.order_by("property__code")
    ]
    assert [(row["property_id"], row["amount"], row["business_date"]) for row in facts("PointsSettled")] == [
        (cast.alpha.pk, "2.75", "2027-03-31"),
        (cast.beta.pk, "-2.75", "2027-03-31"),
    ]


def test_a_month_that_was_missed_is_settled_with_the_next_ones(cast, settled, noon):
    """March and May have points, April none; nobody ran anything until June."""
    noon.move_to("2027-06-02T12:00:00+00:00")
    Property.objects.filter(pk__in=[cast.alpha.pk, cast.beta.pk]).update(business_date=date(2027, 5, 20))
    for place in (cast.alpha, cast.beta):
        place.refresh_from_db()
    spend_at(cast.beta, settled.members.get(home=cast.alpha), 100)
    assert [settlements_make(program=settled) for _ in range(2)] == [2, 0]
    Property.objects.filter(pk__in=[cast.alpha.pk, cast.beta.pk]).update(business_date=date(2027, 6, 1))
    assert [settlements_make(program=settled) for _ in range(2)] == [2, 0]

    columns = ("property__code", "month", "given", "served", "amount")
    assert list(PropertySettlement.objects.order_by("month", "property__code").values_list(*columns)) == [
        ("ALPHA", date(2027, 3, 1), 850, 300, Decimal("2.750")),
        ("BETA", date(2027, 3, 1), 300, 850, Decimal("-2.750")),
        ("ALPHA", date(2027, 5, 1), 100, 0, Decimal("0.500")),
        ("BETA", date(2027, 5, 1), 0, 100, Decimal("-0.500")),
    ]


def test_two_months_that_were_missed_are_settled_at_once(cast, settled, noon):
    noon.move_to("2027-06-02T12:00:00+00:00")
    both = Property.objects.filter(pk__in=[cast.alpha.pk, cast.beta.pk])
    both.update(business_date=date(2027, 5, 20))
    cast.beta.refresh_from_db()
    spend_at(cast.beta, settled.members.get(home=cast.alpha), 100)
    both.update(business_date=date(2027, 6, 1))

    assert [settlements_make(program=settled) for _ in range(2)] == [4, 0]

    told = [(row["business_date"], row["amount"]) for row in facts("PointsSettled")]
    assert told == [
        ("2027-03-31", "2.75"),
        ("2027-03-31", "-2.75"),
        ("2027-05-31", "0.50"),
        ("2027-05-31", "-0.50"),
    ]


@pytest.mark.parametrize("verb", ["update", "delete"])
@pytest.mark.parametrize("model", [LiabilitySnapshot, PropertySettlement])
def test_what_the_books_were_told_is_never_changed(cast, settled, noon, model, verb):
    noon.move_to("2027-04-02T12:00:00+00:00")
    close_march(cast.alpha, cast.beta)
    snapshots_make(program=settled)
    settlements_make(program=settled)
    rows = model.objects.all()
    before = list(rows.values())
    assert before

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        rows.delete() if verb == "delete" else rows.update(currency="USD")

    assert list(model.objects.all().values()) == before
