"""Vouchers as a hotel sees them: what they are worth there, where they are taken, and why not."""

from datetime import timedelta
from decimal import Decimal

from moneyed import Money

from hotel.core import access_notes
from hotel.core.access_notes import AccessNote, access_noted
from loyalty.models import RewardVoucher
from loyalty.selectors.vouchers import code_opened, is_printable, voucher_shown
from loyalty.services.programs import house_join
from loyalty.services.redemptions import redemption_cancel
from loyalty.services.vouchers import voucher_redeem
from tests.cast import TODAY
from tests.factories.loyalty import BEGAN, loyalty_program_make, reward_voucher_make


def test_it_is_worth_what_a_bill_of_the_hotel_is_paid(cast, django_assert_num_queries):
    program = loyalty_program_make(cast.alpha)
    house_join(program=program, place=cast.beta, joined_on=BEGAN, currency_rate=Decimal("0.01"))
    made = reward_voucher_make(cast.alpha, settlement_rate=20, hotels=["ALPHA", "BETA"])
    with django_assert_num_queries(2):
        here, there = (voucher_shown(made, cast.alpha), None)
    there = voucher_shown(made, cast.beta)
    assert (here.row, here.worth, there.worth) == (made, Money(20, "EUR"), Money(2000, "JPY"))
    assert (here.hotels, here.refusal) == (sorted([cast.alpha.name, cast.beta.name]), "")
    assert (here.is_printable, there.is_printable) == (True, False)


def test_one_that_is_handed_over_at_every_hotel(cast, django_assert_num_queries):
    made = reward_voucher_make(cast.alpha)
    with django_assert_num_queries(0):
        found = voucher_shown(made, cast.alpha)
    assert (found.worth, found.hotels, found.refusal) == (None, [], "")


def test_why_it_is_not_taken(cast):
    made = reward_voucher_make(cast.alpha, voucher_days=2)
    texts = []
    for days in (-1, 3):
        cast.alpha.business_date = TODAY + timedelta(days=days)
        texts.append(voucher_shown(made, cast.alpha).refusal)
    assert texts == [
        "This voucher is good from 14 Mar 2027 on.",
        "This voucher was good until 16 Mar 2027.",
    ]


def test_it_is_printed_until_it_is_used_or_given_up(cast):
    used, given_up = reward_voucher_make(cast.alpha), reward_voucher_make(cast.alpha)
    assert is_printable(used.redemption, cast.alpha)
    done = voucher_redeem(voucher=used, code=used.code, place=cast.alpha, actor=None)
    gone = redemption_cancel(redemption=given_up.redemption, actor=None)
    assert not is_printable(done.redemption, cast.alpha)
    assert not is_printable(gone, cast.alpha)


def test_who_opens_a_code_is_noted_with_its_member(cast, monkeypatch):
    written = []
    monkeypatch.setattr(access_notes, "_sinks", [written.append])
    made = reward_voucher_make(cast.alpha)
    with access_noted():
        assert code_opened(RewardVoucher.objects.get()) == made.code
    assert written == [[AccessNote("guests_guest", "view", (made.redemption.member.guest_id,))]]
