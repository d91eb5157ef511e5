"""The taxes of what is charged beside the night, such as a drink or a fee."""

from collections.abc import Sequence
from datetime import date

from moneyed import Money

from hotel.core.money import quantum
from hotel.properties.models import Property
from hotel.rates.domain.parties import party_of
from hotel.rates.domain.quotes import Occupancy
from hotel.rates.domain.taxes import LiabilityCounter, Taxed, taxed
from hotel.rates.selectors.kept_sheets import kept_rate_sheet
from hotel.rates.selectors.quotes import exemptions_stated
from hotel.rates.selectors.sheets import SheetQuery

ONE_GUEST = Occupancy(1)


def charge_taxed(
    *,
    place: Property,
    group: str,
    price: Money,
    day: date,
    occupancy: Occupancy = ONE_GUEST,
    exemptions: Sequence[str] = (),
    company_id: int | None = None,
) -> Taxed:
    """A charge with the taxes that are a share of it; amounts per person, room or stay go with the night alone.

    Args:
        group: the charge group; decides the rules.
        price: contained taxes inside, ≥ 0, on the minor unit of the property's currency.
        day: the business day it is for; its versions of the rules count.
        occupancy: whose charge it is: certificates that free some of the party free nobody's drink.
        exemptions: as stated with the stay.
        company_id: its own certificates count, too.

    Returns:
        Net, gross and the line of each tax. One query, and one more with exemptions, when the sheet is kept.
    """
    sheet = kept_rate_sheet(SheetQuery(place=place, first=day, last=day, company_id=company_id))
    rules = [rule for rule in sheet.taxes if rule.method == "percent"]
    freed = [*sheet.exemptions, *exemptions_stated(place, exemptions)]
    counter = LiabilityCounter(rules, party_of(occupancy, sheet.bands), freed)
    return taxed(price.amount, group, counter.night(day), quantum(price.currency.code))
