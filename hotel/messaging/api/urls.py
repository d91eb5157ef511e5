"""Routes of messaging."""

urlpatterns: list = []
