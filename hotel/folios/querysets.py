"""Vocabulary of folios and postings: chainable, returns querysets."""

from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Prefetch

from hotel.properties.scoping import PropertyScopedQuerySet


class FolioQuerySet(PropertyScopedQuerySet):
    """Vocabulary of folios."""

    def whole(self) -> Self:
        """With the stay and the windows in order, in a constant number of queries."""
        windows = apps.get_model("folios", "FolioWindow").objects.order_by("number")
        return self.select_related("property", "reservation").prefetch_related(Prefetch("windows", windows))


class PostingQuerySet(PropertyScopedQuerySet):
    """Vocabulary of postings."""

    def whole(self) -> Self:
        """With everything a line shows, ``is_reversed`` among it, in a constant number of queries."""
        reversals: Any = self.model._default_manager.filter(
            property=OuterRef("property"), reverses=OuterRef("pk")
        )
        rows = self.select_related("property", "window__folio", "code").prefetch_related("taxes__code")
        return rows.annotate(is_reversed=Exists(reversals.order_by()))
