"""Defaults of retention, to be confirmed by counsel; nothing is erased by a rule that nobody confirmed."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class RuleSeed:
    """One default: country (empty for every), document class, purpose, months, first and last day, source."""

    country: str
    document_class: str
    purpose: str
    months: int
    valid_from: date = date(2018, 5, 25)
    valid_to: date | None = None
    source: str = "the house's default"


_YEAR_2025 = date(2025, 1, 1)

SEEDS = (
    RuleSeed("", "guest_profile", "contact after the last stay", 36),
    RuleSeed("", "marketing", "marketing by consent", 24),
    RuleSeed("", "business_letter", "letters to guests", 72),
    RuleSeed("", "consent_proof", "proof of consent", 36),
    RuleSeed("", "payment_card", "cards kept for a stay", 6),
    RuleSeed("", "privacy_case", "proof that a request was answered", 36, source="limitation of claims"),
    RuleSeed("", "incident", "register of breaches", 60, source="GDPR 33(5)"),
    RuleSeed("", "access_log", "logs of access", 12),
    RuleSeed("AT", "fiscal_document", "taxes", 84, source="BAO § 132"),
    RuleSeed("AT", "guest_register", "registration of guests", 84, source="MeldeG § 10"),
    RuleSeed("DE", "fiscal_document", "taxes", 120, date(1999, 1, 1), date(2024, 12, 31), "AO § 147"),
    RuleSeed("DE", "fiscal_document", "taxes", 96, _YEAR_2025, None, "AO § 147 as of 2025"),
    RuleSeed("DE", "business_letter", "business letters by law", 72, source="AO § 147"),
    RuleSeed("ES", "guest_register", "registration of guests", 36, source="RD 933/2021"),
    RuleSeed("ES", "fiscal_document", "taxes", 72, source="Código de Comercio 30"),
    RuleSeed("NL", "fiscal_document", "taxes", 84, source="AWR 52"),
    RuleSeed("JP", "guest_register", "registration of guests", 36, source="Hotel Business Act 6"),
    RuleSeed("JP", "fiscal_document", "taxes", 84, source="Corporation Tax Act"),
)


def seeds_for(country: str) -> list[RuleSeed]:
    """The defaults of a country: its own, and those of every country."""
    return [seed for seed in SEEDS if seed.country in ("", country)]
