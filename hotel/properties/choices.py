"""Names with a fixed meaning."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SettingKey(TextChoices):
    """The dated settings that services ask for; each value's shape is in its label."""

    OVERBOOKING_HOUSE = "overbooking.house", _("Rooms the whole house may be oversold by (integer ≥ 0)")
    OPTION_HOURS = "reservations.option_hours", _("How long an option is held, in hours (integer ≥ 1)")
    HOLD_MINUTES = "reservations.hold_minutes", _("How long a price hold lasts, in minutes (integer ≥ 1)")
    TURN_MINUTES = "rooms.turn_minutes", _("Minutes between a day-use stay and the next guest (integer ≥ 0)")
    SELLING_DAYS = (
        "reservations.selling_days",
        _("How many days ahead nights are opened for sale (integer ≥ 1)"),
    )
    WAITLIST_OFFER_HOURS = (
        "reservations.waitlist_offer_hours",
        _("How long a waitlist offer stands, in hours"),
    )
    RELEASE_HOUR = (
        "reservations.release_hour",
        _("Local hour at which arrivals held until the evening are let go (0–23; −1 for by hand)"),
    )
    ROOM_READY = "stays.room_ready", _("What a room must be for check-in (any, clean or inspected)")
    REGISTRATION = (
        "stays.registration",
        _("What check-in needs to know of the guest (none, guest or document)"),
    )
    NIGHT_AUDIT_HOUR = (
        "stays.night_audit_hour",
        _("Local hour at which the night audit starts by itself (0–23; −1 for by hand)"),
    )
    LATE_POSTING_DAYS = "folios.late_posting_days", _("How many days ago a charge may be for (integer ≥ 0)")
    FISCAL_CALENDAR = "properties.fiscal_calendar", _("How fiscal years are cut (months, 4-4-5 or 13x4)")
    PIN_HOURS = (
        "accounts.pin_hours",
        _("Hours after signing in for which a PIN opens a shared desk again (0–12; 0 for no PINs)"),
    )
    STAYOVER_NIGHTS = (
        "operations.stayover_nights",
        _("Nights after which the room of a guest who stays is cleaned, and again (0 for never)"),
    )
    LINEN_NIGHTS = (
        "operations.linen_nights",
        _("Nights after which his linen is changed, and again (0 for never)"),
    )
    ARRIVAL_CHECK = (
        "operations.arrival_check",
        _("Whether a clean room is looked at before its guest comes (yes or no)"),
    )
    INSPECTION = (
        "operations.inspection",
        _("Which cleans are inspected before the room is (none, departures or all)"),
    )
    DND_TRIES = (
        "operations.dnd_tries",
        _("How often nobody is let in before somebody looks after the guest (1–20)"),
    )
    CREDIT_MINUTES = "operations.credit_minutes", _("Minutes of work of one housekeeping credit (1–480)")
    LOST_DAYS = "operations.lost_days", _("Days for which found things are kept (1–3,650)")
    AUDIT_PACK_TO = "papers.audit_pack_to", _("Who gets the pack of a closed day (list of e-mail addresses)")
    DOWNTIME_PACK_TO = (
        "papers.downtime_pack_to",
        _("Who gets the downtime pack after a day is closed (list of e-mail addresses)"),
    )
    DEPOSIT_VAT = "folios.deposit_vat", _("When deposits owe contained taxes (at_payment or at_invoice)")


class RestraintSource(TextChoices):
    """Who holds something back: each ends what it has placed, and leaves what others have."""

    INCIDENT = "incident", _("An incident is being answered")
    DISK = "disk", _("The disk is nearly full")


class RestraintKind(TextChoices):
    """What is held back at a property for a while."""

    EXPORTS = "exports", _("No files with personal data")
    READ_ONLY = "read_only", _("No changes")
    SECOND_STEP = "second_step", _("Signing in with a second step only")
