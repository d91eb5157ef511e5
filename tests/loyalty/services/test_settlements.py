"""Points on the bill: a payment once, in books that hold, taken back with the redemption."""

from datetime import timedelta
from decimal import Decimal

import pytest

from hotel.contracts.folios import PaymentReceived
from hotel.core.exceptions import InvalidInput
from hotel.folios.choices import Ledger
from hotel.folios.models import LedgerEntry, Posting, TransactionCode
from hotel.folios.selectors.balances import folio_balances
from hotel.folios.selectors.payments import payment_code
from hotel.folios.selectors.trial_balance import trial_balance
from hotel.folios.services.city_ledger import city_payment_post
from hotel.folios.services.codes import code_create
from hotel.folios.services.corrections import posting_adjust
from hotel.folios.services.deposits import deposit_post
from hotel.folios.services.journal import WindowClosed
from hotel.folios.services.payments import payment_take
from hotel.folios.services.settlements import payment_post
from hotel.properties.services.business_days import business_day_close
from loyalty.selectors.stays import is_award
from loyalty.services.redemptions import redemption_cancel, redemption_confirm, redemption_refund
from loyalty.services.settlements import redemption_settle
from tests.cast import TODAY
from tests.factories.folios import charge_make, city_account_make, money, vat_make
from tests.factories.loyalty import Visit, points_make, reward_make, reward_redemption_make
from tests.factories.payments import payment_data
from tests.loyalty.services.test_redemptions import left
from tests.loyalty.services.unchanged import refused, told

DAY = timedelta(days=1)


@pytest.fixture
def visit(cast, member):
    """Two nights of 100 and 120 and a dinner of 50, with taxes inside; the nights are slept."""
    points_make(member, 5000)
    vat_make(cast.alpha)
    visit = Visit(cast.alpha, member.guest)
    charge_make(visit.folio, "100.00", code="room", revenue_date=TODAY)
    charge_make(visit.folio, "50.00", code="food")
    return visit


def slept(visit):
    """Past both nights, the second charged."""
    business_day_close(place=visit.place)
    charge_make(visit.folio, "120.00", code="room", revenue_date=TODAY + DAY)
    business_day_close(place=visit.place)


def confirmed(member, visit, kind="free_night", points=None, **over):
    over = {"base": 1000, **over}
    reward = reward_make(visit.place, code=kind, name="A gift", kind=kind, **over)
    held = reward_redemption_make(visit.place, member, reward, reservation=visit.reservation, points=points)
    return redemption_confirm(redemption=held, actor=None)


def owed(visit):
    return folio_balances(visit.place.pk, [visit.folio.pk])[visit.folio.pk].amount


def test_free_nights_pay_what_their_room_was_charged(cast, member, visit):
    done = confirmed(member, visit)
    slept(visit)
    assert owed(visit) == 270
    settled = redemption_settle(redemption=done, actor=cast.bo)
    paid = settled.settlement
    assert (settled.status, paid.gross.amount, paid.code.code, paid.code.kind, paid.description) == (
        "fulfilled", -220, "points", "payment", "A gift",
    )  # fmt: skip
    assert (paid.source, paid.source_key, paid.actor, owed(visit)) == ("loyalty", str(done.pk), cast.bo, 50)
    entries = LedgerEntry.objects.filter(journal=paid.journal).values_list("ledger", "amount")
    assert sorted(entries) == [("guest", -220), ("payment", 220)]
    assert [fact["amount"] for fact in told(PaymentReceived)] == ["220.00"]


def rates(visit):
    """The rebates to the internal rate, gross and the tax inside."""
    rows = Posting.objects.filter(adjusts__isnull=False, source="loyalty").order_by("pk")
    return [
        (row.code.code, row.gross.amount, row.taxes.get().amount.amount, row.adjusts.gross.amount)
        for row in rows
    ]


def test_the_hotel_earns_the_internal_rate_of_free_nights(cast, member, visit):
    """Rooms of 100 and 120 become 160 together, each by its part; the guest owes the dinner."""
    done = confirmed(member, visit, settlement_rate=80)
    slept(visit)
    settled = redemption_settle(redemption=done, actor=cast.bo)
    assert (settled.value, settled.settlement.gross.amount, owed(visit)) == (160, -160, 50)
    assert rates(visit) == [
        ("room_rebate", Decimal("-27.27"), Decimal("-2.48"), 100),
        ("room_rebate", Decimal("-32.73"), Decimal("-2.98"), 120),
    ]
    assert {row.journal.reason for row in Posting.objects.filter(adjusts__isnull=False)} == {
        "A gift: internal rate"
    }


def test_a_rebate_of_the_desk_comes_off_the_room_first(cast, member, visit):
    done = confirmed(member, visit, settlement_rate=80)
    slept(visit)
    room = Posting.objects.get(gross=100)
    posting_adjust(posting=room, amount=money(cast.alpha, 50), actor=None, reason="A noise")
    settled = redemption_settle(redemption=done, actor=cast.bo)
    assert (settled.settlement.gross.amount, owed(visit)) == (-160, 50)
    assert [gross for _, gross, _, _ in rates(visit)] == [Decimal("-2.94"), Decimal("-7.06")]


def test_above_what_was_charged_nothing_is_rebated(cast, member, visit):
    done = confirmed(member, visit, settlement_rate=200)
    slept(visit)
    settled = redemption_settle(redemption=done, actor=cast.bo)
    assert (settled.settlement.gross.amount, owed(visit), rates(visit)) == (-220, 50, [])


def test_of_the_internal_rate_the_part_in_money_is_the_guests(cast, member, visit):
    money_part = {"cash_percent": 50, "cash_per_point": Decimal("0.05")}
    done = confirmed(member, visit, points=1500, settlement_rate=80, **money_part)
    slept(visit)
    settled = redemption_settle(redemption=done, actor=cast.bo)
    assert (done.cash, settled.settlement.gross.amount, owed(visit)) == (25, -135, 75)


def test_given_back_the_room_costs_what_it_did(cast, member, visit):
    done = confirmed(member, visit, settlement_rate=80)
    slept(visit)
    settled = redemption_settle(redemption=done, actor=cast.bo)
    redemption_refund(redemption=settled, actor=cast.ada, reason="A noise")
    assert (owed(visit), left()) == (270, [5000])
    reversals = Posting.objects.filter(reverses__adjusts__isnull=False)
    assert sorted(row.gross.amount for row in reversals) == [Decimal("27.27"), Decimal("32.73")]


def test_it_is_settled_once(cast, member, visit):
    done = confirmed(member, visit)
    slept(visit)
    redemption_settle(redemption=done, actor=None)
    refused("redemption_fulfilled", lambda: redemption_settle(redemption=done, actor=None))
    assert Posting.objects.filter(source="loyalty").count() == 1


def test_nights_are_settled_when_they_are_charged(cast, member, visit):
    done = confirmed(member, visit)
    refused("nights_ahead", lambda: redemption_settle(redemption=done, actor=None))
    assert (owed(visit), left()) == (150, [3000])


def test_the_part_in_money_stays_owed(cast, member, visit):
    done = confirmed(member, visit, points=1500, cash_percent=50, cash_per_point=Decimal("0.05"))
    slept(visit)
    redemption_settle(redemption=done, actor=None)
    assert (done.cash, owed(visit)) == (25, 75)


def test_what_the_house_gives_back_is_owed_again(cast, member, visit):
    done = confirmed(member, visit)
    slept(visit)
    settled = redemption_settle(redemption=done, actor=None)
    assert is_award(visit.reservation.pk)
    back = redemption_refund(redemption=settled, actor=cast.ada, reason="A noise")
    assert (owed(visit), back.status, left(), is_award(visit.reservation.pk)) == (
        270,
        "refunded",
        [5000],
        False,
    )
    reversal = back.settlement.reversals.get()
    assert (reversal.gross.amount, reversal.actor) == (220, cast.ada)
    totals = trial_balance(cast.alpha, cast.alpha.business_date)
    assert (totals.difference.amount, totals.line(Ledger.PAYMENT).closing.amount) == (0, 0)


def test_a_bill_that_is_closed_is_not_owed_again(cast, member, visit):
    done = confirmed(member, visit)
    slept(visit)
    settled = redemption_settle(redemption=done, actor=None)
    visit.leave()
    refused(
        "window_closed",
        lambda: redemption_refund(redemption=settled, actor=None, reason="Late"),
        WindowClosed,
    )


def test_a_credit_pays_its_value_and_no_more_than_is_owed(cast, member, visit):
    done = confirmed(member, visit, kind="folio_credit", settlement_rate=Decimal("12.345"))
    redemption_settle(redemption=done, actor=None)
    assert owed(visit) == Decimal("137.65")


def test_a_credit_above_the_bill_is_refused(cast, member, visit):
    done = confirmed(member, visit, kind="folio_credit", settlement_rate=151)
    refused("bill_below_credit", lambda: redemption_settle(redemption=done, actor=None))
    assert owed(visit) == 150


def test_what_was_cancelled_pays_nothing(cast, member, visit):
    done = confirmed(member, visit)
    redemption_cancel(redemption=done, actor=None)
    refused("redemption_cancelled", lambda: redemption_settle(redemption=done, actor=None))


def test_nights_that_were_not_charged_pay_nothing(cast, member):
    points_make(member, 5000)
    free = Visit(cast.alpha, member.guest)
    done = confirmed(member, free)
    free.nights_pass()
    refused("nothing_charged", lambda: redemption_settle(redemption=done, actor=None))


@pytest.fixture
def points_code(cast, member, visit):
    """The way of payment is known here, because points have paid."""
    done = confirmed(member, visit, kind="folio_credit", settlement_rate=10)
    return redemption_settle(redemption=done, actor=None).settlement.code


def test_nobody_pays_with_points_by_hand(cast, visit, points_code, signed_in):
    amount, debtor, data = money(cast.alpha, 5), city_account_make(cast.alpha), payment_data(cast.alpha)
    given = {"code": points_code, "amount": amount, "actor": cast.bo}
    for attempt in (
        lambda: payment_post(window=visit.folio.windows.get(number=1), **given),
        lambda: payment_take(data=data, code=points_code),
        lambda: deposit_post(reservation=visit.reservation, **given),
        lambda: city_payment_post(account=debtor, **given),
        lambda: payment_code(cast.alpha.pk, "points"),
    ):
        refused("code_invalid", attempt, InvalidInput)
    page = signed_in(cast.bo).get(f"/dashboard/folios/{visit.folio.pk}/pay").content.decode()
    assert "Bank transfer" in page
    assert "Loyalty points" not in page
    assert (owed(visit), Posting.objects.filter(code=points_code).count()) == (140, 1)


def test_no_house_has_a_code_of_points_of_its_own(cast):
    values = {"code": "points", "name": "Our points", "kind": "payment"}
    refused("code_of_a_component", lambda: code_create(place=cast.alpha, values=values), InvalidInput)
    assert not TransactionCode.objects.filter(code="points").exists()
