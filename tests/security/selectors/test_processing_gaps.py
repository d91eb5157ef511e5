"""Gaps of the record of processing are named until somebody fills them."""

from datetime import date

from security.models import RetentionRule
from security.selectors import processing_gaps
from security.selectors.processing_gaps import gaps
from security.services.registers import registers_seed
from tests.factories.security_privacy import processor_make


def at(place) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for gap in gaps(place):
        found.setdefault(gap.where, []).append(gap.says)
    return found


def test_a_hotel_that_wrote_nothing_down_has_gaps_everywhere(cast):
    found = at(cast.alpha)
    assert "The hotel has no address here." in found["Controller"]
    assert found["Retention: Guest profile"] == ["Nobody has decided how long it is kept."]
    (told,) = found["Processors"]
    assert told.startswith("No processor is named, though data are declared to go to: ")
    assert "registration authorities" in told
    assert "the hotel's staff" not in told


def test_a_rule_closes_a_gap_only_when_it_is_confirmed_and_in_force(cast):
    registers_seed(place=cast.alpha)
    assert at(cast.alpha)["Retention: Guest profile"] == ["Counsel has not confirmed how long it is kept."]
    rules = RetentionRule.objects.filter(property=cast.alpha, document_class="guest_profile")
    rules.update(is_confirmed=True)
    assert "Retention: Guest profile" not in at(cast.alpha)
    rules.update(valid_to=date(2020, 1, 1))
    assert at(cast.alpha)["Retention: Guest profile"] == ["Nobody has decided how long it is kept."]


def test_a_processor_needs_an_agreement_and_abroad_safeguards(cast):
    processor_make(cast.alpha, 1, name="Near", country="AT", contract_on=date(2026, 1, 1))
    processor_make(cast.alpha, 2, name="Far", country="US")
    processor_make(cast.alpha, 3, name="Gone", country="US", is_active=False)
    processor_make(cast.beta, 4, name="Beta's", country="US")
    found = at(cast.alpha)
    assert "Processors" not in found
    assert "Processor Near" not in found
    assert found["Processor Far"] == [
        "No day of a processing agreement.",
        "Data go to US, outside the EEA, without safeguards written down.",
    ]
    assert "Processor Gone" not in found
    assert "Processor Beta's" not in found


def test_the_officer_for_data_protection_is_always_asked_for(cast):
    cast.alpha.address, cast.alpha.email = "Road 1", "alpha@example.com"
    cast.alpha.save(update_fields=["address", "email"])
    (told,) = at(cast.alpha)["Controller"]
    assert told.startswith("No data protection officer is known to the house")


def test_a_declaration_without_purpose_is_a_gap(cast, monkeypatch):
    from hotel.core.personal import personal_data

    one = personal_data()[0]
    bare = type(one)(**{**vars(one), "purpose": ""})
    monkeypatch.setattr(processing_gaps, "personal_data", lambda: (bare,))
    assert at(cast.alpha)[one.model] == ["No purpose or no legal basis is declared."]
