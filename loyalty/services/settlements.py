"""Points pay on the bill: a payment that stands in the books like any other, and is taken back with its redemption."""

from django.db import transaction
from moneyed import Money

from hotel.accounts.models import User
from hotel.core.exceptions import Conflict
from hotel.core.words import _
from hotel.folios.choices import CodeKind
from hotel.folios.domain.codes import CodeSeed
from hotel.folios.models import FolioWindow, Posting
from hotel.folios.selectors.balances import window_balances
from hotel.folios.services.codes import codes_ensure
from hotel.folios.services.corrections import charges_adjust
from hotel.folios.services.folios import folio_open
from hotel.folios.services.posting_data import Memo
from hotel.folios.services.settlements import payment_post
from hotel.reservations.models import Reservation
from loyalty.choices import RedemptionStatus, RewardKind
from loyalty.models import RewardRedemption
from loyalty.selectors.settlements import nights_charged, value_at
from loyalty.services.free_nights import nights_fit
from loyalty.services.redemptions import rate_key, redemption_locked

POINTS = CodeSeed("points", "Loyalty points", CodeKind.PAYMENT)
SOURCE = "loyalty"


@transaction.atomic
def redemption_settle(*, redemption: RewardRedemption, actor: User | None) -> RewardRedemption:
    """Pay on the bill of the stay what was redeemed: it is used then. Its posting is made once.

    Free nights pay what their room was charged, less the part that the member gives in money; their room is rebated to
    the worth of the redemption first, when that is less: the hotel earns the internal rate. A credit pays its value.

    Raises:
        Conflict: not confirmed (``redemption_…``), on no bill (``no_bill``), nights are still to be charged
            (``nights_ahead``), nothing was charged (``nothing_charged``), a credit above what is owed
            (``bill_below_credit``).
        WindowClosed: the bill takes nothing any more.

    Nights that the stay has no more go back first.

    Publishes: PaymentReceived, ChargePosted, RedemptionReduced.

    Locks: the member, the redemption, the property (shared), the windows of the folio.
    """
    line, fresh = redemption_locked(redemption, "settle")
    if fresh.kind == RewardKind.FREE_NIGHT:
        nights_fit(line, fresh, actor=actor)
    window, amount = _nights(fresh) if fresh.kind == RewardKind.FREE_NIGHT else _credit(fresh)
    fresh.settlement = points_pay(fresh, window, amount, key=str(fresh.pk), actor=actor)
    fresh.status = RedemptionStatus.FULFILLED
    fresh.save(update_fields=["status", "settlement", "updated_at"])
    return fresh


def points_pay(
    redemption: RewardRedemption, window: FolioWindow, amount: Money, *, key: str, actor: User | None
) -> Posting:
    """Post what a redemption pays as *Loyalty points*; once for the key."""
    codes = codes_ensure(place=window.property, seeds=[POINTS])
    return payment_post(
        window=window,
        code=codes[POINTS.kind, POINTS.code],
        amount=amount,
        actor=actor,
        memo=Memo(description=redemption.reward.name, source=SOURCE, source_key=key),
    )


def credit_on(redemption: RewardRedemption, stay: Reservation) -> tuple[FolioWindow, Money]:
    """The bill of a stay, and the worth of a redemption there, which it pays whole or not at all.

    Raises:
        Conflict: fewer is owed (``bill_below_credit``).
    """
    window = folio_open(reservation=stay).windows.select_related("property", "folio").get(number=1)
    amount = value_at(redemption, window.property)
    owed = window_balances(window.property_id, [window.pk])[window.pk]
    if not 0 < amount.amount <= owed.amount:
        text = _("%(owed)s are owed: a credit pays no more than that.") % {"owed": owed}
        raise Conflict(text, code="bill_below_credit")
    return window, amount


def _nights(redemption: RewardRedemption) -> tuple[FolioWindow, Money]:
    found = nights_charged(redemption)
    if found.charged_until < found.past:
        text = _("Its nights are charged by %(past)s: settle it then.") % {"past": f"{found.past:%d %b %Y}"}
        raise Conflict(text, code="nights_ahead")
    amount = Money(found.amount - redemption.cash, str(redemption.property.currency))
    if found.window is None or amount.amount <= 0:
        raise Conflict(_("Nothing is to be paid for these nights."), code="nothing_charged")
    worth = value_at(redemption, redemption.property)
    if not 0 < worth.amount < amount.amount:
        return found.window, amount
    charges_adjust(
        postings=found.charges,
        amount=amount - worth,
        reason=f"{redemption.reward.name}: internal rate",
        memo=Memo(source=SOURCE, source_key=rate_key(redemption)),
    )
    return found.window, worth


def _credit(redemption: RewardRedemption) -> tuple[FolioWindow, Money]:
    assert redemption.reservation is not None  # noqa: S101  (asked by the table and by the database)
    return credit_on(redemption, redemption.reservation)
