"""Where personal data may go without more ado."""

EEA = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split()  # noqa: SIM905
)


def is_transfer(country: str) -> bool:
    """Whether data that go to a country (ISO 3166) leave the European Economic Area and need safeguards (GDPR 44–49).

    A decision of adequacy is a safeguard, too; it ends when it is repealed, so that people write down which one it is.
    """
    return country not in EEA
