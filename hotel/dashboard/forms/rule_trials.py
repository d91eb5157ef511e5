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
