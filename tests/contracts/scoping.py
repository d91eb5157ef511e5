"""Tenancy of one model: what ``visible_to`` shows to whom, without any HTTP."""

from hotel.accounts.models import User
from hotel.properties.scoping import codename
from tests.contracts.base import ApiContract
from tests.contracts.stage import ALL_RIGHTS


class ScopedModelContract(ApiContract):
    """``Model.objects.visible_to(user, verb, area)`` × {held, other area, other property, inactive, superuser}."""

    def visible(self, user) -> set[int]:
        """What a freshly read user sees."""
        found = self.model.objects.visible_to(User.objects.get(pk=user.pk), self.read, self.area)
        return set(found.values_list("pk", flat=True))

    def test_visible_to_shows_the_rows_of_the_properties_where_the_verb_is_held(self, stage):
        mine, theirs = self.make(stage.alpha, 0), self.make(stage.beta, 1)
        here, there = (stage.person(ALL_RIGHTS, place) for place in (stage.alpha, stage.beta))
        assert mine.pk in self.visible(here)
        assert theirs.pk in self.visible(there)  # there was something to see
        assert theirs.pk not in self.visible(here)
        assert mine.pk not in self.visible(there)

    def test_visible_to_shows_nothing_without_the_verb(self, stage):
        row = self.make(stage.alpha, 0)
        assert row.pk in self.visible(stage.person({codename(self.read, self.area)}))
        assert self.visible(stage.person(ALL_RIGHTS - {codename(self.read, self.area)})) == set()

    def test_visible_to_shows_nothing_to_the_inactive_and_everything_to_superusers(self, stage):
        row = self.make(stage.alpha, 0)
        gone = stage.person(ALL_RIGHTS)
        User.objects.filter(pk=gone.pk).update(is_active=False)
        root = stage.person(())
        User.objects.filter(pk=root.pk).update(is_superuser=True)
        assert self.visible(gone) == set()
        assert row.pk in self.visible(root)
