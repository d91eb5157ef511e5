"""A voucher's code is drawn when it is confirmed; the database cannot tell it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from loyalty.domain.vouchers import code_read
from loyalty.models import RewardVoucher
from loyalty.services.redemptions import redemption_confirm
from loyalty.services.voucher_codes import fingerprints_of
from tests.cast import TODAY
from tests.factories.loyalty import points_make, reward_make, reward_redemption_make, reward_voucher_make
from tests.structure import by_owner


def test_a_confirmed_voucher_has_a_code_that_only_its_reader_knows(cast):
    made = reward_voucher_make(cast.alpha)
    kept = RewardVoucher.objects.get()
    assert (code_read(made.code), kept.code, kept.ending) == (made.code, made.code, made.code[-4:])
    assert kept.fingerprint in fingerprints_of(made.code)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(v)::text FROM loyalty_rewardvoucher v")
        (row,) = cursor.fetchone()
    assert made.code not in row
    assert made.code.replace("-", "") not in row
    assert str(kept) == f"…{made.code[-4:]}"


def test_its_days_and_hotels_are_those_of_the_reward_then(cast):
    made = reward_voucher_make(cast.alpha, voucher_days=30, hotels=["ALPHA"])
    reward = made.redemption.reward
    reward.hotels, reward.voucher_days = ["BETA"], 1
    reward.save()
    made.refresh_from_db()
    assert (made.valid_from, made.valid_until, made.hotels) == (TODAY, TODAY + timedelta(days=30), ["ALPHA"])


def test_without_days_it_is_good_without_end_and_everywhere(cast):
    made = reward_voucher_make(cast.alpha)
    assert (made.valid_from, made.valid_until, made.hotels, made.redeemed_at) == (TODAY, None, [], None)


def test_one_that_was_partly_money_is_taken_where_the_money_is(cast, member):
    points_make(member, 1000)
    reward = reward_make(cast.alpha, kind="voucher", cash_percent=50, cash_per_point=Decimal("0.01"))
    held = reward_redemption_make(cast.alpha, member, reward, points=500)
    assert redemption_confirm(redemption=held, actor=None).voucher.hotels == [cast.alpha.code]


def test_what_is_held_or_is_no_voucher_has_no_code(cast):
    reward_redemption_make(cast.alpha, None, reward_make(cast.alpha, kind="voucher"))
    assert RewardVoucher.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"valid_until": TODAY}, "keeps what it is"),
        ({"hotels": ["BETA"]}, "keeps what it is"),
        ({"ending": "AAAA"}, "keeps what it is"),
        ({"redeemed_at": "2027-03-14T12:00Z"}, "loyalty_voucher_redeemed_somewhere"),
    ],
)
def test_the_database_keeps_what_a_voucher_is(cast, values, name):
    reward_voucher_make(cast.alpha)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        RewardVoucher.objects.update(**values)


def test_a_voucher_is_not_deleted(cast):
    made = reward_voucher_make(cast.alpha)
    with by_owner(), pytest.raises(IntegrityError, match="not deleted"), transaction.atomic():
        made.delete()
