from dataclasses import asdict

from hotel.core.models import OutboxMessage
from hotel.guests.models import Guest, GuestMatch, ProfileAtProperty
from hotel.guests.services.bulk import guests_take_over
from hotel.guests.services.guests import GuestData, guest_columns, guest_create


def columns(**values):
    return guest_columns(asdict(GuestData(**values)), country="AT")


def test_guests_are_made_linked_and_found_by_search(cast):
    (guest,) = guests_take_over(place=cast.alpha, columns=[columns(last_name="Müller", first_name="Ada")])

    link = ProfileAtProperty.objects.get(guest=guest)
    assert (link.property, link.search_text, guest.name_key) == (cast.alpha, "muller ada", "muller ada")
    assert OutboxMessage.objects.count() == GuestMatch.objects.count() == 0


def test_the_same_name_with_the_same_address_or_telephone_is_the_same_guest(cast):
    known = guest_create(place=cast.beta, data=GuestData(last_name="Ng", email="ng@example.com"))

    found = guests_take_over(
        place=cast.alpha,
        columns=[
            columns(last_name="Ng", email="NG@example.com"),
            columns(last_name="Li", phone="+4315550100"),
            columns(last_name="Li", phone="01 5550100"),
            columns(last_name="Wu", email="ng@example.com"),
            columns(last_name="Ng"),
            columns(last_name="Ng"),
        ],
    )

    assert found[0] == known
    assert found[1] == found[2]
    assert len({guest.pk for guest in found}) == 5
    assert ProfileAtProperty.objects.filter(property=cast.alpha).count() == 5


def test_a_repetition_links_nobody_twice(cast):
    row = columns(last_name="Ng", email="ng@example.com")

    assert guests_take_over(place=cast.alpha, columns=[row]) == guests_take_over(
        place=cast.alpha, columns=[row]
    )
    assert Guest.objects.count() == ProfileAtProperty.objects.count() == 1
