"""The forms of the pages of data protection."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotel.dashboard.forms.parts import DateInput, OnceForm, OneOfField
from hotel.guests.models import Guest
from security.models import LegalHold, Processor, RetentionRule, RetentionRun
from security.models.retention import COUNTRY
from security.privacy_choices import HoldKind, Purpose, RequestKind
from security.services.bundles import KINDS

STATES = [("open", _("Open")), ("late", _("Late")), ("closed", _("Closed")), ("all", _("All"))]
RIGHT = {
    "last_name": _("Last name"),
    "first_name": _("First name"),
    "email": _("E-mail"),
    "phone": _("Telephone"),
    "birth_date": _("Date of birth"),
    "street": _("Street"),
    "postal_code": _("Postal code"),
    "city": _("City"),
    "country": _("Country (ISO 3166, such as AT)"),
}


class CasesForm(forms.Form):
    """Which requests to show."""

    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Any")), *RequestKind.choices], required=False)


class RecordForm(OnceForm):
    """A request of a guest, as it came in; what is right is told by a rectification only."""

    guest = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    kind = forms.ChoiceField(label=_("What he asks for"), choices=RequestKind.choices)
    received_on = forms.DateField(
        label=_("Received on"), widget=DateInput, help_text=_("The month to answer begins on this day.")
    )
    purpose = forms.ChoiceField(
        label=_("Of an objection: to what"), choices=[("", "–"), *Purpose.choices], required=False
    )
    words = forms.CharField(
        label=_("What he wrote or said"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in RIGHT.items():
            kind: type[forms.Field] = forms.DateField if name == "birth_date" else forms.CharField
            more: dict[str, Any] = {"widget": DateInput} if name == "birth_date" else {"max_length": 254}
            self.fields[f"right_{name}"] = kind(label=label, required=False, **more)

    def rights(self) -> list[forms.BoundField]:
        """The fields of a rectification."""
        return [self[f"right_{name}"] for name in RIGHT]

    def plain(self) -> list[forms.BoundField]:
        """The other fields that are seen."""
        return [field for field in self.visible_fields() if not field.name.startswith("right_")]


class IdentifyForm(forms.Form):
    """How the guest proved who he is."""

    method = forms.CharField(
        label=_("How he proved who he is"),
        max_length=200,
        help_text=_("Such as: answered from the address that we know. Copy no document and no number."),
    )


class WhyForm(forms.Form):
    """Why, in words that the guest is told."""

    reason = forms.CharField(
        label=_("Why; the guest is told"), max_length=400, widget=forms.Textarea({"rows": 2})
    )


class DownloadForm(forms.Form):
    """Which file."""

    kind = forms.ChoiceField(label=_("File"), choices=[(kind, kind.upper()) for kind in KINDS])


class ReadForm(forms.Form):
    """That somebody has read what will be done and left."""

    is_read = forms.BooleanField(label=_("I have read what is erased, what is kept and why"))


class HoldForm(OnceForm):
    """What forbids to erase a guest."""

    kind = forms.ChoiceField(label=_("Who wants them kept"), choices=HoldKind.choices)
    reference = forms.CharField(label=_("Their file number"), max_length=80, required=False)
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea({"rows": 2}))


class LiftForm(forms.Form):
    """Which hold ends."""

    def __init__(self, *args: Any, holds: Iterable[LegalHold], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hold"] = OneOfField(holds, label=_("Hold"))


class RulesForm(forms.Form):
    """One of some rules of retention."""

    def __init__(self, *args: Any, rules: Iterable[RetentionRule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"] = OneOfField(rules, label=_("Rule"))


class RunsForm(ReadForm):
    """One of some lists of what is due."""

    def __init__(self, *args: Any, runs: Iterable[RetentionRun], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_read"].label = _("I have looked at whom this erases")
        self.fields["run"] = OneOfField(runs, label=_("List"))
        self.order_fields(["run", "is_read"])


class ProcessorForm(OnceForm):
    """Somebody who processes data for the hotel."""

    name = forms.CharField(label=_("Who"), max_length=120)
    service = forms.CharField(label=_("What he does with the data"), max_length=200)
    data_categories = forms.CharField(label=_("Which data"), max_length=400)
    country = forms.CharField(label=_("Country (ISO 3166, such as AT)"), max_length=2, validators=[COUNTRY])
    safeguards = forms.CharField(
        label=_("Safeguards outside the EEA"),
        max_length=400,
        required=False,
        help_text=_("Such as: standard contractual clauses of 2021; or which decision of adequacy."),
    )
    contract_on = forms.DateField(label=_("Day of the agreement"), widget=DateInput, required=False)
    sub_processors = forms.CharField(label=_("Through whom, if others"), max_length=400, required=False)


class ProcessorsForm(forms.Form):
    """One of the processors."""

    def __init__(self, *args: Any, processors: Iterable[Processor], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["processor"] = OneOfField(processors, label=_("Who"))


def guest_words(guest: Guest) -> str:
    """A guest among others of the same name: his city, and his e-mail address without its middle."""
    mail = str(guest.email or "")
    name, at, host = mail.partition("@")
    return " · ".join(
        part for part in (str(guest), guest.city, f"{name[:1]}…{at}{host}" if at else "") if part
    )
