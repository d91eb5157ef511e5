"""A guest is erased: nothing of him is left in any table, invoices stand, and every invariant holds."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection

from hotel.contracts.privacy import GuestErased
from hotel.core.crypto import DecryptionFailed, KeyErased, key_ring
from hotel.core.exceptions import Conflict, NotPermitted
from hotel.core.fields import encrypted_fields
from hotel.core.invariants import invariants_verify
from hotel.core.models import DataKey, OutboxMessage
from hotel.core.personal import house_models
from hotel.folios.models import Folio, FolioWindow, Invoice
from hotel.guests.services.consents import consent_record
from hotel.guests.services.guests import guest_change
from hotel.guests.services.merges import guest_merge
from hotel.guests.services.privacy import profiles_of
from hotel.guests.services.relationships import relationship_add
from hotel.guests.services.restrictions import guest_restrict, guest_unrestrict
from hotel.properties.services.business_days import business_day_close
from hotel.reservations.services.assignment import room_assign
from hotel.reservations.services.details import booking_describe, note_add
from hotel.stays.services.check_in import check_in
from hotel.stays.services.check_out import check_out
from security.models import ErasureCertificate
from security.services.erasures import certificate_digest, certificate_values, erasure_carry_out
from security.services.holds import hold_lift
from security.services.privacy_requests import erasure_approve, erasure_propose
from tests.factories.documents import invoice_make
from tests.factories.folios import charge_make
from tests.factories.guests import company_make, guest_document_make, guest_make
from tests.factories.messaging import message_make
from tests.factories.reservations import house_make
from tests.factories.security_privacy import (
    approved_make,
    identified_make,
    legal_hold_make,
    privacy_request_make,
)
from tests.factories.stays import bill_pay

NOON = datetime(2027, 3, 14, 12, tzinfo=UTC)
CANARIES = (
    "zoracanary", "canarylast", "zora-mail", "555019", "canarystreet", "p999canary", "canarynote", "canarygroup",
    "canarysays", "canarymerge", "canarybody", "canaryreason", "canaryname", "canaryletter",
)  # fmt: skip
FISCAL = {"folios_invoice", "folios_invoicepdf"}
TEXTS = ("text", "character varying", "jsonb", "json", "ARRAY", "USER-DEFINED")


def tables_with(words) -> dict[str, set[str]]:
    """Word to the tables that have it in any column of text, JSON or arrays, also in ciphertext that we can read."""
    found: dict[str, set[str]] = {word: set() for word in words}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, string_agg(format('%%I::text', column_name), ', ') FROM information_schema.columns "
            "WHERE table_schema = 'public' AND data_type = ANY(%s) GROUP BY 1", [list(TEXTS)],
        )  # fmt: skip
        for table, columns in cursor.fetchall():
            cursor.execute(f"SELECT lower(concat_ws(' ', {columns})) FROM \"{table}\"")  # noqa: S608
            text = "\n".join(row[0] or "" for row in cursor.fetchall())
            for word in words:
                if word in text:
                    found[word].add(table)
    for model, row, field in sealed_values():
        with suppress(DecryptionFailed):
            text = str(getattr(row, field.attname)).lower()
            for word in words:
                if word in text:
                    found[word].add(model._meta.db_table)
    return found


def sealed_values():
    """Every value of every encrypted column: model, row and field."""
    for model in house_models():
        fields = encrypted_fields(model)
        for row in model._default_manager.all() if fields else ():
            yield from ((model, row, field) for field in fields if row.__dict__[field.attname])


def backup_of(guest_ids) -> list[tuple[str, str]]:
    """The ciphertext under the keys of guests, and what it is bound to: what an old dump has."""
    ids = DataKey.objects.filter(subject__in=[f"guest:{pk}" for pk in guest_ids]).values_list("pk", flat=True)
    heads = tuple(f"v2:A256GCM:{pk}:" for pk in ids)
    return [
        (token, field.context_of(token, row.pk))
        for _, row, field in sealed_values()
        if (token := row.__dict__[field.attname].token).startswith(heads)
    ]


@pytest.fixture
def stayed(cast):
    """A guest whose words are everywhere, who has left, paid and been given an invoice."""
    with time_machine.travel(NOON, tick=False) as clock:
        zora = guest_make(
            cast.alpha, first_name="Zoracanary", last_name="Canarylast", email="zora-mail@canary.example",
            phone="+435550199", street="Canarystreet 1", city="Linz", language="de",
        )  # fmt: skip
        guest_change(guest=zora, changes={"salutation": "Dr Canaryname"})
        guest_document_make(cast.alpha, zora, number="P999CANARY")
        consent_record(
            guest=zora, channel="email", purpose="marketing", source="website", evidence="Canarysays yes"
        )
        relationship_add(guest=zora, kind="works_for", company=company_make(cast.alpha))
        twin = guest_make(cast.alpha, first_name="Zoracanary", last_name="Canarylast", phone="+435550199")
        guest_merge(kept=zora, merged=twin, by=cast.ada, reason="Canarymerge told us")
        guest_restrict(guest=zora, reason="Canaryreason", by=cast.ada)
        guest_unrestrict(guest=zora, by=cast.ada)
        house = house_make(cast.alpha, doubles=3)
        stay = house.stay(0, 1, primary_guest=zora)
        booking = house.book(stay, booker=zora, notes="Canarynote", group_name="Canarygroup").booking
        (row,) = booking.reservations.all()
        note_add(reservation=row, text="Canarynote: allergic", actor=cast.bo)
        booking_describe(booking=booking, changes={"notes": "Canarynote again"}, actor=cast.bo)
        message_make(
            cast.alpha, guest_id=zora.pk, recipient_name="Zoracanary", address="zora-mail@canary.example",
            body="Canarybody", subject="Canaryletter",
        )  # fmt: skip
        room_assign(reservation=row, room=house.rooms[0], actor=None)
        check_in(reservation=row, actor=None)
        folio = Folio.objects.get(reservation=row)
        FolioWindow.objects.filter(folio=folio, number=1).update(guest=zora, label="Canaryname")
        charge_make(folio)
        business_day_close(place=cast.alpha)
        clock.shift(timedelta(days=1) - timedelta(hours=4))
        bill_pay(row)
        yield zora, row, folio


def _left(stayed, cast):
    zora, row, folio = stayed
    check_out(reservation=row, actor=cast.bo)
    return zora, row, folio


def test_nothing_of_an_erased_guest_is_left_but_what_the_law_wants_kept(stayed, cast):
    zora, _row, folio = stayed
    invoice = invoice_make(cast.alpha, folio)
    _left(stayed, cast)
    invoices = list(Invoice.objects.values("number_text", "total", "net", "tax", "content", "content_hash"))
    before = tables_with(CANARIES)
    assert all(before.values()), f"planted nowhere: {[word for word, where in before.items() if not where]}"

    certificate = erasure_carry_out(request=approved_make(cast.alpha, zora))

    after = tables_with(CANARIES)
    left = {word: where - FISCAL for word, where in after.items() if where - FISCAL}
    assert left == {}
    assert (
        list(Invoice.objects.values("number_text", "total", "net", "tax", "content", "content_hash"))
        == invoices
    )
    assert "canarylast" in invoice.content.lower()
    kept = {line["model"]: line["rows"] for line in certificate.kept}
    assert kept["folios.Invoice"] == 1
    assert [one.invariant.name for one in invariants_verify() if one.violations] == []
    assert certificate.request.status == "partly_completed"
    assert certificate.digest == certificate_digest(certificate_values(certificate))
    (told,) = OutboxMessage.objects.filter(topic=GuestErased.__name__)
    assert told.payload["guest_id"] == zora.pk


def test_a_backup_of_an_erased_guest_cannot_be_read_by_anybody(stayed, cast):
    zora, _row, _folio = stayed
    _left(stayed, cast)
    backup = backup_of(profiles_of(zora.pk))
    assert {key_ring().decrypt(token, context=context) for token, context in backup} >= {
        "zora-mail@canary.example", "+435550199", "Canarystreet 1", "P999CANARY", "Canarybody", "Canaryletter",
    }  # fmt: skip

    certificate = erasure_carry_out(request=approved_make(cast.alpha, zora))

    assert certificate.keys_forgotten == 2  # of both profiles that were merged
    for token, context in backup:
        with pytest.raises(KeyErased):
            key_ring().decrypt(token, context=context)
    assert {key.wrapped for key in DataKey.objects.filter(subject=f"guest:{zora.pk}")} == {None}


def test_a_guest_with_nothing_but_a_profile_is_erased_whole(cast):
    certificate = erasure_carry_out(request=approved_make(cast.alpha))
    assert (certificate.request.status, certificate.request.outcome[:7]) == ("completed", "Erased.")
    assert [line["model"] for line in certificate.kept] == ["security.PrivacyRequest"]
    assert erasure_carry_out(request=certificate.request) is None
    assert ErasureCertificate.objects.count() == 1


def test_who_is_in_the_house_is_not_erased_and_told_why(stayed, cast):
    zora, row, _ = stayed
    request = identified_make(cast.alpha, zora, kind="erasure")
    with pytest.raises(Conflict) as caught:
        erasure_propose(request=request, by=cast.ada)
    assert caught.value.extra["reasons"][0] == f"The stay {row.number} from {row.arrival} is in house."
    request.refresh_from_db()
    assert request.status == "identified"


def test_a_hold_keeps_everything_until_it_is_lifted(cast):
    zora = guest_make(cast.alpha, last_name="Zora")
    hold = legal_hold_make(cast.alpha, zora, kind="police")
    request = identified_make(cast.alpha, zora, kind="erasure")
    with pytest.raises(Conflict, match=r"A legal hold stands \(police or prosecution, no\. \d+\)\."):
        erasure_propose(request=request, by=cast.ada)
    hold_lift(hold=hold, by=cast.ada)
    assert erasure_propose(request=request, by=cast.ada).status == "proposed"


def test_a_hold_placed_after_the_approval_refuses_with_its_reason(cast):
    zora = guest_make(cast.alpha, last_name="Zora")
    request = approved_make(cast.alpha, zora)
    legal_hold_make(cast.alpha, zora)
    assert erasure_carry_out(request=request) is None
    request.refresh_from_db()
    zora.refresh_from_db()
    assert (request.status, zora.last_name, zora.erased_at) == ("refused", "Zora", None)
    assert request.outcome.startswith("A legal hold stands (litigation")


def test_nobody_approves_what_he_proposed_or_recorded(cast):
    request = identified_make(cast.alpha, kind="erasure", by=cast.bo)
    proposed = erasure_propose(request=request, by=cast.ada)
    for who in (cast.ada, cast.bo, None):
        with pytest.raises(NotPermitted):
            erasure_approve(request=proposed, by=who)
    proposed.refresh_from_db()
    assert (proposed.status, proposed.approved_by) == ("proposed", None)
    assert erasure_approve(request=proposed, by=cast.cy).status == "approved"


def test_an_erasure_that_is_not_identified_goes_nowhere(cast):
    request = privacy_request_make(cast.alpha, kind="erasure")
    with pytest.raises(Conflict):
        erasure_propose(request=request, by=cast.ada)
    assert json.dumps(request.status) == '"received"'
