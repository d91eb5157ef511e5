"""A desk that takes cards: a property with an account at a simulated processor that runs, a window and a card."""

from dataclasses import dataclass
from decimal import Decimal

from moneyed import Money

from hotel.folios.adapters.simulator.server import Simulator
from hotel.folios.models import CardToken, FolioWindow, GatewayAccount, LedgerEntry, Payment
from hotel.folios.services.card_payments import payment_authorise
from hotel.properties.models import Property
from tests.factories.folios import folio_window_make, money
from tests.factories.payments import card_token_make, gateway_account_make, payment_data

GOOD, BAD = "4242424242424242", "4000000000000002"


@dataclass
class Desk:
    """See the module."""

    place: Property
    simulator: Simulator
    account: GatewayAccount
    window: FolioWindow
    card: CardToken
    bad_card: CardToken

    def data(self, amount=80, **over):
        """A payment of the window."""
        return payment_data(self.place, amount, **{"target": self.window, **over})

    def authorised(self, amount=80, **over) -> Payment:
        """Reserved on the card."""
        return payment_authorise(data=self.data(amount, **over), card=self.card)

    def charged(self, amount=80, **over) -> Payment:
        """Taken at once."""
        return payment_authorise(data=self.data(amount, **over), card=self.card, is_capture=True)

    def money(self, amount) -> Money:
        """In the property's currency."""
        return money(self.place, amount)

    def moved(self) -> tuple[Decimal, Decimal]:
        """What the processor has captured and refunded in all."""
        payments = self.simulator.book.payments.values()
        return tuple(
            sum((Decimal(p[name]) for p in payments), Decimal(0)) for name in ("captured", "refunded")
        )

    def booked(self) -> Decimal:
        """What the payments ledger says, all together."""
        rows = LedgerEntry.objects.filter(property=self.place, ledger="payment")
        return sum((row.amount.amount for row in rows), Decimal(0))


def make_desk(place: Property, simulator: Simulator) -> Desk:
    """With what the simulator that runs knows."""
    account = gateway_account_make(
        place, api_key=simulator.api_key, webhook_secret=simulator.webhook_secret, name="Simulator"
    )
    return Desk(
        place=place,
        simulator=simulator,
        account=account,
        window=folio_window_make(place),
        card=card_token_make(place, account=account, token=simulator.book.card_add(GOOD, "12/30")),
        bad_card=card_token_make(
            place, account=account, token=simulator.book.card_add(BAD, "12/30"), bin="400000", last4="0002"
        ),
    )
