"""Rows as ``domain.wording`` and ``domain.restriction_words`` read them."""

from hotel.properties.models import Property
from hotel.rates.domain.restriction_words import restriction_in_words
from hotel.rates.domain.sheet import RateSheet
from hotel.rates.domain.terms import RestrictionRow
from hotel.rates.domain.wording import PromoTerms
from hotel.rates.models import PromoCode, Restriction
from hotel.rates.selectors.sheets import restriction_values, standing_terms


def promo_terms(promo: PromoCode) -> PromoTerms:
    """A promotion code with the codes of its plans; one query."""
    return PromoTerms(
        discount_rate=promo.discount_rate,
        discount_amount=promo.discount_amount,
        plans=list(promo.rate_plans.order_by("code").values_list("code", flat=True)),
        book_from=promo.book_from,
        book_until=promo.book_until,
        stay_from=promo.stay_from,
        stay_until=promo.stay_until,
        max_uses=promo.max_uses,
        used_count=promo.used_count,
        is_combinable=promo.is_combinable,
        is_active=promo.is_active,
    )


def restriction_row(row: Restriction) -> RestrictionRow:
    """A restriction as rules judge it; one query."""
    return next(
        RestrictionRow(*values) for values in restriction_values(Restriction.objects.filter(pk=row.pk))
    )


def restriction_says(row: Restriction) -> str:
    """A restriction in words, with the active plans that take it over; a constant number of queries."""
    plan, room_type = row.rate_plan, row.room_type
    return restriction_in_words(
        restriction_row(row),
        room_type=room_type.name if room_type else "",
        rate_plan=plan.code if plan else "",
        heirs=heirs_of(row, plans_of(row.property)) if plan else (),
    )


def plans_of(place: Property) -> RateSheet:
    """All plans and types of a hotel without prices, for questions of who inherits what from whom."""
    return RateSheet(**standing_terms(place))


def heirs_of(row: Restriction, sheet: RateSheet) -> list[str]:
    """Codes of the active plans that take a plan's restriction over from it."""
    return [
        plan.code
        for plan in sheet.plans.values()
        if plan.is_active and any(above.id == row.rate_plan_id for above in sheet.restricting(plan.id)[1:])
    ]
