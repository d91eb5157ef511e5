"""Forms about a guest: what he told of himself, and two profiles made one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from hotel.dashboard.forms.parts import OnceForm, OneOfField, ReasonForm, VersionedForm
from hotel.guests.models import Guest, GuestMerge
from hotel.guests.models.contacts import COUNTRY

NAMES = {
    "salutation": _("Salutation"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "language": _("Language"),
    "nationality": _("Nationality"),
    "street": _("Street"),
    "postal_code": _("Postal code"),
    "city": _("City"),
    "region": _("Region"),
    "country": _("Country"),
    "birth_date": _("Date of birth"),
}
# What is compared and chosen between two profiles: the first column of a group of ``guests.domain.merging``.
CHOICES: dict[str, tuple[str, ...]] = {
    **{
        name: (name,)
        for name in (
            *("last_name", "first_name", "salutation", "email", "phone"),
            *("birth_date", "nationality", "language"),
        )
    },
    "street": ("street", "postal_code", "city", "region", "country"),
}


class GuestEditForm(VersionedForm):
    """What a guest told about himself; his date of birth and documents are taken at check-in."""

    def __init__(self, *args: Any, guest: Guest, **kwargs: Any) -> None:
        super().__init__(*args, version=guest.version, **kwargs)
        for name, label in NAMES.items():
            if name == "birth_date":
                continue
            column: Any = Guest._meta.get_field(name)
            is_code = name in ("nationality", "country")
            kind: type[forms.CharField] = forms.EmailField if name == "email" else forms.CharField
            self.fields[name] = kind(
                label=label,
                max_length=column.max_length,
                required=name == "last_name",
                initial=getattr(guest, name),
                validators=[COUNTRY] if is_code else (),
                help_text=_("Two capital letters, such as AT.") if is_code else "",
            )
            self.fields[name].widget.attrs["autocomplete"] = "off"


class MergeForm(OnceForm, ReasonForm):
    """Another profile becomes part of this one; field by field, which of the two is right."""

    other = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)

    def __init__(self, *args: Any, kept: Guest, merged: Guest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].initial = merged.pk
        for name, columns in CHOICES.items():
            mine, theirs = (words_of(guest, columns) for guest in (kept, merged))
            if mine == theirs or not theirs:
                continue
            self.fields[f"take_{name}"] = forms.ChoiceField(
                label=_("Address") if name == "street" else NAMES[name],
                choices=[("kept", mine or _("nothing")), ("merged", theirs)],
                initial="kept" if mine else "merged",
                widget=forms.RadioSelect,
            )

    @property
    def sides(self) -> list[forms.BoundField]:
        """The fields in which the two differ."""
        return [field for field in self.visible_fields() if field.name.startswith("take_")]


class UnmergeForm(OnceForm):
    """A merge to be undone."""

    def __init__(self, *args: Any, merges: Sequence[GuestMerge], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["merge"] = OneOfField(merges, label=_("Which one"), words=merge_words)


def merge_words(merge: GuestMerge) -> str:
    """Who became part of the profile, and when."""
    return f"{merge.merged} · {date_format(localtime(merge.merged_at), 'j M Y')}"


def words_of(guest: Guest, columns: Sequence[str]) -> str:
    """Columns of a profile in one line; a date of birth is told to differ or not, and not shown."""
    if columns == ("birth_date",):
        return f"{guest.birth_date:%Y}-••-••" if guest.birth_date else ""
    return ", ".join(str(value) for name in columns if (value := getattr(guest, name)))
