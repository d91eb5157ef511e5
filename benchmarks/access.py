"""What the load needs to know of a database: tokens, a session, ids. Run in a process of its own; prints JSON."""

import json
import sys
from datetime import timedelta

import django

from benchmarks.sizes import BUSY
from hotel.properties.tenancy import EVERYTHING, narrow


def access() -> list[dict]:
    """One entry per busy hotel, in order of their ids."""
    from django.conf import settings
    from django.test import Client

    from hotel.accounts.models import User
    from hotel.accounts.services.tokens import token_issue
    from hotel.core.clock import now
    from hotel.guests.models import ProfileAtProperty
    from hotel.properties.models import Property
    from hotel.properties.scoping import grants_of
    from hotel.rates.models import RatePlan
    from hotel.rooms.models import RoomType

    found = []
    for place in Property.objects.order_by("pk")[:BUSY]:
        user = User.objects.get(username=f"desk-{place.code}")
        token = token_issue(
            user=user, name="benchmark", codenames=grants_of(user).by_codename, properties=[place],
            expires_at=now() + timedelta(days=1),
        )  # fmt: skip
        browser = Client()
        browser.force_login(user, backend="hotel.accounts.backends.PeopleBackend")
        guests = ProfileAtProperty.objects.at(place.pk).filter(guest__isnull=False).order_by("guest_id")
        found.append(
            {
                "property": place.pk,
                "code": place.code,
                "user": user.pk,
                "token": token.secret,
                "cookie": settings.SESSION_COOKIE_NAME,
                "session": browser.cookies[settings.SESSION_COOKIE_NAME].value,
                "room_types": list(RoomType.objects.at(place.pk).order_by("pk").values_list("pk", flat=True)),
                "rate_plan": RatePlan.objects.at(place.pk).get(code="BAR").pk,
                "guests": list(guests.values_list("guest_id", flat=True)[:500]),
                "names": list(guests.values_list("search_text", flat=True)[:500]),
            }
        )
    return found


if __name__ == "__main__":
    django.setup()
    narrow(EVERYTHING)
    json.dump(access(), sys.stdout)
