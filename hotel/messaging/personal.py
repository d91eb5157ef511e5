"""What messaging knows of persons."""

from hotel.core.plugs import PersonalData

_TOLD = ("the hotel's staff", "mail and telephone providers")

PERSONAL = (
    PersonalData(
        model="messaging.Message",
        fields=(
            "channel", "purpose", "address", "address_fingerprint", "recipient_name", "subject", "body", "body_html",
            "guest_id",
        ),
        tier="T2", purpose="to write to the guest", legal_basis="contract", retention="business_letter",
        recipients=_TOLD, subjects=("guest_id",), source="the guest, and the hotel's templates",
    ),
    PersonalData(
        model="messaging.Message", fields=("failure_reason",), tier="T2", purpose="to see why a letter failed",
        legal_basis="legitimate_interest", retention="business_letter", recipients=_TOLD, subjects=("guest_id",),
        source="mail and telephone providers",
    ),
    PersonalData(
        model="messaging.MessageAttempt", fields=("reason",), tier="T2", purpose="to see why a letter failed",
        legal_basis="legitimate_interest", retention="business_letter", recipients=_TOLD,
        subjects=("message__guest_id",), source="mail and telephone providers",
    ),
    PersonalData(
        model="messaging.Suppression", fields=("address", "fingerprint", "note"), tier="T2",
        purpose="never to write there again", legal_basis="legal_obligation", retention="consent_proof",
        recipients=_TOLD, whose="business",
        kept="the keyed hash stays, so that an address that said no is never written to again",
    ),
)  # fmt: skip

IMPERSONAL = {
    "messaging.MessageTemplate.subject": "the hotel's own words",
    "messaging.MessageTemplate.body": "the hotel's own words",
    "messaging.MessageTemplate.body_html": "the hotel's own words",
    "messaging.WebhookSecret.secret": "of a machine",
}
