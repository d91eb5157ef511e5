"""The standard letters in Spanish: (code, channel) to subject and text."""
# ruff: noqa: E501  (a paragraph of a letter is one line)

TEXTS: dict[tuple[str, str], tuple[str, str]] = {
    ("booking_confirmation", "email"): (
        "Su reserva {{ booking.confirmation_number }} en {{ property.name }}",
        """Estimado/a {{ guest.name | huésped }}:

Gracias por elegir {{ property.name }}. Su reserva está confirmada.

Número de confirmación: {{ booking.confirmation_number }}
Llegada: {{ reservation.arrival }}, desde las {{ property.check_in_time }}
Salida: {{ reservation.departure }}, hasta las {{ property.check_out_time }}
Noches: {{ reservation.nights }}
Habitación: {{ reservation.room_type }}
Tarifa: {{ reservation.rate_plan | según lo acordado }}
Total: {{ booking.total }}

Cancelación: {{ reservation.cancellation_policy | Consúltenos las condiciones de su tarifa. }}

Será un placer recibirle.

{{ property.name }}
{{ property.address | }}
{{ property.phone | }}""",
    ),
    ("booking_cancelled", "email"): (
        "Su reserva {{ booking.confirmation_number }} está cancelada",
        """Estimado/a {{ guest.name | huésped }}:

Hemos cancelado su reserva {{ booking.confirmation_number }} del {{ reservation.arrival }} al {{ reservation.departure }}.

Número de cancelación: {{ reservation.cancellation_number }}
Gastos de cancelación: {{ reservation.cancellation_fee | ninguno }}

Conserve el número de cancelación, por favor. Esperamos recibirle en otra ocasión.

{{ property.name }}
{{ property.phone | }}""",
    ),
    ("pre_arrival", "email"): (
        "Hasta pronto en {{ property.name }}",
        """Estimado/a {{ guest.name | huésped }}:

Su estancia comienza el {{ reservation.arrival }}. Su habitación estará lista desde las {{ property.check_in_time }}.

Díganos a qué hora espera llegar y si podemos prepararle algo: basta con responder a este correo.

Dirección: {{ property.address | consulte nuestra web }}
Teléfono: {{ property.phone | consulte nuestra web }}

¡Buen viaje!

{{ property.name }}""",
    ),
    ("pre_arrival", "sms"): (
        "",
        "{{ property.name }}: le esperamos el {{ reservation.arrival }} desde las {{ property.check_in_time }}."
        " ¿Preguntas? {{ property.phone | Responda a este mensaje. }}",
    ),
    ("option_reminder", "email"): (
        "Su opción en {{ property.name }} termina pronto",
        """Estimado/a {{ guest.name | huésped }}:

Le guardamos {{ reservation.room_type }} del {{ reservation.arrival }} al {{ reservation.departure }} hasta {{ option.expires }}.

Confirme antes, por favor, respondiendo a este correo o en {{ property.phone | nuestra recepción }}. Después ofreceremos la habitación a otras personas.

Número de su opción: {{ booking.confirmation_number }}
Total: {{ booking.total }}

{{ property.name }}""",
    ),
    ("waitlist_offer", "email"): (
        "Ha quedado libre una habitación en {{ property.name }}",
        """Estimado/a {{ guest.name | huésped }}:

Está en nuestra lista de espera y ha quedado libre una habitación:

Habitación: {{ reservation.room_type }}
Llegada: {{ reservation.arrival }}
Salida: {{ reservation.departure }}
Total: {{ reservation.total }}

Se la guardamos hasta {{ offer.expires }}. Responda a este correo o llame al {{ property.phone | hotel }} para aceptarla.

{{ property.name }}""",
    ),
    ("city_reminder_1", "email"): (
        "Su cuenta {{ account.number }} en {{ property.name }}",
        """Estimados señores de {{ account.name }}:

Quizá se les haya pasado: en su cuenta {{ account.number }} hay {{ account.overdue }} vencidos, el concepto más antiguo desde el {{ account.oldest_due }}.

Saldo de la cuenta: {{ account.balance }}

Si su pago ya está en camino, consideren esta carta sin efecto.

{{ property.name }}
{{ property.address | }}""",
    ),
    ("city_reminder_2", "email"): (
        "Recordatorio: {{ account.overdue }} vencidos en {{ property.name }}",
        """Estimados señores de {{ account.name }}:

Aún no hemos recibido {{ account.overdue }} de su cuenta {{ account.number }}; el concepto más antiguo venció el {{ account.oldest_due }}.

Saldo de la cuenta: {{ account.balance }}

Les rogamos que paguen en un plazo de siete días o que nos avisen si algo no es correcto.

{{ property.name }}
{{ property.address | }}""",
    ),
    ("city_reminder_3", "email"): (
        "Último recordatorio: {{ account.overdue }} vencidos en {{ property.name }}",
        """Estimados señores de {{ account.name }}:

A pesar de nuestros recordatorios siguen pendientes {{ account.overdue }} de su cuenta {{ account.number }}, el concepto más antiguo desde el {{ account.oldest_due }}.

Saldo de la cuenta: {{ account.balance }}

Les rogamos que paguen de inmediato. Hasta entonces las estancias solo podrán pagarse en el hotel.

{{ property.name }}
{{ property.address | }}""",
    ),
    ("loyalty_statement", "email"): (
        "Sus puntos de {{ loyalty.program }}",
        """Hola, {{ guest.name | estimado huésped }}:

Estos son sus puntos de {{ loyalty.program }} del período {{ loyalty.period }}.

Socio: {{ loyalty.number }}
Nivel: {{ loyalty.tier }}
Antes: {{ loyalty.opening }}

{{ loyalty.lines }}

Después: {{ loyalty.closing }}

Puntos que caducan pronto:
{{ loyalty.ending }}

{{ loyalty.progress | }}

{{ property.name }}
{{ property.phone | }}""",
    ),
    ("loyalty_match_granted", "email"): (
        "Su nivel en {{ loyalty.program }}",
        """Hola, {{ guest.name | estimado huésped }}:

Como usted es {{ loyalty.match }} en otro programa, tiene en {{ loyalty.program }} el nivel {{ loyalty.tier }} hasta el {{ loyalty.until }}.

Socio: {{ loyalty.number }}

Esperamos su próxima estancia.

{{ property.name }}
{{ property.phone | }}""",
    ),
    ("loyalty_match_refused", "email"): (
        "Su solicitud en {{ loyalty.program }}",
        """Hola, {{ guest.name | estimado huésped }}:

Nos pidió el nivel {{ loyalty.tier }} en {{ loyalty.program }} porque es {{ loyalty.match }} en otro programa. No podemos concederlo:

{{ loyalty.because }}

Socio: {{ loyalty.number }}

Puede pedirlo de nuevo en la recepción o respondiendo a este correo.

{{ property.name }}
{{ property.phone | }}""",
    ),
}
