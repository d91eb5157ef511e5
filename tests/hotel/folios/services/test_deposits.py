"""Deposits: held for a stay as a liability, used on its folio, paid back no further than they are held."""

from decimal import Decimal

import pytest
from moneyed import Money

from hotel.contracts.folios import DepositPosted
from hotel.core.exceptions import InvalidInput, RuleBroken
from hotel.core.models import OutboxMessage
from hotel.folios.models import Folio, Journal, LedgerEntry, Posting
from hotel.folios.selectors.balances import folio_balances
from hotel.folios.selectors.deposits import deposits_held
from hotel.folios.services.codes import standard_code
from hotel.folios.services.deposits import deposit_post, deposits_transfer_to_guest
from hotel.folios.services.posting_data import Memo
from hotel.properties.services.settings import setting_set
from tests.cast import TODAY
from tests.factories.folios import guest_folio_make, money, vat_make
from tests.factories.reservations import house_make
from tests.together import together


@pytest.fixture
def stay(cast):
    return house_make(cast.alpha).reserve()


def paid(stay, amount, **over) -> Journal:
    place = stay.property
    return deposit_post(
        reservation=stay, code=standard_code(place, "card"), amount=money(place, amount), **over
    )


def held(stay) -> Money:
    return deposits_held(stay.property, [stay.pk])[stay.pk].amount


def sides(journal) -> list[tuple]:
    rows = LedgerEntry.objects.filter(journal=journal).order_by("pk").select_related("code")
    return [(row.ledger, row.code.code, str(row.amount.amount)) for row in rows]


def test_a_deposit_is_a_liability_and_no_revenue(cast, stay):
    journal = paid(stay, 110, actor=cast.bo, memo=Memo(reference="P-1"))

    assert sides(journal) == [("payment", "card", "110.000"), ("deposit", "card", "-110.000")]
    assert (journal.kind, journal.actor, journal.reference) == ("deposit", cast.bo, "P-1")
    assert held(stay) == Money(110, "EUR")
    assert not Folio.objects.exists()
    (told,) = OutboxMessage.objects.filter(topic=DepositPosted.__name__)
    assert (told.aggregate, told.payload["amount"]) == (f"reservation:{stay.pk}", "110.00")


def test_a_deposit_with_a_source_is_recorded_once(stay):
    memo = Memo(source="gateway", source_key="pay_1")
    assert paid(stay, 50, memo=memo).pk == paid(stay, 50, memo=memo).pk
    assert held(stay) == Money(50, "EUR")


def test_at_check_in_it_pays_on_the_folio(stay, entries):
    paid(stay, 110)
    paid(stay, 40)

    posting = deposits_transfer_to_guest(reservation=stay)

    assert (posting.gross, posting.code.code, posting.window.folio.reservation) == (
        Money(-150, "EUR"),
        "deposit_transfer",
        stay,
    )
    assert entries(posting) == [
        ("guest", "deposit_transfer", "-150.000"),
        ("deposit", "deposit_transfer", "150.000"),
    ]
    assert held(stay) == Money(0, "EUR")
    assert deposits_transfer_to_guest(reservation=stay) is None
    assert Posting.objects.count() == 1


def test_tax_at_the_payment_is_given_back_when_the_deposit_is_used(cast, stay, entries):
    vat_make(cast.alpha)
    setting_set(place=cast.alpha, key="folios.deposit_vat", value="at_payment", valid_from=TODAY)

    assert sides(paid(stay, 110)) == [
        ("payment", "card", "110.000"),
        ("deposit", "card", "-100.000"),
        ("tax", "VAT", "-10.000"),
    ]
    assert held(stay) == Money(110, "EUR")
    posting = deposits_transfer_to_guest(reservation=stay)
    assert entries(posting) == [
        ("guest", "deposit_transfer", "-110.000"),
        ("deposit", "deposit_transfer", "100.000"),
        ("tax", "VAT", "10.000"),
    ]
    assert held(stay) == Money(0, "EUR")
    assert folio_balances(cast.alpha.pk, [posting.window.folio_id]) == {
        posting.window.folio_id: Money(-110, "EUR")
    }


def test_a_part_goes_back_with_its_part_of_the_tax(cast, stay):
    vat_make(cast.alpha)
    setting_set(place=cast.alpha, key="folios.deposit_vat", value="at_payment", valid_from=TODAY)
    paid(stay, 110)

    assert sides(paid(stay, 44, is_refund=True)) == [
        ("payment", "card", "-44.000"),
        ("deposit", "card", "40.000"),
        ("tax", "VAT", "4.000"),
    ]
    assert held(stay) == Money(66, "EUR")


def test_no_more_is_paid_back_than_is_held(stay):
    paid(stay, 50)
    with pytest.raises(RuleBroken) as refused:
        paid(stay, "50.01", is_refund=True)
    assert (refused.value.code, refused.value.extra) == ("deposit_too_small", {"held": "50.00"})
    assert held(stay) == Money(50, "EUR")

    paid(stay, 50, is_refund=True)
    assert held(stay) == Money(0, "EUR")


@pytest.mark.django_db(transaction=True)
def test_of_two_refunds_at_once_one_is_made(cast):
    stay = house_make(cast.alpha).reserve()
    paid(stay, 50)
    answers = together(*[lambda: paid(stay, 30, is_refund=True)] * 2)
    assert sorted(type(answer).__name__ for answer in answers) == ["Journal", "RuleBroken"]
    assert held(stay) == Money(20, "EUR")


def test_only_ways_of_payment_pay_a_deposit(cast, stay):
    with pytest.raises(InvalidInput) as refused:
        deposit_post(reservation=stay, code=standard_code(cast.alpha, "room"), amount=money(cast.alpha, 5))
    assert refused.value.code == "code_invalid"
    assert not Journal.objects.exists()


def test_the_window_is_one_of_the_stay(cast, stay):
    paid(stay, 50)
    other = guest_folio_make(cast.alpha)
    with pytest.raises(InvalidInput) as refused:
        deposits_transfer_to_guest(reservation=stay, window=other.windows.get())
    assert refused.value.code == "window_invalid"
    assert held(stay).amount == Decimal(50)
