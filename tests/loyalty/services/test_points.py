"""The ledger: what is given, spent, taken back and given back."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from hotel.core.exceptions import Conflict
from loyalty.choices import PointKind
from loyalty.domain.lots import Balance
from loyalty.models import PointLot, PointMovement, PointTransaction
from loyalty.selectors.balances import member_balance
from loyalty.services.points import (
    PointEvent,
    PointsMissing,
    activity_note,
    member_locked,
    points_claw_back,
    points_give,
    points_give_back,
    points_spend,
)
from tests.cast import TODAY
from tests.factories.loyalty import points_make
from tests.structure import by_owner

DAY = timedelta(days=1)


def event(member, kind=PointKind.REDEMPTION, **over):
    return PointEvent(
        member=member_locked(member.pk),
        property_id=member.home_id,
        day=TODAY,
        kind=kind,
        because="A test",
        **over,
    )


def spend(member, points, on=TODAY):
    return points_spend(event(member), points, on=on)


def balance(member, on=TODAY):
    member.refresh_from_db()
    return member_balance(member, on)


def left(member):
    return list(PointLot.objects.filter(member=member).order_by("id").values_list("left", flat=True))


def ledger():
    return PointTransaction.objects.count(), PointMovement.objects.count(), PointLot.objects.count()


def moves(made):
    return list(made.movements.order_by("pk").values_list("lot_id", "points"))


def test_points_given_are_a_lot(member):
    made = points_make(member, 300)
    (lot,) = made.lots.all()
    assert (lot.points, lot.left, lot.earned_on, lot.usable_from, lot.expires_on) == (
        300,
        300,
        TODAY,
        TODAY,
        None,
    )
    assert moves(made) == [(lot.pk, 300)]
    assert balance(member) == Balance(300, 0)


def test_spending_takes_first_what_ends_first(member):
    member.program.expiry, member.program.expiry_months = "term", 12
    member.program.save()
    points_make(member, 100, day=TODAY)
    points_make(member, 50, day=TODAY - 30 * DAY)
    made = spend(member, 70)
    assert made.points == -70
    assert left(member) == [80, 0]
    assert balance(member) == Balance(80, 0)


def test_more_than_there_is_takes_nothing(member):
    points_make(member, 100)
    before = ledger()
    with pytest.raises(PointsMissing) as refused:
        spend(member, 101)
    assert (refused.value.code, refused.value.extra) == ("points_missing", {"missing": 1})
    assert (ledger(), left(member)) == (before, [100])


def test_what_comes_back_returns_to_its_lots_and_never_more(member):
    points_make(member, 100)
    points_make(member, 50)
    spent = spend(member, 120)
    assert left(member) == [0, 30]
    points_give_back(event(member, PointKind.GIVEN_BACK), spent, 30)
    assert left(member) == [10, 50]
    points_give_back(event(member, PointKind.GIVEN_BACK), spent, 90)
    assert left(member) == [100, 50]
    before = ledger()
    with pytest.raises(Conflict) as refused:
        points_give_back(event(member, PointKind.GIVEN_BACK), spent, 1)
    assert refused.value.code == "points_not_spent"
    assert (ledger(), left(member)) == (before, [100, 50])


def test_what_was_spent_already_is_owed_and_new_points_pay_it_first(member):
    lot = points_make(member, 100).lots.get()
    spend(member, 80)
    back = points_claw_back(event(member, PointKind.STAY), 100, lot_id=lot.pk)
    assert moves(back) == [(lot.pk, -20), (None, -80)]
    assert balance(member) == Balance(0, 0, 80)

    part = points_make(member, 50)
    assert (moves(part), part.lots.count()) == ([(None, 50)], 0)
    rest = points_make(member, 50)
    assert moves(rest) == [(None, 30), (rest.lots.get().pk, 20)]
    assert balance(member) == Balance(20, 0)


def test_a_correction_of_no_lot_takes_from_those_that_end_first_pending_ones_too(member):
    member.program.expiry, member.program.expiry_months = "term", 12
    member.program.save()
    first = points_make(member, 100, day=TODAY - DAY).lots.get()
    pending = points_give(event(member, PointKind.BONUS), 50, usable_from=TODAY + DAY).lots.get()
    back = points_claw_back(event(member, PointKind.STAY), 120)
    assert moves(back) == [(first.pk, -100), (pending.pk, -20)]
    assert balance(member) == Balance(0, 30)


def test_what_has_a_source_is_given_once(member):
    def give():
        once = event(member, PointKind.BONUS, source="birthday", source_key="2027")
        return points_give(once, 100)

    made = give()
    assert (made.source, made.source_key) == ("birthday", "2027")
    before = ledger()
    with pytest.raises(IntegrityError, match="loyalty_points_source_once"), transaction.atomic():
        give()
    assert (ledger(), left(member)) == (before, [100])


def test_points_tell_what_they_are_of(member, cast):
    made = points_give(event(member, PointKind.BONUS, actor=cast.bo), 100)
    back = points_spend(event(member, PointKind.REVERSAL, reverses=made), 100, on=TODAY)
    assert (made.property, made.business_date, made.because, made.actor) == (
        cast.alpha, TODAY, "A test", cast.bo,
    )  # fmt: skip
    assert (back.reverses, back.kind, back.points, back.actor) == (made, "reversal", -100, None)
    points_make(member, 100)
    with pytest.raises(IntegrityError, match="reversed_once"), transaction.atomic():
        points_spend(event(member, PointKind.REVERSAL, reverses=made), 100, on=TODAY)
    assert left(member) == [0, 100]


def test_what_is_owed_is_paid_first_by_what_comes_back(member):
    points_make(member, 100)
    points_make(member, 50)
    spent = spend(member, 120)
    points_claw_back(event(member, PointKind.STAY), 70)
    member.refresh_from_db()
    assert (left(member), member.debt) == ([0, 0], 40)
    made = points_give_back(event(member, PointKind.GIVEN_BACK), spent, 30)
    member.refresh_from_db()
    assert (made.points, left(member), member.debt) == (30, [0, 0], 10)
    points_give_back(event(member, PointKind.GIVEN_BACK), spent, 50)
    member.refresh_from_db()
    assert (left(member), member.debt) == ([40, 0], 0)
    before = ledger()
    with pytest.raises(Conflict) as refused:
        points_give_back(event(member, PointKind.GIVEN_BACK), spent, 41)
    assert (refused.value.code, ledger()) == ("points_not_spent", before)
    points_give_back(event(member, PointKind.GIVEN_BACK), spent, 40)
    assert left(member) == [80, 0]


def test_no_points_at_all_cannot_be_spent_nor_given_back(member):
    points_make(member, 100)
    spent = spend(member, 10)
    before = ledger()
    for points in (0, -5):
        with pytest.raises(ValueError, match="above zero"):
            spend(member, points)
        with pytest.raises(Conflict) as refused:
            points_give_back(event(member, PointKind.GIVEN_BACK), spent, points)
        assert refused.value.code == "points_not_spent"
    assert (ledger(), left(member)) == (before, [90])


def test_pending_points_and_those_that_are_over_cannot_be_spent(member):
    member.program.expiry, member.program.expiry_months = "term", 1
    member.program.save()
    points_make(member, 100, day=date(2027, 2, 13))
    points_give(event(member, PointKind.BONUS), 50, usable_from=TODAY + DAY)
    with pytest.raises(PointsMissing) as refused:
        spend(member, 10)
    assert (refused.value.extra, left(member)) == ({"missing": 10}, [100, 50])
    assert spend(member, 50, on=TODAY + DAY).points == -50


def test_activity_keeps_points_alive_that_are_not_over(member):
    member.program.expiry, member.program.expiry_months = "activity", 1
    member.program.save()
    points_make(member, 10, day=date(2027, 1, 1))
    points_make(member, 20, day=date(2027, 3, 1))
    activity_note(member_locked(member.pk), TODAY)
    ends = list(PointLot.objects.order_by("pk").values_list("expires_on", flat=True))
    assert ends == [date(2027, 2, 1), date(2027, 4, 14)]
    activity_note(member_locked(member.pk), TODAY - DAY)
    member.refresh_from_db()
    assert member.active_on == TODAY


@pytest.mark.parametrize(
    ("model", "name", "value"),
    [
        (PointTransaction, "points", 5),
        (PointMovement, "points", 5),
        (PointLot, "left", 7),
        (PointLot, "points", 7),
        (PointLot, "earned_on", TODAY - DAY),
    ],
)
def test_the_ledger_is_never_changed(member, model, name, value):
    points_make(member, 10)
    rows = model.objects.all()
    with by_owner():  # nobody else has the right at all
        with pytest.raises(IntegrityError, match=r"never changed|moved by movements"), transaction.atomic():
            rows.update(**{name: value})
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.get().delete()
    assert balance(member) == Balance(10, 0)


def test_a_transaction_is_the_sum_of_its_movements(member):
    values = {"member": member, "property": member.home, "business_date": TODAY, "because": "?"}
    with pytest.raises(IntegrityError, match="not the sum"), transaction.atomic():  # noqa: PT012  (at the commit)
        PointTransaction.objects.create(kind="bonus", points=5, **values)
        connection.check_constraints()
    assert ledger() == (0, 0, 0)


def test_no_movement_is_added_to_a_transaction_later(member):
    made = points_make(member, 10)
    connection.check_constraints()
    with pytest.raises(IntegrityError, match="not the sum"), transaction.atomic():  # noqa: PT012  (at the commit)
        PointMovement.objects.create(transaction=made, member=member, lot=made.lots.get(), points=-3)
        connection.check_constraints()
    assert (left(member), moves(made)) == ([10], [(made.lots.get().pk, 10)])


def test_a_lot_never_gives_more_than_it_has_whatever_the_code_says(member):
    made = points_make(member, 10)
    lot = made.lots.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        PointMovement.objects.create(transaction=made, member=member, lot=lot, points=-11)
    assert left(member) == [10]
