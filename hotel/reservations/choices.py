"""Names with a fixed meaning; the words of the features reference §1."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReservationStatus(TextChoices):
    """What is stored. Due in, due out, stayover … are computed from it and the business date."""

    INQUIRY = "inquiry", _("Inquiry")
    OPTION = "option", _("Option")
    REQUESTED = "requested", _("Requested")
    WAITLISTED = "waitlisted", _("Waitlisted")
    CONFIRMED = "confirmed", _("Confirmed")
    IN_HOUSE = "in_house", _("In house")
    CHECKED_OUT = "checked_out", _("Checked out")
    CANCELLED = "cancelled", _("Cancelled")
    NO_SHOW = "no_show", _("No-show")


class FrontDeskStatus(TextChoices):
    """What the front desk sees on a business date; never stored."""

    EXPECTED = "expected", _("Expected later")
    DUE_IN = "due_in", _("Due in")
    OVERDUE_IN = "overdue_in", _("Overdue: not arrived")
    ARRIVED_TODAY = "arrived_today", _("Arrived today")
    STAYOVER = "stayover", _("Stayover")
    DUE_OUT = "due_out", _("Due out")
    OVERDUE_OUT = "overdue_out", _("Overdue: not departed")
    DAY_USE = "day_use", _("Day use")
    DEPARTED = "departed", _("Departed")
    NOT_EXPECTED = "not_expected", _("Not expected")


class Guarantee(TextChoices):
    """What stands behind the booking; ``hotel.rates.domain.guarantees`` says which is stronger.

    A stay held until 6 p.m. is let go at the release hour of its arrival day and owes nothing for not coming.
    """

    NONE = "none", _("None")
    HOLD_6PM = "hold_6pm", _("Held until 6 p.m.")
    CREDIT_CARD = "credit_card", _("Credit card")
    PREPAYMENT = "prepayment", _("Prepayment")
    COMPANY = "company", _("Company")
    OTA = "ota", _("Online travel agency")


class GuestRole(TextChoices):
    """What a guest is to a reservation."""

    PRIMARY = "primary", _("Primary")
    SHARER = "sharer", _("Sharer")
    ACCOMPANYING = "accompanying", _("Accompanying")
    PAYER = "payer", _("Payer")


class HoldStatus(TextChoices):
    """The life of a price hold; only an active one takes inventory."""

    ACTIVE = "active", _("Active")
    USED = "used", _("Used")
    RELEASED = "released", _("Released")
    EXPIRED = "expired", _("Expired")


class LinkKind(TextChoices):
    """Why stays belong together without being one booking."""

    BACK_TO_BACK = "back_to_back", _("Back to back: one guest goes on in another stay")
    TOGETHER = "together", _("Travelling together")


class RateSplit(TextChoices):
    """How stays that share a room divide its price on the nights they are there together."""

    FULL = "full", _("Full: each pays his own rate")
    ENTIRE = "entire", _("Entire: the first pays the room, the others nothing")
    SPLIT = "split", _("Split: the room in equal parts")
    CUSTOM = "custom", _("Custom: the room in parts as agreed")


class NoteKind(TextChoices):
    """Who a note is for; a trace is a task for a department on a day, an alert pops up on a screen."""

    INTERNAL = "internal", _("Internal")
    GUEST = "guest", _("From or to the guest")
    TRACE = "trace", _("Trace")
    ALERT = "alert", _("Alert")


class AlertScreen(TextChoices):
    """The pages of the desk on which an alert is shown; the API takes other words for screens of others."""

    CHECK_IN = "check_in", _("At check-in")
    CHECK_OUT = "check_out", _("At check-out")
    BILLING = "billing", _("On the folio")


class ChangeKind(TextChoices):
    """The entries of a reservation's change log."""

    CREATED = "created", _("Created")
    CONFIRMED = "confirmed", _("Confirmed")
    OPTIONED = "optioned", pgettext_lazy("what was done", "Put on option")
    AMENDED = "amended", _("Amended")
    DETAILS = "details", _("Details changed")
    GUESTS = "guests", _("Guests changed")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", _("Option expired")
    RELEASED = "released", _("Let go at its hour")
    REINSTATED = "reinstated", _("Reinstated")
    NO_SHOW = "no_show", _("Marked as no-show")
    SPLIT = "split", pgettext_lazy("what was done", "Split")
    COPIED = "copied", _("Copied")
    ASSIGNED = "assigned", _("Room assigned")
    UNASSIGNED = "unassigned", _("Room taken away")
    LOCKED = "locked", _("Room locked")
    UNLOCKED = "unlocked", _("Room unlocked")
    WAITLISTED = "waitlisted", pgettext_lazy("what was done", "Put on the waiting list")
    PICKED_UP = "picked_up", _("Picked up from a block")
    SHARED = "shared", _("Room shared")
    PARTED = "parted", _("Room no longer shared")
    CHECKED_IN = "checked_in", _("Checked in")
    CHECK_IN_UNDONE = "check_in_undone", _("Check-in undone")
    ROOM_MOVED = "room_moved", _("Moved to another room")
    SHORTENED = "shortened", _("Nights given back: leaves early")
    LATE_CHECK_OUT = "late_check_out", _("Late check-out agreed")
    CHECKED_OUT = "checked_out", _("Checked out")
    CHECK_OUT_UNDONE = "check_out_undone", _("Check-out undone")
    TAKEN_OVER = "taken_over", _("Taken over from another system")


class ImportStatus(TextChoices):
    """The life of an import: running until its last row is stored, also when it stopped in between."""

    RUNNING = "running", _("Running or stopped")
    FINISHED = "finished", _("Finished")
    UNDONE = "undone", _("Undone")


class BlockStatus(TextChoices):
    """Where a group's business stands; ``domain.blocks`` says which status takes rooms."""

    INQUIRY = "inquiry", _("Inquiry")
    WAITLIST = "waitlist", _("On the waiting list")
    OPTIONAL = "optional", _("Optional")
    TENTATIVE = "tentative", _("Tentative")
    DEFINITE = "definite", _("Definite")
    LOST = "lost", _("Lost")
    REFUSED = "refused", _("Refused")
    CANCELLED = "cancelled", _("Cancelled")


class BlockControl(TextChoices):
    """What happens when a group wants more than its block has."""

    ELASTIC = "elastic", _("Elastic: takes from the house")
    NON_ELASTIC = "non_elastic", _("Not elastic: the block is all")
    SELL_LIMIT = "sell_limit", _("Sell limit: nothing is set aside")


class OfferStatus(TextChoices):
    """The life of an offer to a waitlisted guest."""

    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Expired")


class TurnawayReason(TextChoices):
    """Why business was lost: denials are ours, regrets the guest's."""

    SOLD_OUT = "sold_out", _("Denial: sold out")
    RESTRICTED = "restricted", _("Denial: restriction")
    NOT_OFFERED = "not_offered", _("Denial: not offered")
    PRICE = "price", _("Regret: price")
    LOCATION = "location", _("Regret: location")
    POLICY = "policy", _("Regret: policy")
    OTHER = "other", _("Regret: other")


# The statuses whose nights are counted as sold; nights that were slept stay sold.
TAKES_INVENTORY = (
    ReservationStatus.OPTION,
    ReservationStatus.CONFIRMED,
    ReservationStatus.IN_HOUSE,
    ReservationStatus.CHECKED_OUT,
)
# The statuses that were never sold: asked for, and no more.
NEVER_SOLD = (ReservationStatus.INQUIRY, ReservationStatus.REQUESTED, ReservationStatus.WAITLISTED)
# The statuses a reservation can still leave.
OPEN = (
    ReservationStatus.INQUIRY,
    ReservationStatus.OPTION,
    ReservationStatus.REQUESTED,
    ReservationStatus.WAITLISTED,
    ReservationStatus.CONFIRMED,
    ReservationStatus.IN_HOUSE,
)
