"""Who is told of emergencies and of requests for rights."""

from django.db import transaction

from hotel.accounts.models import User
from hotel.messaging.services.staff_notices import staff_notice_queue
from hotel.properties.models import Property
from security.models import AccessRequest, EmergencyAccess
from security.selectors.holders import holders_everywhere


@transaction.atomic
def emergency_tell(*, emergency_id: int) -> int:
    """Tell everybody who may agree to rights at the property that the glass was broken.

    Repeatable: each is told once. Returns how many were told.
    """
    emergency = EmergencyAccess.objects.select_related("user", "role", "property").get(pk=emergency_id)
    place = emergency.property
    ends = emergency.ends_at.astimezone(place.zone)
    text = (
        f"{emergency.user} took the role {emergency.role} at {place} until {ends:%d %B %Y, %H:%M}.\n\n"
        f"The reason given: {emergency.reason}\n\n"
        "If this was not expected, close the emergency access at once under Security, Access. Somebody other than "
        f"{emergency.user} must say afterwards whether it was justified."
    )
    return _tell(
        place,
        f"Emergency access at {place}: {emergency.user}",
        text,
        f"emergency_access:{emergency.pk}",
        {emergency.user_id},
    )


@transaction.atomic
def access_request_tell(*, request_id: int) -> int:
    """Ask everybody who may agree to a request for rights to look at it.

    Repeatable: each is asked once. Returns how many were asked.
    """
    request = AccessRequest.objects.select_related("user", "role", "requested_by").get(pk=request_id)
    places = request.places()
    if not places:
        return 0
    where = str(request.property or request.group)
    until = request.lapses_at.astimezone(places[0].zone)
    text = (
        f"{request.requested_by} asks that {request.user} may hold the role {request.role} at {where}.\n\n"
        f"The reason given: {request.reason}\n\n"
        f"Agree or refuse under Security, Access, before {until:%d %B %Y, %H:%M}."
    )
    left_out = {request.user_id, request.requested_by_id}
    subject = f"Rights asked for at {where}: {request.role} for {request.user}"
    ids = [place.pk for place in places]
    return _tell(places[0], subject, text, f"access_request:{request.pk}", left_out, ids)


def _tell(
    place: Property,
    subject: str,
    text: str,
    key: str,
    left_out: set[int],
    property_ids: list[int] | None = None,
) -> int:
    told = holders_everywhere("approve", "security", property_ids or [place.pk]) - left_out
    people = User.objects.filter(pk__in=told)
    return len(staff_notice_queue(place=place, people=people, subject=subject, text=text, dedupe_key=key))
