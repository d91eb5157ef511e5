"""The standard letters in English: (code, channel) to subject and text."""
# ruff: noqa: E501  (a paragraph of a letter is one line)

TEXTS: dict[tuple[str, str], tuple[str, str]] = {
    ("booking_confirmation", "email"): (
        "Your booking {{ booking.confirmation_number }} at {{ property.name }}",
        """Dear {{ guest.name | guest }},

thank you for choosing {{ property.name }}. Your booking is confirmed.

Confirmation number: {{ booking.confirmation_number }}
Arrival: {{ reservation.arrival }}, from {{ property.check_in_time }}
Departure: {{ reservation.departure }}, until {{ property.check_out_time }}
Nights: {{ reservation.nights }}
Room: {{ reservation.room_type }}
Rate: {{ reservation.rate_plan | as agreed }}
Total: {{ booking.total }}

Cancellation: {{ reservation.cancellation_policy | Please ask us for the terms of your rate. }}

We look forward to welcoming you.

{{ property.name }}
{{ property.address | }}
{{ property.phone | }}""",
    ),
    ("booking_cancelled", "email"): (
        "Your booking {{ booking.confirmation_number }} is cancelled",
        """Dear {{ guest.name | guest }},

we have cancelled your booking {{ booking.confirmation_number }} for {{ reservation.arrival }} to {{ reservation.departure }}.

Cancellation number: {{ reservation.cancellation_number }}
Cancellation fee: {{ reservation.cancellation_fee | none }}

Please keep the cancellation number. We hope to welcome you another time.

{{ property.name }}
{{ property.phone | }}""",
    ),
    ("pre_arrival", "email"): (
        "See you soon at {{ property.name }}",
        """Dear {{ guest.name | guest }},

your stay begins on {{ reservation.arrival }}. Your room is ready from {{ property.check_in_time }}.

Tell us when you expect to arrive and whether we can prepare anything for you: simply answer this e-mail.

Address: {{ property.address | see our website }}
Telephone: {{ property.phone | see our website }}

Have a good journey.

{{ property.name }}""",
    ),
    ("pre_arrival", "sms"): (
        "",
        "{{ property.name }}: we expect you on {{ reservation.arrival }} from {{ property.check_in_time }}."
        " Questions? {{ property.phone | Just reply. }}",
    ),
    ("option_reminder", "email"): (
        "Your option at {{ property.name }} ends soon",
        """Dear {{ guest.name | guest }},

we hold {{ reservation.room_type }} from {{ reservation.arrival }} to {{ reservation.departure }} for you until {{ option.expires }}.

Please confirm before then, by answering this e-mail or at {{ property.phone | our reception }}. After that the room is offered to others.

Number of your option: {{ booking.confirmation_number }}
Total: {{ booking.total }}

{{ property.name }}""",
    ),
    ("waitlist_offer", "email"): (
        "A room has become free at {{ property.name }}",
        """Dear {{ guest.name | guest }},

you are on our waiting list, and a room has become free:

Room: {{ reservation.room_type }}
Arrival: {{ reservation.arrival }}
Departure: {{ reservation.departure }}
Total: {{ reservation.total }}

We keep it for you until {{ offer.expires }}. Answer this e-mail or call {{ property.phone | us }} to take it.

{{ property.name }}""",
    ),
    ("city_reminder_1", "email"): (
        "Statement of your account {{ account.number }} at {{ property.name }}",
        """Dear {{ account.name }},

perhaps it escaped your notice: {{ account.overdue }} on your account {{ account.number }} are past their due day, the oldest since {{ account.oldest_due }}.

Balance of the account: {{ account.balance }}

If your payment is on its way, please take this letter as settled.

{{ property.name }}
{{ property.address | }}""",
    ),
    ("city_reminder_2", "email"): (
        "Reminder: {{ account.overdue }} are overdue at {{ property.name }}",
        """Dear {{ account.name }},

we have not yet received {{ account.overdue }} on your account {{ account.number }}; the oldest item was due on {{ account.oldest_due }}.

Balance of the account: {{ account.balance }}

Please pay within seven days, or tell us if something is not in order.

{{ property.name }}
{{ property.address | }}""",
    ),
    ("city_reminder_3", "email"): (
        "Last reminder: {{ account.overdue }} are overdue at {{ property.name }}",
        """Dear {{ account.name }},

in spite of our reminders {{ account.overdue }} on your account {{ account.number }} are still open, the oldest since {{ account.oldest_due }}.

Balance of the account: {{ account.balance }}

Please pay at once. Until then we can let you settle stays at the hotel only.

{{ property.name }}
{{ property.address | }}""",
    ),
    ("loyalty_statement", "email"): (
        "Your points of {{ loyalty.program }}",
        """Dear {{ guest.name | guest }},

these are your points of {{ loyalty.program }} for {{ loyalty.period }}.

Member: {{ loyalty.number }}
Tier: {{ loyalty.tier }}
Before: {{ loyalty.opening }}

{{ loyalty.lines }}

After: {{ loyalty.closing }}

Points that end soon:
{{ loyalty.ending }}

{{ loyalty.progress | }}

{{ property.name }}
{{ property.phone | }}""",
    ),
    ("loyalty_match_granted", "email"): (
        "Your tier at {{ loyalty.program }}",
        """Dear {{ guest.name | guest }},

because you are {{ loyalty.match }} elsewhere, you are {{ loyalty.tier }} at {{ loyalty.program }} until {{ loyalty.until }}.

Member: {{ loyalty.number }}

We look forward to your next stay.

{{ property.name }}
{{ property.phone | }}""",
    ),
    ("loyalty_match_refused", "email"): (
        "Your request at {{ loyalty.program }}",
        """Dear {{ guest.name | guest }},

you asked us to be {{ loyalty.tier }} at {{ loyalty.program }} because you are {{ loyalty.match }} elsewhere. We cannot grant this:

{{ loyalty.because }}

Member: {{ loyalty.number }}

You may ask again at the reception, or by answering this e-mail.

{{ property.name }}
{{ property.phone | }}""",
    ),
}
