"""What guests give to the house."""

from hotel.core.plugs import ComponentPlug, PrivacyProvider
from hotel.guests.personal import PERSONAL

PLUG = ComponentPlug(
    area="guests",
    verbs=("view", "manage", "merge"),
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
        "guests.Guest": ("email", "phone", "birth_date", "street", "email_fingerprint", "phone_fingerprint"),
        "guests.Company": ("email_fingerprint", "phone_fingerprint"),
        "guests.GuestDocument": ("number", "number_fingerprint"),
        "guests.GuestMerge": ("snapshot",),
    },
    personal=PERSONAL,
)
