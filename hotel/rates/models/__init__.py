"""Tables of rates."""

from hotel.rates.models.packages import Package, PackageElement, RatePlanPackage
from hotel.rates.models.plans import PromoCode, RatePlan, RatePlanCompany, RatePlanRoomType
from hotel.rates.models.policies import (
    CancellationPolicy,
    CancellationStep,
    DepositPolicy,
    DepositStep,
    NoShowPolicy,
)
from hotel.rates.models.prices import RatePrice, RatePriceAdults, RatePriceChild, Season, SeasonRange
from hotel.rates.models.restrictions import Restriction
from hotel.rates.models.taxes import TaxExemption, TaxRule

__all__ = [
    "CancellationPolicy",
    "CancellationStep",
    "DepositPolicy",
    "DepositStep",
    "NoShowPolicy",
    "Package",
    "PackageElement",
    "PromoCode",
    "RatePlan",
    "RatePlanCompany",
    "RatePlanPackage",
    "RatePlanRoomType",
    "RatePrice",
    "RatePriceAdults",
    "RatePriceChild",
    "Restriction",
    "Season",
    "SeasonRange",
    "TaxExemption",
    "TaxRule",
]
