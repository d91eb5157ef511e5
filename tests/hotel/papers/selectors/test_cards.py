"""Registration cards: in each guest's language, what is known filled in, numbers of documents hidden."""

from datetime import date, timedelta

from hotel.guests.models import Guest
from hotel.papers.selectors.cards import registration_content
from hotel.reservations.models import ReservationGuest
from tests.contracts.queries import queries_of
from tests.factories.guests import guest_document_make, guest_make


def test_a_card_is_filled_with_what_is_known_in_the_guests_language(full, cast):
    guest = Guest.objects.get(pk=full.cleo.primary_guest_id)
    guest.language, guest.nationality, guest.birth_date = "es-MX", "MX", date(1980, 5, 2)
    guest.street, guest.postal_code, guest.city, guest.country = "Calle Mayor 1", "28001", "Madrid", "ES"
    guest.save()
    guest_document_make(full.place, guest, number="X1234567", issuing_country="MX")
    child = guest_make(full.place, first_name="Dora", last_name="Ibrahim")
    ReservationGuest.objects.create(
        property=full.place, reservation=full.cleo, guest=child, role="accompanying"
    )

    content = registration_content(full.place, full.cleo)

    (card,) = content.parts
    assert card.language == "es"
    assert dict(card.yours) == {
        "Apellidos": "Ibrahim",
        "Nombre": "Cleo",
        "Fecha de nacimiento": "2 may 1980",
        "Nacionalidad": "México",
        "Calle": "Calle Mayor 1",
        "Código postal, ciudad": "28001 Madrid",
        "País": "España",
        "Teléfono": guest.phone,
        "Correo electrónico": guest.email,
        "Documento de identidad": "Pasaporte, México",
        "Número de documento": "•••••567",
    }
    assert dict(card.stay)["Noches"] == "3"
    assert card.others == ("Dora Ibrahim",)
    assert card.privacy.startswith("Alpha trata estos datos")
    assert content.guests == {guest.pk, child.pk}


def test_all_who_are_still_to_come_today_are_in_one_file_by_name(full):
    adam = guest_make(full.place, first_name="Adam", last_name="Abel")
    full.reserve(0, 1, primary_guest=adam)
    full.reserve(1, 1, primary_guest=guest_make(full.place, last_name="Tomorrow"))

    cards = registration_content(full.place, None).parts

    assert [dict(card.yours)["Familienname"] for card in cards] == ["Abel", "Ibrahim"]
    assert cards[0].others == ("",)


def test_the_number_of_queries_does_not_grow(full):
    few = len(queries_of(lambda: registration_content(full.place, None)))
    for n in range(3):
        full.reserve(0, 1, primary_guest=guest_make(full.place, last_name=f"Guest{n}"))

    assert len(queries_of(lambda: registration_content(full.place, None))) == few <= 5


def test_a_stay_without_a_guest_has_an_empty_card(house):
    stay = house.reserve(0, 1)

    (card,) = registration_content(house.place, stay).parts

    assert {text for _, text in card.yours} == {""}
    assert dict(card.stay)["Anreise"] == "14.03.2027"
    assert stay.arrival + timedelta(days=1) == stay.departure
