"""Forms of the pages of loyalty."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotel.dashboard.forms.parts import DateInput, OnceForm, OneOfField, ReasonForm, VersionedForm
from loyalty.choices import PoolSpenders
from loyalty.models import (
    Challenge,
    LoyaltyTier,
    PointAdjustment,
    PointPool,
    PoolMember,
    StatusMatch,
    StatusMatchRule,
)
from loyalty.selectors.challenges import challenge_in_words
from loyalty.selectors.matches import match_rule_in_words
from loyalty.services.adjustments import LARGEST
from loyalty.services.pools import CHANGEABLE

MOST_DAYS = 366  # of a statement


class MemberSearch(forms.Form):
    """Who is looked for; guests' names only by those who may view guests."""

    text = forms.CharField(
        label=_("Number"), max_length=60, required=False, widget=forms.TextInput({"type": "search"})
    )

    def __init__(self, *args: Any, by_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by_name:
            self.fields["text"].label = _("Number, name, e-mail or phone")


class EnrolForm(OnceForm):
    """Who joins: a guest known here, or a person by name, whom the house may know already."""

    guest = forms.TypedChoiceField(
        label=_("Guest"), coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    first_name = forms.CharField(label=_("First name"), max_length=80, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=80, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    is_new = forms.BooleanField(label=_("This is another person: make a new guest"), required=False)

    def __init__(self, *args: Any, known: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guest"].choices = [("", _("Somebody else")), *known]  # type: ignore[attr-defined]
        for name in ("first_name", "last_name", "email", "phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        """A new guest needs a last name."""
        cleaned = super().clean() or {}
        if not cleaned.get("guest") and not cleaned.get("last_name") and "last_name" not in self.errors:
            self.add_error("last_name", _("Enter the last name, or choose a guest who is known here."))
        return cleaned


class AdjustForm(OnceForm, ReasonForm):
    """Points by hand."""

    points = forms.IntegerField(
        label=_("Points"), min_value=-LARGEST, max_value=LARGEST, help_text=_("Below zero to take some.")
    )
    field_order = ("points", "reason")


class DecideForm(forms.Form):
    """An adjustment that waits."""

    adjustment = OneOfField((), label=_("Adjustment"))

    def __init__(self, *args: Any, waiting: list[PointAdjustment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["adjustment"] = OneOfField(waiting, label=_("Adjustment"))


class GrantForm(OnceForm):
    """A tier by status match or invitation."""

    tier = OneOfField((), label=_("Tier"))
    until = forms.DateField(
        label=_("At least until"), widget=DateInput(), required=False, help_text=_("Empty: for life.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=160)
    field_order = ("tier", "until", "reason")

    def __init__(self, *args: Any, tiers: list[LoyaltyTier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tier"] = OneOfField(tiers, label=_("Tier"))
        self.order_fields(self.field_order)


class MatchForm(OnceForm):
    """A tier that the member has elsewhere."""

    rule = OneOfField((), label=_("Tier elsewhere"))
    foreign_number = forms.CharField(label=_("His number there"), max_length=40)
    evidence = forms.CharField(label=_("What he showed"), max_length=1000)
    field_order = ("rule", "foreign_number", "evidence")

    def __init__(self, *args: Any, rules: list[StatusMatchRule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"] = OneOfField(rules, words=match_rule_in_words, label=_("Tier elsewhere"))
        self.order_fields(self.field_order)


class MatchDecideForm(forms.Form):
    """A match that waits."""

    match = OneOfField((), label=_("Match"))

    def __init__(self, *args: Any, waiting: list[StatusMatch], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["match"] = OneOfField(waiting, label=_("Match"))


class MatchRefuseForm(MatchDecideForm, ReasonForm):
    """Why a match that waits is refused."""


class JoinForm(OnceForm):
    """A challenge that the member takes part in."""

    challenge = OneOfField((), label=_("Challenge"))

    def __init__(self, *args: Any, rows: list[Challenge], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = lambda row: f"{row}: {challenge_in_words(row)}"  # noqa: E731
        self.fields["challenge"] = OneOfField(rows, words=words, label=_("Challenge"))


class StatementForm(forms.Form):
    """The days of a statement: this year's so far unless told, at most a year."""

    since = forms.DateField(label=_("From"), widget=DateInput())
    until = forms.DateField(label=_("To"), widget=DateInput())

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"since": day.replace(month=1, day=1), "until": day}

    def clean(self) -> dict[str, Any]:
        """Days in order, and a year at most."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and not 0 <= (until - since).days <= MOST_DAYS:
            self.add_error("until", _("Give a day up to a year after the first one."))
        return cleaned


class StatusForm(VersionedForm):
    """Pausing, going on, closing: the button is all there is to it."""


class RuleTestForm(forms.Form):
    """How many of the last days of departures a rule is tried on."""

    days = forms.IntegerField(label=_("Departures of the last days"), min_value=1, max_value=365)


class PoolTermsForm(forms.Form):
    """What the members of a pool agree on."""

    name = forms.CharField(label=_("Name of the family"), max_length=80)
    max_members = forms.IntegerField(
        label=_("Members at most"), min_value=2, max_value=500, initial=6, help_text=_("With this one.")
    )
    spenders = forms.ChoiceField(label=_("Who spends points of others"), choices=PoolSpenders.choices)
    waiting_days = forms.IntegerField(
        label=_("Days before who joins spends points of others"), min_value=0, max_value=365, initial=30
    )


class PoolForm(OnceForm, PoolTermsForm):
    """A family's pool; one of a company is opened over the API."""


class PoolChangeForm(VersionedForm, PoolTermsForm):
    """The terms of a pool, which may be narrowed while others are in it."""

    share_percent = forms.IntegerField(
        label=_("Percent of each lot that are open to others"), min_value=1, max_value=100
    )
    member_limit = forms.IntegerField(
        label=_("Points of others that one spends in a year at most"), min_value=1, max_value=2_000_000_000,
        required=False, help_text=_("Empty: without a limit; the head has none."),
    )  # fmt: skip

    def __init__(self, *args: Any, pool: PointPool, **kwargs: Any) -> None:
        super().__init__(*args, version=pool.version, **kwargs)
        self.fields["name"].label = _("Name")
        self.initial = {name: getattr(pool, name) for name in CHANGEABLE}


class PoolInviteForm(forms.Form):
    """Who is invited to a pool."""

    number = forms.CharField(label=_("Number on the card"), max_length=24)


class PoolAcceptForm(forms.Form):
    """Which invitation a member accepts, and how he agreed."""

    invitation = OneOfField((), label=_("Pool"))
    consent = forms.CharField(
        label=_("How the member agreed"), max_length=200, help_text=_("Such as: signed at the desk.")
    )

    def __init__(self, *args: Any, invitations: list[PoolMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["invitation"] = OneOfField(invitations, label=_("Pool"))
        self.order_fields(("invitation", "consent"))


class PoolEndForm(forms.Form):
    """Leaving and closing: the button is all there is to it."""
