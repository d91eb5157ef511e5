"""Routes of guests: the named resources first, then the family's root."""

from hotel.core.api.routers import ComponentRouter
from hotel.guests.api.views.companies import CompanyViewSet
from hotel.guests.api.views.guests import GuestViewSet
from hotel.guests.api.views.records import (
    GuestConsentViewSet,
    GuestDocumentViewSet,
    GuestMatchViewSet,
    GuestMergeViewSet,
    GuestRelationshipViewSet,
)

router = ComponentRouter()
router.register("guests/documents", GuestDocumentViewSet)
router.register("guests/consents", GuestConsentViewSet)
router.register("guests/relationships", GuestRelationshipViewSet)
router.register("guests/matches", GuestMatchViewSet)
router.register("guests/merges", GuestMergeViewSet)
router.register("guests", GuestViewSet)
router.register("companies", CompanyViewSet)

urlpatterns = router.urls
