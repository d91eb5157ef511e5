"""Routes of accounts."""

from django.urls import path

from hotel.accounts.api import desk_views, impersonation_views, integrator_views, session_views, views
from hotel.core.api.routers import ComponentRouter

router = ComponentRouter()
router.register("auth/desk", desk_views.DeskViewSet, basename="desk")
router.register("auth", session_views.AuthViewSet, basename="auth")
router.register("users", views.UserViewSet)
router.register("roles/assignments", views.RoleAssignmentViewSet)
router.register("roles", views.RoleViewSet)
router.register("tokens", views.ApiTokenViewSet)
router.register("integrators", integrator_views.IntegratorViewSet)
router.register("impersonations", impersonation_views.ImpersonationViewSet)
router.register("oauth", integrator_views.OAuthViewSet, basename="oauth")

urlpatterns = [*router.urls, path("me", session_views.MeViewSet.as_view({"get": "retrieve"}), name="me")]
