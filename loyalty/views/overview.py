"""How the programme does, on one page."""

from typing import Any

from django.views.generic import TemplateView
from moneyed import Money

from hotel.dashboard.access import StaffPage
from loyalty.domain.wording import in_words
from loyalty.selectors.liability import liability_now
from loyalty.selectors.members import program_at
from loyalty.selectors.overview import members_counted, months_of, repeat_stays_at
from loyalty.selectors.terms import earning_rule


class OverviewPage(StaffPage, TemplateView):
    """Members, months, what the hotel's points are worth, and whether members come again; a dozen queries at most."""

    area = "loyalty"
    template_name = "loyalty/overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The figures; without a programme what to do about it."""
        program = program_at(self.place)
        if program is None:
            return super().get_context_data(program=None, **kwargs)
        day = self.place.business_date
        members, lively = members_counted(program, day)
        house = next(row for row in liability_now(program) if row.property_id == self.place.pk)
        return super().get_context_data(
            program=program,
            members=members,
            lively=lively,
            months=months_of(program, day),
            house=house,
            points=house.usable + house.pending,
            net=Money(house.worth.net, program.currency),
            gross=Money(house.worth.gross, program.currency),
            rules=[
                (row, in_words(earning_rule(row), program.currency))
                for row in program.rules.filter(valid_until=None)
            ],
            repeat=repeat_stays_at(self.place, program),
            **kwargs,
        )
