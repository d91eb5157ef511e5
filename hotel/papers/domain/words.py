"""The words of papers, in the languages that documents are printed in."""

from collections.abc import Mapping

from hotel.folios.domain.document_words import LANGUAGES

# name -> English, German, Spanish
_WORDS: Mapping[str, tuple[str, str, str]] = {
    "page": ("Page", "Seite", "Página"),
    "page_of": ("of", "von", "de"),
    "as_of": ("As of", "Stand", "A fecha de"),
    "business_date": ("Business date", "Geschäftstag", "Día hotelero"),
    "nothing": ("Nothing to list.", "Nichts aufzuführen.", "No hay nada que mostrar."),
    "rows": ("Rows", "Zeilen", "Filas"),
    "total": ("Total", "Summe", "Total"),
    "about": ("About", "Über", "Acerca de"),
    "definitions": ("Definitions", "Definitionen", "Definiciones"),
    "confidential": ("Confidential", "Vertraulich", "Confidencial"),
    "yes": ("yes", "ja", "sí"),
    # titles
    "registration": ("Registration card", "Meldeschein", "Ficha de registro"),
    "arrivals": ("Arrivals", "Anreisen", "Llegadas"),
    "in_house": ("In house", "Im Haus", "Alojados"),
    "departures": ("Departures", "Abreisen", "Salidas"),
    "housekeeping": ("Housekeeping", "Zimmerreinigung", "Limpieza"),
    "rooming": ("Rooming list", "Rooming-Liste", "Lista de habitaciones"),
    "audit_pack": ("Night-audit pack", "Tagesabschluss", "Cierre del día"),
    "downtime_pack": ("Downtime pack", "Notfallmappe", "Dossier de contingencia"),
    "arrivals_on": ("Arrivals {day}", "Anreisen {day}", "Llegadas {day}"),
    "departures_on": ("Departures {day}", "Abreisen {day}", "Salidas {day}"),
    "rooms": ("Rooms", "Zimmer", "Habitaciones"),
    "open_balances": ("Open balances", "Offene Salden", "Saldos pendientes"),
    "statistics": ("Figures of the day", "Kennzahlen des Tages", "Cifras del día"),
    "revenue_by_code": ("Revenue by code", "Erlöse nach Kontierung", "Ingresos por código"),
    "taxes": ("Taxes", "Steuern", "Impuestos"),
    "payments_by_method": ("Payments by method", "Zahlungen nach Art", "Pagos por método"),
    "trial_balance": ("Trial balance", "Saldenliste", "Balance de comprobación"),
    "no_shows": ("No-shows", "Nicht angereist", "No presentados"),
    # columns
    "room": ("Room", "Zimmer", "Hab."),
    "guest": ("Guest", "Gast", "Huésped"),
    "guests": ("Guests", "Gäste", "Huéspedes"),
    "number": ("Reservation", "Reservierung", "Reserva"),
    "type": ("Type", "Typ", "Tipo"),
    "adults": ("Adults", "Erw.", "Adultos"),
    "children": ("Children", "Kinder", "Niños"),
    "persons": ("Persons", "Pers.", "Pers."),
    "arrival": ("Arrival", "Anreise", "Llegada"),
    "departure": ("Departure", "Abreise", "Salida"),
    "nights": ("Nights", "Nächte", "Noches"),
    "eta": ("Expected", "Erwartet", "Prevista"),
    "etd": ("Leaves at", "Geht um", "Hora salida"),
    "status": ("Status", "Status", "Estado"),
    "guarantee": ("Guarantee", "Garantie", "Garantía"),
    "balance": ("Balance", "Saldo", "Saldo"),
    "notes": ("Notes", "Hinweise", "Notas"),
    "done": ("Done", "Erledigt", "Hecho"),
    "letter": ("State", "Zustand", "Estado"),
    "front": ("Front desk", "Empfang", "Recepción"),
    "task": ("Task", "Aufgabe", "Tarea"),
    "attendant": ("Attendant", "Kraft", "Personal"),
    "folio": ("Folio", "Rechnungskonto", "Folio"),
    "name": ("Name", "Name", "Nombre"),
    "fee": ("Fee", "Gebühr", "Cargo"),
    "what": ("What", "Was", "Concepto"),
    "value": ("Value", "Wert", "Valor"),
    "code": ("Code", "Konto", "Código"),
    "amount": ("Amount", "Betrag", "Importe"),
    "entries": ("Entries", "Buchungen", "Asientos"),
    "ledger": ("Ledger", "Hauptbuch", "Libro"),
    "opening": ("Opening", "Anfang", "Inicial"),
    "debits": ("Debits", "Soll", "Debe"),
    "credits": ("Credits", "Haben", "Haber"),
    "closing": ("Closing", "Ende", "Final"),
    "group": ("Group", "Gruppe", "Grupo"),
    # states
    "due_in": ("due in", "kommt", "por llegar"),
    "here": ("in house", "im Haus", "alojado"),
    "due_out": ("due out", "reist ab", "por salir"),
    "left": ("left", "abgereist", "salió"),
    "vacant": ("vacant", "frei", "libre"),
    "occupied": ("occupied", "belegt", "ocupada"),
    "arrives": ("arrival", "Anreise", "llegada"),
    "option": ("on option", "Option", "opción"),
    "out_of_service": ("out of service", "außer Betrieb", "fuera de servicio"),
    "out_of_order": ("out of order", "gesperrt", "fuera de orden"),
    "out_of_inventory": ("out of inventory", "nicht im Bestand", "fuera de inventario"),
    "letters": (
        "D dirty · P pick-up · C clean · I inspected",
        "D schmutzig · P leicht aufräumen · C sauber · I geprüft",
        "D sucia · P repaso · C limpia · I inspeccionada",
    ),
    # figures
    "occupancy": ("Occupancy", "Belegung", "Ocupación"),
    "rooms_available": ("Rooms available", "Verfügbare Zimmer", "Habitaciones disponibles"),
    "rooms_sold": ("Rooms sold", "Verkaufte Zimmer", "Habitaciones vendidas"),
    "rooms_out_of_order": ("Out of order", "Gesperrt", "Fuera de orden"),
    "rooms_complimentary": ("Complimentary", "Kostenlos", "Cortesía"),
    "rooms_house_use": ("House use", "Eigenbedarf", "Uso interno"),
    "rooms_day_use": ("Day use", "Tageszimmer", "Uso diurno"),
    "walk_ins": ("Walk-ins", "Ohne Reservierung", "Sin reserva"),
    "cancellations": ("Cancellations", "Stornierungen", "Cancelaciones"),
    "adr": ("Average daily rate", "Durchschnittlicher Zimmerpreis", "Tarifa media diaria"),
    "revpar": ("Revenue per available room", "Erlös je verfügbarem Zimmer", "Ingreso por habitación disponible"),
    "room_revenue": ("Room revenue", "Logiserlös", "Ingresos de habitaciones"),
    "other_revenue": ("Other revenue", "Sonstiger Erlös", "Otros ingresos"),
    "all_revenue": ("All revenue", "Gesamterlös", "Ingresos totales"),
    # ledgers
    "ledger_guest": ("Guests", "Gäste", "Huéspedes"),
    "ledger_deposit": ("Deposits", "Anzahlungen", "Depósitos"),
    "ledger_city": ("City ledger", "Debitoren", "Cuentas por cobrar"),
    "ledger_package": ("Package allowances", "Pauschalen", "Paquetes"),
    "ledger_revenue": ("Revenue", "Erlöse", "Ingresos"),
    "ledger_non_revenue": ("Passed on", "Durchlaufend", "Por cuenta ajena"),
    "ledger_tax": ("Taxes", "Steuern", "Impuestos"),
    "ledger_payment": ("Payments", "Zahlungen", "Pagos"),
    "ledger_fx": ("Exchange differences", "Kursdifferenzen", "Diferencias de cambio"),
    "ledger_over_short": ("Over and short", "Kassendifferenzen", "Diferencias de caja"),
    "ledger_write_off": ("Written off", "Ausgebucht", "Cancelado"),
    "ledger_fee": ("Processor fees", "Kartengebühren", "Comisiones"),
    # definitions
    "def_arrivals": (
        "Stays that are due in on the business date, and those that came on it.",
        "Aufenthalte, die am Geschäftstag erwartet werden oder angereist sind.",
        "Estancias que llegan el día hotelero y las que ya llegaron.",
    ),
    "def_in_house": (
        "Guests who are in house now. Balance: what the folios of the stay owe.",
        "Gäste, die jetzt im Haus sind. Saldo: was die Konten des Aufenthalts schulden.",
        "Huéspedes alojados ahora. Saldo: lo que deben los folios de la estancia.",
    ),
    "def_departures": (
        "Stays that are due out on the business date, and those that left on it.",
        "Aufenthalte, die am Geschäftstag enden, und die bereits abgereisten.",
        "Estancias que salen el día hotelero y las que ya salieron.",
    ),
    "def_housekeeping": (
        "Every room of the business date. Persons: of the stay in the room, else of the one that comes.",
        "Alle Zimmer des Geschäftstags. Personen: des Aufenthalts im Zimmer, sonst des kommenden.",
        "Todas las habitaciones del día. Personas: de la estancia en curso, o de la que llega.",
    ),
    "def_rooming": (
        "Stays that were picked up from the group block and are not cancelled.",
        "Aus dem Gruppenkontingent abgerufene, nicht stornierte Aufenthalte.",
        "Estancias tomadas del bloque del grupo y no canceladas.",
    ),
    "def_figures": (
        "As frozen by the night audit; revenue without taxes. Occupancy: rooms sold by rooms available, out of order "
        "included.",
        "Wie vom Tagesabschluss festgehalten; Erlöse ohne Steuern. Belegung: verkaufte durch verfügbare Zimmer, "
        "gesperrte eingeschlossen.",
        "Según el cierre del día; ingresos sin impuestos. Ocupación: habitaciones vendidas entre disponibles, "
        "incluidas las fuera de orden.",
    ),
    "def_open_balances": (
        "Open folios that owe or are owed something at the time of this paper.",
        "Offene Konten mit Saldo zum Zeitpunkt dieses Papiers.",
        "Folios abiertos con saldo en el momento de este documento.",
    ),
    "def_downtime": (
        "Three days from the business date, as they stood when this was made. Work on paper from here; enter it later.",
        "Drei Tage ab dem Geschäftstag, Stand bei der Erstellung. Von hier an auf Papier arbeiten und später erfassen.",
        "Tres días desde el día hotelero, según el momento de su creación. Trabaje en papel y regístrelo después.",
    ),
    # registration card
    "family_name": ("Family name", "Familienname", "Apellidos"),
    "first_name": ("First name", "Vorname", "Nombre"),
    "birth_date": ("Date of birth", "Geburtsdatum", "Fecha de nacimiento"),
    "nationality": ("Nationality", "Staatsangehörigkeit", "Nacionalidad"),
    "street": ("Street", "Straße", "Calle"),
    "city": ("Postal code, city", "PLZ, Ort", "Código postal, ciudad"),
    "country": ("Country", "Land", "País"),
    "email": ("E-mail", "E-Mail", "Correo electrónico"),
    "phone": ("Telephone", "Telefon", "Teléfono"),
    "document": ("Identity document", "Ausweisdokument", "Documento de identidad"),
    "document_number": ("Document number", "Dokumentnummer", "Número de documento"),
    "accompanying": ("Accompanying guests", "Mitreisende", "Acompañantes"),
    "stay": ("Stay", "Aufenthalt", "Estancia"),
    "your_data": ("Your details", "Ihre Angaben", "Sus datos"),
    "please_check": (
        "Please check, complete and sign.",
        "Bitte prüfen, ergänzen und unterschreiben.",
        "Por favor, compruebe, complete y firme.",
    ),
    "signature": ("Signature of the guest", "Unterschrift des Gastes", "Firma del huésped"),
    "place_date": ("Place, date", "Ort, Datum", "Lugar, fecha"),
    "privacy": ("Privacy", "Datenschutz", "Protección de datos"),
    "privacy_text": (
        "{hotel} processes these data to fulfil your booking and its legal duty to register guests (Art. 6 (1) b and c "
        "GDPR). They are kept as long as the law demands and given to authorities only where it says so. You may ask "
        "for access, correction, erasure, restriction or a copy of your data, object to their use, and complain to "
        "the data protection authority. Contact: {contact}.",
        "{hotel} verarbeitet diese Daten zur Erfüllung Ihrer Buchung und der gesetzlichen Meldepflicht (Art. 6 Abs. 1 "
        "lit. b und c DSGVO). Sie werden so lange aufbewahrt, wie das Gesetz es verlangt, und nur dann an Behörden "
        "gegeben. Sie haben das Recht auf Auskunft, Berichtigung, Löschung, Einschränkung, Übertragbarkeit und "
        "Widerspruch sowie auf Beschwerde bei der Datenschutzbehörde. Kontakt: {contact}.",
        "{hotel} trata estos datos para cumplir su reserva y la obligación legal de registrar a los huéspedes (art. "
        "6.1 b y c RGPD). Se conservan el tiempo que exige la ley y solo se entregan a las autoridades cuando esta lo "
        "dispone. Usted puede pedir acceso, rectificación, supresión, limitación o una copia de sus datos, oponerse a "
        "su uso y reclamar ante la autoridad de protección de datos. Contacto: {contact}.",
    ),
    "passport": ("Passport", "Reisepass", "Pasaporte"),
    "id_card": ("Identity card", "Personalausweis", "Documento nacional"),
    "driving_licence": ("Driving licence", "Führerschein", "Permiso de conducir"),
    "residence_permit": ("Residence permit", "Aufenthaltstitel", "Permiso de residencia"),
    # tasks of housekeeping
    "task_departure": ("Departure", "Abreise", "Salida"),
    "task_stayover": ("Stayover", "Bleibe", "Estancia"),
    "task_linen": ("Linen", "Wäsche", "Ropa de cama"),
    "task_pickup": ("Pick-up", "Aufräumen", "Repaso"),
    "task_deep": ("Deep clean", "Grundreinigung", "Limpieza a fondo"),
    "task_turndown": ("Turndown", "Abendservice", "Cobertura"),
    "task_arrival": ("Arrival check", "Kontrolle", "Revisión"),
    "task_inspection": ("Inspection", "Prüfung", "Inspección"),
    "task_welfare": ("Welfare check", "Nachsehen", "Comprobar"),
    "task_delivery": ("Delivery", "Lieferung", "Entrega"),
    "task_repair": ("Repair", "Reparatur", "Reparación"),
    "task_other": ("Other", "Sonstiges", "Otro"),
    # guarantees
    "none": ("none", "keine", "ninguna"),
    "hold_6pm": ("until 6 p.m.", "bis 18 Uhr", "hasta las 18 h"),
    "credit_card": ("card", "Karte", "tarjeta"),
    "prepayment": ("prepaid", "vorausbezahlt", "prepago"),
    "company": ("company", "Firma", "empresa"),
    "ota": ("agency", "Portal", "agencia"),
}  # fmt: skip


def words(language: str) -> dict[str, str]:
    """All words in a language, by name.

    Raises:
        ValueError: papers are not printed in it.
    """
    at = LANGUAGES.index(language)
    return {name: texts[at] for name, texts in _WORDS.items()}
