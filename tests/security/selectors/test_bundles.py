"""A bundle holds all that is declared of one guest, and nothing of another."""

import json

from django.core.serializers.json import DjangoJSONEncoder

from hotel.core.personal import personal_data
from hotel.guests.services.consents import consent_record
from hotel.reservations.services.details import note_add
from security.selectors.bundles import bundle_csv, bundle_values
from tests.factories.guests import guest_document_make, guest_make
from tests.factories.messaging import message_make
from tests.factories.reservations import house_make
from tests.factories.security_privacy import identified_make


def _guest(cast, word):
    guest = guest_make(
        cast.alpha, first_name=f"First{word}", last_name=f"Last{word}", email=f"mail{word}@canary.example",
        street=f"Street{word}", city=f"City{word}",
    )  # fmt: skip
    guest_document_make(cast.alpha, guest, number=f"NUMBER{word.upper()}")
    consent_record(
        guest=guest, channel="email", purpose="marketing", source="website", evidence=f"Evidence{word}"
    )
    booking = house_make(cast.alpha, doubles=4).book(booker=guest, notes=f"Booked{word}").booking
    note_add(reservation=booking.reservations.get(), text=f"Note{word}", actor=None)
    message_make(
        cast.alpha, guest_id=guest.pk, recipient_name=f"To{word}", address=f"to{word}@canary.example"
    )
    return guest


MINE = (
    "firstzora", "lastzora", "mailzora", "streetzora", "cityzora", "numberzora", "evidencezora", "bookedzora",
    "notezora", "tozora",
)  # fmt: skip


def _told(request):
    return json.dumps(bundle_values(request), cls=DjangoJSONEncoder)


def test_all_of_the_guest_and_nothing_of_another(cast, monkeypatch):
    zora = _guest(cast, "zora")
    other = guest_make(cast.alpha, last_name="Lastotto", email="mailotto@canary.example", phone="+435550177")
    guest_document_make(cast.alpha, other, number="NUMBEROTTO")
    text = _told(identified_make(cast.alpha, zora)).lower()
    assert [word for word in MINE if word not in text] == []
    assert "otto" not in text
    assert "5550177" not in text


def test_each_declared_column_is_named_with_why_and_for_whom(cast):
    values = bundle_values(identified_make(cast.alpha))
    declared = {(row.model, name) for row in personal_data(whose="guest") for name in row.fields}
    assert {(part["what"], name) for part in values["data"] for name in part["fields"]} == declared
    for part in values["data"]:
        assert part["purpose"]
        assert part["recipients"]
        assert part["source"]
        assert part["kept_for"]
    assert values["profiling"]
    assert values["rights"]


def test_a_portability_has_what_the_guest_gave_for_contract_or_by_consent(cast):
    values = bundle_values(identified_make(cast.alpha, kind="portability"))
    assert {part["legal_basis"] for part in values["data"]} == {"contract", "consent"}
    assert values["records"] == {}


def test_indexes_are_named_not_given(cast):
    text = _told(identified_make(cast.alpha, guest_make(cast.alpha, email="a@b.example")))
    assert "(an index, not given)" in text


def test_csv_has_a_line_for_each_value_and_no_formula(cast):
    guest = guest_make(cast.alpha, last_name="=cmd|calc")
    lines = bundle_csv(_told(identified_make(cast.alpha, guest))).splitlines()
    assert lines[0] == "what,row,field,value"
    assert f"guests.Guest,{guest.pk},last_name,'=cmd|calc" in lines
