"""Names with a fixed meaning."""

from django.db.models import TextChoices


class SettingKey(TextChoices):
    """The dated settings that services ask for; each value's shape is in its label."""

    OVERBOOKING_HOUSE = "overbooking.house", "Rooms the whole house may be oversold by (integer ≥ 0)"
    OPTION_HOURS = "reservations.option_hours", "How long an option is held, in hours (integer ≥ 1)"
    HOLD_MINUTES = "reservations.hold_minutes", "How long a price hold lasts, in minutes (integer ≥ 1)"
    TURN_MINUTES = "rooms.turn_minutes", "Minutes between a day-use stay and the next guest (integer ≥ 0)"
    SELLING_DAYS = "reservations.selling_days", "How many days ahead nights are opened for sale (integer ≥ 1)"
    WAITLIST_OFFER_HOURS = "reservations.waitlist_offer_hours", "How long a waitlist offer stands, in hours"
    RELEASE_HOUR = (
        "reservations.release_hour",
        "Local hour at which arrivals held until the evening are let go (0–23; −1 for by hand)",
    )
    ROOM_READY = "stays.room_ready", "What a room must be for check-in (any, clean or inspected)"
    REGISTRATION = "stays.registration", "What check-in needs to know of the guest (none, guest or document)"
    NIGHT_AUDIT_HOUR = (
        "stays.night_audit_hour",
        "Local hour at which the night audit starts by itself (0–23; −1 for by hand)",
    )
    LATE_POSTING_DAYS = "folios.late_posting_days", "How many days ago a charge may be for (integer ≥ 0)"
    FISCAL_CALENDAR = "properties.fiscal_calendar", "How fiscal years are cut (months, 4-4-5 or 13x4)"
    PIN_HOURS = (
        "accounts.pin_hours",
        "Hours after signing in for which a PIN opens a shared desk again (0–12; 0 for no PINs)",
    )
    STAYOVER_NIGHTS = (
        "operations.stayover_nights",
        "Nights after which the room of a guest who stays is cleaned, and again (0 for never)",
    )
    LINEN_NIGHTS = (
        "operations.linen_nights",
        "Nights after which his linen is changed, and again (0 for never)",
    )
    ARRIVAL_CHECK = (
        "operations.arrival_check",
        "Whether a clean room is looked at before its guest comes (yes or no)",
    )
    INSPECTION = (
        "operations.inspection",
        "Which cleans are inspected before the room is (none, departures or all)",
    )
    DND_TRIES = (
        "operations.dnd_tries",
        "How often nobody is let in before somebody looks after the guest (1–20)",
    )
    CREDIT_MINUTES = "operations.credit_minutes", "Minutes of work of one housekeeping credit (1–480)"
    LOST_DAYS = "operations.lost_days", "Days for which found things are kept (1–3,650)"
    AUDIT_PACK_TO = "papers.audit_pack_to", "Who gets the pack of a closed day (list of e-mail addresses)"
    DOWNTIME_PACK_TO = (
        "papers.downtime_pack_to",
        "Who gets the downtime pack after a day is closed (list of e-mail addresses)",
    )
    DEPOSIT_VAT = "folios.deposit_vat", "When deposits owe contained taxes (at_payment or at_invoice)"


class RestraintSource(TextChoices):
    """Who holds something back: each ends what it has placed, and leaves what others have."""

    INCIDENT = "incident", "An incident is being answered"
    DISK = "disk", "The disk is nearly full"


class RestraintKind(TextChoices):
    """What is held back at a property for a while."""

    EXPORTS = "exports", "No files with personal data"
    READ_ONLY = "read_only", "No changes"
    SECOND_STEP = "second_step", "Signing in with a second step only"
