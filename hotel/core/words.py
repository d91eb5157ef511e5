"""The words of a refusal, for every room: also for rules, which may not know Django.

``_`` and ``ngettext`` speak the language of whoever is answered, there and then. A text that a table of rules
holds is only marked, by ``gettext_noop``, and goes through ``_`` where somebody is refused by it.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_noop, ngettext, override
from django.utils.translation import gettext as _

__all__ = ["_", "english", "gettext_noop", "in_english", "in_sentence", "ngettext"]


def in_english(label: str | Promise | Callable[[], str]) -> str:
    """A label, or the method of a row that gives it, in English and small: ``checked out``.

    For sentences that are stored, and read by others later: half of one in another language is worse than none.
    """
    with override("en"):
        return _said(label).lower()


def english() -> AbstractContextManager[Any]:
    """Within it ``_`` speaks English: for sentences that are stored, such as a rule that a booking freezes."""
    return override("en")


def in_sentence(label: str | Promise | Callable[[], str], *, english: str = "") -> str:
    """A label in the middle of a sentence of the reader's language: ``checked out``, ``Ausgecheckt``.

    Small, but for German: its nouns are not. Its sentences name a status instead, in quotation marks.

    Args:
        label: the label, or the method of a row that gives it; what it adds after a colon is left out.
        english: the word that English has instead, where its sentence always said the stored one.
    """
    language = (get_language() or "en").partition("-")[0]
    if english and language == "en":
        return english.replace("_", " ")
    said = _said(label).partition(":")[0]
    return said if language == "de" else said.lower()


def _said(label: str | Promise | Callable[[], str]) -> str:
    return str(label() if callable(label) else label)
