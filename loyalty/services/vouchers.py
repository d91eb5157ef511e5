"""Vouchers at the desk: looked up by their code, redeemed once, taken back."""

from django.db import transaction

from hotel.accounts.models import User
from hotel.contracts.loyalty import VoucherRedeemed
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, NotFound
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.core.words import _, gettext_noop
from hotel.folios.models import Posting
from hotel.properties.models import Property
from hotel.reservations.models import Reservation
from loyalty.choices import RedemptionStatus
from loyalty.domain.vouchers import code_read, refusal
from loyalty.models import ProgramProperty, RewardRedemption, RewardVoucher
from loyalty.selectors.catalogue import COMING
from loyalty.services.redemptions import redemption_fresh, settlement_take_back
from loyalty.services.settlements import credit_on, points_pay
from loyalty.services.voucher_codes import fingerprints_of

UNKNOWN = gettext_noop("No voucher with this code is taken here.")


def voucher_look_up(*, place: Property, code: str) -> RewardVoucher:
    """The voucher of a code that somebody shows, whatever has become of it; its door counts how often.

    Raises:
        NotFound: no such code, or this hotel does not take it (``voucher_unknown``): both say the same.
    """
    read = code_read(code)
    rows = RewardVoucher.objects.select_related("redemption__reward")
    found = rows.filter(fingerprint__in=fingerprints_of(read)).first() if read else None
    if found is None or (found.hotels and place.code not in found.hotels):
        raise NotFound(_(UNKNOWN), code="voucher_unknown")
    houses = ProgramProperty.objects.at(place.pk).on(place.business_date)
    if not houses.filter(program_id=found.redemption.reward.program_id).exists():
        raise NotFound(_(UNKNOWN), code="voucher_unknown")
    return found


@transaction.atomic
def voucher_redeem(
    *,
    voucher: RewardVoucher,
    code: str,
    place: Property,
    reservation: Reservation | None = None,
    actor: User | None,
) -> RewardVoucher:
    """Take a voucher: one that is worth money pays on the bill of a stay, whole; another one is handed over. Once.

    Args:
        voucher: as it was looked up.
        code: its own, shown again.
        place: the hotel that takes it, on its business date.
        reservation: whose bill it pays; anybody's, for a voucher may be given away.

    Raises:
        NotFound: another code, or this hotel does not take it (``voucher_unknown``).
        Conflict: redeemed (``voucher_redeemed``), given back (``voucher_void``), too early (``voucher_not_yet``), too
            late (``voucher_over``), or above what is owed (``bill_below_credit``).
        InvalidInput: no stay for one that pays, or a stay for one that does not (``reservation_invalid``).
        WindowClosed: the bill takes nothing any more.

    Publishes: VoucherRedeemed, PaymentReceived.

    Locks: the member and who goes on for him, the redemption, the voucher; the property (shared), the windows of the
        folio.
    """
    if voucher_look_up(place=place, code=code) != voucher:
        raise NotFound(_(UNKNOWN), code="voucher_unknown")
    redemption, fresh = _locked(voucher)
    why = refusal(
        redemption.status, valid_from=fresh.valid_from, valid_until=fresh.valid_until, on=place.business_date
    )
    if why is not None:
        raise Conflict(why[1], code=why[0])
    fresh.uses += 1
    if redemption.value > 0:
        redemption.settlement = _paid(redemption, fresh, place, reservation, actor)
    elif reservation is not None:
        raise InvalidInput(_("This voucher pays on no bill."), code="reservation_invalid")
    redemption.status = RedemptionStatus.FULFILLED
    redemption.save(update_fields=["status", "settlement", "updated_at"])
    fresh.redeemed_at, fresh.redeemed_place, fresh.redeemed_by = now(), place, actor
    fresh.save(update_fields=["uses", "redeemed_at", "redeemed_place", "redeemed_by", "updated_at"])
    publish(
        VoucherRedeemed(
            property_id=place.pk,
            member_id=redemption.member_id,
            guest_id=redemption.member.guest_id,
            program_id=redemption.reward.program_id,
            redemption_id=redemption.pk,
            value=redemption.value,
            business_date=place.business_date,
        )
    )
    return fresh


@transaction.atomic
def voucher_take_back(*, voucher: RewardVoucher, actor: User | None, reason: str) -> RewardVoucher:
    """Undo that a voucher was redeemed: what it paid is owed again, and it may be redeemed anew while it is good.

    Raises:
        InvalidInput: no reason (``reason_required``).
        Conflict: not redeemed, or given back since (``voucher_not_redeemed``).
        WindowClosed: the bill that it paid takes nothing any more.

    Locks: as ``voucher_redeem``.
    """
    if not reason.strip():
        raise InvalidInput(_("Say why."), code="reason_required")
    redemption, fresh = _locked(voucher)
    if redemption.status != RedemptionStatus.FULFILLED:
        raise Conflict(_("This voucher is not redeemed."), code="voucher_not_redeemed")
    settlement_take_back(redemption, actor, reason.strip())
    redemption.status, redemption.settlement = RedemptionStatus.CONFIRMED, None
    redemption.save(update_fields=["status", "settlement", "updated_at"])
    fresh.redeemed_at = fresh.redeemed_place = fresh.redeemed_by = None
    fresh.save(update_fields=["redeemed_at", "redeemed_place", "redeemed_by", "updated_at"])
    return fresh


def _locked(voucher: RewardVoucher) -> tuple[RewardRedemption, RewardVoucher]:
    _, redemption = redemption_fresh(voucher.redemption)
    (fresh,) = lock_rows(RewardVoucher.objects.filter(pk=voucher.pk))
    fresh.redemption = redemption
    return redemption, fresh


def _paid(
    redemption: RewardRedemption,
    voucher: RewardVoucher,
    place: Property,
    stay: Reservation | None,
    actor: User | None,
) -> Posting:
    if stay is None or stay.property_id != place.pk or stay.status not in COMING:
        text = _("Choose a confirmed stay at this hotel, whose bill it pays.")
        raise InvalidInput(text, code="reservation_invalid")
    window, amount = credit_on(redemption, stay)
    key = f"{redemption.pk}:{voucher.uses}"
    return points_pay(redemption, window, amount, key=key, actor=actor)
