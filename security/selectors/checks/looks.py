"""How a check answers."""

from security.domain.compliance import CHECKED, FAILED, NEEDS_EVIDENCE, NOT_APPLICABLE, Look


def good(detail: str) -> Look:
    """As it should be."""
    return Look(CHECKED, detail)


def bad(detail: str) -> Look:
    """Not as it should be."""
    return Look(FAILED, detail)


def unknown(detail: str) -> Look:
    """Nothing to be seen from here: a person has to show it."""
    return Look(NEEDS_EVIDENCE, detail)


def needless(detail: str) -> Look:
    """What it is about is not in use here."""
    return Look(NOT_APPLICABLE, detail)


def told(is_good: bool, when_good: str, when_bad: str) -> Look:
    """One or the other."""
    return good(when_good) if is_good else bad(when_bad)
