"""The standard letters in German: (code, channel) to subject and text."""
# ruff: noqa: E501  (a paragraph of a letter is one line)

TEXTS: dict[tuple[str, str], tuple[str, str]] = {
    ("booking_confirmation", "email"): (
        "Ihre Buchung {{ booking.confirmation_number }} im {{ property.name }}",
        """Guten Tag {{ guest.name | lieber Gast }},

vielen Dank, dass Sie sich für {{ property.name }} entschieden haben. Ihre Buchung ist bestätigt.

Bestätigungsnummer: {{ booking.confirmation_number }}
Anreise: {{ reservation.arrival }}, ab {{ property.check_in_time }} Uhr
Abreise: {{ reservation.departure }}, bis {{ property.check_out_time }} Uhr
Nächte: {{ reservation.nights }}
Zimmer: {{ reservation.room_type }}
Tarif: {{ reservation.rate_plan | wie vereinbart }}
Gesamtpreis: {{ booking.total }}

Stornierung: {{ reservation.cancellation_policy | Bitte fragen Sie uns nach den Bedingungen Ihres Tarifs. }}

Wir freuen uns auf Sie.

{{ property.name }}
{{ property.address | }}
{{ property.phone | }}""",
    ),
    ("booking_cancelled", "email"): (
        "Ihre Buchung {{ booking.confirmation_number }} ist storniert",
        """Guten Tag {{ guest.name | lieber Gast }},

wir haben Ihre Buchung {{ booking.confirmation_number }} vom {{ reservation.arrival }} bis {{ reservation.departure }} storniert.

Stornonummer: {{ reservation.cancellation_number }}
Stornogebühr: {{ reservation.cancellation_fee | keine }}

Bitte bewahren Sie die Stornonummer auf. Wir würden uns freuen, Sie ein andermal zu begrüßen.

{{ property.name }}
{{ property.phone | }}""",
    ),
    ("pre_arrival", "email"): (
        "Bis bald im {{ property.name }}",
        """Guten Tag {{ guest.name | lieber Gast }},

Ihr Aufenthalt beginnt am {{ reservation.arrival }}. Ihr Zimmer ist ab {{ property.check_in_time }} Uhr bereit.

Sagen Sie uns gern, wann Sie ankommen und ob wir etwas vorbereiten dürfen: Antworten Sie einfach auf diese E-Mail.

Adresse: {{ property.address | siehe Website }}
Telefon: {{ property.phone | siehe Website }}

Gute Reise!

{{ property.name }}""",
    ),
    ("pre_arrival", "sms"): (
        "",
        "{{ property.name }}: Wir erwarten Sie am {{ reservation.arrival }} ab {{ property.check_in_time }} Uhr."
        " Fragen? {{ property.phone | Antworten Sie einfach. }}",
    ),
    ("option_reminder", "email"): (
        "Ihre Option im {{ property.name }} läuft bald ab",
        """Guten Tag {{ guest.name | lieber Gast }},

wir halten {{ reservation.room_type }} vom {{ reservation.arrival }} bis {{ reservation.departure }} für Sie bis {{ option.expires }}.

Bitte bestätigen Sie vorher, per Antwort auf diese E-Mail oder unter {{ property.phone | unserer Rezeption }}. Danach bieten wir das Zimmer anderen an.

Nummer Ihrer Option: {{ booking.confirmation_number }}
Gesamtpreis: {{ booking.total }}

{{ property.name }}""",
    ),
    ("waitlist_offer", "email"): (
        "Im {{ property.name }} ist ein Zimmer frei geworden",
        """Guten Tag {{ guest.name | lieber Gast }},

Sie stehen auf unserer Warteliste, und ein Zimmer ist frei geworden:

Zimmer: {{ reservation.room_type }}
Anreise: {{ reservation.arrival }}
Abreise: {{ reservation.departure }}
Gesamtpreis: {{ reservation.total }}

Wir halten es für Sie bis {{ offer.expires }}. Antworten Sie auf diese E-Mail oder rufen Sie an: {{ property.phone | unsere Rezeption }}.

{{ property.name }}""",
    ),
    ("city_reminder_1", "email"): (
        "Ihr Konto {{ account.number }} im {{ property.name }}",
        """Guten Tag {{ account.name }},

vielleicht ist es Ihnen entgangen: Auf Ihrem Konto {{ account.number }} sind {{ account.overdue }} fällig, der älteste Posten seit {{ account.oldest_due }}.

Saldo des Kontos: {{ account.balance }}

Falls Ihre Zahlung schon unterwegs ist, betrachten Sie dieses Schreiben bitte als erledigt.

{{ property.name }}
{{ property.address | }}""",
    ),
    ("city_reminder_2", "email"): (
        "Mahnung: {{ account.overdue }} sind im {{ property.name }} überfällig",
        """Guten Tag {{ account.name }},

auf Ihrem Konto {{ account.number }} fehlen uns noch {{ account.overdue }}; der älteste Posten war am {{ account.oldest_due }} fällig.

Saldo des Kontos: {{ account.balance }}

Bitte zahlen Sie innerhalb von sieben Tagen oder sagen Sie uns, wenn etwas nicht stimmt.

{{ property.name }}
{{ property.address | }}""",
    ),
    ("city_reminder_3", "email"): (
        "Letzte Mahnung: {{ account.overdue }} sind im {{ property.name }} überfällig",
        """Guten Tag {{ account.name }},

trotz unserer Mahnungen sind auf Ihrem Konto {{ account.number }} noch {{ account.overdue }} offen, der älteste Posten seit {{ account.oldest_due }}.

Saldo des Kontos: {{ account.balance }}

Bitte zahlen Sie umgehend. Bis dahin können Aufenthalte nur vor Ort bezahlt werden.

{{ property.name }}
{{ property.address | }}""",
    ),
    ("loyalty_statement", "email"): (
        "Ihre Punkte bei {{ loyalty.program }}",
        """Guten Tag {{ guest.name | lieber Gast }},

das sind Ihre Punkte bei {{ loyalty.program }} für {{ loyalty.period }}.

Mitglied: {{ loyalty.number }}
Stufe: {{ loyalty.tier }}
Vorher: {{ loyalty.opening }}

{{ loyalty.lines }}

Nachher: {{ loyalty.closing }}

Punkte, die bald verfallen:
{{ loyalty.ending }}

{{ loyalty.progress | }}

{{ property.name }}
{{ property.phone | }}""",
    ),
    ("loyalty_match_granted", "email"): (
        "Ihre Stufe bei {{ loyalty.program }}",
        """Guten Tag {{ guest.name | lieber Gast }},

weil Sie anderswo {{ loyalty.match }} sind, haben Sie bei {{ loyalty.program }} bis {{ loyalty.until }} die Stufe {{ loyalty.tier }}.

Mitglied: {{ loyalty.number }}

Wir freuen uns auf Ihren nächsten Aufenthalt.

{{ property.name }}
{{ property.phone | }}""",
    ),
    ("loyalty_match_refused", "email"): (
        "Ihre Anfrage bei {{ loyalty.program }}",
        """Guten Tag {{ guest.name | lieber Gast }},

Sie haben um die Stufe {{ loyalty.tier }} bei {{ loyalty.program }} gebeten, weil Sie anderswo {{ loyalty.match }} sind. Das können wir nicht gewähren:

{{ loyalty.because }}

Mitglied: {{ loyalty.number }}

Fragen Sie gern noch einmal an der Rezeption oder als Antwort auf diese E-Mail.

{{ property.name }}
{{ property.phone | }}""",
    ),
}
