"""Routes of folios: folios, charges, ledgers; payments."""

from hotel.core.api.routers import ComponentRouter
from hotel.folios.api.payment_urls import urlpatterns as payment_urlpatterns
from hotel.folios.api.views.charges import ChargeViewSet, TransactionCodeViewSet
from hotel.folios.api.views.folios import FolioViewSet, FolioWindowViewSet, RoutingRuleViewSet
from hotel.folios.api.views.ledgers import (
    CityAccountViewSet,
    JournalViewSet,
    LedgerEntryViewSet,
    TrialBalanceViewSet,
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

urlpatterns = [*router.urls, *payment_urlpatterns]
