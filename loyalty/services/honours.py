"""What a tier promises is done by the house: tasks for departments, and a later check-out.

Source: docs/guide/loyalty.md, What a tier gives.
"""

from django.db import transaction

from hotel.core.exceptions import PmsError
from hotel.properties.models import Property
from hotel.reservations.choices import NoteKind, ReservationStatus
from hotel.reservations.models import ReservationNote
from hotel.reservations.services.details import note_add
from hotel.stays.services.departures import late_check_out
from loyalty.domain import benefits
from loyalty.selectors.arrivals import MemberArriving, members_arriving
from loyalty.services.points import members_locked


@transaction.atomic
def arrivals_honour(*, place: Property) -> int:
    """Give the departments their tasks for members who arrive today, and those who came their later check-out.

    Repeatable: a stay has each task once, also when it is done; what a guest has agreed with the desk is not touched.

    Returns:
        How many tasks were given.

    Publishes: LateCheckOutAgreed.

    Locks: the members, then as ``late_check_out``.
    """
    found = members_arriving(place) or []
    members_locked(*{one.member.pk for one in found})
    traces = ReservationNote.objects.at(place.pk).filter(kind=NoteKind.TRACE)
    rows = traces.filter(reservation__in=[one.reservation.pk for one in found])
    known = set(rows.values_list("reservation_id", "text"))
    given = 0
    for one in found:
        stay, tier = one.reservation, one.member.tier
        asked = [(task.department, task.words, stay.arrival) for task in benefits.tasks(tier.benefits)]
        if hindered := _late_check_out_agreed(one):
            asked.append(("front desk", hindered, stay.departure))
        for department, words, day in asked:
            text = f"{tier.name}: {words}"
            if (stay.pk, text) not in known:
                note_add(
                    reservation=stay,
                    text=text,
                    actor=None,
                    kind=NoteKind.TRACE,
                    department=department,
                    due_on=day,
                )
                given += 1
    return given


def _late_check_out_agreed(one: MemberArriving) -> str:
    """Agree the later check-out of a member who came.

    Returns:
        A task in words when his room is promised to somebody else; empty otherwise.
    """
    stay, until = one.reservation, benefits.late_check_out(one.member.tier.benefits)
    if until is None or until <= stay.property.check_out_time:
        return ""
    if stay.status != ReservationStatus.IN_HOUSE or stay.etd is not None:
        return ""
    try:
        late_check_out(reservation=stay, until=until, actor=None)
    except PmsError as error:
        return f"check-out until {until:%H:%M} is promised. {error.message}"
    return ""
