"""Corrections are further postings: nothing that was posted is touched."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from moneyed import Money

from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken
from hotel.folios.models import Posting
from hotel.folios.selectors.balances import folio_balances
from hotel.folios.services.city_ledger import city_ledger_transfer
from hotel.folios.services.corrections import (
    PostingReversed,
    posting_adjust,
    posting_reverse,
    posting_split,
    postings_transfer,
)
from hotel.folios.services.folios import folio_close, window_open
from hotel.folios.services.journal import WindowClosed
from hotel.properties.services.business_days import business_day_close
from tests.cast import TODAY
from tests.factories.folios import (
    charge_make,
    city_account_make,
    folio_make,
    payment_make,
    posting_make,
    routing_rule_make,
    vat_make,
)
from tests.together import together


def test_a_reversal_is_the_posting_with_all_signs_turned(cast, entries):
    posting = posting_make(cast.alpha, amount=11)

    reversal = posting_reverse(posting=posting, actor=cast.bo, reason="Wrong guest")

    assert (reversal.net, reversal.gross) == (Money(-10, "EUR"), Money(-11, "EUR"))
    assert (reversal.reverses, reversal.window, reversal.revenue_date) == (
        posting,
        posting.window,
        posting.revenue_date,
    )
    assert entries(reversal) == [
        ("guest", "beverage", "-11.000"),
        ("revenue", "beverage", "10.000"),
        ("tax", "VAT", "1.000"),
    ]
    assert (reversal.journal.kind, reversal.journal.reason, reversal.actor) == (
        "reversal",
        "Wrong guest",
        cast.bo,
    )
    assert folio_balances(cast.alpha.pk, [posting.window.folio_id]) == {
        posting.window.folio_id: Money(0, "EUR")
    }


def test_a_payment_is_taken_back_alike(cast, entries):
    payment = payment_make(folio_make(cast.alpha), 50)

    assert entries(posting_reverse(posting=payment)) == [
        ("guest", "cash", "50.000"),
        ("payment", "cash", "-50.000"),
    ]


def test_a_posting_is_reversed_once(cast):
    posting = posting_make(cast.alpha)
    reversal = posting_reverse(posting=posting)

    with pytest.raises(PostingReversed):
        posting_reverse(posting=posting)
    with pytest.raises(Conflict) as refused:
        posting_reverse(posting=reversal)

    assert refused.value.code == "posting_is_reversal"
    assert Posting.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_reverse_at_once_one_does(cast):
    posting = posting_make(cast.alpha)

    answers = together(*[lambda: posting_reverse(posting=Posting.objects.get(pk=posting.pk))] * 2)

    assert sorted(type(answer).__name__ for answer in answers) == ["Posting", "PostingReversed"]
    assert Posting.objects.count() == 2


def test_nothing_is_reversed_on_a_closed_folio(cast):
    vat_make(cast.alpha)
    folio = folio_make(cast.alpha)
    posting = charge_make(folio, 11)
    payment_make(folio, 11)
    folio_close(folio=folio)
    with pytest.raises(WindowClosed):
        posting_reverse(posting=Posting.objects.get(pk=posting.pk))
    assert Posting.objects.count() == 2


def test_a_rebate_takes_its_part_of_the_taxes(cast, entries):
    posting = posting_make(cast.alpha, amount=11)

    rebate = posting_adjust(posting=posting, amount=Money("5.50", "EUR"), actor=cast.bo, reason="Cold soup")

    assert (rebate.gross, rebate.net) == (Money("-5.50", "EUR"), Money(-5, "EUR"))
    assert (rebate.adjusts, rebate.window, rebate.description) == (
        posting,
        posting.window,
        "Beverage, rebate: Beverage",
    )
    assert entries(rebate) == [
        ("guest", "beverage_rebate", "-5.500"),
        ("revenue", "beverage_rebate", "5.000"),
        ("tax", "VAT", "0.500"),
    ]
    assert (rebate.journal.kind, rebate.journal.reason) == ("adjustment", "Cold soup")


def test_rebates_in_steps_leave_nothing_of_any_tax(cast):
    posting = posting_make(cast.alpha, amount=10)
    steps = [
        posting_adjust(posting=posting, amount=Money(amount, "EUR"), reason="Step")
        for amount in ("3.33", "3.33", "3.34")
    ]

    assert [str(step.taxes.get().amount.amount) for step in steps] == ["-0.300", "-0.310", "-0.300"]
    assert sum((step.net for step in steps), posting.net) == Money(0, "EUR")
    with pytest.raises(RuleBroken) as refused:
        posting_adjust(posting=posting, amount=Money("0.01", "EUR"), reason="One more")
    assert (refused.value.code, refused.value.extra) == ("adjustment_too_large", {"left": "0.000"})
    assert Posting.objects.count() == 4


def test_a_rebate_may_be_taken_back_and_then_the_charge(cast):
    posting = posting_make(cast.alpha, amount=10)
    rebate = posting_adjust(posting=posting, amount=Money(4, "EUR"), reason="Mistake")
    with pytest.raises(Conflict) as refused:
        posting_reverse(posting=posting)
    assert refused.value.code == "posting_adjusted"

    posting_reverse(posting=rebate)
    posting_adjust(posting=posting, amount=Money(10, "EUR"), reason="All of it")

    assert folio_balances(cast.alpha.pk, [posting.window.folio_id]) == {
        posting.window.folio_id: Money(0, "EUR")
    }


@pytest.mark.parametrize(
    ("who", "amount", "is_allowed"),
    [("bo", 50, True), ("bo", 51, False), ("cy", 51, True), ("ida", 1, False)],
)
def test_nobody_lets_off_more_than_his_limit(cast, who, amount, is_allowed):
    posting = posting_make(cast.alpha, amount=100)
    call = partial(
        posting_adjust, posting=posting, amount=Money(amount, "EUR"), actor=getattr(cast, who), reason="Nice"
    )
    if is_allowed:
        assert call().gross == Money(-amount, "EUR")
        return
    with pytest.raises(RuleBroken) as refused:
        call()
    assert refused.value.code == "rebate_above_limit"
    assert Posting.objects.count() == 1


def test_taking_back_what_an_earlier_day_posted_is_a_rebate(cast):
    posting = posting_make(cast.alpha, amount=100)
    business_day_close(place=cast.alpha)
    fresh = Posting.objects.get(pk=posting.pk)
    with pytest.raises(RuleBroken) as refused:
        posting_reverse(posting=fresh, actor=cast.bo)
    assert refused.value.code == "rebate_above_limit"

    reversal = posting_reverse(posting=fresh, actor=cast.cy)

    assert (reversal.business_date, reversal.revenue_date) == (TODAY + timedelta(days=1), TODAY)


def test_a_rebate_needs_a_reason_and_a_charge(cast):
    posting = posting_make(cast.alpha)
    payment = payment_make(posting.window.folio)
    rebate = posting_adjust(posting=posting, amount=Money(1, "EUR"), reason="Nice")
    refusals = []
    for row, reason in ((posting, " "), (payment, "Nice"), (rebate, "Nice")):
        with pytest.raises((RuleBroken, Conflict)) as refused:
            posting_adjust(posting=row, amount=Money(1, "EUR"), reason=reason)
        refusals.append(refused.value.code)
    assert refusals == ["reason_required", "posting_not_adjustable", "posting_not_adjustable"]
    assert Posting.objects.count() == 3


def test_postings_move_to_another_folio_in_one_event(cast, entries):
    vat_make(cast.alpha)
    folio, master = folio_make(cast.alpha), folio_make(cast.alpha, kind="master", name="Group")
    charge, payment = charge_make(folio, 11), payment_make(folio, 4)

    moved = postings_transfer(
        postings=[charge, payment], window=master.windows.get(), actor=cast.bo, reason="Group pays"
    )

    assert [(row.window.folio, row.moved_from, row.gross) for row in moved] == [
        (master, charge, Money(11, "EUR")),
        (master, payment, Money(-4, "EUR")),
    ]
    assert entries(moved[0]) == [
        ("guest", "beverage", "-11.000"),
        ("revenue", "beverage", "10.000"),
        ("tax", "VAT", "1.000"),
        ("guest", "cash", "4.000"),
        ("payment", "cash", "-4.000"),
        ("guest", "beverage", "11.000"),
        ("revenue", "beverage", "-10.000"),
        ("tax", "VAT", "-1.000"),
        ("guest", "cash", "-4.000"),
        ("payment", "cash", "4.000"),
    ]
    assert folio_balances(cast.alpha.pk, [folio.pk, master.pk]) == {
        folio.pk: Money(0, "EUR"),
        master.pk: Money(7, "EUR"),
    }
    with pytest.raises(PostingReversed):
        postings_transfer(postings=[charge], window=master.windows.get())


def test_moving_many_costs_as_many_statements_as_moving_two(cast):
    vat_make(cast.alpha)
    folio = folio_make(cast.alpha)
    window = window_open(folio=folio)
    ids = [charge_make(folio, 11).pk for _ in range(8)]

    def statements(chosen) -> int:
        rows = list(Posting.objects.filter(pk__in=chosen))
        with CaptureQueriesContext(connection) as captured:
            postings_transfer(postings=rows, window=window)
        return len([q for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]])

    assert statements(ids[:2]) == statements(ids[2:])
    assert folio_balances(cast.alpha.pk, [folio.pk]) == {folio.pk: Money(88, "EUR")}


def test_what_is_no_move_is_refused(cast):
    posting = posting_make(cast.alpha)
    other, foreign = folio_make(cast.alpha, name="Other").windows.get(), folio_make(cast.beta).windows.get()
    for rows, window in (
        ([], other),
        ([posting, posting], other),
        ([posting], posting.window),
        ([posting], foreign),
    ):
        with pytest.raises(InvalidInput) as refused:
            postings_transfer(postings=rows, window=window)
        assert refused.value.code == "transfer_invalid"
    assert Posting.objects.count() == 1


def test_what_belongs_to_other_ledgers_does_not_move(cast):
    folio = folio_make(cast.alpha)
    charge_make(folio, 11)
    city = city_ledger_transfer(window=folio.windows.get(), account=city_account_make(cast.alpha))
    rebate = posting_adjust(posting=charge_make(folio, 11), amount=Money(1, "EUR"), reason="Nice")
    for row in (city, rebate):
        with pytest.raises(Conflict) as refused:
            postings_transfer(postings=[row], window=window_open(folio=folio))
        assert refused.value.code == "posting_not_movable"


def test_a_posting_is_cut_in_parts_that_add_up(cast):
    posting = posting_make(cast.alpha, amount=10, quantity=Decimal(3))

    parts = posting_split(posting=posting, weights=[1, 1, 1], actor=cast.bo)

    assert [str(part.gross.amount) for part in parts] == ["3.34", "3.33", "3.33"]
    assert [str(part.taxes.get().amount.amount) for part in parts] == ["0.310", "0.300", "0.300"]
    assert [part.quantity for part in parts] == [Decimal(3), Decimal(0), Decimal(0)]
    assert {part.moved_from for part in parts} == {posting}
    assert Posting.objects.get(reverses=posting).journal_id == parts[0].journal_id
    assert folio_balances(cast.alpha.pk, [posting.window.folio_id]) == {
        posting.window.folio_id: Money(10, "EUR")
    }


def test_amounts_that_add_up_are_kept(cast):
    posting = posting_make(cast.alpha, amount=11)
    parts = posting_split(posting=posting, weights=[Decimal("7.25"), Decimal("3.75")])
    assert [part.gross for part in parts] == [Money("7.25", "EUR"), Money("3.75", "EUR")]


@pytest.mark.parametrize("weights", [[1], [1, 0], [2, -1], [1] * 100])
def test_parts_that_are_none_are_refused(cast, weights):
    posting = posting_make(cast.alpha)
    with pytest.raises(InvalidInput) as refused:
        posting_split(posting=posting, weights=weights)
    assert refused.value.code == "split_invalid"
    assert Posting.objects.count() == 1


def test_parts_still_count_for_the_limit_of_the_rule_that_sent_them(cast):
    folio, payer = folio_make(cast.alpha), folio_make(cast.alpha, name="Payer")
    rule = routing_rule_make(
        cast.alpha, folio=folio, window=payer.windows.get(), limit_amount=Money(10, "EUR")
    )
    parts = posting_split(posting=charge_make(folio, 10), weights=[1, 1])
    assert {part.routing_rule_id for part in parts} == {rule.pk}
    assert charge_make(folio, 5).window.folio == folio

    postings_transfer(postings=[parts[0]], window=folio.windows.get())

    assert charge_make(folio, 5).window.folio == payer
