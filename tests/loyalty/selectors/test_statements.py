"""Balances explained, and accounts over a time."""

from datetime import date

from loyalty.selectors.statements import balance_explained, statement
from loyalty.services.points import points_spend
from tests.cast import TODAY
from tests.factories.loyalty import points_make
from tests.loyalty.services.test_points import event


def test_the_parts_of_a_balance_add_up_to_it(member):
    member.program.expiry, member.program.expiry_months = "term", 2
    member.program.save()
    for points, day in ((10, date(2027, 1, 10)), (20, date(2027, 2, 1)), (30, TODAY)):
        points_make(member, points, day=day)
    points_make(member, 40, usable_from=date(2027, 3, 20))
    points_spend(event(member), 5, on=TODAY)
    found = balance_explained(member)
    assert [(lot.points, lot.earned, lot.is_usable) for lot in found.lots] == [
        (15, 20, True),
        (30, 30, True),
        (40, 40, False),
    ]
    assert (found.total, found.usable, found.pending, found.debt) == (85, 45, 40, 0)
    assert sum(lot.points for lot in found.lots) - found.debt == found.total
    assert found.ending.expires_on == date(2027, 4, 1)


def test_a_statement_leaves_out_other_days_and_members(member):
    points_make(member, 1, day=date(2027, 2, 28))
    points_make(member, 2, day=date(2027, 3, 1))
    points_make(member, 4, day=date(2027, 3, 31))
    points_make(member, 8, day=date(2027, 4, 1))
    found = statement(member, date(2027, 3, 1), date(2027, 3, 31))
    assert (found.opening, [row.points for row in found.rows], found.closing) == (1, [2, 4], 7)
