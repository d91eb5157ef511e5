"""What folios know of persons. Invoices stay as long as the tax law says, restricted to those who need them."""

from hotel.core.plugs import PersonalData

_STAY = ("reservation__primary_guest_id", "reservation__guests__guest_id")
_INVOICE = (*_STAY, "window__guest_id")
_PSP = ("the hotel's staff", "the payment processor")
_TAX = ("the hotel's staff", "tax advisers and tax authorities")
_LAW = "a fiscal document must be kept unchanged until its term ends (GDPR 17(3)(b))"

PERSONAL = (
    PersonalData(
        model="folios.Invoice", fields=("number_text", "issued_on", "payee_name", "total", "currency", "content"),
        tier="T2", purpose="taxes and accounts", legal_basis="legal_obligation", retention="fiscal_document",
        recipients=_TAX, subjects=_INVOICE, kept=_LAW,
    ),
    PersonalData(
        model="folios.InvoicePdf", fields=("content_hash",), tier="T2", purpose="taxes and accounts",
        legal_basis="legal_obligation", retention="fiscal_document", recipients=_TAX,
        subjects=tuple(f"invoice__{name}" for name in _INVOICE), kept=_LAW, source="printed from the invoice",
    ),
    PersonalData(
        model="folios.FolioWindow", fields=("label",), tier="T1", purpose="to settle what was consumed",
        legal_basis="contract", retention="fiscal_document", recipients=_TAX, subjects=("guest_id",),
    ),
    PersonalData(
        model="folios.CardToken", fields=("brand", "last4", "bin", "expires"), tier="T3",
        purpose="to charge the card the guest gave", legal_basis="contract", retention="payment_card",
        recipients=_PSP, subjects=("guest_id",), source="the payment processor",
        kept="brand and last four digits stay with the payment, cut off from the guest",
    ),
    PersonalData(
        model="folios.Payment",
        fields=("number", "created_at", "amount", "currency", "description", "reference", "reason"), tier="T1",
        purpose="taxes and accounts", legal_basis="legal_obligation", retention="fiscal_document",
        recipients=(*_TAX, "the payment processor"), subjects=_INVOICE, kept=_LAW,
    ),
    PersonalData(
        model="folios.PaymentLink", fields=("description",), tier="T1", purpose="to let the guest pay by himself",
        legal_basis="contract", retention="fiscal_document", recipients=_PSP, subjects=_STAY,
    ),
    PersonalData(
        model="folios.CityAccount", fields=("name", "contact", "email", "address"), tier="T2",
        purpose="to invoice business partners", legal_basis="contract", retention="fiscal_document",
        recipients=_TAX, whose="business", source="the partner",
    ),
    PersonalData(
        model="folios.CashierSession", fields=("note",), tier="T1", purpose="to account for cash",
        legal_basis="legal_obligation", retention="fiscal_document", whose="staff", source="the cashier",
    ),
    PersonalData(
        model="folios.CashMovement", fields=("note",), tier="T1", purpose="to account for cash",
        legal_basis="legal_obligation", retention="fiscal_document", whose="staff", source="the cashier",
    ),
)  # fmt: skip

IMPERSONAL = {
    "folios.GatewayAccount.api_key": "of a machine",
    "folios.GatewayAccount.webhook_secret": "of a machine",
    "folios.CardToken.token": "worthless without the processor's key; never given out, forgotten at an erasure",
    "folios.InvoicePdf.content": "the printed form of what the invoice's content says",
}
