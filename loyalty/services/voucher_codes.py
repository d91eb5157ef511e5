"""The code of a voucher: drawn once, sealed, and found by its fingerprint."""

import secrets
from datetime import timedelta

from hotel.core.crypto import key_ring
from loyalty.domain.vouchers import SPACE, voucher_code
from loyalty.models import RewardRedemption, RewardVoucher

CONTEXT = "loyalty.voucher"


def voucher_issue(*, redemption: RewardRedemption) -> RewardVoucher:
    """Give a redemption its code, good from the hotel's business date on. One for all of a quantity.

    A part that was paid with money is of the currency of its hotel: such a voucher is taken there alone.
    """
    reward, place = redemption.reward, redemption.property
    code, first = voucher_code(secrets.randbelow(SPACE)), place.business_date
    return RewardVoucher.objects.create(
        redemption=redemption,
        code=code,
        fingerprint=key_ring().fingerprint(code, context=CONTEXT),
        ending=code[-4:],
        hotels=[place.code] if redemption.cash else reward.hotels,
        valid_from=first,
        valid_until=None if reward.voucher_days is None else first + timedelta(days=reward.voucher_days),
    )


def fingerprints_of(code: str) -> list[str]:
    """What a code is looked for by."""
    return key_ring().fingerprints(code, context=CONTEXT)
