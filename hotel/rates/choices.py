"""Names with a fixed meaning in rates; the values are those of the domain and of the API."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class RoundingMode(TextChoices):
    """How a derived price meets its rounding step (docs/algorithms/pricing.md, "Rounding")."""

    HALF_UP = "half_up", _("To the nearest step, half up")
    HALF_EVEN = "half_even", _("To the nearest step, half to even")
    UP = "up", _("Up")
    DOWN = "down", _("Down")


class ChildPricing(TextChoices):
    """What a child of an age band adds to a night."""

    AMOUNT = "amount", _("A fixed amount")
    SHARE = "share", _("A share of an adult's part of the room price")
    FREE = "free", _("Nothing")


class StartedTime(IntegerChoices):
    """Minutes of which a started stretch counts whole, in day use priced by the hour."""

    QUARTER = 15, _("Quarters of an hour")
    HALF = 30, _("Half hours")
    HOUR = 60, _("Hours")


class RestrictionKind(TextChoices):
    """Rules on when a plan or type may be booked (docs/algorithms/restrictions.md)."""

    CLOSED = "closed", _("Closed: no night may be slept")
    CTA = "cta", _("Closed to arrival")
    CTD = "ctd", _("Closed to departure")
    MIN_LOS = "min_los", _("Minimum nights when arriving")
    MAX_LOS = "max_los", _("Maximum nights when arriving")
    MIN_STAY_THROUGH = "min_stay_through", _("Minimum nights of a stay that touches the night")
    MAX_STAY_THROUGH = "max_stay_through", _("Maximum nights of a stay that touches the night")
    LOS_PATTERN = "los_pattern", _("Only these lengths when arriving")
    MIN_ADVANCE = "min_advance", _("Book at least so many days before arrival")
    MAX_ADVANCE = "max_advance", _("Book at most so many days before arrival")
    MIN_OCCUPANCY = "min_occupancy", _("At least so many persons")
    MAX_OCCUPANCY = "max_occupancy", _("At most so many persons")
    MIN_GUARANTEE = "min_guarantee", _("At least this guarantee")


class MinGuarantee(TextChoices):
    """What must stand behind a stay at least (docs/algorithms/restrictions.md, "Guarantee")."""

    HOLD_6PM = "hold_6pm", _("Held until the evening")
    CREDIT_CARD = "credit_card", _("Credit card")
    COMPANY = "company", _("Company")
    PREPAYMENT = "prepayment", _("Prepayment")


class ChargeGroup(TextChoices):
    """What a charge is, for taxes."""

    ROOM = "room", _("Room")
    FOOD = "food", _("Food")
    BEVERAGE = "beverage", _("Beverage")
    SERVICE = "service", _("Service")
    OTHER = "other", _("Other")
    FEE = "fee", _("Cancellation or no-show fee")


class TaxMethod(TextChoices):
    """How a tax is computed (docs/algorithms/taxes.md)."""

    PERCENT = "percent", _("A share of the charge's net amount")
    PER_PERSON_NIGHT = "per_person_night", _("An amount per person and night")
    PER_ROOM_NIGHT = "per_room_night", _("An amount per room and night")
    PER_PERSON_STAY = "per_person_stay", _("An amount per person and stay")
    PER_STAY = "per_stay", _("An amount per stay")


class Rhythm(TextChoices):
    """On which nights a package element is charged."""

    ONCE = "once", _("Once, on the first night")
    EVERY_NIGHT = "every_night", _("Every night")
    EVERY_N_NIGHTS = "every_n_nights", _("Every N nights, beginning with the first")
    ARRIVAL = "arrival", _("On arrival")
    DEPARTURE = "departure", _("On departure, charged with the last night")
    WEEKDAYS = "weekdays", _("On certain weekdays")


class AllowancePeriod(TextChoices):
    """When an allowance can be consumed; what is left at the end of it is breakage."""

    DAY = "day", _("On the business day of the night, such as dinner")
    NEXT_DAY = "next_day", _("On the day after the night, such as breakfast")
    STAY = "stay", _("On any day of the stay")


class Basis(TextChoices):
    """What a package element's amount is multiplied by."""

    FLAT = "flat", _("Once for the party")
    PER_ROOM = "per_room", _("Per room")
    PER_PERSON = "per_person", _("Per person")
    PER_ADULT = "per_adult", _("Per adult")
    PER_CHILD = "per_child", _("Per child of an age band")
    SHARE_OF_RATE = "share_of_rate", _("A share of the night's rate")


class DeadlineKind(TextChoices):
    """From when a cancellation step counts."""

    BEFORE_ARRIVAL = "before_arrival", _("So many days before arrival, at an hour of the property's clock")
    AT_INSTANT = "at_instant", _("At one instant")
    AFTER_BOOKING = "after_booking", _("So many hours after booking")


class PenaltyKind(TextChoices):
    """What is owed."""

    NIGHTS = "nights", _("The first nights, at their own prices")
    PERCENT = "percent", _("A share of the total")
    FLAT = "flat", _("A fixed amount")


class InstalmentKind(TextChoices):
    """How much of the stay a deposit instalment asks for."""

    NIGHTS = "nights", _("The first nights, at their own prices")
    PERCENT = "percent", _("A share of the total")
    FLAT = "flat", _("A fixed amount")
    BALANCE = "balance", _("All that is left")


class DueKind(TextChoices):
    """When a deposit instalment is due."""

    AT_BOOKING = "at_booking", _("When booking")
    BEFORE_ARRIVAL = "before_arrival", _("So many days before arrival")
