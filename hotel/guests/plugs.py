"""What guests give to the house."""

from hotel.core.plugs import AdminGroup, BlindIndex, ComponentPlug, PrivacyProvider
from hotel.guests.personal import PERSONAL

PLUG = ComponentPlug(
    area="guests",
    verbs=("view", "manage", "merge"),
    admin=(AdminGroup("Guests and companies", 70),),
    privacy=(
        PrivacyProvider(
            "profile",
            export="hotel.guests.services.privacy.guest_export",
            erase="hotel.guests.services.privacy.guest_erase",
            blockers="hotel.guests.services.privacy.erasure_blockers",
        ),
    ),
    demo="hotel.guests.services.demo.demo_seed",
    invariants=("hotel.guests.invariants.invariants",),
    audit_excluded={
        "guests.ProfileAtProperty": "search text and figures, recomputed from what is audited; high volume",
        "guests.GuestMatch": "suspicions computed from what is audited; the decision is in the row itself",
    },
    trail_excluded={
        "guests.ProfileAtProperty": "search text and figures, recomputed from what the trail has; high volume",
        "guests.GuestMatch": "suspicions computed anew every night; the decision is in the guest's own row",
    },
    audit_masked={
        "guests.Guest": (
            "email",
            "phone",
            "birth_date",
            "street",
            "email_fingerprint",
            "phone_fingerprint",
            "birth_date_fingerprint",
        ),
        "guests.Company": ("email", "phone", "street", "email_fingerprint", "phone_fingerprint"),
        "guests.GuestDocument": ("number", "number_fingerprint"),
        "guests.GuestMerge": ("snapshot",),
    },
    personal=PERSONAL,
    blind_indexes=(
        BlindIndex("guests.Guest", "email", "email_fingerprint", "guests.email"),
        BlindIndex("guests.Guest", "phone", "phone_fingerprint", "guests.phone"),
        BlindIndex("guests.Guest", "birth_date", "birth_date_fingerprint", "guests.birth_date"),
        BlindIndex("guests.Company", "email", "email_fingerprint", "guests.email"),
        BlindIndex("guests.Company", "phone", "phone_fingerprint", "guests.phone"),
        BlindIndex("guests.GuestDocument", "number", "number_fingerprint", "guests.document_number"),
    ),
)
