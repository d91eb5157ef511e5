"""Rows as ``domain.wording`` reads them."""

from hotel.rates.domain.wording import PromoTerms
from hotel.rates.models import PromoCode


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
