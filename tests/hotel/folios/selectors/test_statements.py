"""Statements of folios."""

from datetime import timedelta

import pytest
from moneyed import Money

from hotel.core.exceptions import RuleBroken
from hotel.folios.selectors import statements
from hotel.folios.selectors.statements import statement
from hotel.properties.services.business_days import business_day_close
from tests.cast import TODAY
from tests.factories.folios import charge_make, folio_make, payment_make

DAY = timedelta(days=1)


def shown(found) -> list[tuple]:
    (window,) = found
    return [
        str(window.opening.amount),
        [str(line.balance.amount) for line in window.lines],
        str(window.closing.amount),
    ]


@pytest.fixture
def folio(cast):
    made = folio_make(cast.alpha)
    charge_make(made, 30)
    business_day_close(place=cast.alpha)
    charge_make(made, 12)
    payment_make(made, 42)
    return made


def test_lines_come_in_order_with_the_balance_after_each(folio):
    assert shown(statement(folio)) == ["0.00", ["30.00", "42.00", "0.00"], "0.00"]


def test_a_part_opens_with_what_was_owed_before(folio):
    assert shown(statement(folio, since=TODAY + DAY)) == ["30.00", ["42.00", "0.00"], "0.00"]
    assert shown(statement(folio, until=TODAY)) == ["0.00", ["30.00"], "30.00"]
    assert shown(statement(folio, since=TODAY + 2 * DAY)) == ["0.00", [], "0.00"]


def test_a_statement_that_is_too_long_is_refused(folio, monkeypatch):
    monkeypatch.setattr(statements, "MOST_LINES", 2)
    with pytest.raises(RuleBroken) as refused:
        statement(folio)
    assert (refused.value.code, refused.value.extra) == ("statement_too_long", {"most": 2})


def test_a_statement_costs_few_queries(folio, django_assert_num_queries):
    with django_assert_num_queries(4):  # windows, opening, lines, taxes
        found = statement(folio, since=TODAY)
    assert found[0].closing == Money(0, "EUR")
