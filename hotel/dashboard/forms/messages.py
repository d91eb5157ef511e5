"""Forms about messages: which letter to which stay, sending it, and sending one again."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from hotel.core.templatetags.pms import words
from hotel.dashboard.forms.parts import OnceForm, OneOfField
from hotel.messaging.choices import Channel
from hotel.reservations.models import Reservation


def letter_words(code: str, channel: str) -> str:
    """A letter as people choose it: what it is for, and by which channel."""
    return f"{words(code).capitalize()} · {Channel(channel).label}"


def stay_words(stay: Reservation) -> str:
    """A stay as people choose it."""
    days = " – ".join(date_format(day, "j M Y") for day in (stay.arrival, stay.departure))
    return f"{stay.number} · {days}"


class LetterForm(forms.Form):
    """Which letter, and the stay that it speaks of. Its value of ``letter`` is code and channel."""

    letter = forms.TypedChoiceField(label=_("Letter"), coerce=lambda text: tuple(text.split(":")))

    def __init__(
        self, *args: Any, letters: Sequence[tuple[str, str]], stays: Sequence[Reservation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(f"{code}:{channel}", letter_words(code, channel)) for code, channel in letters]
        self.fields["letter"].choices = choices  # type: ignore[attr-defined]
        self.fields["stay"] = OneOfField(stays, label=_("About the stay"), empty=_("None"), words=stay_words)


class SendForm(OnceForm):
    """The letter as it was shown is sent; which one it is stands in the address of the page."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, shown: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shown"].initial = shown


class AgainForm(OnceForm):
    """A message that did not leave is sent again, with the same words."""
