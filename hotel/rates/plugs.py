"""What rates gives to the house."""

from hotel.core.plugs import AdminGroup, ComponentPlug
from hotel.rates.personal import IMPERSONAL, PERSONAL

PLUG = ComponentPlug(
    area="rates",
    verbs=("view", "manage", "override"),
    admin=(
        AdminGroup(
            "Prices: plans, seasons, packages, codes",
            10,
            models=(
                "rates.RatePlan",
                "rates.RatePrice",
                "rates.Season",
                "rates.Restriction",
                "rates.Package",
                "rates.PromoCode",
            ),
            desk=("dashboard:availability",),
        ),
        AdminGroup("Terms and taxes", 20),
    ),
    demo="hotel.rates.services.demo.demo_seed",
    invariants=("hotel.rates.invariants.invariants",),
    personal=PERSONAL,
    impersonal=IMPERSONAL,
)
