"""What a member costs a programme: his balance and statement, a spending, and his part of the nightly runs.

Run as ``python -m benchmarks.points`` after ``benchmarks.points_mass``; prints JSON. The clock stands at the noon of
the generated databases' open day.
"""

import json
import random
import statistics
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django
from django.db import transaction

from benchmarks.day import cost, noon
from benchmarks.report import reached, table
from benchmarks.sizes import TODAY
from hotel.properties.tenancy import EVERYTHING, narrow

SAMPLES, WARM, COUNTED = 200, 20, 20
MEMBERS = (10_000, 100_000, 1_000_000)
GROWTH = 1.5  # a member may cost so much more in the biggest programme than in the smallest: caches hold less of it
Costs = dict[str, Any]


def each(ids: list[int], work: Callable[[int], object]) -> Costs:
    """What one member costs: CPU of ours and of PostgreSQL, statements and rows read; the first ones warm up."""
    for member_id in ids[:WARM]:
        work(member_id)
    counted = [
        cost(lambda member_id=member_id: work(member_id), is_counted=True)
        for member_id in ids[WARM : WARM + COUNTED]
    ]
    rest = ids[WARM + COUNTED :]
    used = cost(lambda: [work(member_id) for member_id in rest])
    return {
        "members": len(rest),
        "cpu_ms": 1000 * (used["ours"] + used["postgres"]) / len(rest),
        "statements": statistics.median(one["statements"] for one in counted),
        "rows": statistics.median(one["rows"] for one in counted),
    }


def run(work: Callable[[], object], members: int) -> Costs:
    """What each of so many members costs in a nightly run."""
    used = cost(work)
    return {
        "members": members,
        "cpu_ms": 1000 * (used["ours"] + used["postgres"]) / members,
        "seconds": used["seconds"],
    }


def points() -> dict[str, Costs]:
    """By what is done."""
    from loyalty.choices import PointKind
    from loyalty.models import LoyaltyMember, LoyaltyProgram, PointLot
    from loyalty.selectors.balances import member_balance
    from loyalty.selectors.liability import liability_now
    from loyalty.selectors.statements import balance_explained, statement
    from loyalty.selectors.tiers import standing
    from loyalty.services.points import PointEvent, member_locked, points_spend
    from loyalty.tasks import points_expire, tiers_review

    program = LoyaltyProgram.objects.get(code="BENCH")
    every = list(LoyaltyMember.objects.filter(program=program).order_by("pk").values_list("pk", flat=True))
    members, ids = len(every), sorted(random.Random(7).sample(every, WARM + COUNTED + SAMPLES))
    known = LoyaltyMember.objects.select_related("program", "tier")

    def spent(member_id: int) -> None:
        with transaction.atomic():
            member = member_locked(member_id)
            event = PointEvent(
                member=member,
                property_id=member.home_id,
                day=TODAY,
                kind=PointKind.REDEMPTION,
                because="Wine",
            )
            points_spend(event, 300, on=TODAY)

    def account(member_id: int) -> None:
        found = statement(known.get(pk=member_id), TODAY - timedelta(days=365), TODAY)
        assert sum(row.points for row in found.rows) == found.closing - found.opening  # noqa: S101

    one = {
        "balance": lambda member_id: member_balance(known.get(pk=member_id), TODAY),
        "balance explained": lambda member_id: balance_explained(known.get(pk=member_id)),
        "statement of a year": account,
        "way to the next tier": lambda member_id: standing(known.get(pk=member_id), TODAY),
        "points spent": spent,
    }
    found = {name: each(ids, work) for name, work in one.items()}
    found["liability measured"] = run(lambda: liability_now(program), members)
    falling = LoyaltyMember.objects.filter(tier_until__lt=TODAY)
    ending = PointLot.objects.over(TODAY)
    found["points end by night"] = run(points_expire, ending.values("member").distinct().count())
    found["tiers end by night"] = run(tiers_review, falling.count())
    assert not ending.exists()  # noqa: S101
    assert not falling.exists()  # noqa: S101
    found["a night without ends"] = run(lambda: (points_expire(), tiers_review()), members)
    return found


def show_points(size: str, found: dict[str, dict[str, Any]]) -> str:
    """Tables for people: what a member costs, by how many there are."""
    counts = [f"{int(members):,}" for members in found]
    runs = list(found.values())
    rows = []
    for name in runs[0]["costs"]:
        costs = [run["costs"][name] for run in runs]
        figures = [one["cpu_ms"] for one in costs]
        seconds = ", ".join(f"{one['seconds']:.1f}" for one in costs if "seconds" in one)
        rows.append(
            [name, *(f"{figure:.3f}" for figure in figures), seconds,
             *(", ".join(f"{one[key]:.0f}" for one in costs if key in one) for key in ("statements", "rows")),
             f"≤ {GROWTH:g} times: {reached(figures[-1] <= GROWTH * figures[0])}"]
        )  # fmt: skip
    movements = ", ".join(f"{run['rows']['loyalty.PointMovement']:,}" for run in runs)
    head = ["CPU ms of one member", *counts, "seconds of the run", "statements", "rows read", "flat"]
    return table(f"programmes of {', '.join(counts)} members with {movements} movements", head, rows)


if __name__ == "__main__":
    django.setup()
    narrow(EVERYTHING)
    with noon():
        json.dump(points(), sys.stdout)
