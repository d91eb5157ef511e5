"""Routes of reservations."""

urlpatterns: list = []
