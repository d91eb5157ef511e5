"""What guests know of persons."""

from hotel.core.plugs import PersonalData

_SELF = ("pk", "merged_into_id")
_FRONT = ("the hotel's staff", "hotels of the same chain")

PERSONAL = (
    PersonalData(
        model="guests.Guest",
        fields=("salutation", "first_name", "last_name", "name_key", "nationality", "language"),
        tier="T1", purpose="to know who stays", legal_basis="contract", retention="guest_profile",
        recipients=_FRONT, subjects=_SELF,
    ),
    PersonalData(
        model="guests.Guest",
        fields=(
            "email", "email_fingerprint", "email_kind", "phone", "phone_fingerprint", "street", "postal_code", "city",
            "region", "country",
        ),
        tier="T2", purpose="to reach the guest, and to invoice him", legal_basis="contract",
        retention="guest_profile", recipients=(*_FRONT, "mail and telephone providers"), subjects=_SELF,
    ),
    PersonalData(
        model="guests.Guest", fields=("birth_date", "birth_date_fingerprint"), tier="T3",
        purpose="registration of guests",
        legal_basis="legal_obligation", retention="guest_register", recipients=_FRONT, subjects=_SELF,
    ),
    PersonalData(
        model="guests.Guest", fields=("do_not_rent_reason",), tier="T1", purpose="to protect house and staff",
        legal_basis="legitimate_interest", retention="guest_profile", recipients=_FRONT, subjects=_SELF,
        source="the hotel's staff",
    ),
    PersonalData(
        model="guests.GuestDocument",
        fields=("kind", "number", "number_fingerprint", "issuing_country", "issued_on", "expires_on"),
        tier="T3", purpose="registration of guests", legal_basis="legal_obligation", retention="guest_register",
        recipients=("the hotel's staff", "registration authorities"), subjects=("guest_id",),
    ),
    PersonalData(
        model="guests.GuestConsent",
        fields=("channel", "purpose", "decision", "at", "source", "text_version", "evidence"),
        tier="T1", purpose="to prove what was agreed to", legal_basis="legal_obligation",
        retention="consent_proof", subjects=("guest_id",),
    ),
    PersonalData(
        model="guests.GuestMerge", fields=("reason", "snapshot"), tier="T3",
        purpose="to take apart again what was joined by mistake", legal_basis="legitimate_interest",
        retention="guest_profile", subjects=("kept_id", "merged_id"), source="both profiles",
    ),
    PersonalData(
        model="guests.GuestMatch", fields=("score", "reasons"), tier="T1",
        purpose="to find double profiles", legal_basis="legitimate_interest", retention="guest_profile",
        subjects=("first_id", "second_id"), source="computed from profiles",
    ),
    PersonalData(
        model="guests.GuestRelationship", fields=("kind",), tier="T1", purpose="to know who belongs together",
        legal_basis="legitimate_interest", retention="guest_profile", subjects=("guest_id", "other_id"),
    ),
    PersonalData(
        model="guests.ProfileAtProperty",
        fields=("search_text", "stays", "nights", "cancellations", "no_shows", "first_stay_on", "last_stay_on"),
        tier="T2", purpose="to find the guest, and to know him as a regular",
        legal_basis="legitimate_interest", retention="guest_profile", subjects=("guest_id",),
        source="computed from profile and stays",
    ),
    PersonalData(
        model="guests.Company",
        fields=(
            "name", "email", "email_fingerprint", "phone", "phone_fingerprint", "street", "postal_code", "city",
            "region",
        ),
        tier="T2", purpose="to deal with business partners", legal_basis="contract",
        retention="business_letter", whose="business", source="the partner",
    ),
)  # fmt: skip
