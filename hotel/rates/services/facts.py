"""Telling the house that rates have changed."""

from collections.abc import Iterable
from datetime import date, timedelta

from hotel.contracts.rates import RateChanged
from hotel.core.facts import publish
from hotel.rates.models import RatePlan


def plan_ids_below(*, plan_ids: Iterable[int], property_id: int) -> list[int]:
    """The plans and everything derived from them, ascending."""
    children: dict[int, list[int]] = {}
    links = RatePlan.objects.at(property_id).exclude(parent=None).values_list("parent_id", "pk")
    for parent_id, plan_id in links:
        children.setdefault(parent_id, []).append(plan_id)
    found, waiting = set(), list(plan_ids)
    while waiting:
        plan_id = waiting.pop()
        if plan_id not in found:
            found.add(plan_id)
            waiting += children.get(plan_id, [])
    return sorted(found)


def rates_changed(
    *,
    property_id: int,
    plan_ids: Iterable[int] | None,
    room_type_ids: Iterable[int | None] = (None,),
    start: date | None = None,
    end: date | None = None,
) -> None:
    """Publish ``RateChanged`` for plans, with all that derives from them, and types.

    Args:
        property_id: the property.
        plan_ids: None when every plan is concerned.
        room_type_ids: None in it means every type.
        start: first night; None for no beginning.
        end: first night no longer concerned; None for no end.
    """
    plans: list[int | None] = (
        [None] if plan_ids is None else [*plan_ids_below(plan_ids=plan_ids, property_id=property_id)]
    )
    publish(
        *(
            RateChanged(
                property_id=property_id,
                rate_plan_id=plan_id,
                room_type_id=type_id,
                first_night=start,
                last_night=end - timedelta(days=1) if end is not None else None,
            )
            for plan_id in plans
            for type_id in room_type_ids
        )
    )
