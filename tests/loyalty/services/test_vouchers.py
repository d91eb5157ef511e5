"""Vouchers at the desk: found by their code alone, redeemed once, taken back, void with their redemption."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from hotel.contracts.loyalty import VoucherRedeemed
from hotel.core.exceptions import Conflict, InvalidInput, NotFound
from hotel.core.invariants import invariants_verify
from hotel.core.locks import LockRefused
from hotel.folios.models import Posting
from hotel.folios.selectors.balances import folio_balances
from hotel.folios.services.journal import WindowClosed
from loyalty.domain.vouchers import voucher_code
from loyalty.models import RewardRedemption, RewardVoucher
from loyalty.services.programs import house_join
from loyalty.services.redemptions import (
    redemption_cancel,
    redemption_confirm,
    redemption_fulfil,
    redemption_refund,
)
from loyalty.services.vouchers import voucher_look_up, voucher_redeem, voucher_take_back
from tests.cast import TODAY, make_cast
from tests.factories.folios import charge_make, guest_folio_make
from tests.factories.guests import guest_make
from tests.factories.loyalty import (
    BEGAN,
    Visit,
    loyalty_program_make,
    reward_make,
    reward_redemption_make,
    reward_voucher_make,
)
from tests.factories.reservations import house_make
from tests.loyalty.conftest import NOON
from tests.loyalty.services.unchanged import refused, told
from tests.together import together

DAY = timedelta(days=1)


@pytest.fixture
def stay(cast):
    """Somebody's, who owes 50."""
    stay = house_make(cast.alpha).reserve()
    charge_make(guest_folio_make(cast.alpha, stay), "50.00")
    return stay


@pytest.fixture
def both(cast):
    """Beta takes part in the programme of Alpha: a yen is a cent."""
    rate = Decimal("0.01")
    program = loyalty_program_make(cast.alpha)
    house_join(program=program, place=cast.beta, joined_on=BEGAN, currency_rate=rate)


def redeem(voucher, place, code=None, **over):
    return voucher_redeem(voucher=voucher, code=code or voucher.code, place=place, actor=None, **over)


def owed(stay):
    folio = stay.folios.get()
    return folio_balances(stay.property_id, [folio.pk])[folio.pk].amount


def violations():
    return [finding.invariant.name for finding in invariants_verify() if finding.violations]


def test_it_is_looked_up_by_its_code_however_it_is_typed(cast):
    made = reward_voucher_make(cast.alpha)
    for typed in (made.code, made.code.lower().replace("-", " ")):
        assert voucher_look_up(place=cast.alpha, code=typed) == made


def test_what_is_unknown_and_what_is_of_elsewhere_look_the_same(cast):
    own, elsewhere = reward_voucher_make(cast.alpha), reward_voucher_make(cast.beta)
    texts = set()
    for code in (voucher_code(5), elsewhere.code, "2222-2222-2223", "nothing"):
        found = refused(
            "voucher_unknown", lambda code=code: voucher_look_up(place=cast.alpha, code=code), NotFound
        )
        texts.add((found.message, str(found.extra)))
        refused("voucher_unknown", lambda code=code: redeem(own, cast.alpha, code), NotFound)
    assert len(texts) == 1


def test_only_hotels_of_the_reward_take_it(cast, both):
    made = reward_voucher_make(cast.beta, hotels=["BETA"])
    assert voucher_look_up(place=cast.beta, code=made.code) == made
    refused("voucher_unknown", lambda: redeem(made, cast.alpha), NotFound)


def test_one_without_a_value_is_handed_over_once(cast, stay):
    made = reward_voucher_make(cast.alpha)
    refused("reservation_invalid", lambda: redeem(made, cast.alpha, reservation=stay), InvalidInput)
    done = voucher_redeem(voucher=made, code=made.code, place=cast.alpha, actor=cast.bo)
    assert (done.redeemed_at, done.redeemed_place, done.redeemed_by, done.uses) == (
        NOON, cast.alpha, cast.bo, 1,
    )  # fmt: skip
    assert (done.redemption.status, done.redemption.settlement) == ("fulfilled", None)
    (fact,) = told(VoucherRedeemed)
    assert (fact["property_id"], fact["redemption_id"], fact["value"]) == (
        cast.alpha.pk, made.redemption_id, "0.000",
    )  # fmt: skip
    refused("voucher_redeemed", lambda: redeem(made, cast.alpha))
    assert (Posting.objects.filter(source="loyalty").count(), violations()) == (0, [])


def test_one_with_a_value_pays_on_anybodys_bill(cast, stay):
    made = reward_voucher_make(cast.alpha, settlement_rate=20)
    assert stay.primary_guest_id != made.redemption.member.guest_id
    refused("reservation_invalid", lambda: redeem(made, cast.alpha), InvalidInput)
    done = redeem(made, cast.alpha, reservation=stay)
    paid = done.redemption.settlement
    assert (paid.gross.amount, paid.code.code, paid.description, owed(stay)) == (-20, "points", "Dinner", 30)
    assert violations() == []


def test_it_pays_no_more_than_is_owed(cast, stay):
    made = reward_voucher_make(cast.alpha, settlement_rate=Decimal("50.01"))
    refused("bill_below_credit", lambda: redeem(made, cast.alpha, reservation=stay))
    assert owed(stay) == 50


def test_a_stay_of_another_hotel_is_not_paid(cast):
    made = reward_voucher_make(cast.alpha, settlement_rate=20)
    strange = house_make(cast.beta).reserve()
    refused("reservation_invalid", lambda: redeem(made, cast.alpha, reservation=strange), InvalidInput)


def test_a_hotel_of_the_programme_takes_it_in_its_currency(cast, both):
    made = reward_voucher_make(cast.alpha, settlement_rate=20)
    stay = house_make(cast.beta).reserve()
    charge_make(guest_folio_make(cast.beta, stay), "5000")
    done = redeem(made, cast.beta, reservation=stay)
    assert (done.redeemed_place, owed(stay), str(done.redemption.settlement.currency)) == (
        cast.beta,
        3000,
        "JPY",
    )


def test_it_is_good_on_its_days_of_the_hotel_that_takes_it(cast):
    made = reward_voucher_make(cast.alpha, voucher_days=2)
    for days, code in ((-1, "voucher_not_yet"), (3, "voucher_over")):
        cast.alpha.business_date = TODAY + days * DAY
        refused(code, lambda: redeem(made, cast.alpha))
    cast.alpha.business_date = TODAY + 2 * DAY
    assert redeem(made, cast.alpha).uses == 1


def test_what_is_given_up_is_void(cast):
    made = reward_voucher_make(cast.alpha)
    redemption_cancel(redemption=made.redemption, actor=None)
    refused("voucher_void", lambda: redeem(made, cast.alpha))


def test_the_desk_does_not_say_by_hand_that_it_is_used(cast):
    made = reward_voucher_make(cast.alpha)
    refused("redeemed_by_code", lambda: redemption_fulfil(redemption=made.redemption))


def test_what_was_taken_back_is_owed_again_and_good_again(cast, stay):
    made = reward_voucher_make(cast.alpha, settlement_rate=20)
    refused("voucher_not_redeemed", lambda: voucher_take_back(voucher=made, actor=None, reason="x"))
    redeem(made, cast.alpha, reservation=stay)
    refused("reason_required", lambda: voucher_take_back(voucher=made, actor=None, reason=" "), InvalidInput)
    back = voucher_take_back(voucher=made, actor=cast.ada, reason="The wrong bill")
    assert (back.redeemed_at, back.redeemed_place, back.redeemed_by, back.redemption.status) == (
        None, None, None, "confirmed",
    )  # fmt: skip
    assert (owed(stay), violations()) == (50, [])
    again = redeem(made, cast.alpha, reservation=stay)
    assert (again.uses, owed(stay), violations()) == (2, 30, [])
    paid = Posting.objects.filter(source="loyalty").order_by("pk")
    assert [(row.gross.amount, row.reversals.count()) for row in paid] == [(-20, 1), (-20, 0)]


def test_nothing_is_taken_back_of_a_bill_that_is_closed(cast):
    made = reward_voucher_make(cast.alpha, settlement_rate=50)
    visit = Visit(cast.alpha, guest_make(cast.alpha), nights=1)
    charge_make(visit.folio, "50.00", code="food")
    redeem(made, cast.alpha, reservation=visit.reservation)
    visit.nights_pass()
    visit.leave()
    refused("window_closed", lambda: voucher_take_back(voucher=made, actor=None, reason="Late"), WindowClosed)


def test_the_house_gives_the_points_of_a_redeemed_one_back(cast, stay):
    made = reward_voucher_make(cast.alpha, settlement_rate=20)
    redeem(made, cast.alpha, reservation=stay)
    back = redemption_refund(redemption=made.redemption, actor=None, reason="Closed kitchen")
    assert (back.returned, owed(stay), violations()) == (1000, 50, [])
    refused("voucher_void", lambda: redeem(made, cast.alpha, reservation=stay))


def test_only_a_voucher_goes_from_used_to_good(cast):
    redeem(reward_voucher_make(cast.alpha), cast.alpha)
    with pytest.raises(IntegrityError, match="does not go from fulfilled to held"), transaction.atomic():
        RewardRedemption.objects.update(status="held")
    RewardRedemption.objects.update(status="confirmed")
    other = reward_redemption_make(cast.alpha, None, reward_make(cast.alpha, code="tea"))
    redemption_fulfil(redemption=redemption_confirm(redemption=other, actor=None))
    with pytest.raises(IntegrityError, match="does not go from fulfilled to confirmed"), transaction.atomic():
        RewardRedemption.objects.filter(pk=other.pk).update(status="confirmed")


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_show_the_same_code_one_is_served():
    alpha = make_cast().alpha
    made = reward_voucher_make(alpha, settlement_rate=20)
    stay = house_make(alpha).reserve()
    charge_make(guest_folio_make(alpha, stay), "500.00")

    def patiently():
        while True:
            try:
                return redeem(made, alpha, reservation=stay)
            except LockRefused:
                continue

    found = together(*[patiently] * 8)

    won = [one for one in found if isinstance(one, RewardVoucher)]
    assert {(type(one), one.code) for one in found if one not in won} == {(Conflict, "voucher_redeemed")}
    made.refresh_from_db()
    assert (len(won), made.uses, owed(stay), violations()) == (1, 1, 480, [])
