"""Names with a fixed meaning in rates; the values are those of the domain and of the API."""

from django.db.models import IntegerChoices, TextChoices


class RoundingMode(TextChoices):
    """How a derived price meets its rounding step (docs/algorithms/pricing.md, "Rounding")."""

    HALF_UP = "half_up", "To the nearest step, half up"
    HALF_EVEN = "half_even", "To the nearest step, half to even"
    UP = "up", "Up"
    DOWN = "down", "Down"


class ChildPricing(TextChoices):
    """What a child of an age band adds to a night."""

    AMOUNT = "amount", "A fixed amount"
    SHARE = "share", "A share of an adult's part of the room price"
    FREE = "free", "Nothing"


class StartedTime(IntegerChoices):
    """Minutes of which a started stretch counts whole, in day use priced by the hour."""

    QUARTER = 15, "Quarters of an hour"
    HALF = 30, "Half hours"
    HOUR = 60, "Hours"


class RestrictionKind(TextChoices):
    """Rules on when a plan or type may be booked (docs/algorithms/restrictions.md)."""

    CLOSED = "closed", "Closed: no night may be slept"
    CTA = "cta", "Closed to arrival"
    CTD = "ctd", "Closed to departure"
    MIN_LOS = "min_los", "Minimum nights when arriving"
    MAX_LOS = "max_los", "Maximum nights when arriving"
    MIN_STAY_THROUGH = "min_stay_through", "Minimum nights of a stay that touches the night"
    MAX_STAY_THROUGH = "max_stay_through", "Maximum nights of a stay that touches the night"
    LOS_PATTERN = "los_pattern", "Only these lengths when arriving"
    MIN_ADVANCE = "min_advance", "Book at least so many days before arrival"
    MAX_ADVANCE = "max_advance", "Book at most so many days before arrival"
    MIN_OCCUPANCY = "min_occupancy", "At least so many persons"
    MAX_OCCUPANCY = "max_occupancy", "At most so many persons"
    MIN_GUARANTEE = "min_guarantee", "At least this guarantee"


class MinGuarantee(TextChoices):
    """What must stand behind a stay at least (docs/algorithms/restrictions.md, "Guarantee")."""

    HOLD_6PM = "hold_6pm", "Held until the evening"
    CREDIT_CARD = "credit_card", "Credit card"
    COMPANY = "company", "Company"
    PREPAYMENT = "prepayment", "Prepayment"


class ChargeGroup(TextChoices):
    """What a charge is, for taxes."""

    ROOM = "room", "Room"
    FOOD = "food", "Food"
    BEVERAGE = "beverage", "Beverage"
    SERVICE = "service", "Service"
    OTHER = "other", "Other"
    FEE = "fee", "Cancellation or no-show fee"


class TaxMethod(TextChoices):
    """How a tax is computed (docs/algorithms/taxes.md)."""

    PERCENT = "percent", "A share of the charge's net amount"
    PER_PERSON_NIGHT = "per_person_night", "An amount per person and night"
    PER_ROOM_NIGHT = "per_room_night", "An amount per room and night"
    PER_PERSON_STAY = "per_person_stay", "An amount per person and stay"
    PER_STAY = "per_stay", "An amount per stay"


class Rhythm(TextChoices):
    """On which nights a package element is charged."""

    ONCE = "once", "Once, on the first night"
    EVERY_NIGHT = "every_night", "Every night"
    EVERY_N_NIGHTS = "every_n_nights", "Every N nights, beginning with the first"
    ARRIVAL = "arrival", "On arrival"
    DEPARTURE = "departure", "On departure, charged with the last night"
    WEEKDAYS = "weekdays", "On certain weekdays"


class AllowancePeriod(TextChoices):
    """When an allowance can be consumed; what is left at the end of it is breakage."""

    DAY = "day", "On the business day of the night, such as dinner"
    NEXT_DAY = "next_day", "On the day after the night, such as breakfast"
    STAY = "stay", "On any day of the stay"


class Basis(TextChoices):
    """What a package element's amount is multiplied by."""

    FLAT = "flat", "Once for the party"
    PER_ROOM = "per_room", "Per room"
    PER_PERSON = "per_person", "Per person"
    PER_ADULT = "per_adult", "Per adult"
    PER_CHILD = "per_child", "Per child of an age band"
    SHARE_OF_RATE = "share_of_rate", "A share of the night's rate"


class DeadlineKind(TextChoices):
    """From when a cancellation step counts."""

    BEFORE_ARRIVAL = "before_arrival", "So many days before arrival, at an hour of the property's clock"
    AT_INSTANT = "at_instant", "At one instant"
    AFTER_BOOKING = "after_booking", "So many hours after booking"


class PenaltyKind(TextChoices):
    """What is owed."""

    NIGHTS = "nights", "The first nights, at their own prices"
    PERCENT = "percent", "A share of the total"
    FLAT = "flat", "A fixed amount"


class InstalmentKind(TextChoices):
    """How much of the stay a deposit instalment asks for."""

    NIGHTS = "nights", "The first nights, at their own prices"
    PERCENT = "percent", "A share of the total"
    FLAT = "flat", "A fixed amount"
    BALANCE = "balance", "All that is left"


class DueKind(TextChoices):
    """When a deposit instalment is due."""

    AT_BOOKING = "at_booking", "When booking"
    BEFORE_ARRIVAL = "before_arrival", "So many days before arrival"
