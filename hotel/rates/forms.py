"""Forms of the admin: whatever is saved there fits its property, as the services demand."""

from collections.abc import Mapping
from typing import Any

from django import forms

from hotel.core.exceptions import InvalidInput
from hotel.core.words import _
from hotel.properties.models import Property
from hotel.rates.services.plans import check_currency


def misfits(place: Property, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Field and sentence for each value of another property, or in another currency."""
    found = [
        (name, _("This belongs to another property."))
        for name, value in values.items()
        if getattr(value, "property_id", place.pk) != place.pk
    ]
    for name, value in values.items():
        try:
            check_currency(place=place, values={name: value})
        except InvalidInput as error:
            found.append((name, str(error)))
    return found


class WholeForm(forms.ModelForm):
    """A row with its property."""

    def clean(self) -> dict[str, Any]:
        """Refuse what does not fit."""
        values = super().clean() or self.cleaned_data
        place = values.get("property") or getattr(self.instance, "property", None)
        for name, text in [] if place is None else misfits(place, values):
            self.add_error(name, text)
        return values


class PartFormSet(forms.BaseInlineFormSet):
    """Parts of a row, which take their property from it."""

    def clean(self) -> None:
        """Refuse what does not fit."""
        super().clean()
        if self.instance.property_id is not None:
            for form in self.forms:
                for name, text in misfits(self.instance.property, getattr(form, "cleaned_data", {})):
                    form.add_error(name, text)
