"""Companies keep their codes to themselves and change by version."""

from decimal import Decimal

import pytest

from hotel.core.exceptions import Conflict, InvalidInput, VersionConflict
from hotel.guests.models import Company
from hotel.guests.services.companies import company_change, company_link
from tests.factories.guests import company_make


def test_a_company_keeps_its_codes_to_itself(cast):
    company = company_make(cast.alpha, name="Acme", code="ACME", ar_number="AR1", phone="01 5550100")
    assert (company.phone, company.profiles.get().search_text) == ("+4315550100", "acme acme ar1")
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
