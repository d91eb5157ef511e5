"""Documents, restrictions, relationships, companies and figures."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from moneyed import Money

from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken, VersionConflict
from hotel.guests import lifetime_ports
from hotel.guests.lifetime_ports import LifetimeFigures, register_lifetime_source
from hotel.guests.models import Company, Guest, GuestDocument, GuestMatch, GuestRelationship
from hotel.guests.selectors.profiles import restriction_of
from hotel.guests.services.companies import company_change, company_link
from hotel.guests.services.documents import DocumentData, document_record
from hotel.guests.services.lifetime import profile_recompute
from hotel.guests.services.matches import match_dismiss
from hotel.guests.services.relationships import relationship_add, relationship_remove
from hotel.guests.services.restrictions import guest_restrict, guest_unrestrict
from hotel.properties.models import Chain
from tests.cast import make_property
from tests.factories.guests import company_make, guest_make


def test_a_document_is_encrypted_and_known_once(cast):
    guest = guest_make(cast.alpha)
    data = DocumentData(
        kind="passport", number="p 123-456", issuing_country="AT", expires_on=date(2030, 1, 1)
    )
    document = document_record(guest=guest, data=data)
    assert (document.number, document.masked_number) == ("P123456", "••••456")
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM guests_guestdocument")
        assert cursor.fetchone()[0].startswith("v1:")
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


def test_the_same_document_is_suspicious(cast):
    one, two = guest_make(cast.alpha, last_name="Berg"), guest_make(cast.alpha, last_name="Berg")
    for guest in (one, two):
        document_record(guest=guest, data=DocumentData(kind="passport", number="P9", issuing_country="AT"))
    match = GuestMatch.objects.get()
    assert (match.first, match.second, match.score) == (one, two, Decimal("0.950"))
    assert [reason["trait"] for reason in match.reasons] == ["document", "name"]
    match_dismiss(match=match, by=cast.rae)
    with pytest.raises(Conflict):
        match_dismiss(match=match, by=cast.rae)
    document_record(guest=one, data=DocumentData(kind="id_card", number="I9", issuing_country="AT"))
    assert GuestMatch.objects.get().status == "dismissed"


def test_a_restriction_has_a_reason_and_somebody_who_said_so(cast):
    guest = guest_make(cast.alpha)
    assert restriction_of(guest) is None
    with pytest.raises(InvalidInput):
        guest_restrict(guest=guest, reason=" ", by=cast.bo)
    guest = guest_restrict(guest=guest, reason="Set fire to a curtain", by=cast.bo)
    found = restriction_of(guest)
    assert (found.reason, found.by_id, found.since) == (
        "Set fire to a curtain",
        cast.bo.pk,
        guest.do_not_rent_at,
    )
    with pytest.raises(Conflict) as refused:
        guest_restrict(guest=guest, reason="Again", by=cast.rae)
    assert refused.value.code == "restricted_already"
    assert restriction_of(Guest.objects.get()).reason == "Set fire to a curtain"
    guest = guest_unrestrict(guest=guest, by=cast.ada)
    assert (restriction_of(guest), guest.do_not_rent_reason, guest.version) == (None, "", 3)
    with pytest.raises(Conflict) as refused:
        guest_unrestrict(guest=guest, by=cast.ada)
    assert refused.value.code == "not_restricted"


def test_the_database_wants_the_reason_too(cast):
    guest = guest_make(cast.alpha)
    with pytest.raises(IntegrityError), transaction.atomic():
        Guest.objects.filter(pk=guest.pk).update(is_do_not_rent=True)


def test_a_guest_is_found_by_the_company_he_works_for(cast):
    guest, company = guest_make(cast.alpha, last_name="Berg"), company_make(cast.alpha, name="Ärzte GmbH")
    job = relationship_add(guest=guest, kind="works_for", company=company)
    assert guest.profiles.get().search_text == "berg arzte gmbh"
    company_change(company=company, changes={"name": "Praxis"})
    assert guest.profiles.get().search_text == "berg praxis"
    relationship_remove(relationship=job)
    assert guest.profiles.get().search_text == "berg"


def test_a_relationship_needs_the_right_partner(cast):
    guest, other, company = guest_make(cast.alpha), guest_make(cast.alpha), company_make(cast.alpha)
    foreign = make_property(
        Chain.objects.create(code="OTHER", name="Other"),
        "GAMMA",
        name="Gamma",
        time_zone="Europe/Rome",
        currency="EUR",
        country="IT",
    )
    for error, values in [
        (InvalidInput, {"kind": "works_for", "other": other}),
        (InvalidInput, {"kind": "family", "company": company}),
        (InvalidInput, {"kind": "family", "other": guest}),
        (InvalidInput, {"kind": "family", "company": company, "other": other}),
        (RuleBroken, {"kind": "family", "other": guest_make(foreign)}),
        (RuleBroken, {"kind": "works_for", "company": company_make(foreign)}),
    ]:
        with pytest.raises(error):
            relationship_add(guest=guest, **values)
    assert not GuestRelationship.objects.exists()
    relationship_add(guest=guest, kind="family", other=other)
    with pytest.raises(Conflict):
        relationship_add(guest=guest, kind="family", other=other)


def test_a_company_keeps_its_codes_to_itself(cast):
    company = company_make(cast.alpha, name="Acme", code="ACME", ar_number="AR1", phone="01 5550100")
    assert (company.phone, company.profiles.get().search_text) == ("+4315550100", "acme acme +4315550100 ar1")
    with pytest.raises(Conflict) as refused:
        company_make(cast.beta, code="ACME")
    assert refused.value.code == "code_taken"
    with pytest.raises(Conflict) as refused:
        company_make(cast.beta, ar_number="AR1")
    assert refused.value.code == "ar_number_taken"
    assert Company.objects.count() == 1
    company_link(company=company, place=cast.beta)
    assert company.profiles.count() == 2


def test_a_company_changes_by_version(cast):
    company = company_make(cast.alpha)
    changed = company_change(company=company, changes={"commission_rate": Decimal("0.1")}, expected_version=1)
    assert (changed.version, changed.commission_rate) == (2, Decimal("0.1"))
    assert company_change(company=company, changes={"name": "Acme"}).version == 2
    with pytest.raises(VersionConflict):
        company_change(company=company, changes={"name": "Other"}, expected_version=1)
    with pytest.raises(InvalidInput):
        company_change(company=company, changes={"name": " "})
    with pytest.raises(InvalidInput):
        company_change(company=company, changes={"chain": 1})
    company.refresh_from_db()
    assert company.name == "Acme"


def test_figures_are_recomputed_from_their_source(cast, monkeypatch):
    monkeypatch.setattr(lifetime_ports, "_sources", {})
    guest, company = guest_make(cast.alpha), company_make(cast.alpha)
    assert profile_recompute(ids=[guest.pk], property_id=cast.alpha.pk) == 0
    figures = LifetimeFigures(
        stays=3,
        nights=7,
        cancellations=1,
        no_shows=1,
        revenue=Money("812.50", "EUR"),
        first_stay_on=date(2026, 1, 1),
    )
    register_lifetime_source(lambda ids, place: dict.fromkeys(ids, figures))
    register_lifetime_source(lambda ids, place: {}, of="company")
    assert profile_recompute(ids=[guest.pk], property_id=cast.alpha.pk) == 1
    assert profile_recompute(ids=[guest.pk], property_id=cast.beta.pk) == 0
    assert profile_recompute(ids=[company.pk], property_id=cast.alpha.pk, of="company") == 1
    profile = guest.profiles.get()
    assert (profile.stays, profile.nights, profile.cancellations, profile.no_shows) == (3, 7, 1, 1)
    assert (profile.revenue, profile.first_stay_on) == (Money("812.50", "EUR"), date(2026, 1, 1))
    assert profile.recomputed_at is not None
    register_lifetime_source(lambda ids, place: {})
    profile_recompute(ids=[guest.pk], property_id=cast.alpha.pk)
    profile.refresh_from_db()
    assert (profile.stays, profile.revenue, profile.first_stay_on) == (0, None, None)
