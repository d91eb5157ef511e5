"""Views of lists: what a page is asked for, kept under a name by a person, or for everybody of a role."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from hotel.accounts.domain.saved_views import NAME_AT_MOST, QUERY_AT_MOST
from hotel.accounts.models.roles import Role
from hotel.properties.scoping import PropertyScopedModel


class SavedView(PropertyScopedModel):
    """The filters of one page of the desk at one property, of a person or of a role; never of both.

    ``query`` is what ``domain.saved_views.query_kept`` makes: parameters of that page, no address.
    """

    owner = models.ForeignKey(
        "accounts.User",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="saved_views",
        db_index=False,
    )
    role = models.ForeignKey(
        Role,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="saved_views",
        db_index=False,
        help_text="Everybody of it sees the view.",
    )
    page = models.SlugField(max_length=40, db_index=False)
    name = models.CharField(max_length=NAME_AT_MOST)
    query = models.CharField(max_length=QUERY_AT_MOST)
    is_default = models.BooleanField(default=False, help_text="The page opens with it.")

    class Meta:
        ordering = ["property", "page", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=True) ^ Q(role__isnull=True), name="saved_view_of_person_or_role"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(query="") & ~Q(page=""), name="saved_view_says_something"
            ),
            models.CheckConstraint(
                condition=Q(is_default=False) | Q(owner__isnull=False), name="saved_view_default_of_person"
            ),
            models.UniqueConstraint(
                "property", "owner", "page", Lower("name"), name="saved_view_name_once_of_person"
            ),
            models.UniqueConstraint(
                "property", "role", "page", Lower("name"), name="saved_view_name_once_of_role"
            ),
            models.UniqueConstraint(
                fields=["property", "owner", "page"],
                condition=Q(is_default=True),
                name="saved_view_one_default",
            ),
        ]

    def __str__(self) -> str:
        return self.name
