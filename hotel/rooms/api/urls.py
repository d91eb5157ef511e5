"""Routes of rooms."""

urlpatterns: list = []
