"""What the forms of the staff pages are made of: date pickers, amounts, hidden keys and versions."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from moneyed import Money

from hotel.core.money import exponent, quantum

BIGGEST = Decimal("99999999999")


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class TimeInput(forms.TimeInput):
    """The browser's own picker of a time of day."""

    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)


class AmountField(forms.DecimalField):
    """An amount above zero of one currency, on its minor unit; its value is Money."""

    def __init__(self, *, currency: str, minimum: Decimal | None = None, **kwargs: Any) -> None:
        self.currency, unit = currency, quantum(currency)
        least = unit if minimum is None else minimum
        super().__init__(
            max_digits=14, decimal_places=exponent(currency), min_value=least, max_value=BIGGEST, **kwargs
        )
        self.label = f"{self.label} ({currency})"

    def clean(self, value: Any) -> Money | None:
        """The amount as money; None when it is left out."""
        cleaned = super().clean(value)
        return None if cleaned is None else Money(cleaned, self.currency)

    def prepare_value(self, value: Any) -> Any:
        """Money as the browser's number field takes it."""
        return f"{value.amount:.{exponent(self.currency)}f}" if isinstance(value, Money) else value


class OneOfField(forms.TypedChoiceField):
    """One of some rows; its value is the row itself."""

    def __init__(
        self, rows: Iterable[Any], *, words: Callable[[Any], str] = str, empty: Any = "", **kwargs: Any
    ) -> None:
        by_id = {str(row.pk): row for row in rows}
        choices = [(pk, words(row)) for pk, row in by_id.items()]
        super().__init__(
            choices=[("", empty), *choices] if empty else choices,
            coerce=lambda pk: by_id[str(pk)],
            empty_value=None,
            required=not empty,
            **kwargs,
        )


class ConfirmField(forms.CharField):
    """One's own password, for what is delicate."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Your password"),
            help_text=_("To be sure that it is you; for some minutes you are not asked again."),
            max_length=128,
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        )


class OnceForm(forms.Form):
    """A form whose hidden key makes a double click act once."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class VersionedForm(forms.Form):
    """A form that carries the version that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = version


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
