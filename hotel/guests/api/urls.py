"""Routes of guests."""

urlpatterns: list = []
