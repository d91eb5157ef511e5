"""Names with a fixed meaning; the words of the features reference §1."""

from django.db.models import TextChoices


class ReservationStatus(TextChoices):
    """What is stored. Due in, due out, stayover … are computed from it and the business date."""

    INQUIRY = "inquiry", "Inquiry"
    OPTION = "option", "Option"
    REQUESTED = "requested", "Requested"
    WAITLISTED = "waitlisted", "Waitlisted"
    CONFIRMED = "confirmed", "Confirmed"
    IN_HOUSE = "in_house", "In house"
    CHECKED_OUT = "checked_out", "Checked out"
    CANCELLED = "cancelled", "Cancelled"
    NO_SHOW = "no_show", "No-show"


class FrontDeskStatus(TextChoices):
    """What the front desk sees on a business date; never stored."""

    EXPECTED = "expected", "Expected later"
    DUE_IN = "due_in", "Due in"
    OVERDUE_IN = "overdue_in", "Overdue: not arrived"
    ARRIVED_TODAY = "arrived_today", "Arrived today"
    STAYOVER = "stayover", "Stayover"
    DUE_OUT = "due_out", "Due out"
    OVERDUE_OUT = "overdue_out", "Overdue: not departed"
    DAY_USE = "day_use", "Day use"
    DEPARTED = "departed", "Departed"
    NOT_EXPECTED = "not_expected", "Not expected"


class Guarantee(TextChoices):
    """What stands behind the booking; ``hotel.rates.domain.guarantees`` says which is stronger.

    A stay held until 6 p.m. is let go at the release hour of its arrival day and owes nothing for not coming.
    """

    NONE = "none", "None"
    HOLD_6PM = "hold_6pm", "Held until 6 p.m."
    CREDIT_CARD = "credit_card", "Credit card"
    PREPAYMENT = "prepayment", "Prepayment"
    COMPANY = "company", "Company"
    OTA = "ota", "Online travel agency"


class GuestRole(TextChoices):
    """What a guest is to a reservation."""

    PRIMARY = "primary", "Primary"
    SHARER = "sharer", "Sharer"
    ACCOMPANYING = "accompanying", "Accompanying"
    PAYER = "payer", "Payer"


class HoldStatus(TextChoices):
    """The life of a price hold; only an active one takes inventory."""

    ACTIVE = "active", "Active"
    USED = "used", "Used"
    RELEASED = "released", "Released"
    EXPIRED = "expired", "Expired"


class LinkKind(TextChoices):
    """Why stays belong together without being one booking."""

    BACK_TO_BACK = "back_to_back", "Back to back: one guest goes on in another stay"
    TOGETHER = "together", "Travelling together"


class RateSplit(TextChoices):
    """How stays that share a room divide its price on the nights they are there together."""

    FULL = "full", "Full: each pays his own rate"
    ENTIRE = "entire", "Entire: the first pays the room, the others nothing"
    SPLIT = "split", "Split: the room in equal parts"
    CUSTOM = "custom", "Custom: the room in parts as agreed"


class NoteKind(TextChoices):
    """Who a note is for; a trace is a task for a department on a day, an alert pops up on a screen."""

    INTERNAL = "internal", "Internal"
    GUEST = "guest", "From or to the guest"
    TRACE = "trace", "Trace"
    ALERT = "alert", "Alert"


class AlertScreen(TextChoices):
    """The pages of the desk on which an alert is shown; the API takes other words for screens of others."""

    CHECK_IN = "check_in", "At check-in"
    CHECK_OUT = "check_out", "At check-out"
    BILLING = "billing", "On the folio"


class ChangeKind(TextChoices):
    """The entries of a reservation's change log."""

    CREATED = "created", "Created"
    CONFIRMED = "confirmed", "Confirmed"
    OPTIONED = "optioned", "Put on option"
    AMENDED = "amended", "Amended"
    DETAILS = "details", "Details changed"
    GUESTS = "guests", "Guests changed"
    CANCELLED = "cancelled", "Cancelled"
    EXPIRED = "expired", "Option expired"
    RELEASED = "released", "Let go at its hour"
    REINSTATED = "reinstated", "Reinstated"
    NO_SHOW = "no_show", "Marked as no-show"
    SPLIT = "split", "Split"
    COPIED = "copied", "Copied"
    ASSIGNED = "assigned", "Room assigned"
    UNASSIGNED = "unassigned", "Room taken away"
    LOCKED = "locked", "Room locked"
    UNLOCKED = "unlocked", "Room unlocked"
    WAITLISTED = "waitlisted", "Put on the waiting list"
    PICKED_UP = "picked_up", "Picked up from a block"
    SHARED = "shared", "Room shared"
    PARTED = "parted", "Room no longer shared"
    CHECKED_IN = "checked_in", "Checked in"
    CHECK_IN_UNDONE = "check_in_undone", "Check-in undone"
    ROOM_MOVED = "room_moved", "Moved to another room"
    SHORTENED = "shortened", "Nights given back: leaves early"
    LATE_CHECK_OUT = "late_check_out", "Late check-out agreed"
    CHECKED_OUT = "checked_out", "Checked out"
    CHECK_OUT_UNDONE = "check_out_undone", "Check-out undone"
    TAKEN_OVER = "taken_over", "Taken over from another system"


class ImportStatus(TextChoices):
    """The life of an import: running until its last row is stored, also when it stopped in between."""

    RUNNING = "running", "Running or stopped"
    FINISHED = "finished", "Finished"
    UNDONE = "undone", "Undone"


class BlockStatus(TextChoices):
    """Where a group's business stands; ``domain.blocks`` says which status takes rooms."""

    INQUIRY = "inquiry", "Inquiry"
    WAITLIST = "waitlist", "On the waiting list"
    OPTIONAL = "optional", "Optional"
    TENTATIVE = "tentative", "Tentative"
    DEFINITE = "definite", "Definite"
    LOST = "lost", "Lost"
    REFUSED = "refused", "Refused"
    CANCELLED = "cancelled", "Cancelled"


class BlockControl(TextChoices):
    """What happens when a group wants more than its block has."""

    ELASTIC = "elastic", "Elastic: takes from the house"
    NON_ELASTIC = "non_elastic", "Not elastic: the block is all"
    SELL_LIMIT = "sell_limit", "Sell limit: nothing is set aside"


class OfferStatus(TextChoices):
    """The life of an offer to a waitlisted guest."""

    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    EXPIRED = "expired", "Expired"


class TurnawayReason(TextChoices):
    """Why business was lost: denials are ours, regrets the guest's."""

    SOLD_OUT = "sold_out", "Denial: sold out"
    RESTRICTED = "restricted", "Denial: restriction"
    NOT_OFFERED = "not_offered", "Denial: not offered"
    PRICE = "price", "Regret: price"
    LOCATION = "location", "Regret: location"
    POLICY = "policy", "Regret: policy"
    OTHER = "other", "Regret: other"


# The statuses whose nights are counted as sold; nights that were slept stay sold.
TAKES_INVENTORY = (
    ReservationStatus.OPTION,
    ReservationStatus.CONFIRMED,
    ReservationStatus.IN_HOUSE,
    ReservationStatus.CHECKED_OUT,
)
# The statuses a reservation can still leave.
OPEN = (
    ReservationStatus.INQUIRY,
    ReservationStatus.OPTION,
    ReservationStatus.REQUESTED,
    ReservationStatus.WAITLISTED,
    ReservationStatus.CONFIRMED,
    ReservationStatus.IN_HOUSE,
)
