"""Checks the invariants, keeps the result for people to see, and raises the alarm."""

import logging
import time

from hotel.core.clock import now
from hotel.core.invariants import invariants_verify
from hotel.core.models import InvariantCheck

logger = logging.getLogger(__name__)

KEPT = 100


def invariants_check() -> InvariantCheck:
    """Run every invariant and store the outcome; each broken rule is logged as an error. Repeatable.

    Returns:
        The stored result; the newest ``KEPT`` are kept.
    """
    started_at, clock = now(), time.monotonic()
    findings = invariants_verify()
    broken = [finding for finding in findings if finding.violations]
    for finding in broken:
        logger.error(
            "Invariant %s is broken: %s First violation: %s",
            finding.invariant.name,
            finding.invariant.text,
            " | ".join(finding.violations[0]),
        )
    check = InvariantCheck.objects.create(
        started_at=started_at,
        duration_seconds=round(time.monotonic() - clock, 2),
        checked=len(findings),
        broken=[
            {"name": f.invariant.name, "text": f.invariant.text, "violations": f.violations} for f in broken
        ],
    )
    older = InvariantCheck.objects.order_by("-pk").values_list("pk", flat=True)[KEPT:]
    InvariantCheck.objects.filter(pk__in=list(older)).delete()
    return check
