"""What loyalty tells the house."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from hotel.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class _MemberFact(Fact):
    """Something about one member. No fact of its own.

    Attributes:
        property_id: where it happened.
        member_id: facts about one are delivered in order.
        guest_id: whose membership it is.
        program_id: of which programme.
    """

    aggregate_name: ClassVar[str] = "member"
    aggregate_field: ClassVar[str] = "member_id"

    member_id: int
    guest_id: int
    program_id: int


@dataclass(frozen=True, kw_only=True)
class MemberEnrolled(_MemberFact):
    """A guest joined a programme; ``channel`` is where."""

    channel: str
    business_date: date


@dataclass(frozen=True, kw_only=True)
class PointsAwarded(_MemberFact):
    """Points were earned, or (below zero) a correction took some back.

    Attributes:
        points: the sum of what was booked.
        reservation_id: the stay they are for; None for those by hand.
    """

    points: int
    reservation_id: int | None
    business_date: date


@dataclass(frozen=True, kw_only=True)
class TierChanged(_MemberFact):
    """A member rose or fell: codes of the tiers, and the last day of the new one; None for no end."""

    before: str
    after: str
    on: date
    until: date | None


@dataclass(frozen=True, kw_only=True)
class ChallengeMoved(_MemberFact):
    """A member joined a challenge, reached it, missed it, or a correction changed which.

    Attributes:
        status: ``open``, ``done`` or ``missed``.
        missing: what was missing when it was missed, in words.
    """

    challenge_id: int
    status: str
    last_on: date | None
    missing: str


@dataclass(frozen=True, kw_only=True)
class StatusMatchDecided(_MemberFact):
    """A member who showed a tier of another programme was granted one, or was not.

    Attributes:
        tier: code of what he asked for.
        until: last day of what he was granted; None when he was refused.
        because: why he was refused, or why he does not take part in the challenge that comes with it.
    """

    match_id: int
    is_approved: bool
    tier: str
    until: date | None
    because: str


@dataclass(frozen=True, kw_only=True)
class RewardRedeemed(_MemberFact):
    """A member's points bought a reward.

    Attributes:
        redemption_id: what is told of it later names it.
        reward_kind: such as ``free_night``.
        points: taken.
        value: what the hotel gets for it, in the programme's currency.
    """

    redemption_id: int
    reward_kind: str
    points: int
    value: Decimal
    business_date: date


@dataclass(frozen=True, kw_only=True)
class VoucherRedeemed(_MemberFact):
    """Somebody showed the code of a member's voucher, at the hotel that the fact is of.

    Attributes:
        value: what it is worth, in the programme's currency; 0 for what was handed over.
    """

    redemption_id: int
    value: Decimal
    business_date: date


@dataclass(frozen=True, kw_only=True)
class RedemptionUndone(_MemberFact):
    """A redemption that was told of was cancelled or given back: its new status, and the points that went back."""

    redemption_id: int
    status: str
    returned: int
    business_date: date


@dataclass(frozen=True, kw_only=True)
class RedemptionReduced(_MemberFact):
    """Free nights that a stay has no more went back: how many are left, the points that went back, the worth left."""

    redemption_id: int
    nights: int
    returned: int
    value: Decimal
    business_date: date


@dataclass(frozen=True, kw_only=True)
class PoolJoined(_MemberFact):
    """A member is in a pool of points since a day of the programme's zone."""

    pool_id: int
    on: date


@dataclass(frozen=True, kw_only=True)
class PoolLeft(_MemberFact):
    """A member is in a pool no more since a day of the programme's zone."""

    pool_id: int
    on: date


@dataclass(frozen=True, kw_only=True)
class _ProgramFact(Fact):
    """Something about a hotel in a programme, in the programme's currency. No fact of its own.

    Attributes:
        property_id: of whose books it is.
        program_id: facts about one are delivered in order.
    """

    aggregate_name: ClassVar[str] = "loyalty_program"
    aggregate_field: ClassVar[str] = "program_id"

    program_id: int
    business_date: date
    currency: str


@dataclass(frozen=True, kw_only=True)
class LiabilityMeasured(_ProgramFact):
    """What the outstanding points of a hotel are worth at the beginning of a day of the programme's zone.

    Attributes:
        points: outstanding, pending ones as well.
        gross: what they would cost if all were spent.
        breakage: the part that is never spent.
        net: gross without breakage; what the books show.
        moved: what the net has changed by since it was measured last.
    """

    points: int
    gross: Decimal
    breakage: Decimal
    net: Decimal
    moved: Decimal


@dataclass(frozen=True, kw_only=True)
class PointsSettled(_ProgramFact):
    """What a hotel owes another for the points of a month, whose last day the date is; told to each side.

    Attributes:
        given: points of this hotel that the other one served.
        served: points of the other one that this hotel served.
        amount: to pay; below zero to get.
    """

    counterpart_id: int
    given: int
    served: int
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class PartnerPointsOwed(_ProgramFact):
    """What a partner owes the hotel of his contract for the points of a month, whose last day the date is.

    Attributes:
        given: points that he posted in the month.
        taken_back: points that were reversed in it.
        amount: to get; below zero to pay back.
    """

    partner_id: int
    given: int
    taken_back: int
    amount: Decimal
