"""Security & compliance as a Django app."""

from hotel.core.component import ComponentConfig


class SecurityConfig(ComponentConfig):
    """Proof of every change, keys, access reviews, incidents, and evidence of compliance."""

    name = "security"
    label = "security"
