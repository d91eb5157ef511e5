"""What rules are tried on."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hotel.dashboard.forms.reservations import StayDates


class DaysForm(forms.Form):
    """How far one looks back."""

    days = forms.IntegerField(label=_("Stays cancelled in the last days"), min_value=1, max_value=730)


class PromoTrialForm(StayDates):
    """A stay to come."""

    adults = forms.IntegerField(label=_("Adults"), min_value=1, max_value=20)


class BookedForm(forms.Form):
    """Stays that were booked lately."""

    days = forms.IntegerField(label=_("Stays booked in the last days"), min_value=1, max_value=730)


class MissedForm(forms.Form):
    """Stays whose guests did not come."""

    days = forms.IntegerField(label=_("Guests who did not come in the last days"), min_value=1, max_value=730)


class RestrictionTrialForm(forms.Form):
    """Which stays and requests a restriction is tried on."""

    days = forms.IntegerField(label=_("Booked or turned away in the last days"), min_value=1, max_value=180)
    nights = forms.IntegerField(label=_("Asleep here in the next nights"), min_value=1, max_value=366)
