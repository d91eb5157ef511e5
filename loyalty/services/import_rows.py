"""One line of an import: what would become of it, and taking it over."""

from datetime import date

from hotel.core.exceptions import Conflict
from hotel.core.words import _
from hotel.guests.models import Guest
from hotel.guests.services.guests import GuestData, guest_create
from hotel.properties.models import Property
from loyalty.choices import EnrolmentChannel, ImportOutcome, PointKind, TierReason
from loyalty.domain import tiers
from loyalty.domain.expiry import last_day
from loyalty.domain.imports import ToldMember, Unreadable
from loyalty.models import LoyaltyMember, LoyaltyProgram, LoyaltyTier, MemberImport, TierCredit
from loyalty.selectors.members import numbers_of, program_at
from loyalty.selectors.terms import expiry_of, qualification_of, today_of
from loyalty.services.applicants import guest_recognised
from loyalty.services.enrolment import member_enrol
from loyalty.services.points import LotGiven, PointEvent, member_locked, points_receive
from loyalty.services.tiers import tier_place

OLDEST = date(1900, 1, 1)
LONG_AGO = date(2000, 1, 1)  # nights of a lifetime count in no window
SOURCE = "import"


def row_check(run: MemberImport, line: int, told: ToldMember) -> tuple[str, None]:
    """What would become of a line: a new guest, or one who is known.

    Raises:
        Unreadable: a column says what cannot be.
        PmsError: as enrolling him would be refused.
    """
    program = _program(run.property)
    _tier(program, told)
    _check(run.property, program, told)
    guest = guest_recognised(place=run.property, data=_data(told), actor=None)
    if guest is not None and guest.pk in (numbers := numbers_of(run.property, [guest.pk])):
        raise Conflict(
            _("%(guest)s is a member: %(numbers)s.") % {"guest": guest, "numbers": numbers[guest.pk]},
            code="member_exists",
        )
    return (ImportOutcome.NEW if guest is None else ImportOutcome.MATCHED), None


def row_take(run: MemberImport, line: int, told: ToldMember) -> tuple[str, LoyaltyMember]:
    """Enrol whom a line tells of, with his tier, his points and his nights.

    Raises:
        Unreadable, PmsError: as ``row_check``.

    Publishes: MemberEnrolled, TierChanged.
    """
    place, program = run.property, _program(run.property)
    tier = _tier(program, told)
    _check(place, program, told)
    guest = guest_recognised(place=place, data=_data(told), actor=None)
    member = _enrolled(place, guest, told)
    if tier is not None:
        _place(member, tier)
    if told.points:
        _open(run, line, member, told)
    if told.lifetime_nights:
        TierCredit.objects.create(member=member, property=place, day=LONG_AGO, nights=told.lifetime_nights)
    return (ImportOutcome.NEW if guest is None else ImportOutcome.MATCHED), member


def _program(place: Property) -> LoyaltyProgram:
    program = program_at(place)
    if program is None:
        raise Conflict(
            _("%(place)s takes part in no programme now.") % {"place": place.name}, code="program_missing"
        )
    return program


def _tier(program: LoyaltyProgram, told: ToldMember) -> LoyaltyTier | None:
    """The tier that a line names by code or name; None for the first one."""
    if not told.tier:
        return None
    wanted = told.tier.casefold()
    rows = {row.level: row for row in LoyaltyTier.objects.filter(program=program)}
    found = next((row for row in rows.values() if wanted in (row.code.casefold(), row.name.casefold())), None)
    if found is None:
        names = ", ".join(row.code for row in rows.values())
        raise Unreadable(
            "tier", _("There is no tier %(tier)s; there are %(names)s.") % {"tier": told.tier, "names": names}
        )
    return found if found.level else None


def _check(place: Property, program: LoyaltyProgram, told: ToldMember) -> None:
    today = place.business_date
    for name in ("birthday", "enrolled_on"):
        day = getattr(told, name)
        if day is not None and not OLDEST <= day <= today:
            raise Unreadable(name, _("Give a day from 1900 until today."))
    if told.points_expire_on is not None and told.points_expire_on < today:
        raise Unreadable("points_expire_on", _("These points have ended."))
    if told.number and LoyaltyMember.objects.filter(program=program, number=told.number).exists():
        raise Unreadable("number", _("Another member has this number."))


def _data(told: ToldMember) -> GuestData:
    return GuestData(
        last_name=told.last_name,
        first_name=told.first_name,
        email=told.email,
        phone=told.phone,
        birth_date=told.birthday,
    )


def _enrolled(place: Property, guest: Guest | None, told: ToldMember) -> LoyaltyMember:
    return member_enrol(
        place=place,
        guest=guest or guest_create(place=place, data=_data(told)),
        channel=EnrolmentChannel.IMPORT,
        number=told.number,
        enrolled_on=told.enrolled_on,
    )


def _place(member: LoyaltyMember, tier: LoyaltyTier) -> None:
    today = today_of(member.program)
    until = tiers.lasts_until(qualification_of(member.program), today, member.enrolled_on)
    tier_place(
        member=member,
        tier=tier,
        status=tiers.Status(tier.level, today, until),
        because="Brought along",
        reason=TierReason.IMPORTED,
    )


def _open(run: MemberImport, line: int, member: LoyaltyMember, told: ToldMember) -> None:
    """The opening balance is one lot with the day it ends on, or that of the programme's rule."""
    day = run.property.business_date
    fresh = member_locked(member.pk)
    event = PointEvent(
        member=fresh,
        property_id=run.property_id,
        day=day,
        kind=PointKind.IMPORT,
        because="Balance brought along",
        source=SOURCE,
        source_key=f"{run.pk}:{line}",
        actor=run.started_by,
    )
    until = told.points_expire_on or last_day(expiry_of(fresh.program), earned_on=day, active_on=None)
    points_receive(
        event,
        [
            LotGiven(
                points=told.points,
                property_id=run.property_id,
                earned_on=day,
                usable_from=day,
                expires_on=until,
            )
        ],
    )
