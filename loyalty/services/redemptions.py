"""The life of a redemption: held at a price that stays, confirmed, used; or given up, and its points go back."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from hotel.accounts.models import User
from hotel.contracts.loyalty import RedemptionUndone, RewardRedeemed
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, NotPermitted
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.core.words import _, in_english
from hotel.folios.models import Posting
from hotel.folios.services.corrections import posting_reverse
from hotel.properties.models import Property
from hotel.reservations.models import Reservation
from loyalty.choices import PointKind, RedemptionStatus, RewardKind
from loyalty.domain.redemptions import penalty
from loyalty.models import LoyaltyMember, ProgramProperty, Reward, RewardRedemption
from loyalty.models.rewards import OF_A_STAY, UNUSED
from loyalty.selectors.catalogue import COMING
from loyalty.selectors.redemptions import redemption_action
from loyalty.selectors.rewards import OF_DAYS, cost_of, reward_priced, taken_of
from loyalty.selectors.terms import today_of
from loyalty.services.heirs import points_go_on
from loyalty.services.points import (
    PointEvent,
    activity_note,
    points_give_back,
    points_spend,
    require_active,
)
from loyalty.services.pool_payments import payers_locked, pool_give_back, pool_pay, redeemer_locked
from loyalty.services.voucher_codes import voucher_issue

MOST = 100


@dataclass(frozen=True, kw_only=True)
class RedemptionAsked:
    """What a member wants for his points.

    Attributes:
        place: the hotel that serves it.
        quantity: how many; of free nights as many as the days have.
        points: how many he gives, the rest is money; None for all.
        reservation: the stay it is for; needed by free nights and credits on the bill.
        first_day, past_day: [first, past); of a stay its nights unless told.
        from_pool: whether his pool pays what he has not.
    """

    member: LoyaltyMember
    reward: Reward
    place: Property
    quantity: int = 1
    points: int | None = None
    reservation: Reservation | None = None
    first_day: date | None = None
    past_day: date | None = None
    from_pool: bool = False


@transaction.atomic
def redemption_hold(*, asked: RedemptionAsked, actor: User | None) -> RewardRedemption:
    """Take the points for a reward at today's price, and its part of the stock, until it is confirmed or released.

    Raises:
        Conflict: not an active membership (``member_not_active``); not offered here and now
            (``reward_not_offered``), for higher tiers (``tier_too_low``), none left (``reward_gone``;
            ``extra["left"]``); a night is free already (``night_is_free``).
        InvalidInput: quantity, points, days or stay do not fit (``quantity_invalid``, ``points_invalid``,
            ``days_invalid``, ``reservation_invalid``).
        PointsMissing: he has fewer, or his pool.

    Locks: the member, or all of his pool, then the reward when it has a stock.
    """
    payers = payers_locked(asked.member, from_pool=asked.from_pool)
    member = payers.member
    reward = _reward_locked(asked.reward.pk)
    house = _house(asked.place, reward)
    _check_offered(reward, member, asked.place)
    first, past, quantity = _days(asked, reward, member)
    left = None if reward.stock is None else reward.stock - taken_of(reward)
    if left is not None and quantity > left:
        raise Conflict(
            _("%(left)s of this reward are left.") % {"left": left}, code="reward_gone", extra={"left": left}
        )
    price = reward_priced(reward, place=asked.place, tier=member.tier, first_day=first, past_day=past)
    try:
        cost = cost_of(reward, house, whole=price.points * quantity, points=asked.points)
    except ValueError as error:
        raise InvalidInput(str(error), code="points_invalid") from error
    event = PointEvent(
        member=member,
        property_id=asked.place.pk,
        day=asked.place.business_date,
        kind=PointKind.REDEMPTION,
        because=reward.name if quantity == 1 else f"{quantity} × {reward.name}",
        actor=actor,
    )
    held = RewardRedemption.objects.create(
        reward=reward,
        kind=reward.kind,
        member=member,
        property=asked.place,
        quantity=quantity,
        reservation=asked.reservation,
        first_day=first,
        past_day=past,
        price=price.points,
        because=[list(line) for line in price.because],
        points=cost.points,
        cash=cost.cash,
        value=reward.settlement_rate * quantity,
        spent=None if payers.seat else points_spend(event, cost.points, on=today_of(member.program)),
        pool=payers.seat and payers.seat.pool,
        held_until=now() + timedelta(minutes=reward.hold_minutes),
        actor=actor,
    )
    if payers.seat:
        pool_pay(redemption=held, payers=payers, event=event)
    return held


@transaction.atomic
def redemption_confirm(*, redemption: RewardRedemption, actor: User | None) -> RewardRedemption:
    """Make a held redemption the member's; it counts as his activity.

    Raises:
        Conflict: not held any more (``redemption_…``), or for too long (``hold_over``).

    A voucher gets its code.

    Publishes: RewardRedeemed.

    Locks: the member and who goes on for him, the redemption.
    """
    line, fresh = redemption_locked(redemption, "confirm")
    member = line[-1]
    fresh.status = RedemptionStatus.CONFIRMED
    fresh.save(update_fields=["status", "updated_at"])
    activity_note(member, fresh.property.business_date)
    if fresh.kind == RewardKind.VOUCHER:
        voucher_issue(redemption=fresh)
    publish(
        RewardRedeemed(
            property_id=fresh.property_id,
            member_id=member.pk,
            guest_id=member.guest_id,
            program_id=member.program_id,
            redemption_id=fresh.pk,
            reward_kind=fresh.kind,
            points=fresh.points,
            value=fresh.value,
            business_date=fresh.property.business_date,
        )
    )
    return fresh


@transaction.atomic
def redemption_redeem(*, asked: RedemptionAsked, actor: User | None) -> RewardRedemption:
    """Hold and confirm in one step.

    Raises, Publishes, Locks: as those two.
    """
    return redemption_confirm(redemption=redemption_hold(asked=asked, actor=actor), actor=actor)


@transaction.atomic
def redemption_fulfil(*, redemption: RewardRedemption) -> RewardRedemption:
    """Note that the member has got what he redeemed.

    Raises:
        Conflict: not confirmed (``redemption_…``).

    Locks: the member and who goes on for him, the redemption.
    """
    _, fresh = redemption_locked(redemption, "fulfil")
    fresh.status = RedemptionStatus.FULFILLED
    fresh.save(update_fields=["status", "updated_at"])
    return fresh


@transaction.atomic
def redemption_cancel(
    *, redemption: RewardRedemption, actor: User | None, reason: str = ""
) -> RewardRedemption:
    """Give up a redemption: its points go back into the very lots, less the penalty of a confirmed one.

    Raises:
        Conflict: used or given up already (``redemption_…``).

    Publishes: RedemptionUndone, when it was confirmed.

    Locks: the member and who goes on for him, the redemption.
    """
    line, fresh = redemption_locked(redemption, "cancel")
    kept = 0
    if fresh.status == RedemptionStatus.CONFIRMED:
        kept = penalty_on(fresh, fresh.points_out(), fresh.first_day)
    return _given_up(line, fresh, RedemptionStatus.CANCELLED, fresh.points_out() - kept, actor, reason)


@transaction.atomic
def redemption_refund(*, redemption: RewardRedemption, actor: User | None, reason: str) -> RewardRedemption:
    """Give all points of a confirmed or used redemption back, because the house decides so.

    What it paid on a bill is owed there again.

    Raises:
        Conflict: held, or given up already (``redemption_…``).
        InvalidInput: no reason (``reason_required``).
        WindowClosed: the bill that it paid takes nothing any more.

    Publishes: RedemptionUndone.

    Locks: the member and who goes on for him, the redemption; the windows of the folio that it paid.
    """
    if not reason.strip():
        raise InvalidInput(_("Say why."), code="reason_required")
    line, fresh = redemption_locked(redemption, "refund")
    return _given_up(line, fresh, RedemptionStatus.REFUNDED, fresh.points_out(), actor, reason)


@transaction.atomic
def redemption_release(*, redemption_id: int) -> bool:
    """Give back a hold whose time is over. Repeatable; returns whether it did.

    Locks: the member and who goes on for him, the redemption.
    """
    row = RewardRedemption.objects.get(pk=redemption_id)
    line, fresh = redemption_fresh(row)
    if fresh.status != RedemptionStatus.HELD or fresh.held_until > now():
        return False
    _given_up(line, fresh, RedemptionStatus.RELEASED, fresh.points_out(), None, "")
    return True


@transaction.atomic
def redemptions_of_stay_cancel(*, reservation_id: int, reason: str) -> int:
    """Cancel what was redeemed for a stay that will not be, by the rules of each. Repeatable; returns how many.

    Publishes: RedemptionUndone, of each that was confirmed.

    Locks: the member and who goes on for him, the redemptions.
    """
    rows = RewardRedemption.objects.filter(reservation_id=reservation_id, status__in=UNUSED).order_by("pk")
    return len([redemption_cancel(redemption=row, actor=None, reason=reason) for row in rows])


def _given_up(
    line: list[LoyaltyMember],
    redemption: RewardRedemption,
    status: RedemptionStatus,
    points: int,
    actor: User | None,
    reason: str,
) -> RewardRedemption:
    """The points go back, the stock is free, and who counts on the redemption hears of it."""
    member = line[0]
    was_held = redemption.status == RedemptionStatus.HELD
    settlement_take_back(redemption, actor, str(status.label))
    redemption_points_back(line, redemption, points, because=in_english(status.label), actor=actor)
    redemption.status, redemption.closed_at = status, now()
    redemption.reason = reason.strip()[:200]
    redemption.save(update_fields=["status", "closed_at", "returned", "reason", "updated_at"])
    if not was_held:
        publish(
            RedemptionUndone(
                property_id=redemption.property_id,
                member_id=member.pk,
                guest_id=member.guest_id,
                program_id=member.program_id,
                redemption_id=redemption.pk,
                status=status,
                returned=points,
                business_date=redemption.property.business_date,
            )
        )
    return redemption


def penalty_on(redemption: RewardRedemption, points: int, first_day: date | None) -> int:
    """What its reward keeps of points that go back today, for what would begin on a day."""
    return penalty(
        points,
        percent=redemption.reward.penalty_percent,
        free_days=redemption.reward.free_cancel_days,
        first_day=first_day,
        on=redemption.property.business_date,
    )


def redemption_points_back(
    line: list[LoyaltyMember], redemption: RewardRedemption, points: int, *, because: str, actor: User | None
) -> None:
    """Points of a redemption go back into the very lots; its caller saves how many did.

    Who was merged since gets them for the member who goes on for him.

    Args:
        line: of its member, locked.
        points: at most what has not gone back yet.
    """
    if points:
        event = PointEvent(
            member=line[0],
            property_id=redemption.property_id,
            day=redemption.property.business_date,
            kind=PointKind.GIVEN_BACK,
            because=f"{redemption.reward.name}: {because}",
            actor=actor,
        )
        if redemption.spent is None:
            pool_give_back(redemption=redemption, event=event, points=points)
        else:
            points_give_back(event, redemption.spent, points)
            points_go_on(line)
        redemption.returned += points


def settlement_take_back(redemption: RewardRedemption, actor: User | None, reason: str) -> None:
    """What it paid on a bill is owed there again, at the price that was charged.

    Raises:
        NotPermitted: the bill is of a hotel that the caller does not see.
    """
    if redemption.settlement_id is None:
        return
    paid = redemption.settlement
    if paid is None:
        raise NotPermitted(_("It paid at another hotel: take it back there."))
    posting_reverse(posting=paid, actor=actor, reason=reason)
    rebates = Posting.objects.at(paid.property_id).filter(
        window__folio__windows=paid.window_id, source=paid.source, source_key__startswith=rate_key(redemption)
    )
    for rebate in rebates.order_by("pk"):
        posting_reverse(posting=rebate, actor=actor, reason=reason)


def rate_key(redemption: RewardRedemption) -> str:
    """What its rebates to the internal rate are known by, before the charge of each."""
    return f"{redemption.pk}:rate"


def redemption_locked(
    redemption: RewardRedemption, command: str
) -> tuple[list[LoyaltyMember], RewardRedemption]:
    """The line of its member (see ``line_locked``) and the redemption, locked until the end of the transaction.

    Raises:
        Conflict: the command may not be given now (``redemption_…`` and others, see the table).
    """
    line, fresh = redemption_fresh(redemption)
    asked = redemption_action(fresh, command)
    if not asked.is_allowed:
        raise asked.refusal(fresh.status)
    return line, fresh


def redemption_fresh(redemption: RewardRedemption) -> tuple[list[LoyaltyMember], RewardRedemption]:
    """As ``redemption_locked``, whatever is to be done with it."""
    line = redeemer_locked(redemption)
    parts = RewardRedemption.objects.select_related(
        "reward", "property", "spent", "reservation", "settlement"
    )
    (fresh,) = lock_rows(parts.filter(pk=redemption.pk))
    return line, fresh


def _reward_locked(reward_id: int) -> Reward:
    """The reward; locked when it may run out, so that who takes the last one is known."""
    rows = Reward.objects.select_related("program", "min_tier").filter(pk=reward_id)
    if rows.filter(stock__isnull=False).exists():
        return lock_rows(rows)[0]
    return rows.get()


def _house(place: Property, reward: Reward) -> ProgramProperty:
    houses = ProgramProperty.objects.at(place.pk).on(place.business_date).select_related("property")
    house = houses.filter(program_id=reward.program_id).first()
    if house is None or (reward.hotels and place.code not in reward.hotels):
        raise Conflict(
            _("%(place)s does not have this reward.") % {"place": place.name}, code="reward_not_offered"
        )
    return house


def _check_offered(reward: Reward, member: LoyaltyMember, place: Property) -> None:
    require_active(member)
    is_of_program = member.program_id == reward.program_id and reward.program.is_active
    if not is_of_program or not Reward.objects.filter(pk=reward.pk).on(place.business_date).exists():
        raise Conflict(_("This reward is not offered today."), code="reward_not_offered")
    if reward.min_tier is not None and member.tier.level < reward.min_tier.level:
        raise Conflict(
            _("This reward is for %(min_tier)s and above.") % {"min_tier": reward.min_tier.name},
            code="tier_too_low",
        )


def _days(
    asked: RedemptionAsked, reward: Reward, member: LoyaltyMember
) -> tuple[date | None, date | None, int]:
    """First day, day after the last, and how many: of free nights as many as the days have."""
    stay = asked.reservation
    _check_stay(stay, asked.place, reward, member)
    first, past = asked.first_day, asked.past_day
    if stay is not None and reward.kind in OF_DAYS:
        first, past = first or stay.arrival, past or stay.departure
    if (first is None) != (past is None) or (first and past and not first < past):
        raise InvalidInput(_("Give a first day, and a later one after the last."), code="days_invalid")
    if reward.kind != RewardKind.FREE_NIGHT:
        if not 0 < asked.quantity <= MOST:
            raise InvalidInput(_("Redeem 1 to %(most)s.") % {"most": MOST}, code="quantity_invalid")
        return first, past, asked.quantity
    if first is None or past is None or stay is None or not stay.arrival <= first < past <= stay.departure:
        raise InvalidInput(_("Free nights are nights of the stay."), code="days_invalid")
    taking = RewardRedemption.objects.filter(reservation=stay, kind=RewardKind.FREE_NIGHT).taking()
    if taking.filter(first_day__lt=past, past_day__gt=first).exists():
        raise Conflict(_("One of these nights is free already."), code="night_is_free")
    return first, past, (past - first).days


def _check_stay(stay: Reservation | None, place: Property, reward: Reward, member: LoyaltyMember) -> None:
    if stay is None:
        if reward.kind in OF_A_STAY:
            raise InvalidInput(_("Say for which stay."), code="reservation_invalid")
        return
    is_his = stay.property_id == place.pk and stay.primary_guest_id == member.guest_id
    if not is_his or stay.status not in COMING:
        text = _("Choose a confirmed stay of the member at this hotel.")
        raise InvalidInput(text, code="reservation_invalid")
