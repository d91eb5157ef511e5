"""Playbooks of a chain: what is done about a kind of incident, step by step, by whom and why."""

from typing import Any, Self

from django.db import models

from hotel.core.models_base import TimeStamped
from hotel.properties.models import Chain
from security.incident_choices import ContainmentAction, IncidentCategory
from security.models.access import ChainwideQuerySet


class Playbook(TimeStamped):
    """What is done about incidents of a category, or about those of one detector of it.

    Changed by who manages security at every property of the chain; the steps of incidents that are open stay.
    """

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="playbooks")
    category = models.CharField(max_length=14, choices=IncidentCategory)
    detector = models.SlugField(
        max_length=40,
        blank=True,
        db_index=False,
        help_text="Only for what this detector finds; empty for the whole category.",
    )
    title = models.CharField(max_length=120)
    is_active = models.BooleanField(
        default=True, help_text="Otherwise that of the category holds, or incidents begin without steps."
    )

    objects = ChainwideQuerySet.as_manager()

    class Meta:
        ordering = ["chain", "category", "detector"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "category", "detector"], name="playbook_once"),
            models.CheckConstraint(
                condition=models.Q(category__in=IncidentCategory.values), name="playbook_category"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def in_order(self) -> list["PlaybookStep"]:
        """Its steps as they are taken; as prefetched."""
        return sorted(self.steps.all(), key=lambda step: (step.position, step.pk))


class PlaybookStepQuerySet(models.QuerySet):
    """Vocabulary of steps of playbooks."""

    def visible_to(self, user: Any, verb: str = "view", area: str = "security") -> Self:
        """As the playbook is."""
        return self.filter(playbook__in=Playbook.objects.all().visible_to(user, verb, area).values("pk"))


class PlaybookStep(TimeStamped):
    """One step: each new incident gets a copy of it, to be done or found unneeded."""

    playbook = models.ForeignKey(Playbook, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(help_text="The lowest is first.")
    code = models.SlugField(max_length=40, db_index=False)
    title = models.CharField(max_length=200, help_text="What to do.")
    who = models.CharField(max_length=80, blank=True, help_text="Who does it.")
    why = models.CharField(max_length=400, blank=True, help_text="Why it matters, or what to look out for.")
    action = models.CharField(
        max_length=20,
        choices=ContainmentAction,
        blank=True,
        help_text="What the house does with one click; empty for what only people can do.",
    )

    objects = PlaybookStepQuerySet.as_manager()

    class Meta:
        ordering = ["playbook", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["playbook", "code"], name="playbook_step_once"),
            models.CheckConstraint(
                condition=models.Q(action="") | models.Q(action__in=ContainmentAction.values),
                name="playbook_step_action",
            ),
        ]

    def __str__(self) -> str:
        return self.title
