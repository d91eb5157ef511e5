"""Playbooks: seeded for each chain, changed by it, and laid out as the steps of a new incident."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from hotel.accounts.models import User
from hotel.accounts.services.guards import require_manager_of
from hotel.core.locks import LockSpace, advisory_lock, lock_rows
from hotel.properties.models import Chain, Property
from security.domain.containment import AREA, WAYS, fits
from security.domain.playbooks import PLAYBOOKS
from security.models import IncidentStep, Playbook, PlaybookStep, SecurityIncident
from security.selectors.playbooks import playbook_of

STEP = 10  # between positions, so that another one fits in


@transaction.atomic
def playbooks_seed(*, chain: Chain) -> int:
    """Give a chain the playbooks it does not have yet; what it made of the others stays. Repeatable.

    Locks: one advisory lock per chain.

    Returns:
        How many are new.
    """
    advisory_lock(LockSpace.PROPERTY_SETUP, f"playbooks {chain.pk}")
    known = set(Playbook.objects.filter(chain=chain).values_list("category", "detector"))
    new = [key for key in PLAYBOOKS if key not in known]
    made = Playbook.objects.bulk_create(
        Playbook(chain=chain, category=category, detector=detector, title=PLAYBOOKS[category, detector][0])
        for category, detector in new
    )
    PlaybookStep.objects.bulk_create(
        PlaybookStep(
            playbook=book, position=STEP * place, code=seed.code, title=seed.title, who=seed.who, why=seed.why,
            action=seed.action,
        )
        for book in made
        for place, seed in enumerate(PLAYBOOKS[book.category, book.detector][1], 1)
    )  # fmt: skip
    return len(new)


def steps_lay(*, incident: SecurityIncident) -> int:
    """Copy the steps of the playbook that fits onto a new incident; how many. None where no playbook is active.

    What the house can do is aimed at the incident's subject, where that is of its kind, or at its hotel.
    """
    book = playbook_of(incident)
    steps = [] if book is None else book.in_order
    IncidentStep.objects.bulk_create(
        IncidentStep(
            incident=incident, code=step.code, title=step.title, who=step.who, why=step.why, action=step.action,
            target=_aimed(step.action, incident),
        )
        for step in steps
    )  # fmt: skip
    return len(steps)


def _aimed(action: str, incident: SecurityIncident) -> str:
    """What a step is aimed at before anybody says otherwise; empty where nothing of its kind is known."""
    if action and fits(action, incident.subject):
        return incident.subject
    is_at_hotel = action and WAYS[action].kind == "property" and incident.property_id
    return f"property:{incident.property_id}" if is_at_hotel else ""


@transaction.atomic
def playbook_change(*, playbook: Playbook, changes: Mapping[str, Any], by: User | None) -> Playbook:
    """Change its title, or whether it is used.

    Raises:
        NotPermitted: ``by`` does not manage security at every property of the chain.
        ValidationError: a value is malformed.

    Locks: the playbook.
    """
    row = _locked(playbook, by)
    for name in {"title", "is_active"} & changes.keys():
        setattr(row, name, changes[name])
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def playbook_steps_change(
    *, playbook: Playbook, kept: Iterable[PlaybookStep], gone: Iterable[PlaybookStep], by: User | None
) -> None:
    """Add, change and take away steps; those of open incidents stay.

    Args:
        playbook: whose they are.
        kept: new and changed steps, not saved yet.
        gone: those to take away.
        by: see ``playbook_change``.

    Raises:
        NotPermitted: see ``playbook_change``.
        ValidationError: a value is malformed, or a code twice.

    Locks: the playbook.
    """
    row = _locked(playbook, by)
    PlaybookStep.objects.filter(playbook=row, pk__in=[step.pk for step in gone]).delete()
    for step in kept:
        step.playbook = row
        step.full_clean()
        step.save()


def _locked(playbook: Playbook, by: User | None) -> Playbook:
    [row] = lock_rows(Playbook.objects.filter(pk=playbook.pk))
    ids = Property.objects.filter(chain=row.chain_id).values_list("pk", flat=True)
    require_manager_of(AREA, by=by, property_ids=ids)
    return row
