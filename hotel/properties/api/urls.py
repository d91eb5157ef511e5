"""Routes of properties."""

urlpatterns: list = []
