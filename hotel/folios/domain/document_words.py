"""The words of documents in each language they can be printed in; texts of the house's own stay as typed."""

from collections.abc import Mapping

LANGUAGES = ("en", "de", "es")

# word -> its text by language, in the order of LANGUAGES
_WORDS: Mapping[str, tuple[str, str, str]] = {
    "invoice": ("Invoice", "Rechnung", "Factura"),
    "credit_note": ("Credit note", "Gutschrift", "Nota de crédito"),
    "cancellation": ("Cancellation", "Stornorechnung", "Factura de anulación"),
    "pro_forma": ("Pro forma invoice", "Proforma-Rechnung", "Factura proforma"),
    "deposit_receipt": ("Deposit receipt", "Anzahlungsbeleg", "Recibo de depósito"),
    "advance": ("Advance invoice", "Anzahlungsrechnung", "Factura de anticipo"),
    "statement": ("Statement of account", "Kontoauszug", "Estado de cuenta"),
    "not_fiscal": (
        "This is not an invoice.",
        "Dies ist keine Rechnung.",
        "Este documento no es una factura.",
    ),
    "number": ("Number", "Nummer", "Número"),
    "issued_on": ("Date", "Datum", "Fecha"),
    "due_on": ("Due", "Fällig", "Vencimiento"),
    "corrects": ("Corrects", "Zu Rechnung", "Rectifica"),
    "of_day": ("of", "vom", "del"),
    "reason": ("Reason", "Grund", "Motivo"),
    "reservation": ("Reservation", "Reservierung", "Reserva"),
    "account": ("Account", "Konto", "Cuenta"),
    "guest": ("Guest", "Gast", "Huésped"),
    "room": ("Room", "Zimmer", "Habitación"),
    "stay": ("Stay", "Aufenthalt", "Estancia"),
    "tax_number": ("VAT number", "UID-Nummer", "NIF"),
    "day": ("Date", "Datum", "Fecha"),
    "text": ("Description", "Bezeichnung", "Descripción"),
    "quantity": ("Qty", "Menge", "Cant."),
    "unit": ("Price", "Preis", "Precio"),
    "rate": ("Tax", "Steuer", "Impuesto"),
    "amount": ("Amount", "Betrag", "Importe"),
    "net": ("Net", "Netto", "Base"),
    "tax": ("Tax", "Steuer", "Impuesto"),
    "gross": ("Gross", "Brutto", "Bruto"),
    "untaxed": ("Not taxed", "Nicht steuerbar", "No sujeto"),
    "total_net": ("Net total", "Nettobetrag", "Base imponible"),
    "total_tax": ("Taxes", "Steuern", "Impuestos"),
    "total": ("Total", "Gesamtbetrag", "Total"),
    "payments": ("Payments", "Zahlungen", "Pagos"),
    "brought_forward": ("Brought forward", "Übertrag", "Saldo anterior"),
    "paid": ("Paid", "Bezahlt", "Pagado"),
    "balance": ("Balance due", "Offener Betrag", "Saldo pendiente"),
    "credit_balance": ("Balance in your favour", "Guthaben", "Saldo a su favor"),
    "settled": (
        "Paid in full. Thank you.",
        "Vollständig bezahlt. Vielen Dank.",
        "Pagado en su totalidad. Gracias.",
    ),
    "page": ("Page", "Seite", "Página"),
    "page_of": ("of", "von", "de"),
    "phone": ("Tel.", "Tel.", "Tel."),
    "period": ("Period", "Zeitraum", "Período"),
    "opening": ("Opening balance", "Anfangssaldo", "Saldo inicial"),
    "closing": ("Closing balance", "Endsaldo", "Saldo final"),
    "running": ("Balance", "Saldo", "Saldo"),
    "item": ("Item", "Posten", "Concepto"),
    "open": ("Open", "Offen", "Pendiente"),
    "aging": ("Open items by age", "Offene Posten nach Alter", "Partidas abiertas por antigüedad"),
    "current": ("Not due", "Nicht fällig", "No vencido"),
    "days_30": ("1–30 days", "1–30 Tage", "1–30 días"),
    "days_60": ("31–60 days", "31–60 Tage", "31–60 días"),
    "days_90": ("61–90 days", "61–90 Tage", "61–90 días"),
    "days_120": ("91–120 days", "91–120 Tage", "91–120 días"),
    "older": ("Over 120 days", "Über 120 Tage", "Más de 120 días"),
    "unallocated": ("Not allocated", "Nicht zugeordnet", "Sin asignar"),
    "transfer": ("Invoice transferred", "Übertragene Rechnung", "Factura transferida"),
    "payment": ("Payment", "Zahlung", "Pago"),
    "refund": ("Refund", "Rückzahlung", "Reembolso"),
    "write_off": ("Written off", "Ausgebucht", "Cancelado"),
    "reversal": ("Reversal", "Storno", "Anulación"),
}

# standard transaction code -> the line's text, while a posting has no text of its own
_CODES: Mapping[str, tuple[str, str, str]] = {
    "room": ("Room", "Zimmer", "Habitación"),
    "late_check_out": ("Late check-out", "Späte Abreise", "Salida tardía"),
    "no_show_fee": ("No-show fee", "Nichtanreise", "Cargo por no presentarse"),
    "cancellation_fee": ("Cancellation fee", "Stornogebühr", "Cargo por cancelación"),
    "early_departure_fee": ("Early departure fee", "Vorzeitige Abreise", "Cargo por salida anticipada"),
    "food": ("Food", "Speisen", "Comida"),
    "beverage": ("Beverage", "Getränke", "Bebidas"),
    "service": ("Service", "Dienstleistung", "Servicio"),
    "sundry": ("Sundry", "Diverses", "Varios"),
    "breakage": ("Package, not consumed", "Pauschale, nicht verbraucht", "Paquete, no consumido"),
    "package_loss": ("Beyond the package", "Über die Pauschale hinaus", "Por encima del paquete"),
    "tip": ("Tip", "Trinkgeld", "Propina"),
    "paid_out": ("Paid out for the guest", "Auslage für den Gast", "Pago por cuenta del huésped"),
    "cash": ("Cash", "Bar", "Efectivo"),
    "card": ("Card", "Karte", "Tarjeta"),
    "card_terminal": ("Card, by terminal", "Karte, Terminal", "Tarjeta, terminal"),
    "bank": ("Bank transfer", "Überweisung", "Transferencia"),
    "voucher": ("Voucher", "Gutschein", "Vale"),
    "deposit_transfer": ("Deposit", "Anzahlung", "Depósito"),
    "city_ledger": ("To the city ledger", "Auf Rechnung", "A crédito"),
}
_REBATE: tuple[str, str, str] = ("rebate", "Nachlass", "descuento")


def words(language: str) -> dict[str, str]:
    """All words in a language, by name.

    Raises:
        ValueError: documents are not printed in it.
    """
    at = LANGUAGES.index(language)
    return {name: texts[at] for name, texts in _WORDS.items()}


def language_chosen(*wanted: str) -> str:
    """The first wanted language that documents are printed in, its region left off; English when none is."""
    bases = (language.partition("-")[0].lower() for language in wanted)
    return next((base for base in bases if base in LANGUAGES), LANGUAGES[0])


def code_text(code: str, language: str) -> str:
    """What a standard code is called on documents; empty for codes of the house's own."""
    base, is_rebate, _ = code.partition("_rebate")
    texts = _CODES.get(base)
    if texts is None:
        return ""
    at = LANGUAGES.index(language)
    return f"{texts[at]}, {_REBATE[at]}" if is_rebate else texts[at]
