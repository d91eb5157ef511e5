"""What an erasure would do."""

from security.selectors.erasures import erasure_obstacles, erasure_plan
from tests.factories.guests import guest_document_make, guest_make
from tests.factories.reservations import house_make


def test_the_plan_counts_rows_and_says_what_stays(cast):
    gus = guest_make(cast.alpha)
    guest_document_make(cast.alpha, gus)
    lines = {line.model: line for line in erasure_plan(gus.pk)}
    assert set(lines) == {"guests.Guest", "guests.GuestDocument", "guests.ProfileAtProperty"}
    assert (lines["guests.GuestDocument"].rows, lines["guests.GuestDocument"].kept) == (1, "")


def test_each_app_is_asked_what_forbids_it(cast):
    gus = guest_make(cast.alpha)
    stay = house_make(cast.alpha, doubles=2).reserve(primary_guest=gus)
    assert erasure_obstacles(gus.pk) == [f"The stay {stay.number} from {stay.arrival} is confirmed."]
    assert erasure_obstacles(guest_make(cast.alpha).pk) == []
