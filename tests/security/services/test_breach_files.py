"""The register as files."""

import io

import pytest
from openpyxl import load_workbook

from hotel.accounts.models import User
from security.selectors.breach_register import register_of
from security.services.breach_files import HEAD, register_pdf, register_xlsx
from security.services.breaches import Assessment, breach_assess
from tests.factories.security import incident_containment_make, security_incident_make


def breach(house):
    """An incident that was one, and what was done at once."""
    incident = security_incident_make(house.alpha, title="=cmd()", summary="A list was lost.")
    said = Assessment(
        is_breach=True, risk="unlikely", risk_reason="It was encrypted.", people_affected=40, consequences="None.",
        measures="The key was changed.", data_categories="Names of guests",
    )  # fmt: skip
    breach_assess(incident=incident, said=said, by=house.ada)
    incident_containment_make(house.alpha, incident=incident)
    return incident


def test_a_workbook_has_a_row_for_each_breach_and_runs_no_formula(house):
    incident = breach(house)
    lines = register_of(User.objects.get(pk=house.ada.pk))
    sheet = load_workbook(io.BytesIO(register_xlsx(lines)))["Breaches"]
    head, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    assert tuple(head) == HEAD
    told = dict(zip(head[:19], row[:19], strict=True))
    assert (told["Number"], told["Hotel"], told["What happened"], told["Facts"]) == (
        incident.pk, "Alpha", "'=cmd()", "A list was lost.",
    )  # fmt: skip
    assert (told["People, about"], told["Effects"], told["Remedy"], told["Done at once"]) == (
        40, "None.", "The key was changed.", "Sessions that ended: 1.",
    )  # fmt: skip
    assert (told["Why"], told["Authority"]) == ("It was encrypted.", "Not told: a risk is unlikely")


@pytest.mark.pdf
def test_a_register_is_printed_and_an_empty_one_as_well(house):
    for count in (0, 1):
        lines = register_of(User.objects.get(pk=house.ada.pk))
        assert len(lines) == count
        assert register_pdf(lines).startswith(b"%PDF-")
        breach(house)
