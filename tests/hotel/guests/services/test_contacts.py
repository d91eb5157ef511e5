"""Contact data is normalised, checked and fingerprinted before it is stored."""

import pytest

from hotel.core.exceptions import InvalidInput
from hotel.guests.services.contacts import (
    contact_columns,
    email_fingerprint,
    guest_contact_columns,
    phone_fingerprint,
)

pytestmark = pytest.mark.django_db  # the index keys stand in a table


def test_an_address_gets_its_normal_form_its_index_and_its_kind():
    columns = guest_contact_columns({"email": " Gus@Example.COM ", "city": "Wien"}, country="AT")
    assert columns == {
        "email": "gus@example.com",
        "email_fingerprint": email_fingerprint("gus@example.com"),
        "email_kind": "personal",
        "city": "Wien",
    }
    assert guest_contact_columns({"email": "x1@guest.booking.com"}, country="AT")["email_kind"] == "relay"


def test_a_national_number_is_read_in_the_country_of_the_house():
    columns = contact_columns({"phone": "01 5550100"}, country="AT")
    assert columns == {"phone": "+4315550100", "phone_fingerprint": phone_fingerprint("+4315550100")}


def test_an_index_tells_neither_the_value_nor_what_it_is_of():
    assert "gus" not in email_fingerprint("gus@example.com")
    assert email_fingerprint("+4315550100") != phone_fingerprint("+4315550100")
    assert (email_fingerprint(""), phone_fingerprint("")) == ("", "")


def test_what_is_left_out_stays_out_and_nothing_empties():
    assert contact_columns({"city": "Graz"}, country="AT") == {"city": "Graz"}
    assert contact_columns({"email": "", "phone": ""}, country="AT") == {
        "email": "",
        "email_fingerprint": "",
        "phone": "",
        "phone_fingerprint": "",
    }


@pytest.mark.parametrize(
    ("values", "code"), [({"email": "gus"}, "email_invalid"), ({"phone": "call me"}, "phone_invalid")]
)
def test_what_cannot_be_read_is_refused(values, code):
    with pytest.raises(InvalidInput) as refused:
        contact_columns(values, country="AT")
    assert refused.value.code == code
    assert list(refused.value.fields) == list(values)
