"""The detectors of the house: what each looks for, and how sharply as long as nobody says otherwise.

Source: security reference §4.10.
"""

from collections.abc import Mapping
from dataclasses import dataclass

MINUTES = 60


@dataclass(frozen=True)
class Detector:
    """One way to notice an attack.

    Attributes:
        title: of the incident; ``{count}`` and ``{subject}`` are filled in.
        category: of the incident, which chooses the playbook.
        severity: until somebody changes its row.
        threshold: from how many on.
        window_seconds: how long it looks back.
    """

    title: str
    category: str
    severity: str
    threshold: int
    window_seconds: int = 10 * MINUTES


DETECTORS: Mapping[str, Detector] = {
    "password_guessing": Detector("{count} wrong passwords for {subject}", "sign_in", "medium", 10),
    "password_spray": Detector("Wrong passwords for {count} people from {subject}", "sign_in", "high", 8),
    "credential_stuffing": Detector("{count} attempts under names that nobody has", "sign_in", "medium", 20),
    "second_step_guessing": Detector("{count} wrong second steps of {subject}, password known", "account", "high", 5),
    "roaming_person": Detector("{subject} acts from {count} networks at once", "account", "high", 3),
    "second_factor_removed": Detector("The second step of {subject}, who has power, is gone", "account", "medium", 1),
    "privilege_at_night": Detector("{subject} was given power at night", "account", "high", 1),
    "new_superuser": Detector("{subject} became a superuser", "account", "high", 1),
    "token_from_elsewhere": Detector("{subject} came from a network that is not its own", "token", "high", 1),
    "integrator_guessing": Detector("{count} refused integrators from {subject}", "token", "medium", 10),
    "canary_token": Detector("The canary {subject} was used", "token", "critical", 1),
    "probing": Detector("{count} refused requests of {subject}, most of what it asked", "probing", "high", 30),
    "mass_read": Detector("{subject} looked at {count} guests, thrice his most", "personal_data", "high", 300),
    "card_data_found": Detector("Card data were found in {subject}", "personal_data", "high", 1),
    "ciphertext_refused": Detector("Encrypted values were moved or changed: {count}", "integrity", "critical", 1),
    "trail_tampered": Detector("The audit trail was tampered with", "integrity", "critical", 1),
    "webhook_forged": Detector("{count} webhooks of payments that no processor signed", "money", "high", 5),
    "refund_spike": Detector("{subject} paid back {count} times, thrice its usual", "money", "high", 5, 60 * MINUTES),
    "limit_storm": Detector("{count} requests of {subject} above its limit", "load", "low", 300, 5 * MINUTES),
}  # fmt: skip
