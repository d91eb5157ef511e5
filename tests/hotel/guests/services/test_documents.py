"""Documents: encrypted, recorded once."""

from datetime import date

import pytest
from django.db import connection

from hotel.core.exceptions import Conflict, InvalidInput
from hotel.guests.models import GuestDocument
from hotel.guests.services.documents import DocumentData, document_record
from tests.factories.guests import guest_make


def test_a_document_is_encrypted_and_known_once(cast):
    guest = guest_make(cast.alpha)
    data = DocumentData(
        kind="passport", number="p 123-456", issuing_country="AT", expires_on=date(2030, 1, 1)
    )
    document = document_record(guest=guest, data=data)
    assert (document.number, document.masked_number) == ("P123456", "••••456")
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM guests_guestdocument")
        assert cursor.fetchone()[0].startswith("v2:A256GCM:")
    with pytest.raises(Conflict) as refused:
        document_record(
            guest=guest, data=DocumentData(kind="passport", number="P123456", issuing_country="AT")
        )
    assert refused.value.extra == {"id": document.pk}
    assert GuestDocument(number="1234").masked_number == "••••"


@pytest.mark.parametrize(
    "over",
    [{"number": " -/ "}, {"number": "P1", "issued_on": date(2030, 1, 2), "expires_on": date(2030, 1, 1)}],
    ids=["no number", "dates out of order"],
)
def test_a_document_without_sense_is_refused(cast, over):
    with pytest.raises(InvalidInput):
        document_record(
            guest=guest_make(cast.alpha), data=DocumentData(kind="passport", issuing_country="AT", **over)
        )
    assert not GuestDocument.objects.exists()
