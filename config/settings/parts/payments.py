"""Card processors: one adapter per provider by dotted name, and where they are; keys are each property's own."""

from config.settings.environment import env

PAYMENT_PROVIDERS = {
    "simulator": "hotel.folios.adapters.simulator.adapter.SimulatorGateway",
    "stripe": "hotel.folios.adapters.stripe.adapter.StripeGateway",
}
# For evaluation: a processor on the loopback, see hotel/folios/adapters/simulator. No money moves.
SIMULATOR_URL = env("SIMULATOR_URL", default="http://127.0.0.1:8010")
# Of the demonstration's account there; made by the launcher once per installation.
SIMULATOR_API_KEY = env("SIMULATOR_API_KEY", default="")
SIMULATOR_WEBHOOK_SECRET = env("SIMULATOR_WEBHOOK_SECRET", default="")
STRIPE_API_BASE = env("STRIPE_API_BASE", default="https://api.stripe.com")
# The address people reach the house by: in payment links, and where processors tell us of changes.
PUBLIC_URL = env("PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")
# Takes the numbers out of what channels send: hotel.core.card_vault.CardVault by dotted name. This one keeps none.
CARD_VAULT = env("CARD_VAULT", default="hotel.core.card_vault.DiscardingVault")
