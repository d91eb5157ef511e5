"""Programmes, members and their points, made by the services."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any, Self

from django.db import transaction
from django.utils.functional import cached_property

from hotel.core.months import months_later
from hotel.guests.models import Guest
from hotel.guests.services.merges import guest_merge
from hotel.properties.models import Property
from hotel.properties.services.business_days import business_day_close
from hotel.reservations.models import Reservation
from hotel.reservations.services.assignment import room_assign
from hotel.rooms.models import Room
from hotel.stays.services.check_in import check_in
from hotel.stays.services.check_out import check_out
from loyalty.choices import PointKind
from loyalty.models import (
    BonusCampaign,
    CampaignRegistration,
    Challenge,
    ChallengeEntry,
    EarningRule,
    LiabilitySnapshot,
    LoyaltyMember,
    LoyaltyPartner,
    LoyaltyProgram,
    LoyaltyTier,
    MemberImport,
    MemberImportRow,
    MemberMerge,
    PartnerAccrual,
    PartnerStatement,
    PointAdjustment,
    PointLot,
    PointMovement,
    PointPool,
    PointTransaction,
    PoolMember,
    PoolPayment,
    ProgramProperty,
    PropertySettlement,
    Referral,
    ReferralRule,
    Reward,
    RewardRedemption,
    RewardVoucher,
    StatusMatch,
    StatusMatchRule,
    StayAccrual,
    StayClaim,
    TierChange,
    TierCredit,
)
from loyalty.services.adjustments import points_adjust
from loyalty.services.campaigns import campaign_create, campaign_register
from loyalty.services.challenges import challenge_create, challenge_join
from loyalty.services.claims import claim_make
from loyalty.services.enrolment import member_enrol
from loyalty.services.imports import import_read
from loyalty.services.matches import match_ask, match_rule_create
from loyalty.services.merges import memberships_follow
from loyalty.services.partners import partner_create, partner_post
from loyalty.services.points import PointEvent, member_locked, points_give
from loyalty.services.pools import pool_accept, pool_invite, pool_open
from loyalty.services.programs import house_join, program_create, rule_create
from loyalty.services.redemptions import RedemptionAsked, redemption_confirm, redemption_hold
from loyalty.services.referrals import referral_rule_set
from loyalty.services.rewards import reward_create
from loyalty.services.tiers import tier_grant
from tests.factories.guests import guest_make
from tests.factories.properties import property_make
from tests.factories.reservations import house_of, reservation_make
from tests.factories.stays import bill_pay

BEGAN = date(2026, 1, 1)


def loyalty_program_make(place: Property, **over: Any) -> LoyaltyProgram:
    """The programme of a hotel: points never end, and may be spent at once. Made when it is asked for first."""
    house = ProgramProperty.objects.at(place.pk).filter(left_on=None).first()
    if house is not None:
        return house.program
    values = {
        "code": place.code,
        "name": "Club",
        "currency": str(place.currency),
        "time_zone": place.time_zone,
        **over,
    }
    program = program_create(chain=place.chain, values=values)
    house_join(program=program, place=place, joined_on=BEGAN)
    return program


def program_property_make(place: Property) -> ProgramProperty:
    """That a hotel takes part."""
    return loyalty_program_make(place).houses.get(property=place)


def loyalty_tier_make(place: Property, **over: Any) -> LoyaltyTier:
    """Silver from ten nights on."""
    values = {"level": 1, "code": "silver", "name": "Silver", "min_nights": 10, **over}
    return LoyaltyTier.objects.create(program=loyalty_program_make(place), **values)


def earning_rule_make(place: Property, **over: Any) -> EarningRule:
    """Ten points for each unit spent."""
    values = {
        "code": "spend",
        "name": "Ten for each",
        "basis": "spend",
        "rate": 10,
        "valid_from": BEGAN,
        **over,
    }
    return rule_create(program=loyalty_program_make(place), values=values)


def loyalty_member_make(place: Property, guest: Guest | None = None, **over: Any) -> LoyaltyMember:
    """A member who enrolled today."""
    loyalty_program_make(place)
    return member_enrol(place=place, guest=guest or guest_make(place), **over)


@transaction.atomic
def points_make(member: LoyaltyMember, points: int = 1000, **over: Any) -> PointTransaction:
    """Points that may be spent at once, unless told."""
    place, usable_from = member.home, over.pop("usable_from", None)
    event = PointEvent(
        member=member_locked(member.pk),
        property_id=place.pk,
        kind=PointKind.BONUS,
        **{"day": place.business_date, "because": "A gift", **over},
    )
    return points_give(event, points, usable_from=usable_from)


def point_transaction_make(place: Property) -> PointTransaction:
    """A thousand points of a new member."""
    return points_make(loyalty_member_make(place))


def point_lot_make(place: Property) -> PointLot:
    """A lot of a thousand points."""
    return point_transaction_make(place).lots.get()


def point_movement_make(place: Property) -> PointMovement:
    """What filled a lot."""
    return point_transaction_make(place).movements.get()


def point_adjustment_make(place: Property, **over: Any) -> PointAdjustment:
    """A hundred points by hand."""
    values = {"points": 100, "reason": "An apology", "actor": None, **over}
    return points_adjust(member=loyalty_member_make(place), place=place, **values)


def tier_change_make(place: Property) -> TierChange:
    """A member who was granted Silver."""
    member, tier = loyalty_member_make(place), loyalty_tier_make(place)
    tier_grant(member=member, tier=tier, until=None, reason="Invited", actor=None)
    return member.tier_changes.get()


def member_merge_make(place: Property) -> MemberMerge:
    """Two members who turned out to be one guest."""
    kept, merged = loyalty_member_make(place), loyalty_member_make(place)
    done = guest_merge(kept=kept.guest, merged=merged.guest, by=None, reason="The same passport")
    memberships_follow(guest_merge_id=done.pk)
    return MemberMerge.objects.get(guest_merge=done)


def member_import_make(
    place: Property, text: str = "name,email\nKim Berger,kim@example.com\n"
) -> MemberImport:
    """A file of one member, not checked yet."""
    loyalty_program_make(place)
    file = BytesIO(text.encode())
    return import_read(place=place, file=file, name="members.csv", is_xlsx=False, actor=None)


def member_import_row_make(place: Property) -> MemberImportRow:
    """The line of it."""
    return member_import_make(place).rows.get()


def bonus_campaign_make(place: Property, **over: Any) -> BonusCampaign:
    """For stays of the year, for everybody and without end."""
    values = {
        "code": "spring",
        "name": "Spring",
        "stay_from": BEGAN,
        "stay_until": date(2027, 12, 31),
        **over,
    }
    return campaign_create(program=loyalty_program_make(place), values=values)


def campaign_registration_make(place: Property) -> CampaignRegistration:
    """A new member who takes part."""
    campaign = bonus_campaign_make(place, needs_registration=True)
    return campaign_register(campaign=campaign, member=loyalty_member_make(place))


def stay_claim_make(place: Property, **over: Any) -> StayClaim:
    """A night that the house does not know, of a member who enrolled today."""
    today = place.business_date
    values = {
        "member": over.pop("member", None) or loyalty_member_make(place),
        "arrival": today, "departure": today, "evidence": "A bill on paper", "actor": None, **over,
    }  # fmt: skip
    return claim_make(place=place, **values)


def status_match_rule_make(place: Property, **over: Any) -> StatusMatchRule:
    """Who is Other Club Platinum is Silver for ninety days."""
    program = loyalty_program_make(place)
    values = {"foreign_program": "Other Club", "foreign_tier": "Platinum", "days": 90, **over}
    values.setdefault("tier", program.tiers.filter(level=1).first() or loyalty_tier_make(place))
    return match_rule_create(program=program, values=values)


def status_match_make(place: Property, **over: Any) -> StatusMatch:
    """A new member who showed his card of Other Club."""
    member = over.pop("member", None) or loyalty_member_make(place)
    program = loyalty_program_make(place)
    rule = program.match_rules.filter(is_active=True).first() or status_match_rule_make(place)
    values = {
        "foreign_program": rule.foreign_program, "foreign_tier": rule.foreign_tier,
        "foreign_number": f"OC {member.pk}", "evidence": "His card", "actor": None, **over,
    }  # fmt: skip
    return match_ask(member=member, place=place, **values)


def challenge_make(place: Property, **over: Any) -> Challenge:
    """Three nights within thirty days, for two thousand points."""
    values = {"code": "nights", "name": "Three nights", "days": 30, "min_nights": 3, "points": 2000, **over}
    return challenge_create(program=loyalty_program_make(place), values=values)


def challenge_entry_make(place: Property) -> ChallengeEntry:
    """A new member who takes part."""
    challenge = loyalty_program_make(place).challenges.first() or challenge_make(place)
    return challenge_join(challenge=challenge, member=loyalty_member_make(place), place=place)


def referral_rule_make(place: Property, **over: Any) -> ReferralRule:
    """A thousand points for who brings somebody, five hundred for who is brought."""
    values = {"referrer_points": 1000, "referred_points": 500, "valid_from": BEGAN, **over}
    return referral_rule_set(program=loyalty_program_make(place), values=values)


def referral_make(place: Property) -> Referral:
    """One that waits for a stay no more; its points are left out."""
    accrual = stay_accrual_make(place)
    rule = ReferralRule.objects.filter(program=accrual.member.program).first() or referral_rule_make(place)
    return Referral.objects.create(
        member=accrual.member, referrer=loyalty_member_make(place), rule=rule, accrual=accrual,
        status="taken_back", year=2027,
    )  # fmt: skip


def loyalty_partner_make(place: Property, **over: Any) -> LoyaltyPartner:
    """Two points for each euro of a taxi ride; he pays half a cent for one."""
    values = {
        "property": place, "code": "taxi", "name": "Taxi", "kind": "car_hire", "unit": "EUR", "rate": 2,
        "point_price": "0.005", "valid_from": BEGAN, **over,
    }  # fmt: skip
    return partner_create(program=loyalty_program_make(place), values=values)


def partner_accrual_make(place: Property, **over: Any) -> PartnerAccrual:
    """A hundred points of a new member."""
    partner = LoyaltyPartner.objects.filter(program=loyalty_program_make(place)).first()
    values = {
        "partner": partner or loyalty_partner_make(place), "reference": "ride", "amount": Decimal(50),
        "earned_on": place.business_date, "number": "", **over,
    }  # fmt: skip
    values["number"] = values["number"] or loyalty_member_make(place).number
    return partner_post(actor=None, **values)


def partner_statement_make(place: Property, n: int = 0) -> PartnerStatement:
    """That of a month in which a partner posted a hundred points, so many months ago."""
    partner_accrual_make(place, reference=f"ride {n}")
    partner = LoyaltyPartner.objects.get(program=loyalty_program_make(place))
    return PartnerStatement.objects.create(
        property=place, partner=partner, month=months_later(place.business_date.replace(day=1), -n),
        given=100, taken_back=0, currency=partner.program.currency, amount=Decimal("0.5"),
    )  # fmt: skip


def point_pool_make(place: Property, head: LoyaltyMember | None = None, **over: Any) -> PointPool:
    """A family without limits; a new member heads it unless he is given."""
    values = {"kind": "family", "name": "Moser", **over}
    return pool_open(head=head or loyalty_member_make(place), values=values)


def pool_join(pool: PointPool, member: LoyaltyMember, consent: str = "Signed") -> PoolMember:
    """He was invited and agreed."""
    pool_invite(pool=pool, member=member)
    return pool_accept(pool=pool, member=member, consent=consent)


def pool_member_make(place: Property) -> PoolMember:
    """The head of a pool."""
    return point_pool_make(place).members.get()


def pool_payment_make(place: Property) -> PoolPayment:
    """Half of a breakfast that a pool of two paid."""
    pool = point_pool_make(place)
    other = loyalty_member_make(place)
    pool_join(pool, other)
    for member in (pool.head, other):
        points_make(member, 500, usable_from=BEGAN)
    held = reward_redemption_make(place, pool.head, from_pool=True)
    return PoolPayment.objects.filter(redemption=held).latest("pk")


class Visit:
    """A stay of a guest who came on the business date and left after some nights."""

    def __init__(self, place: Property, guest: Guest, nights: int = 2, **over: Any) -> None:
        house = house_of(place)
        self.place, self.guest = place, guest
        self.reservation = house.reserve(0, nights, primary_guest=guest, **over)
        taken = self.reservation.assignments.model.objects.at(place.pk).count()
        self.come(house.rooms[taken % len(house.rooms)])

    @classmethod
    def of(cls, reservation: Reservation) -> Self:
        """That of a reservation, before he comes."""
        visit = cls.__new__(cls)
        visit.place, visit.guest = reservation.property, reservation.primary_guest
        visit.reservation = reservation
        return visit

    def come(self, room: Room) -> None:
        """Check in."""
        room_assign(reservation=self.reservation, room=room, actor=None)
        check_in(reservation=self.reservation, actor=None)

    def nights_pass(self) -> None:
        """The days until the departure are closed, without an audit."""
        for _ in range((self.reservation.departure - self.place.business_date).days):
            business_day_close(place=self.place)

    def leave(self) -> Reservation:
        """Pay and check out."""
        bill_pay(self.reservation)
        return check_out(reservation=self.reservation, actor=None).reservation

    @cached_property
    def folio(self) -> Any:
        """What he spends is on it."""
        return self.reservation.folios.get()


def stay_accrual_make(place: Property) -> StayAccrual:
    """That a stay of a member earned; its points are left out."""
    member, stay = loyalty_member_make(place), reservation_make(place, arrival=40)
    return StayAccrual.objects.create(
        member=member,
        property=place,
        reservation=stay,
        departure=stay.departure,
        tier_code=member.tier.code,
        stay_number=1,
        currency_rate=1,
    )


def tier_credit_make(place: Property) -> TierCredit:
    """Two nights of a new member."""
    member = loyalty_member_make(place)
    return TierCredit.objects.create(
        member=member, property=place, day=place.business_date, nights=2, stays=1
    )


def reward_make(place: Property, **over: Any) -> Reward:
    """A breakfast for a thousand points, without end."""
    values = {
        "code": "breakfast",
        "name": "Breakfast",
        "kind": "service",
        "base": 1000,
        "floor": 1,
        "ceiling": 100_000,
        **over,
    }
    return reward_create(program=loyalty_program_make(place), values=values)


def reward_redemption_make(
    place: Property, member: LoyaltyMember | None = None, reward: Reward | None = None, **over: Any
) -> RewardRedemption:
    """A breakfast that is held for a member, who has just the points unless he is given."""
    if member is None:
        member = loyalty_member_make(place)
        points_make(member, 1000, usable_from=BEGAN)
    reward = reward or Reward.objects.filter(program=member.program).first() or reward_make(place)
    asked = RedemptionAsked(member=member, reward=reward, place=place, **over)
    return redemption_hold(asked=asked, actor=None)


def reward_voucher_make(place: Property, member: LoyaltyMember | None = None, **over: Any) -> RewardVoucher:
    """A voucher of a member, good at once; he has just the points unless he is given."""
    if member is None:
        member = loyalty_member_make(place)
        points_make(member, 1000, usable_from=BEGAN)
    count = Reward.objects.filter(program=member.program).count()
    values = {"code": f"voucher{count}", "name": "Dinner", "kind": "voucher", **over}
    held = reward_redemption_make(place, member, reward_make(place, **values))
    return redemption_confirm(redemption=held, actor=None).voucher


def liability_snapshot_make(place: Property, n: int = 0) -> LiabilitySnapshot:
    """A thousand points worth five, so many days ago."""
    program = loyalty_program_make(place)
    return LiabilitySnapshot.objects.create(
        property=place,
        program=program,
        day=place.business_date - timedelta(days=n),
        usable=1000,
        pending=0,
        currency=program.currency,
        point_cost=Decimal("0.005"),
        breakage_rate=0,
        gross=5,
        breakage=0,
        net=5,
        moved=5,
    )


def property_settlement_make(place: Property, n: int = 0) -> PropertySettlement:
    """Its side of a settlement: it owes another hotel of its chain five for a month's thousand points."""
    others = Property.objects.filter(chain=place.chain).exclude(pk=place.pk)
    program = loyalty_program_make(place)
    return PropertySettlement.objects.create(
        property=place,
        program=program,
        counterpart=others.first() or property_make(place.chain),
        month=months_later(date(2027, 2, 1), -n),
        given=1000,
        served=0,
        currency=program.currency,
        point_cost=Decimal("0.005"),
        amount=5,
    )
