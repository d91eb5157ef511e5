"""What partners owe for the points of a month, told to the books once."""

from decimal import ROUND_HALF_UP

from django.db import transaction

from hotel.contracts.loyalty import PartnerPointsOwed
from hotel.core.facts import publish
from hotel.core.money import quantum
from hotel.core.months import month_end
from loyalty.models import LoyaltyPartner, LoyaltyProgram, PartnerStatement
from loyalty.selectors.partners import months_open
from loyalty.services.partners import partner_locked


def partner_statements_make(*, program: LoyaltyProgram) -> int:
    """Write down what each partner owes for each month that the hotel of his contract has left.

    Repeatable; months in which nothing was posted or reversed have no statement, and a missed one is made up for.

    Returns:
        How many were made.

    Publishes: PartnerPointsOwed.

    Locks: each partner by himself.
    """
    ids = LoyaltyPartner.objects.filter(program=program).order_by("pk").values_list("pk", flat=True)
    return sum(_statements(partner_id) for partner_id in ids)


@transaction.atomic
def _statements(partner_id: int) -> int:
    partner = partner_locked(partner_id)
    program = partner.program
    months = months_open(partner, partner.property.business_date.replace(day=1))
    for month, owed in months.items():
        made = PartnerStatement.objects.create(
            property=partner.property,
            partner=partner,
            month=month,
            given=owed.given,
            taken_back=owed.taken_back,
            currency=program.currency,
            amount=owed.amount.quantize(quantum(program.currency), rounding=ROUND_HALF_UP),
        )
        publish(
            PartnerPointsOwed(
                property_id=made.property_id,
                program_id=program.pk,
                partner_id=partner.pk,
                business_date=month_end(month),
                given=made.given,
                taken_back=made.taken_back,
                currency=made.currency,
                amount=made.amount,
            )
        )
    return len(months)
