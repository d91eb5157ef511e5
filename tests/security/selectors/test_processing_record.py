"""The record of processing activities."""

from datetime import date

from security.selectors.processing_record import activities, record_values, retention_rules
from security.services.registers import registers_seed
from tests.factories.security_privacy import processor_make


def test_the_record_has_each_purpose_once_with_all_its_data(cast):
    registers_seed(place=cast.alpha)
    found = activities(cast.alpha)
    keys = [(one.app, one.purpose, one.legal_basis, one.whose, one.retention) for one in found]
    assert len(keys) == len(set(keys))
    (register,) = (one for one in found if one.purpose == "registration of guests" and "T3" in one.tiers)
    assert register.data[0] == "Guest: birth_date, birth_date_fingerprint"
    assert register.data[1].startswith("GuestDocument: kind, number")
    assert register.retention == "84 months (MeldeG § 10, to be confirmed by counsel)"
    assert "registration authorities" in register.recipients


def test_a_rule_counts_within_its_days(cast):
    cast.alpha.country = "DE"
    cast.alpha.save(update_fields=["country"])
    registers_seed(place=cast.alpha)
    assert retention_rules(cast.alpha, date(2024, 12, 31))["fiscal_document"].startswith("120 months")
    assert retention_rules(cast.alpha, date(2025, 1, 1))["fiscal_document"].startswith("96 months")


def test_processors_and_controller_are_named(cast):
    processor_make(cast.alpha)
    processor_make(cast.beta, 1)
    values = record_values(cast.alpha)
    assert [row["name"] for row in values["processors"]] == ["Mailer 0"]
    assert values["controller"]["name"] == "Alpha"
