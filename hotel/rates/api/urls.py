"""Routes of rates."""

urlpatterns: list = []
