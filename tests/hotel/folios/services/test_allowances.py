"""Charges are set against the allowances of the stay: what exceeds them is owed, what is taken back comes back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from moneyed import Money

from hotel.core.exceptions import Conflict, RuleBroken
from hotel.folios.models import Allowance, Posting
from hotel.folios.selectors.balances import folio_balances, window_balances
from hotel.folios.services.allowances import uses_of
from hotel.folios.services.codes import standard_code
from hotel.folios.services.corrections import (
    posting_adjust,
    posting_reverse,
    posting_split,
    postings_transfer,
)
from hotel.folios.services.folios import window_open
from hotel.folios.services.posting_data import Memo
from hotel.folios.services.postings import charge_post
from tests.cast import TODAY
from tests.factories.folios import (
    charge_make,
    folio_make,
    guest_folio_make,
    money,
    routing_rule_make,
    vat_make,
)
from tests.factories.rates import package_make
from tests.factories.reservations import house_make
from tests.hotel.folios.books import broken
from tests.together import together


def half_board(place, nights: int = 1, amount=44, **over):
    """The folio of two guests who may dine for 44 a head each night, 88 in all; 10 % VAT contained."""
    vat_make(place)
    house = house_make(place)
    package_make(house.plan, amount, "HB", group="food", is_included=False, is_allowance=True, **over)
    return guest_folio_make(place, house.reserve(0, nights))


def owed(folio):
    return folio_balances(folio.property_id, [folio.pk])[folio.pk].amount


def eat(folio, amount, code="food", **over):
    return charge_make(folio, amount, code=code, **over)


def taken(folio):
    """What was taken of allowances by lines that stand, night by night."""
    rows = Posting.objects.filter(window__folio=folio, covers__isnull=False, reversals=None, reverses=None)
    return [(row.allowance.night.day, str(row.gross.amount)) for row in rows.order_by("pk")]


def test_only_what_exceeds_the_allowance_is_owed(cast):
    folio = half_board(cast.alpha)
    assert [charge.gross.amount for charge in charge_post(
        folio=folio, code=standard_code(cast.alpha, "food"), amount=money(cast.alpha, 66)
    )] == [Decimal(66), Decimal(-66)]  # fmt: skip
    assert owed(folio) == 0
    eat(folio, 30)
    assert owed(folio) == 8
    eat(folio, 5)
    assert owed(folio) == 13
    assert taken(folio) == [(14, "-66.000"), (14, "-22.000")]
    assert broken() == {}


def test_other_charges_days_and_accounts_are_owed(cast):
    folio = half_board(cast.alpha)
    eat(folio, 10, "beverage")
    assert owed(folio) == 10
    eat(folio_make(cast.alpha), 10)
    assert not Allowance.objects.exists()


def test_codes_named_by_the_element_are_paid_whatever_their_group(cast):
    folio = half_board(cast.alpha, allowance_codes=["beverage"])
    eat(folio, 10, "beverage")
    eat(folio, 10, "food")
    assert owed(folio) == 10


def test_breakfast_is_eaten_on_the_day_after_its_night(cast):
    folio = half_board(cast.alpha, nights=2, allowance_period="next_day")
    eat(folio, 10)
    assert owed(folio) == 10


def test_an_allowance_of_the_stay_is_consumed_night_by_night(cast):
    folio = half_board(cast.alpha, nights=3, allowance_period="stay")
    eat(folio, 200)
    assert taken(folio) == [(14, "-88.000"), (15, "-88.000"), (16, "-24.000")]
    assert owed(folio) == 0
    assert set(Allowance.objects.values_list("last_on", flat=True)) == {None}


def test_what_is_taken_in_steps_adds_up_to_the_allowance_tax_by_tax(cast):
    folio = half_board(cast.alpha, amount="16.67")
    for amount in ("11.11", "11.11", "50"):
        eat(folio, amount)
    rows = Posting.objects.filter(covers__isnull=False)
    assert sum(row.gross.amount for row in rows) == Decimal("-33.34")
    assert sum(row.taxes.get().amount.amount for row in rows) == Decimal("-3.03")
    assert owed(folio) == Decimal("38.88")


def test_what_goes_beyond_is_let_off_where_the_house_bears_it(cast):
    folio = half_board(cast.alpha, bears_overage=True)
    dinner = eat(folio, 99)
    assert owed(folio) == 0
    _, beyond = uses_of([dinner])
    assert (beyond.code.code, beyond.adjusts, beyond.allowance) == ("package_loss", dinner, None)
    assert (beyond.gross.amount, beyond.taxes.get().amount.amount) == (-11, -1)
    posting_reverse(posting=dinner)
    assert owed(folio) == 0
    assert taken(folio) == []
    assert broken() == {}


def test_a_charge_taken_back_gives_the_allowance_back(cast):
    folio = half_board(cast.alpha)
    dinner = eat(folio, 66)
    posting_reverse(posting=dinner)
    eat(folio, 88)
    assert owed(folio) == 0
    assert taken(folio) == [(14, "-88.000")]
    assert broken() == {}


def test_the_line_of_an_allowance_taken_back_alone_leaves_the_charge_owed(cast):
    folio = half_board(cast.alpha)
    (use,) = uses_of([eat(folio, 66)])
    posting_reverse(posting=use)
    assert owed(folio) == 66
    eat(folio, 88)
    assert owed(folio) == 66


def test_a_charge_that_moves_takes_its_line_along(cast):
    folio = half_board(cast.alpha, bears_overage=True)
    dinner, window = eat(folio, 99), window_open(folio=folio)
    (moved,) = postings_transfer(postings=[dinner], window=window)
    assert [use.gross.amount for use in uses_of([moved])] == [-88, -11]
    assert {use.window_id for use in uses_of([moved])} == {window.pk}
    assert window_balances(cast.alpha.pk, [window.pk])[window.pk].amount == 0
    posting_reverse(posting=moved)
    assert taken(folio) == []
    assert broken() == {}


def test_a_paid_charge_is_neither_cut_nor_let_off_twice(cast):
    folio = half_board(cast.alpha)
    dinner = eat(folio, 99)
    with pytest.raises(Conflict) as refused:
        posting_split(posting=dinner, weights=[1, 1])
    assert refused.value.code == "posting_covered"
    with pytest.raises(RuleBroken) as too_much:
        posting_adjust(posting=dinner, amount=Money(12, "EUR"), reason="Cold")
    assert too_much.value.extra == {"left": "11.000"}
    with pytest.raises(Conflict) as alone:
        postings_transfer(postings=uses_of([dinner]), window=window_open(folio=folio))
    assert alone.value.code == "posting_not_movable"
    assert Posting.objects.count() == 2
    posting_adjust(posting=dinner, amount=Money(11, "EUR"), reason="Cold")
    assert owed(folio) == 0


def test_each_payer_has_his_part_paid(cast):
    folio = half_board(cast.alpha)
    payer = folio_make(cast.alpha, name="Payer")
    routing_rule_make(cast.alpha, folio=folio, window=payer.windows.get(), limit_amount=Money(60, "EUR"))
    eat(folio, 99)
    assert (owed(payer), owed(folio)) == (0, 11)


def test_a_charge_repeated_under_its_key_takes_once(cast):
    folio, memo = half_board(cast.alpha), Memo(source="pos", source_key="17")
    post = lambda: charge_post(  # noqa: E731
        folio=folio, code=standard_code(cast.alpha, "food"), amount=Money(66, "EUR"), memo=memo
    )
    first, again = post(), post()
    assert [row.pk for row in again] == [row.pk for row in first]
    assert len(first) == 2


def test_what_was_posted_for_yesterday_takes_of_yesterday(cast):
    folio = half_board(cast.alpha, nights=2)
    eat(folio, 88)
    eat(folio, 10, revenue_date=TODAY - timedelta(days=1))
    assert owed(folio) == 10
    assert taken(folio) == [(14, "-88.000")]


@pytest.mark.django_db(transaction=True)
def test_two_outlets_at_once_take_an_allowance_once(cast):
    folio = half_board(cast.alpha)
    code = standard_code(cast.alpha, "food")
    post = lambda: charge_post(folio=folio, code=code, amount=Money(66, "EUR"))  # noqa: E731
    results = together(post, post)
    assert [len(made) for made in results] == [2, 2]
    assert owed(folio) == 44
    assert sum(Decimal(amount) for _, amount in taken(folio)) == -88
