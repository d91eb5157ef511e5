"""Defaults of retention."""

from datetime import date

from hotel.core.personal import personal_data
from security.domain.retention_defaults import SEEDS, seeds_for
from security.privacy_choices import DocumentClass


def test_each_class_that_is_declared_is_known():
    assert {row.retention for row in personal_data()} <= set(DocumentClass.values)
    assert {seed.document_class for seed in SEEDS} <= set(DocumentClass.values)


def test_german_vouchers_are_kept_for_ten_years_until_2024_and_eight_since():
    found = [seed for seed in seeds_for("DE") if seed.document_class == "fiscal_document"]
    assert [(seed.months, seed.valid_from.year, seed.valid_to) for seed in found] == [
        (120, 1999, date(2024, 12, 31)), (96, 2025, None),
    ]  # fmt: skip


def test_a_country_has_its_own_and_those_of_all():
    assert {seed.country for seed in seeds_for("ES")} == {"", "ES"}
