"""Choices of loyalty."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Expiry(TextChoices):
    """When points end (docs/algorithms/points.md §2)."""

    NEVER = "never", _("Never")
    TERM = "term", _("So many months after they were earned")
    ACTIVITY = "activity", _("So many months after the member's last activity")


class PeriodEnd(TextChoices):
    """What a term runs on to the end of."""

    DAY = "day", _("The day itself")
    MONTH = "month", _("The end of its month")
    YEAR = "year", _("The end of its year")


class Window(TextChoices):
    """In which time nights, stays, points and spend are counted for a tier."""

    CALENDAR = "calendar", _("Calendar year")
    ANNIVERSARY = "anniversary", _("The member's own year")
    ROLLING = "rolling", _("The last months")


class Landing(TextChoices):
    """How who does not keep his tier falls."""

    ONE_LEVEL = "one_level", _("One level at a time")
    AS_EARNED = "as_earned", _("To what was earned")


class Needs(TextChoices):
    """How many of its thresholds a tier asks for."""

    ANY = "any", _("Any of them")
    ALL = "all", _("All of them")


class Basis(TextChoices):
    """What an earning rule gives points for."""

    SPEND = "spend", _("Each unit spent")
    NIGHT = "night", _("Each night")
    STAY = "stay", _("The stay")
    PERCENT = "percent", _("A share of the other points")


class Rounding(TextChoices):
    """How the points of a rule become whole."""

    DOWN = "down", _("Down")
    NEAREST = "nearest", _("To the nearest")
    UP = "up", _("Up")


class MemberStatus(TextChoices):
    """Whether a membership earns and spends."""

    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    CLOSED = "closed", _("Closed")


class EnrolmentChannel(TextChoices):
    """Where a member joined."""

    DESK = "desk", _("At the desk")
    API = "api", _("Through the API")
    IMPORT = "import", _("Imported")
    REFERRAL = "referral", _("Brought by a member")


class PointKind(TextChoices):
    """What moved points."""

    STAY = "stay", _("Earned by a stay")
    BONUS = "bonus", _("Bonus")
    REDEMPTION = "redemption", _("Spent on a reward")
    GIVEN_BACK = "given_back", _("Given back from a reward")
    EXPIRY = "expiry", pgettext_lazy("points", "Ended")
    ADJUSTMENT = "adjustment", _("Adjusted by hand")
    REVERSAL = "reversal", _("Reversed")
    MERGE = "merge", _("Came or went with a merged membership")
    TRANSFER = "transfer", _("Transferred")
    CLAIM = "claim", _("Claimed stay")
    PARTNER = "partner", _("Earned with a partner")
    IMPORT = "import", _("Brought along from another system")


class AdjustmentStatus(TextChoices):
    """Whether points by hand were booked."""

    WAITING = "waiting", _("Waits for a second person")
    POSTED = "posted", _("Posted")
    REFUSED = "refused", _("Refused")


class TierReason(TextChoices):
    """Why a member has another tier."""

    EARNED = "earned", _("Earned")
    ENDED = "ended", _("Not kept")
    GRANTED = "granted", _("Granted")
    MERGED = "merged", _("Memberships made one, or two again")
    IMPORTED = "import", _("Brought along from another system")


class RewardKind(TextChoices):
    """What a member gets for his points."""

    FREE_NIGHT = "free_night", _("Free night")
    UPGRADE = "upgrade", _("Upgrade")
    FOLIO_CREDIT = "folio_credit", _("Credit on the bill")
    VOUCHER = "voucher", _("Voucher")
    SERVICE = "service", _("Service of the house")
    PARTNER = "partner", _("Good of a partner")


class RedemptionStatus(TextChoices):
    """How far a redemption is (docs/algorithms/points.md §8)."""

    HELD = "held", _("Held")
    CONFIRMED = "confirmed", _("Confirmed")
    FULFILLED = "fulfilled", _("Used")
    CANCELLED = "cancelled", _("Cancelled")
    RELEASED = "released", _("Released, not confirmed in time")
    REFUNDED = "refunded", _("Given back by the house")


class ClaimStatus(TextChoices):
    """Whether a claimed stay earned."""

    WAITING = "waiting", _("Waits for a second person")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


class MatchStatus(TextChoices):
    """Whether a tier of another programme was matched."""

    WAITING = "waiting", _("Waits for a second person")
    APPROVED = "approved", _("Granted")
    REFUSED = "refused", _("Refused")


class ChallengeStatus(TextChoices):
    """How a member's challenge stands."""

    INVITED = "invited", _("Invited")
    OPEN = "open", _("Takes part")
    DONE = "done", _("Reached")
    MISSED = "missed", _("Not reached")


class ReferralStatus(TextChoices):
    """What became of a referral."""

    REWARDED = "rewarded", _("Rewarded")
    TAKEN_BACK = "taken_back", _("Taken back with the stay")
    REFUSED = "refused", _("Refused")


class PartnerKind(TextChoices):
    """What a partner does."""

    AIRLINE = "airline", _("Airline")
    CAR_HIRE = "car_hire", _("Car hire")
    CARD_ISSUER = "card_issuer", _("Card issuer")
    RESTAURANT = "restaurant", _("Restaurant")
    OTHER = "other", _("Other")


class PoolKind(TextChoices):
    """Who spends points together."""

    FAMILY = "family", _("Family")
    COMPANY = "company", _("Company")


class PoolSpenders(TextChoices):
    """Who of a pool spends points of others."""

    ALL = "all", _("All members")
    HEAD = "head", _("The head alone")


class MemberImportStatus(TextChoices):
    """How far an import of members is."""

    CHECKING = "checking", _("Is being checked")
    CHECKED = "checked", _("Checked, nobody enrolled")
    RUNNING = "running", _("Members are being enrolled")
    FINISHED = "finished", _("Finished")


class ImportOutcome(TextChoices):
    """What becomes, or became, of a line."""

    NEW = "new", _("New guest")
    MATCHED = "matched", _("Guest known here")
    REFUSED = "refused", _("Refused")
