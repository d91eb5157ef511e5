"""Words of a choice inside a sentence that is not translated."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import override


def in_english(label: str | Promise | Callable[[], str]) -> str:
    """A label, or the method of a row that gives it, in English and small: ``checked out``.

    Refusals are English whatever the reader's language, and half of such a sentence in another is worse than none.
    """
    with override("en"):
        return str(label() if callable(label) else label).lower()
