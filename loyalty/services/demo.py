"""The demo's programme: both houses, three tiers, rules of each kind, and guests in house who are members."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from hotel.core.locks import LockSpace, advisory_lock
from hotel.guests.models import Guest
from hotel.properties.models import Property
from hotel.properties.services.demo import demo_places
from hotel.reservations.models import Reservation
from loyalty.models import LoyaltyMember, LoyaltyPartner, LoyaltyProgram, ProgramProperty
from loyalty.services.adjustments import points_adjust
from loyalty.services.campaigns import campaign_create
from loyalty.services.challenges import challenge_create
from loyalty.services.demo_rewards import demo_rewards_seed
from loyalty.services.enrolment import member_enrol
from loyalty.services.partners import partner_create, partner_post
from loyalty.services.pools import pool_accept, pool_invite, pool_open
from loyalty.services.programs import house_join, program_create, rule_create, tier_create
from loyalty.services.referrals import referral_rule_set

BEGAN = date(2026, 1, 1)
RATES = {"JPY": Decimal("0.0061")}  # euros for one
MEMBERS = 12  # of each house
OLD_POINTS = (420, 3150, 780, 12600)  # brought along, in turns
PROGRAM = {
    "code": "CIRCLE", "name": "Lindenhof Circle", "currency": "EUR", "pending_days": 2, "expiry": "activity",
    "expiry_months": 24, "point_cost": Decimal("0.005"),
}  # fmt: skip
TIERS: tuple[dict[str, Any], ...] = (
    {
        "level": 1,
        "code": "silver",
        "name": "Silver",
        "colour": "#8a939f",
        "min_nights": 10,
        "min_points": 10_000,
        "benefits": {"late_check_out": "12:00"},
    },
    {
        "level": 2,
        "code": "gold",
        "name": "Gold",
        "colour": "#b8862b",
        "min_nights": 25,
        "lifetime_nights": 300,
        "benefits": {"late_check_out": "15:00", "upgrade": "next_category", "amenities": ["fruit"]},
    },
)
RULES: tuple[dict[str, Any], ...] = (
    {"code": "SPEND", "name": "Ten points a euro", "basis": "spend", "rate": 10, "never": {"channel": ["ota"]}},
    {
        "code": "WELCOME", "name": "Welcome", "basis": "stay", "rate": 1000, "from_stay": 1, "to_stay": 1,
        "is_qualifying": False,
    },
    {
        "code": "GOLD", "name": "A quarter more for Gold", "basis": "percent", "rate": 25, "only": {"tier": ["gold"]},
        "is_qualifying": False,
    },
)  # fmt: skip

CAMPAIGN: dict[str, Any] = {
    "code": "WINTER", "name": "Winter nights", "stay_from": date(2026, 11, 1), "stay_until": date(2027, 3, 31),
    "needs_registration": True, "times": 3, "budget": 500_000,
}  # fmt: skip
CAMPAIGN_RULE: dict[str, Any] = {
    "code": "WINTER", "name": "500 more a night in winter", "basis": "night", "rate": 500, "is_qualifying": False,
}  # fmt: skip
PARTNER: dict[str, Any] = {
    "code": "AIR", "name": "Danube Air", "kind": "airline", "unit": "mile", "rate": Decimal("0.5"),
    "point_price": Decimal("0.006"), "valid_from": BEGAN, "month_cap": 20_000,
}  # fmt: skip
FLOWN = Decimal(820)  # miles of the first member of a house
CHALLENGE: dict[str, Any] = {
    "code": "SPRINT", "name": "Silver sprint", "days": 90, "min_nights": 5, "points": 2500, "max_members": 200,
}  # fmt: skip
POOL: dict[str, Any] = {"kind": "family", "max_members": 4, "share_percent": 80}
REFERRALS = {"referrer_points": 1500, "referred_points": 500, "yearly_limit": 10}


def demo_seed(*, say: Callable[[str], None]) -> None:
    """Furnish both houses. Repeatable: a house that takes part in a programme is left alone."""
    for place in demo_places():
        if found := _furnished(place):
            demo_rewards_seed(place=place)
            say(f"{place.code}: {found} members of {PROGRAM['name']}")


@transaction.atomic
def _furnished(place: Property) -> int:
    advisory_lock(LockSpace.DEMO, "loyalty")
    if ProgramProperty.objects.at(place.pk).exists():
        return 0
    program = LoyaltyProgram.objects.filter(chain=place.chain, code=PROGRAM["code"]).first() or _program(
        place
    )
    house_join(program=program, place=place, joined_on=BEGAN, currency_rate=RATES.get(str(place.currency)))
    if not LoyaltyPartner.objects.filter(program=program).exists():
        partner_create(program=program, values={**PARTNER, "property": place})
    here = Reservation.objects.at(place.pk).in_house().exclude(primary_guest=None)
    ids = here.order_by("pk").values_list("primary_guest_id", flat=True)
    guests = Guest.objects.filter(pk__in=ids, merged_into=None).exclude(loyalty_members__program=program)
    members = [member_enrol(place=place, guest=guest) for guest in guests.order_by("pk")[:MEMBERS]]
    for nth, member in enumerate(members):
        points = OLD_POINTS[nth % len(OLD_POINTS)]
        points_adjust(
            member=member, place=place, points=points, reason="Balance of the old programme", actor=None
        )
        if not nth:
            _fly(member, place)
    if len(members) > 1:
        _pool(*members[:2])
    return len(members)


def _fly(member: LoyaltyMember, place: Property) -> None:
    airline = LoyaltyPartner.objects.get(program=member.program_id, code=PARTNER["code"])
    partner_post(
        partner=airline, reference=f"{PARTNER['code']}-{place.code}", number=member.number, amount=FLOWN,
        earned_on=min(place.business_date, airline.property.business_date), actor=None,
    )  # fmt: skip


def _pool(head: LoyaltyMember, other: LoyaltyMember) -> None:
    pool = pool_open(head=head, values={**POOL, "name": head.guest.last_name})
    pool_invite(pool=pool, member=other)
    pool_accept(pool=pool, member=other, consent="Signed at the desk")


def _program(place: Property) -> LoyaltyProgram:
    program = program_create(chain=place.chain, values=PROGRAM | {"time_zone": place.time_zone})
    for tier in TIERS:
        tier_create(values={"program": program, **tier})
    for rule in RULES:
        rule_create(program=program, values={**rule, "valid_from": BEGAN})
    campaign = campaign_create(program=program, values=CAMPAIGN)
    rule_create(program=program, values={**CAMPAIGN_RULE, "campaign": campaign, "valid_from": BEGAN})
    challenge_create(program=program, values=CHALLENGE)
    referral_rule_set(program=program, values={**REFERRALS, "valid_from": BEGAN})
    return program
