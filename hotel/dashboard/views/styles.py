"""The style guide: every part that pages are made of, once, in the colours and heights one has chosen."""

import re
from functools import cache
from typing import Any

from django import forms
from django.contrib.staticfiles import finders
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from hotel.dashboard.access import StaffPage
from hotel.dashboard.forms.parts import DateInput
from hotel.reservations.choices import BlockStatus, ReservationStatus
from hotel.rooms.choices import HousekeepingStatus


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("A line"), help_text=_("What helps to fill it in."))
    kind = forms.ChoiceField(label=_("One of several"), choices=HousekeepingStatus.choices)
    day = forms.DateField(label=_("A day"), widget=DateInput())
    remark = forms.CharField(label=_("Several lines"), widget=forms.Textarea(attrs={"rows": 3}))
    wrong = forms.IntegerField(label=_("A wrong number"), max_value=9)


class StylesPage(StaffPage, TemplateView):
    """Open to all staff; for whoever makes a page, and for tests that look at it in both themes."""

    template_name = "dashboard/styles.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Every status with its word, every icon, and a form with a refusal."""
        form = SampleForm(
            {"name": "Moser", "kind": "clean", "day": "2027-03-14", "remark": "–", "wrong": "12"}
        )
        return super().get_context_data(
            statuses=[
                (_("Stays"), ReservationStatus.choices),
                (_("Rooms"), HousekeepingStatus.choices),
                (_("Groups"), BlockStatus.choices),
            ],
            icons=icon_names(),
            form=form,
            **kwargs,
        )


@cache
def icon_names() -> list[str]:
    """The icons of the sprite, in order."""
    with open(finders.find("hotel/img/icons.svg"), encoding="utf-8") as sprite:
        return re.findall(r'<symbol id="([\w-]+)"', sprite.read())
