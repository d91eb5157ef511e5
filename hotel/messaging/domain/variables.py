"""The variables a message template may use: a flat table of dotted names, nothing behind them."""

import re
from dataclasses import dataclass

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}(?:\.[a-z][a-z0-9_]{0,39}){0,3}")


@dataclass(frozen=True)
class Variable:
    """One name that templates may use.

    Attributes:
        name: dotted, such as ``guest.first_name``; the dot is part of the name, not an attribute access.
        title: what it stands for, for the people who write templates.
        sample: a believable value for previews.
    """

    name: str
    title: str
    sample: str


_STANDARD = (
    Variable("property.name", "Name of the hotel", "Hotel Alpha"),
    Variable("property.address", "Address of the hotel", "Ring 1, 1010 Wien"),
    Variable("property.phone", "Telephone of the hotel", "+43 1 5550100"),
    Variable("property.email", "E-mail address of the hotel", "desk@example.com"),
    Variable("property.check_in_time", "From when rooms are ready, local time", "15:00"),
    Variable("property.check_out_time", "Until when rooms are kept, local time", "11:00"),
    Variable("guest.title", "Title of the guest", "Dr."),
    Variable("guest.first_name", "First name of the guest", "Gus"),
    Variable("guest.last_name", "Last name of the guest", "Grandet"),
    Variable("guest.name", "Full name of the guest", "Gus Grandet"),
    Variable("booking.confirmation_number", "Confirmation number of the booking", "ALPHA-7K2M9"),
    Variable("booking.total", "Total of all rooms, with currency", "EUR 516.00"),
    Variable("booking.rooms", "Number of rooms", "2"),
    Variable("reservation.number", "Number of the reservation", "ALPHA-7K2M9-1"),
    Variable("reservation.arrival", "Arrival day", "14 March 2027"),
    Variable("reservation.departure", "Departure day", "18 March 2027"),
    Variable("reservation.nights", "Number of nights", "4"),
    Variable("reservation.adults", "Number of adults", "2"),
    Variable("reservation.children", "Number of children", "1"),
    Variable("reservation.room_type", "Room type booked", "Double room with balcony"),
    Variable("reservation.room_number", "Room number, once assigned", "204"),
    Variable("reservation.rate_plan", "Rate plan", "Best flexible rate"),
    Variable("reservation.total", "Total of the reservation, with currency", "EUR 516.00"),
    Variable("reservation.deposit", "Deposit asked for, with currency", "EUR 103.20"),
    Variable("reservation.deposit_due", "Day the deposit is due", "1 March 2027"),
    Variable("reservation.cancellation_policy", "Cancellation terms in words", "Free until 12 March, 18:00."),
    Variable("reservation.cancellation_number", "Cancellation number", "X-00042"),
    Variable("reservation.cancellation_fee", "Fee of the cancellation, with currency", "EUR 0.00"),
    Variable("option.expires", "Until when an option is held, local time", "12 March 2027, 18:00"),
    Variable("offer.expires", "Until when a waitlist offer stands, local time", "12 March 2027, 18:00"),
    Variable("account.number", "Number of a debtor's account", "C-1042"),
    Variable("account.name", "Who is written to", "Grandet Ltd"),
    Variable("account.overdue", "What is past its due day, with currency", "EUR 516.00"),
    Variable("account.balance", "What the debtor owes, with currency", "EUR 730.00"),
    Variable("account.oldest_due", "Due day of the oldest open item", "1 February 2027"),
    Variable("link.booking", "Link to the guest's own booking page", "https://example.com/b/3f9c"),
    Variable("link.unsubscribe", "Link to stop advertising", "https://example.com/u/3f9c"),
)
_known = {variable.name: variable for variable in _STANDARD}


def variables() -> tuple[Variable, ...]:
    """All variables templates may use, ascending by name."""
    return tuple(_known[name] for name in sorted(_known))


def variable_names() -> frozenset[str]:
    """The whitelist itself."""
    return frozenset(_known)


def variables_register(*added: Variable) -> None:
    """Let a higher component (loyalty, events …) offer its own variables; call it in ``AppConfig.ready``.

    Repeatable with the same value.

    Raises:
        ValueError: a malformed name, or one that stands for something else already.
    """
    for variable in added:
        if not NAME.fullmatch(variable.name):
            raise ValueError(f"{variable.name!r} is not a dotted lower-case name.")
        if _known.setdefault(variable.name, variable) != variable:
            raise ValueError(f"{variable.name!r} is taken: {_known[variable.name].title}.")
