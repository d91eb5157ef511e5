"""Routes of folios: folios, charges, ledgers, invoices; payments."""

from hotel.core.api.routers import ComponentRouter
from hotel.folios.api.payment_urls import urlpatterns as payment_urlpatterns
from hotel.folios.api.views.charges import ChargeViewSet, TransactionCodeViewSet
from hotel.folios.api.views.folios import FolioViewSet, FolioWindowViewSet, RoutingRuleViewSet
from hotel.folios.api.views.invoices import InvoiceViewSet
from hotel.folios.api.views.ledgers import (
    CityAccountViewSet,
    JournalViewSet,
    LedgerEntryViewSet,
    TrialBalanceViewSet,
)
from hotel.folios.api.views.receivables import (
    CityAllocationViewSet,
    CityItemViewSet,
    CityReminderViewSet,
)

router = ComponentRouter()
router.register("folios/windows", FolioWindowViewSet)
router.register("folios/routing-rules", RoutingRuleViewSet)
router.register("folios", FolioViewSet)
router.register("charges/codes", TransactionCodeViewSet)
router.register("charges", ChargeViewSet)
router.register("ledgers/trial-balance", TrialBalanceViewSet, "ledgers-trial-balance")
router.register("ledgers/journals", JournalViewSet)
router.register("ledgers/entries", LedgerEntryViewSet)
router.register("ledgers/accounts", CityAccountViewSet)
router.register("ledgers/city/items", CityItemViewSet, "ledgers-city-items")
router.register("ledgers/city/allocations", CityAllocationViewSet)
router.register("ledgers/city/reminders", CityReminderViewSet)
router.register("invoices", InvoiceViewSet)

urlpatterns = [*router.urls, *payment_urlpatterns]
