"""Choices of loyalty."""

from django.db.models import TextChoices


class Expiry(TextChoices):
    """When points end (docs/algorithms/points.md §2)."""

    NEVER = "never", "Never"
    TERM = "term", "So many months after they were earned"
    ACTIVITY = "activity", "So many months after the member's last activity"


class PeriodEnd(TextChoices):
    """What a term runs on to the end of."""

    DAY = "day", "The day itself"
    MONTH = "month", "The end of its month"
    YEAR = "year", "The end of its year"


class Window(TextChoices):
    """In which time nights, stays, points and spend are counted for a tier."""

    CALENDAR = "calendar", "Calendar year"
    ANNIVERSARY = "anniversary", "The member's own year"
    ROLLING = "rolling", "The last months"


class Landing(TextChoices):
    """How who does not keep his tier falls."""

    ONE_LEVEL = "one_level", "One level at a time"
    AS_EARNED = "as_earned", "To what was earned"


class Needs(TextChoices):
    """How many of its thresholds a tier asks for."""

    ANY = "any", "Any of them"
    ALL = "all", "All of them"


class Basis(TextChoices):
    """What an earning rule gives points for."""

    SPEND = "spend", "Each unit spent"
    NIGHT = "night", "Each night"
    STAY = "stay", "The stay"
    PERCENT = "percent", "A share of the other points"


class Rounding(TextChoices):
    """How the points of a rule become whole."""

    DOWN = "down", "Down"
    NEAREST = "nearest", "To the nearest"
    UP = "up", "Up"


class MemberStatus(TextChoices):
    """Whether a membership earns and spends."""

    ACTIVE = "active", "Active"
    SUSPENDED = "suspended", "Suspended"
    CLOSED = "closed", "Closed"


class EnrolmentChannel(TextChoices):
    """Where a member joined."""

    DESK = "desk", "At the desk"
    API = "api", "Through the API"
    IMPORT = "import", "Imported"
    REFERRAL = "referral", "Brought by a member"


class PointKind(TextChoices):
    """What moved points."""

    STAY = "stay", "Earned by a stay"
    BONUS = "bonus", "Bonus"
    REDEMPTION = "redemption", "Spent on a reward"
    GIVEN_BACK = "given_back", "Given back from a reward"
    EXPIRY = "expiry", "Ended"
    ADJUSTMENT = "adjustment", "Adjusted by hand"
    REVERSAL = "reversal", "Reversed"
    MERGE = "merge", "Came or went with a merged membership"
    TRANSFER = "transfer", "Transferred"
    CLAIM = "claim", "Claimed stay"
    PARTNER = "partner", "Earned with a partner"
    IMPORT = "import", "Brought along from another system"


class AdjustmentStatus(TextChoices):
    """Whether points by hand were booked."""

    WAITING = "waiting", "Waits for a second person"
    POSTED = "posted", "Posted"
    REFUSED = "refused", "Refused"


class TierReason(TextChoices):
    """Why a member has another tier."""

    EARNED = "earned", "Earned"
    ENDED = "ended", "Not kept"
    GRANTED = "granted", "Granted"
    MERGED = "merged", "Memberships made one, or two again"
    IMPORTED = "import", "Brought along from another system"


class RewardKind(TextChoices):
    """What a member gets for his points."""

    FREE_NIGHT = "free_night", "Free night"
    UPGRADE = "upgrade", "Upgrade"
    FOLIO_CREDIT = "folio_credit", "Credit on the bill"
    VOUCHER = "voucher", "Voucher"
    SERVICE = "service", "Service of the house"
    PARTNER = "partner", "Good of a partner"


class RedemptionStatus(TextChoices):
    """How far a redemption is (docs/algorithms/points.md §8)."""

    HELD = "held", "Held"
    CONFIRMED = "confirmed", "Confirmed"
    FULFILLED = "fulfilled", "Used"
    CANCELLED = "cancelled", "Cancelled"
    RELEASED = "released", "Released, not confirmed in time"
    REFUNDED = "refunded", "Given back by the house"


class ClaimStatus(TextChoices):
    """Whether a claimed stay earned."""

    WAITING = "waiting", "Waits for a second person"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"


class MatchStatus(TextChoices):
    """Whether a tier of another programme was matched."""

    WAITING = "waiting", "Waits for a second person"
    APPROVED = "approved", "Granted"
    REFUSED = "refused", "Refused"


class ChallengeStatus(TextChoices):
    """How a member's challenge stands."""

    INVITED = "invited", "Invited"
    OPEN = "open", "Takes part"
    DONE = "done", "Reached"
    MISSED = "missed", "Not reached"


class ReferralStatus(TextChoices):
    """What became of a referral."""

    REWARDED = "rewarded", "Rewarded"
    TAKEN_BACK = "taken_back", "Taken back with the stay"
    REFUSED = "refused", "Refused"


class PartnerKind(TextChoices):
    """What a partner does."""

    AIRLINE = "airline", "Airline"
    CAR_HIRE = "car_hire", "Car hire"
    CARD_ISSUER = "card_issuer", "Card issuer"
    RESTAURANT = "restaurant", "Restaurant"
    OTHER = "other", "Other"


class PoolKind(TextChoices):
    """Who spends points together."""

    FAMILY = "family", "Family"
    COMPANY = "company", "Company"


class PoolSpenders(TextChoices):
    """Who of a pool spends points of others."""

    ALL = "all", "All members"
    HEAD = "head", "The head alone"


class MemberImportStatus(TextChoices):
    """How far an import of members is."""

    CHECKING = "checking", "Is being checked"
    CHECKED = "checked", "Checked, nobody enrolled"
    RUNNING = "running", "Members are being enrolled"
    FINISHED = "finished", "Finished"


class ImportOutcome(TextChoices):
    """What becomes, or became, of a line."""

    NEW = "new", "New guest"
    MATCHED = "matched", "Guest known here"
    REFUSED = "refused", "Refused"
